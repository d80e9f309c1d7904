"""What people tell us and what comes of it, in figures: for what the person may see, without targets."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.design.components import Link
from heed.insight import definitions, drawing, export
from heed.insight.measures import BY_KEY, GROUPING, GROUPS, row_of
from heed.insight.periods import CHOICES
from heed.insight.queries.board import board
from heed.insight.queries.detail import HIDDEN_NOTE, Detail, detail
from heed.insight.queries.scope import Scope, scope_of
from heed.staff.scope import StaffRequest, member


def _asked(request: StaffRequest, scope: Scope) -> tuple[str | None, int]:
    """The service that the page is narrowed to, None for all, and how many whole months. A service whose figures the
    person does not see as they are is not there; a period that is none of the choices is the first."""
    service = request.GET.get("service") or None
    if service is not None and service not in scope.choices():
        raise Http404
    months = request.GET.get("months", "")
    return service, int(months) if months in map(str, CHOICES) else CHOICES[0]


def _filters(scope: Scope, service: str | None, months: int) -> dict[str, list[Link]]:
    def link(label: str, code: str | None, number: int) -> Link:
        place = f"service={code}&" if code else ""
        return Link(label, f"?{place}months={number}", current=(code, number) == (service, months))

    everything = "The whole organisation" if scope.whole else "All that I may see"
    services = [link(everything, None, months), *(link(name, code, months) for code, name in scope.choices().items())]
    return {
        "periods": [link(f"The last {number} months", service, number) for number in CHOICES],
        "services": services if len(services) > 1 else [],
    }


def _query(service: str | None, months: int) -> str:
    return f"?service={service}&months={months}" if service else f"?months={months}"


@member(Permission.SEE_INSIGHT)
@require_safe
def insight(request: StaffRequest, org: str) -> HttpResponse:
    """Three sentences that matter first, then all sixteen rows in their groups."""
    scope = scope_of(request.viewer, request.organisation)
    service, months = _asked(request, scope)
    shown = board(scope, service=service, months=months, at=timezone.now())
    groups = [(name, [row for row in shown.rows if row.row.group == key]) for key, name in GROUPS.items()]
    context = {
        "board": shown,
        "groups": [(name, [(row, drawing.of_row(row, shown)) for row in rows]) for name, rows in groups],
        "grouping": GROUPING,
        "query": _query(service, months),
        **_filters(scope, service, months),
    }
    return render(request, "staff/insight/insight.html", context)


def _detail(request: StaffRequest, key: str) -> Detail:
    if key not in BY_KEY:
        raise Http404
    scope = scope_of(request.viewer, request.organisation)
    service, months = _asked(request, scope)
    return detail(scope, BY_KEY[key], service=service, months=months, at=timezone.now())


@member(Permission.SEE_INSIGHT)
@require_safe
def measure(request: StaffRequest, org: str, key: str) -> HttpResponse:
    """One measure: what it says, by month and by service, and how it is defined."""
    shown = _detail(request, key)
    query = _query(shown.service, shown.drawn)
    context: dict[str, Any] = {
        "detail": shown,
        "row": row_of(shown.measure),
        "definition": definitions.definition(shown.measure),
        "charts": drawing.of_detail(shown),
        "by_month": drawing.month_lines(shown),
        "query": query,
        "download": reverse("insight_measure_csv", args=[org, key]) + query,
        "hidden_note": HIDDEN_NOTE,
        **_filters(shown.scope, shown.service, shown.drawn),
    }
    return render(request, "staff/insight/measure.html", context)


@member(Permission.SEE_INSIGHT)
@require_safe
def measure_csv(request: StaffRequest, org: str, key: str) -> HttpResponse:
    """The figures of one measure as a file for a spreadsheet."""
    shown = _detail(request, key)
    response = HttpResponse(export.as_csv(export.rows(shown)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{org}-{key}.csv"'
    return response
