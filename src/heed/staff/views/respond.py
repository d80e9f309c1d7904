"""The answer: written, signed, sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.cases.actions import respond as actions
from heed.cases.queries import detail, work
from heed.staff.case_page import get_case, show
from heed.staff.forms.respond import DraftForm, ReadyForm, ReturnForm, SendForm, SignForm
from heed.staff.scope import StaffRequest, member
from heed.staff.views.plan import SEES

ON_PAPER = ("letter", "in_person")
CLOSE_NOW = "Close the case now: remedies and actions go on by themselves."
SIGNS = (Permission.SIGN, Permission.SIGN_SERVICE)
WRITES = (Permission.HANDLE, Permission.INVESTIGATE)


@member(*SEES)
def response(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """The response as it stands, what it still needs, and those that went before."""
    case = get_case(request, reference)
    answers = work.answers(case)
    in_hand = next((answer for answer in answers if answer.response.state != "sent"), None)
    viewer = request.viewer
    return show(
        request, "staff/respond/response.html", case, "case_response", answer=in_hand,
        sent=[answer for answer in answers if answer.response.state == "sent"],
        ready_form=ReadyForm(case=case), may_write=any(viewer.may(permission) for permission in WRITES),
        why_not_sign=actions.why_not_sign(case, viewer.actor),
        may_sign=any(viewer.may(permission) for permission in SIGNS), may_handle=viewer.may(Permission.HANDLE),
        has_next_stage=work.has_next_stage(case), view=work.view_of_outcome(case),
    )  # fmt: skip


@member(*WRITES)
def draft(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Write the ten parts; each save keeps the whole."""
    case = get_case(request, reference)
    texts, version = work.draft(case)
    form = DraftForm.of(request, case=case, initial={**texts, "response_version": version or ""})
    if form.apply(actions.save_draft):
        messages.success(request, "The draft is kept.")
        return redirect("case_response", org, reference)
    return show(
        request, "staff/respond/draft.html", case, "case_response", form=form, page_title="Write the response",
        issues=work.issues(case),
    )  # fmt: skip


@member(*WRITES)
def ask(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Hand the response to who signs."""
    case = get_case(request, reference)
    form = ReadyForm.of(request, case=case)
    if form.apply(actions.request_sign_off):
        messages.success(request, "The response is with the person who signs.")
        return redirect("case_response", org, reference)
    return show(
        request, "staff/respond/ask.html", case, "case_response", form=form, page_title="Ask for the signature",
        answer=next(iter(work.answers(case)), None),
    )  # fmt: skip


@member(*SIGNS, *WRITES)
def give_back(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Take the response back for changes."""
    case = get_case(request, reference)
    form = ReturnForm.of(request, case=case)
    if form.apply(actions.return_for_changes):
        messages.success(request, "The response is back in draft, with what has to change.")
        return redirect("case_response", org, reference)
    return show(
        request, "staff/respond/return.html", case, "case_response", form=form, page_title="Take it back for changes"
    )


@member(*SIGNS)
def sign(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Read the response whole, and sign it for the organisation."""
    case = get_case(request, reference)
    form = SignForm.of(request, case=case)
    if form.apply(actions.sign):
        messages.success(request, "The response is signed.")
        return redirect("case_response", org, reference)
    return show(
        request, "staff/respond/sign.html", case, "case_response", form=form, page_title="Sign the response",
        answer=next(iter(work.answers(case)), None), refusal=actions.why_not_sign(case, request.viewer.actor),
    )  # fmt: skip


@member(Permission.HANDLE)
def send(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Send the signed response."""
    case = get_case(request, reference)
    form = SendForm.of(request, case=case, email=detail.email_of(case))
    if form.apply(actions.send):
        on_paper = form.cleaned_data["channel"] in ON_PAPER
        messages.success(request, f"{'It counts as sent today.' if on_paper else 'The response is sent.'} {CLOSE_NOW}")
        return redirect("response_letter" if on_paper else "case_response", org, reference)
    return show(
        request, "staff/respond/send.html", case, "case_response", form=form, page_title="Send the response",
        answer=next(iter(work.answers(case)), None),
    )  # fmt: skip


@member(*SEES)
@require_safe
def letter(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """The newest signed response as a letter on paper: to whom, from whom, and the ten parts."""
    case = get_case(request, reference)
    answer = next((one for one in work.answers(case) if one.response.signed_by), None)
    context = {"case": case, "answer": answer, "to": detail.whom_we_write_to(case), "name": detail.name_of(case)}
    return render(request, "staff/respond/on_paper.html", context)
