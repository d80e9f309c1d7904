"""Begin the limits of a figure anew, by somebody who says why; and take that back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from heed.accounts.permissions import Permission
from heed.insight import drawing
from heed.insight.actions import rebase as actions
from heed.insight.control import ENOUGH
from heed.insight.measures import BY_KEY
from heed.insight.queries.asked import Asked
from heed.insight.queries.detail import Detail, detail
from heed.insight.queries.rebasing import rebases
from heed.insight.queries.scope import scope_of
from heed.staff.figures_asked import asked
from heed.staff.forms.figures import RebaseForm, TakeBackForm
from heed.staff.scope import StaffRequest, member

MONTHS = 36


def _shown(request: StaffRequest, key: str) -> Detail:
    """The measure with all months that new limits may begin with; 404 where it has no figures."""
    if key not in BY_KEY:
        raise Http404
    scope = scope_of(request.viewer, request.organisation)
    service = asked(request.GET, scope, BY_KEY[key]).service
    shown = detail(scope, BY_KEY[key], Asked(service=service, months=MONTHS), at=timezone.now())
    if shown.series is None:
        raise Http404
    return shown


@member(Permission.KEEP_FIGURES)
def rebase(request: StaffRequest, org: str, key: str) -> HttpResponse:
    """The chart, the question, and what was said before."""
    shown = _shown(request, key)
    service = shown.asked.service or ""
    form = RebaseForm.of(request, months=list(shown.period.months[1:]))
    if form.apply(actions.rebase, organisation=request.organisation, measure=key, service=service):
        messages.success(request, "The limits begin anew with that month.")
        return redirect(reverse("insight_measure", args=[org, key]) + shown.asked.query)
    context: dict[str, Any] = {
        "detail": shown, "chart": drawing.of_detail(shown)[0], "form": form, "query": shown.asked.query, "enough": ENOUGH,
        "rebases": rebases(request.organisation.pk, key, shown.asked.service, taken_back=True),
    }  # fmt: skip
    return render(request, "staff/insight/rebase.html", context)


@member(Permission.KEEP_FIGURES)
def take_back_rebase(request: StaffRequest, org: str, key: str, rebase_id: int) -> HttpResponse:
    """Say why new limits are taken back."""
    shown = _shown(request, key)
    found = [one for one in rebases(request.organisation.pk, key, shown.asked.service) if one.pk == rebase_id]
    if not found:
        raise Http404
    form = TakeBackForm.of(request)
    if form.apply(actions.take_back_rebase, organisation=request.organisation, rebase_id=rebase_id):
        messages.success(request, "The limits run on as before.")
        return redirect(reverse("insight_measure", args=[org, key]) + shown.asked.query)
    context = {"detail": shown, "rebase": found[0], "form": form, "query": shown.asked.query}
    return render(request, "staff/insight/take_back.html", context)
