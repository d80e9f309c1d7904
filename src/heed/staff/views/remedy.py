"""Putting it right."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from heed.accounts.permissions import Permission
from heed.cases.actions import remedy as actions
from heed.cases.queries import work
from heed.staff import learning_page
from heed.staff.case_page import get_case, show
from heed.staff.forms.remedy import ChangeForm, DeliveryForm, RemedyForm
from heed.staff.scope import StaffRequest, member

THE_OMBUDSMAN = "the Ombudsman"


@member(Permission.HANDLE, Permission.INVESTIGATE)
def agree(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Promise a remedy."""
    case = get_case(request, reference)
    decision = learning_page.decision_of(case)
    begin = {"recommended": bool(decision), "decision": decision, "show_to": THE_OMBUDSMAN if decision else ""}
    form = RemedyForm.of(request, case=case, issues=work.issues(case), initial=begin)
    if form.apply(actions.agree_remedy):
        messages.success(request, "The remedy is promised.")
        return redirect("case_learning", org, reference)
    return show(request, "staff/remedy/agree.html", case, "case_learning", form=form, page_title="Promise a remedy")


def _remedy(case: Any, remedy_id: int) -> Any:
    found = work.remedy_of(case, remedy_id)
    if found is None:
        raise Http404
    return found


@member(Permission.HANDLE, Permission.INVESTIGATE)
def change(request: StaffRequest, org: str, reference: str, remedy_id: int) -> HttpResponse:
    """Put a promise right that is not delivered yet."""
    case = get_case(request, reference)
    remedy = _remedy(case, remedy_id)
    if remedy.delivered_on:
        return redirect("case_learning", org, reference)
    form = ChangeForm.of(request, case=case, remedy=remedy)
    if form.apply(actions.change_remedy):
        messages.success(request, "The remedy is changed.")
        return redirect("case_learning", org, reference)
    return show(request, "staff/remedy/change.html", case, "case_learning", form=form, page_title="Change a remedy")


@member(Permission.HANDLE, Permission.INVESTIGATE)
def deliver(request: StaffRequest, org: str, reference: str, remedy_id: int) -> HttpResponse:
    """Record that a remedy was delivered."""
    case = get_case(request, reference)
    remedy = _remedy(case, remedy_id)
    form = DeliveryForm.of(request, case=case, remedy=remedy)
    if form.apply(actions.deliver_remedy):
        messages.success(request, "It is recorded as delivered.")
        return redirect("case_learning", org, reference)
    return show(
        request, "staff/remedy/deliver.html", case, "case_learning", form=form, remedy=remedy,
        page_title="Record that a remedy was delivered",
    )  # fmt: skip
