"""The cases, feedback and actions behind a figure, for those who may see them."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.cases.queries import worklist as cases
from heed.design.components import Link
from heed.feedback import queries as feedback
from heed.insight.measures import BY_KEY, Measure
from heed.insight.queries.behind import behind
from heed.insight.queries.detail import sees_exactly
from heed.insight.queries.scope import scope_of
from heed.learning import queries as learning
from heed.staff import paging
from heed.staff.figures_asked import asked
from heed.staff.scope import StaffRequest, member

PARTS = {"": None, "counted": True, "others": False}
MOST = 5_000  # things that are looked up; a month of more is for a narrower question


@member(Permission.SEE_INSIGHT)
@require_safe
def measure_behind(request: StaffRequest, org: str, key: str, month: str) -> HttpResponse:
    """What was counted in one month. Whoever sees the figure but not the cases finds no such page."""
    if key not in BY_KEY:
        raise Http404
    measure, scope = BY_KEY[key], scope_of(request.viewer, request.organisation)
    now, on, part = asked(request.GET, scope, measure), _month(month), request.GET.get("part", "")
    if not sees_exactly(scope, now.service) or part not in PARTS:
        raise Http404
    ids = behind(scope, measure, now, on, today=timezone.localdate(), counted=PARTS[part])
    context = {
        "measure": measure,
        "month": on,
        "many": len(ids),
        "most": MOST if len(ids) > MOST else None,
        "query": now.query,
        "part": part,
        "parts": _parts(measure, now.query, part),
        **_found(request, measure, ids[-MOST:]),
    }
    return render(request, "staff/insight/behind.html", context)


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None


def _parts(measure: Measure, query: str, part: str) -> list[Link]:
    if measure.shape != "share":
        return []
    labels = {"": "All of them", "counted": measure.wording.which.capitalize(), "others": "The others"}
    return [
        Link(label, f"{query}&part={name}" if name else query, current=name == part) for name, label in labels.items()
    ]


def _found(request: StaffRequest, measure: Measure, ids: list[int]) -> dict[str, Any]:
    viewer, today = request.viewer, timezone.localdate()
    if measure.table == "action":
        return {"lines": learning.of_ids(viewer, ids), "today": today}
    of_feedback = measure.table == "feedback"
    found = cases.of_ids(viewer, ids, feedback=of_feedback).values(*cases.COLUMNS)
    page = paging.page(found, "received_at", request.GET, newest_first=True)
    items = list(feedback.of_ids(viewer, ids)) if of_feedback and page.is_first else []
    return {"rows": cases.rows(page.rows, viewer.organisation_id, today), "page": page, "items": items}
