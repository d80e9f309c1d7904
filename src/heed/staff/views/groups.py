"""Groups of people: who told us something of themselves, and whether groups are answered alike. Everybody who may see
figures sees the same; nothing here leads to a case, and nothing narrows it but the period."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.design.components import Link
from heed.insight import export, group_export, group_words
from heed.insight.disclosure import ENOUGH, SMALLEST
from heed.insight.queries.groups import Groups, groups
from heed.staff.scope import StaffRequest, member


def _asked(request: StaffRequest) -> Groups:
    """The period that is asked for by its first day, or the latest. One that was never counted is not there."""
    asked = request.GET.get("from", "")
    try:
        first = date.fromisoformat(asked) if asked else None
    except ValueError as error:
        raise Http404 from error
    shown = groups(request.organisation, first)
    if first and shown.period is None:
        raise Http404
    return shown


@member(Permission.SEE_INSIGHT)
@require_safe
def group_figures(request: StaffRequest, org: str) -> HttpResponse:
    """What stands out of each question in sentences, then its table."""
    shown = _asked(request)
    period = shown.period
    query = f"?from={period.first.isoformat()}" if period else ""
    context = {
        "shown": shown,
        "topics": [
            (
                topic,
                group_words.sentences(topic) if topic.lines else [],
                [(line, group_words.cells(line)) for line in topic.lines],
            )
            for topic in shown.topics
        ],
        "periods": [Link(one.label, f"?from={one.first.isoformat()}", current=one == period) for one in shown.periods],
        "download": reverse("insight_groups_csv", args=[org]) + query,
        "smallest": SMALLEST,
        "enough": ENOUGH,
    }
    return render(request, "staff/insight/groups.html", context)


@member(Permission.SEE_INSIGHT)
@require_safe
def group_figures_csv(request: StaffRequest, org: str) -> HttpResponse:
    """What the page shows, as a file for a spreadsheet."""
    shown = _asked(request)
    response = HttpResponse(export.as_csv(group_export.rows(shown)), content_type="text/csv; charset=utf-8")
    first = f"-{shown.period.first.isoformat()}" if shown.period else ""
    response["Content-Disposition"] = f'attachment; filename="{org}-groups-of-people{first}.csv"'
    return response
