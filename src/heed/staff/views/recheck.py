"""The monthly re-check: draw it, see it, and check a case against its papers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from heed.accounts.permissions import Permission
from heed.audit.refusals import Refused
from heed.design import words
from heed.insight.actions import recheck as actions
from heed.insight.queries import recheck as queries
from heed.staff.forms import quality as forms
from heed.staff.scope import StaffRequest, member

# Where each thing is put right in a case.
CORRECTED_AT = {
    "received_on": "correct_received",
    "acknowledged_on": "case_plan",
    "responded_on": "case_response",
    "subject": "case_issues",
    "outcome": "case_issues",
    "risk": "rate_risk",
}


@member(Permission.CHECK_QUALITY)
@require_POST
def draw(request: StaffRequest, org: str) -> HttpResponse:
    """Draw last month's cases now, where the worker has not."""
    now = timezone.now()
    month = queries.last_month(timezone.localdate(now))
    try:
        made = actions.draw(organisation=request.organisation, month=month, by=request.viewer.actor, at=now)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("data_quality", org)
    messages.success(request, f"The cases of {words.month(month)} are drawn.")
    return redirect("recheck", org, made.pk)


@member(Permission.SEE_INSIGHT)
@require_safe
def sample(request: StaffRequest, org: str, recheck_id: int) -> HttpResponse:
    """The sample of a month: what waits for the person, the rates, and what was found wrong."""
    recheck = queries.recheck_of(request.viewer, recheck_id)
    if recheck is None:
        raise Http404
    wrong = queries.wrong(request.viewer, recheck)
    context = {
        "sample": queries.sample_of(recheck),
        "waiting": queries.waiting(request.viewer, recheck).select_related("case"),
        "wrong": [(one, CORRECTED_AT[one.field]) for one in wrong],
        "may_check": any(map(request.viewer.may, queries.CHECKS)),
    }
    return render(request, "staff/quality/sample.html", context)


@member(*queries.CHECKS)
def check(request: StaffRequest, org: str, recheck_id: int, number: int) -> HttpResponse:
    """One case: is what stands on record what the papers say?"""
    found = queries.to_check(request.viewer, recheck_id, number)
    if found is None:
        raise Http404
    form = forms.CheckForm.of(request, found=found, subject_list=request.organisation.subject_list)
    if form.apply(actions.check, recheck_id=recheck_id, number=number):
        messages.success(request, f"{found.case.reference} is checked.")
        return redirect("recheck", org, recheck_id)
    return render(request, "staff/quality/check.html", {"found": found, "case": found.case, "form": form})
