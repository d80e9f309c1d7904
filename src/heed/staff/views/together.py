"""Any two measures read together."""

from collections.abc import Mapping

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.design.components import Link
from heed.insight import drawing, reading
from heed.insight.measures import BY_KEY, GROUPS, MEASURES, row_of
from heed.insight.queries.board import Board, board
from heed.insight.queries.scope import scope_of
from heed.insight.series import Series
from heed.staff.figures_asked import asked, filters
from heed.staff.scope import StaffRequest, member

MONTHS = 36


@member(Permission.SEE_INSIGHT)
@require_safe
def together(request: StaffRequest, org: str) -> HttpResponse:
    """Two charts of the same months, one under the other, and what they say together."""
    scope = scope_of(request.viewer, request.organisation)
    now = asked(request.GET, scope).but(months=MONTHS)
    shown = board(scope, service=now.service, months=MONTHS, at=timezone.now())
    found = {one.measure.key: one for row in shown.rows for one in row.series}
    first, second = (_chosen(request.GET, name, found, key) for name, key in zip("ab", reading.FAULT, strict=True))
    current = next((n for n in reading.CURRENT if request.GET.get("now") == str(n)), reading.USUAL)
    pair = [found[key] for key in (first, second) if key in found]
    context = {
        "board": shown, "first": first, "second": second, "current": current, "service": now.service or "",
        "choices": _choices(found), "currents": reading.CURRENT, "services": filters(scope, now)["services"],
        "together": reading.together(pair[0], pair[1], current) if len(pair) == 2 else None,
        "charts": [drawing.by_month(one, f"of-{at}", shown.place) for at, one in enumerate(pair)],
        "pairs": _pairs(found, shown),
    }  # fmt: skip
    return render(request, "staff/insight/together.html", context)


def _chosen(given: QueryDict, name: str, found: Mapping[str, Series], otherwise: str) -> str:
    key = given.get(name, "")
    return key if key in BY_KEY and key in found else otherwise


def _choices(found: Mapping[str, Series]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(name of a group, (key, name) of its measures that have figures here)."""
    return [
        (name, [(m.key, m.name) for m in MEASURES if m.key in found and row_of(m).group == group])
        for group, name in GROUPS.items()
    ]


def _pairs(found: Mapping[str, Series], shown: Board) -> list[Link]:
    """The pairs whose meaning is written down."""
    place = f"&service={shown.service}" if shown.service else ""
    return [
        Link(f"{BY_KEY[a].name}, with {BY_KEY[b].name[0].lower()}{BY_KEY[b].name[1:]}", f"?a={a}&b={b}{place}")
        for a, b in reading.PAIRS
        if a in found and b in found
    ]
