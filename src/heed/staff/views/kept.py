"""Figures kept as they stood, to be shown again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from heed.accounts.permissions import Permission
from heed.insight.actions.keep import keep
from heed.insight.queries import keeping as queries
from heed.insight.queries.board import place_name
from heed.insight.queries.scope import scope_of
from heed.staff import paging
from heed.staff.forms.figures import KeepForm
from heed.staff.scope import StaffRequest, member


@member(Permission.SEE_INSIGHT)
@require_safe
def kept_list(request: StaffRequest, org: str) -> HttpResponse:
    """What was kept, newest first; for those who may, with the question that keeps more."""
    return _list(request, KeepForm.of(request) if request.viewer.may(Permission.KEEP_FIGURES) else None)


@member(Permission.KEEP_FIGURES)
@require_POST
def keep_figures(request: StaffRequest, org: str) -> HttpResponse:
    """Keep them as they stand now."""
    form = KeepForm.of(request)
    if form.apply(keep, organisation=request.organisation):
        messages.success(request, "The figures are kept as they stand now.")
        return redirect("insight_kept_figures", org, form.result.pk)
    return _list(request, form)


def _list(request: StaffRequest, form: KeepForm | None) -> HttpResponse:
    page = paging.page(queries.listed(request.organisation.pk), "computed_at", request.GET, newest_first=True)
    return render(request, "staff/insight/kept_list.html", {"page": page, "form": form})


@member(Permission.SEE_INSIGHT)
@require_safe
def kept_figures(request: StaffRequest, org: str, kept_id: int) -> HttpResponse:
    """Figures as they stood, and where they are others now."""
    scope = scope_of(request.viewer, request.organisation)
    shown = queries.kept_figures(scope, kept_id, at=timezone.now())
    if shown is None:
        raise Http404
    context = {"shown": shown, "place": place_name(scope, None), "computed_at": timezone.now()}
    return render(request, "staff/insight/kept.html", context)
