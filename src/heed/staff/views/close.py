"""Ends of a case, and the ways back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from heed.accounts.permissions import Permission
from heed.cases.actions import close as actions
from heed.cases.queries import work
from heed.staff.case_page import get_case, show
from heed.staff.forms.close import CloseForm, EscalateForm, ReopenForm, SettleForm, ViewForm, WithdrawForm
from heed.staff.scope import StaffRequest, member


@member(Permission.HANDLE)
def close(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Close at the decision."""
    case = get_case(request, reference)
    form = CloseForm.of(request, case=case)
    if form.apply(actions.close):
        messages.success(request, "The case is closed. What was promised stays on the worklist until it is delivered.")
        return redirect("case", org, reference)
    return show(
        request, "staff/close/close.html", case, "case_response", form=form, page_title="Close the case",
        remedies=[remedy for remedy in work.remedies(case) if remedy.delivered_on is None],
    )  # fmt: skip


@member(Permission.HANDLE)
def record_view(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """What the person says of the outcome."""
    case = get_case(request, reference)
    form = ViewForm.of(request, case=case)
    if form.apply(actions.record_view):
        messages.success(request, "It is written down, and stands in the history.")
        return redirect("case_response", org, reference)
    return show(
        request, "staff/close/view.html", case, "case_response", form=form, page_title="What they say of the outcome",
        has_next_stage=work.has_next_stage(case),
    )  # fmt: skip


@member(Permission.HANDLE)
def withdraw(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """The person does not want to go on."""
    case = get_case(request, reference)
    form = WithdrawForm.of(request, case=case)
    if form.apply(actions.withdraw):
        messages.success(request, "It is recorded. They still get a short written outcome: write that next.")
        return redirect("case_response", org, reference)
    return show(request, "staff/close/withdraw.html", case, "case", form=form, page_title="They withdraw")


@member(Permission.HANDLE)
def settle(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Settled in conversation, to their satisfaction, by the end of the next working day."""
    case = get_case(request, reference)
    form = SettleForm.of(request, case=case, initial={"on": timezone.localdate()})
    if form.apply(actions.settle_orally):
        messages.success(request, "It is settled and closed. It stays out of the statutory counts.")
        return redirect("case", org, reference)
    return show(
        request, "staff/close/settle.html", case, "case", form=form, page_title="Settled in conversation",
        last_day=work.last_day_to_settle(case),
    )  # fmt: skip


@member(Permission.HANDLE)
def reopen(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Take a closed case up again."""
    case = get_case(request, reference)
    form = ReopenForm.of(request, case=case)
    if form.apply(actions.reopen):
        messages.success(request, "The case is open again, with its history whole.")
        return redirect("case", org, reference)
    return show(request, "staff/close/reopen.html", case, "case", form=form, page_title="Take it up again")


@member(Permission.HANDLE)
def escalate(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """The person asks for the next stage."""
    case = get_case(request, reference)
    form = EscalateForm.of(request, case=case)
    if form.apply(actions.escalate):
        messages.success(request, "The case is at stage 2. Acknowledge it, and give it to somebody new.")
        return redirect("case", org, reference)
    return show(request, "staff/close/escalate.html", case, "case", form=form, page_title="Pass it to the next stage")
