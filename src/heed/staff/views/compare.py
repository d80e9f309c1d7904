"""Services beside each other, for as much as they do: who differs by more than chance, and nobody ranked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.design import funnels
from heed.design.components import Link
from heed.insight import comparison_pages, export
from heed.insight.periods import CHOICES
from heed.insight.queries.compare import Comparison, compare_services
from heed.insight.queries.scope import scope_of
from heed.staff.scope import StaffRequest, member


def _page(request: StaffRequest) -> Comparison:
    """For the months that are asked for; a period that is none of the choices is the first."""
    asked = request.GET.get("months", "")
    months = int(asked) if asked in map(str, CHOICES) else CHOICES[0]
    return compare_services(scope_of(request.viewer, request.organisation), months=months, at=timezone.now())


@member(Permission.SEE_INSIGHT)
@require_safe
def compare(request: StaffRequest, org: str) -> HttpResponse:
    """Sentences, funnels of what was received and found well-founded, every figure in a table, and who is left out."""
    page = _page(request)
    told = [comparison_pages.told(page, funnel) for funnel in page.funnels]
    number = len(page.months)
    context: dict[str, Any] = {
        "page": page,
        "sentences": comparison_pages.sentences(page),
        "rates": told[:-1],
        "share": told[-1],
        "explained": funnels.KEY,
        "periods": [
            Link(f"The last {choice} months", f"?months={choice}", current=choice == number) for choice in CHOICES
        ],
        "outsider": not request.viewer.may(Permission.SEE_ALL_CASES) and page.sees_all,
        "may_enter": request.viewer.may(Permission.ENTER_ACTIVITY),
        "download": f"{reverse('compare_services_csv', args=[org])}?months={number}",
    }
    return render(request, "staff/insight/compare.html", context)


@member(Permission.SEE_INSIGHT)
@require_safe
def compare_csv(request: StaffRequest, org: str) -> HttpResponse:
    """What the page shows, as a file for a spreadsheet."""
    text = export.as_csv(comparison_pages.rows(_page(request)))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{org}-compare-services.csv"'
    return response
