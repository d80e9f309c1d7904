"""Being in touch: updates, contacts and messages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from heed.accounts.permissions import Permission
from heed.cases.actions import investigate, talk
from heed.cases.queries import detail
from heed.staff.case_page import get_case, show
from heed.staff.forms.contact import ContactForm, MessageForm
from heed.staff.scope import StaffRequest, member


@member(Permission.HANDLE, Permission.INVESTIGATE)
def update(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Keep the promise to say how it is going, on their page."""
    case = get_case(request, reference)
    form = MessageForm.of(request, case=case, email=detail.email_of(case))
    if form.apply(talk.message_to_person, is_update=True):
        messages.success(request, "Your update waits on their page.")
        return redirect("case_plan", org, reference)
    return show(request, "staff/contact/update.html", case, "case_plan", form=form, page_title="Send an update")


@member(Permission.HANDLE, Permission.INVESTIGATE)
def message(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Write to the person."""
    case = get_case(request, reference)
    form = MessageForm.of(request, case=case, email=detail.email_of(case))
    if form.apply(talk.message_to_person, is_update=False):
        messages.success(request, "Your message waits on their page.")
        return redirect("case_plan", org, reference)
    return show(request, "staff/contact/message.html", case, "case_plan", form=form, page_title="Write to them")


@member(Permission.HANDLE, Permission.INVESTIGATE)
def log(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Keep what was said, with whom and when."""
    case = get_case(request, reference)
    is_update = request.GET.get("update") == "1"
    initial = {
        "with_whom": case.complainant_name,
        "with_person": True,
        "on": timezone.localdate(),
        "is_update": is_update,
        "channel": "phone",
    }
    form = ContactForm.of(request, case=case, initial=initial)
    if form.apply(investigate.log_contact):
        messages.success(request, "The contact is kept.")
        return redirect("case_plan", org, reference)
    return show(request, "staff/contact/log.html", case, "case_plan", form=form, page_title="Note a contact")
