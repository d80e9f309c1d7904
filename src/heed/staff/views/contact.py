"""Being in touch: updates, contacts and messages."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from heed.accounts.permissions import Permission
from heed.cases.actions import investigate, talk, undelivered
from heed.cases.queries import detail
from heed.correspondence import queries as correspondence
from heed.staff.case_page import get_case, show
from heed.staff.forms.contact import AgainForm, ContactForm, MessageForm, OtherwiseForm
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


@member(Permission.HANDLE, Permission.INVESTIGATE)
@require_POST
def send_again(request: StaffRequest, org: str, reference: str, message_id: int) -> HttpResponse:
    """Send an e-mail again that could not be delivered."""
    case = get_case(request, reference)
    form = AgainForm.of(request, case=case, target={"case_id": case.pk, "message_id": message_id})
    if not form.apply(undelivered.send_again):
        messages.warning(request, " ".join(str(error) for error in form.non_field_errors()))
    elif form.result:
        messages.success(request, "The email is on its way again.")
    else:
        messages.success(request, "Somebody has dealt with this email already.")
    return redirect("case_plan", org, reference)


@member(Permission.HANDLE, Permission.INVESTIGATE)
def told_otherwise(request: StaffRequest, org: str, reference: str, message_id: int) -> HttpResponse:
    """The person was told in another way."""
    case = get_case(request, reference)
    found = correspondence.undelivered(case.feedback.thread_id) if case.feedback.thread_id else []
    letter = next((letter for letter in found if letter.pk == message_id), None)
    if letter is None:
        raise Http404
    form = OtherwiseForm.of(request, case=case, target={"case_id": case.pk, "message_id": message_id})
    if form.apply(undelivered.told_otherwise):
        messages.success(request, "It is recorded how they were told.")
        return redirect("case_plan", org, reference)
    title = "They were told in another way"
    return show(request, "staff/contact/otherwise.html", case, "case_plan", form=form, letter=letter, page_title=title)
