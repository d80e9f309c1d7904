"""The worklist: what needs doing, soonest promise first; and the register of all cases."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.cases.lifecycle import STATUSES
from heed.cases.queries import worklist as queries
from heed.design.components import Link
from heed.insight.queries import coding
from heed.staff import filters, paging
from heed.staff.navigation import SEES_CASES, first_page, may_any
from heed.staff.scope import StaffRequest, member


@member()
@require_safe
def worklist(request: StaffRequest, org: str) -> HttpResponse:
    """What needs doing. Whoever sees no case by their roles is sent to where their own work begins."""
    viewer = request.viewer
    if not may_any(viewer, SEES_CASES):
        place = first_page(viewer)
        if not place:
            raise Http404
        return redirect(place)
    chosen = filters.chosen(request.GET)
    part = queries.worklist(viewer, chosen).values(*queries.COLUMNS)
    page = paging.page(part, "next_step_on", request.GET)
    counts = queries.counts(viewer, chosen)
    context = {
        "page": page,
        "rows": queries.rows(page.rows, viewer.organisation_id, timezone.localdate()),
        "groups": filters.groups(counts, chosen),
        "to_sign": counts.of("step", "sign"),
        "is_asked_to_code": coding.is_asked(viewer),
        "chosen": chosen,
        "today": timezone.localdate(),
    }
    return render(request, "staff/worklist/worklist.html", context)


@member(*SEES_CASES)
@require_safe
def register_of_cases(request: StaffRequest, org: str) -> HttpResponse:
    """Every case that the person may see, newest first."""
    status = request.GET.get("status", "")
    status = status if status in STATUSES else ""
    cases = queries.all_cases(request.viewer, status).values(*queries.COLUMNS)
    page = paging.page(cases, "received_at", request.GET, newest_first=True)
    context = {
        "page": page,
        "rows": queries.rows(page.rows, request.viewer.organisation_id, timezone.localdate()),
        "statuses": _status_links(status),
        "status": status,
    }
    return render(request, "staff/worklist/register.html", context)


def _status_links(chosen: str) -> list[Any]:
    choices = [("", "All"), *STATUSES.items()]
    return [Link(label, f"?status={code}" if code else "?", current=code == chosen) for code, label in choices]
