"""What handling cost: for context, never a target. Off until an organisation says what its steps take."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.insight.actions import cost as actions
from heed.insight.costing import WHY
from heed.insight.periods import whole_months
from heed.insight.queries import cost as queries
from heed.insight.queries.board import place_name
from heed.insight.queries.scope import scope_of
from heed.staff.case_page import get_case, show
from heed.staff.forms.cost import StepCostForm
from heed.staff.navigation import SEES_WORK
from heed.staff.scope import StaffRequest, member


@member(Permission.SEE_INSIGHT)
@require_safe
def handling_cost(request: StaffRequest, org: str) -> HttpResponse:
    """By month, approach, stage and step, over the last twelve whole months."""
    scope, period = scope_of(request.viewer, request.organisation), whole_months(12, timezone.localdate())
    is_set = queries.is_set(request.organisation.pk)
    context = {
        "costs": queries.costs(scope, period) if is_set else None,
        "place": place_name(scope, None),
        "period": period,
        "why": WHY,
        "computed_at": timezone.now(),
    }
    return render(request, "staff/cost/cost.html", context)


@member(*SEES_WORK)
@require_safe
def case_cost(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """What one case cost so far, step by step."""
    case = get_case(request, reference)
    of = queries.of_case(case) if queries.is_set(case.organisation_id) else None
    page_title = "What handling this case cost"
    return show(request, "staff/cost/case.html", case, "case_history", cost=of, why=WHY, page_title=page_title)


@member(Permission.ADMINISTER)
def settings_costs(request: StaffRequest, org: str) -> HttpResponse:
    """What the organisation says that each step takes and costs; say another."""
    form = StepCostForm.of(request, organisation=request.organisation, today=timezone.localdate())
    if form.apply(actions.set_step_cost):
        messages.success(request, "It is kept, and counts from that month on.")
        return redirect("settings_costs", org)
    context = {"said": queries.said(request.organisation.pk), "form": form, "why": WHY}
    return render(request, "staff/cost/settings.html", context)
