"""What people tell us about, and how well Heed reads it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.insight.actions.themes import decide_theme
from heed.insight.queries.scope import scope_of
from heed.insight.queries.suggested import TOO_FEW, quality
from heed.insight.queries.suggesting import ENOUGH
from heed.insight.queries.themes import examples, theme_of, themes
from heed.staff.forms.themes import ThemeForm
from heed.staff.scope import StaffRequest, member

MONTHS = 12


@member(Permission.SEE_INSIGHT)
@require_safe
def overview(request: StaffRequest, org: str) -> HttpResponse:
    """Known subjects over time, and what is new among what they do not say."""
    scope, now = scope_of(request.viewer, request.organisation), timezone.now()
    return render(request, "staff/themes/themes.html", {"themes": themes(scope, months=MONTHS, at=now), "now": now})


@member(Permission.SEE_ALL_CASES, Permission.SEE_SERVICE_CASES)
def theme(request: StaffRequest, org: str, theme: int) -> HttpResponse:
    """One new theme: its words, its cases for those who may see them, and what is done about it."""
    found: Any = theme_of(request.organisation, theme)
    if found is None:
        raise Http404
    may_decide = request.viewer.may(Permission.RECORD_LEARNING)
    form = ThemeForm.of(request, initial={"state": found.state, "name": found.name}) if may_decide else None
    if form and form.apply(decide_theme, theme_id=found.pk):
        messages.success(request, f"Theme {found.number} is {form.result.get_state_display().lower()}.")
        return redirect("themes", org)
    context = {"theme": found, "form": form, "examples": examples(request.viewer, found)}
    return render(request, "staff/themes/theme.html", context)


@member(Permission.SEE_INSIGHT)
@require_safe
def suggestions(request: StaffRequest, org: str) -> HttpResponse:
    """How good the suggestions of subject are, held beside what people then chose."""
    now = timezone.now()
    context = {"quality": quality(request.organisation, at=now), "too_few": TOO_FEW, "enough": ENOUGH, "now": now}
    return render(request, "staff/themes/suggestions.html", context)
