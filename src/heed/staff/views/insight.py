"""What people tell us and what comes of it, in figures: for what the person may see, without targets."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.insight import definitions, drawing
from heed.insight.measures import BY_KEY, GROUPING, GROUPS, row_of
from heed.insight.queries.asked import BY, Asked
from heed.insight.queries.board import board
from heed.insight.queries.detail import HIDDEN_NOTE, Detail, detail
from heed.insight.queries.quality import Note, notes
from heed.insight.queries.rebasing import rebases
from heed.insight.queries.scope import scope_of
from heed.staff import figure_files
from heed.staff.figures_asked import asked, filters
from heed.staff.scope import StaffRequest, member


@member(Permission.SEE_INSIGHT)
@require_safe
def insight(request: StaffRequest, org: str) -> HttpResponse:
    """Three sentences that matter first, then all sixteen rows in their groups."""
    scope = scope_of(request.viewer, request.organisation)
    now = asked(request.GET, scope)
    shown = board(scope, service=now.service, months=now.months, at=timezone.now())
    groups = [(name, [row for row in shown.rows if row.row.group == key]) for key, name in GROUPS.items()]
    context = {
        "board": shown,
        "groups": [(name, [(row, drawing.of_row(row, shown)) for row in rows]) for name, rows in groups],
        "grouping": GROUPING,
        "query": now.query,
        **filters(scope, now),
    }
    return render(request, "staff/insight/insight.html", context)


def _detail(request: StaffRequest, key: str) -> Detail:
    if key not in BY_KEY:
        raise Http404
    scope = scope_of(request.viewer, request.organisation)
    return detail(scope, BY_KEY[key], asked(request.GET, scope, BY_KEY[key]), at=timezone.now())


def _notes(request: StaffRequest, key: str, shown: Detail) -> list[Note]:
    return notes(
        request.organisation, BY_KEY[key], period=shown.period, services=shown.scope.codes(shown.asked.service)
    )


def _limits(request: StaffRequest, shown: Detail) -> dict[str, Any]:
    """Where the limits begin anew, who may say so, and whether it is worth asking."""
    if shown.series is None or shown.asked.is_narrowed or shown.asked.cohort:
        return {}
    signals = shown.series.control.signals[-shown.series.drawn :]
    return {
        "rebases": rebases(request.organisation.pk, shown.measure.key, shown.asked.service),
        "may_rebase": request.viewer.may(Permission.KEEP_FIGURES),
        "shifted": any(signal and signal.rule == "shift" for signal in signals),
    }


@member(Permission.SEE_INSIGHT)
@require_safe
def measure(request: StaffRequest, org: str, key: str) -> HttpResponse:
    """One measure: what it says, by month and by service, and how it is defined."""
    shown = _detail(request, key)
    now = shown.asked
    context: dict[str, Any] = {
        "detail": shown,
        "row": row_of(BY_KEY[key]),
        "definition": definitions.definition(shown.measure),
        "charts": drawing.of_detail(shown),
        "by_month": drawing.month_lines(shown),
        "notes": _notes(request, key, shown),
        "query": now.query,
        "board_query": Asked(service=now.service, months=now.months).query,
        "whole_query": now.but(subject="", channel="").query,
        "hidden_note": HIDDEN_NOTE,
        "how": BY[now.by],
        "drills": shown.sees_exactly,
        "downloads": figure_files.offered(shown),
        "trial": bool(shown.series and shown.series.control.trial),
        **_limits(request, shown),
        **filters(shown.scope, now, BY_KEY[key]),
    }
    return render(request, "staff/insight/measure.html", context)


@member(Permission.SEE_INSIGHT)
@require_safe
def measure_file(request: StaffRequest, org: str, key: str, file: str) -> HttpResponse:
    """The figures of one measure as a file for a spreadsheet, or its chart as a picture."""
    shown = _detail(request, key)
    if file not in dict(figure_files.offered(shown)):
        raise Http404
    content, kind = figure_files.made(file, shown, _notes(request, key, shown))
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{org}-{key}.{file.rpartition(".")[2]}"'
    return response
