"""The action plan of a case, to print and send: to the person, the Ombudsman, or whoever else has to see it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.cases.queries import detail
from heed.learning import queries
from heed.staff.case_page import get_case
from heed.staff.navigation import SEES_WORK
from heed.staff.scope import StaffRequest, member


@member(*SEES_WORK)
@require_safe
def action_plan(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """What went wrong, and what is done about it: what, who, by when, how it is watched and where it stands."""
    case = get_case(request, reference)
    parts = [part for part in queries.action_plan(request.viewer, case.pk) if part.actions]
    context = {
        "case": case,
        "name": detail.name_of(case),
        "parts": parts,
        "today": timezone.localdate(),
    }
    return render(request, "staff/learning/action_plan.html", context)
