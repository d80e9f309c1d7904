"""Finding cases by their words. What was typed stands in no address, for it is mostly a name: it is sent by POST, kept
in the session under a random mark, and the address of the results carries the mark."""

import secrets
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from heed.cases.queries import detail
from heed.cases.queries import search as queries
from heed.design.components import Link
from heed.design.text import clean_text
from heed.feedback.codes import reference_plain
from heed.staff.navigation import SEES_CASES
from heed.staff.scope import StaffRequest, member

KEPT = 10  # searches in one session, so that several tabs can search
LONGEST = 500  # characters
LAST_PAGE = queries.RANKED // queries.PAGE
KINDS = {"cases": "Cases", "feedback": "Comments and compliments"}


@member(*SEES_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: StaffRequest, org: str) -> HttpResponse:
    """The results of a search, or the box to begin one. A reference leads straight to its case."""
    if request.method == "POST":
        query = clean_text(request.POST.get("q", "")).strip()[:LONGEST]
        case = detail.visible_case(request.viewer, reference_plain(query))
        if case is not None:
            return redirect("case", org, case.reference)
        return redirect(f"{reverse('search', args=[org])}?s={remember(request, query)}")
    mark, kind = request.GET.get("s", ""), request.GET.get("kind", "cases")
    query = request.session.get("searches", {}).get(mark, "")
    asked = request.GET.get("page", "1")
    page = min(int(asked), LAST_PAGE) if asked.isdecimal() and 0 < len(asked) < 4 and int(asked) else 1
    find = queries.search_feedback if kind == "feedback" else queries.search_cases
    results = find(request.viewer, query, page) if query else None
    context = {"query": query, "results": results, "kind": kind, "forgotten": bool(mark and not query)}
    return render(
        request, "staff/search/results.html", {**context, **_links(mark, kind, results), "ranked": queries.RANKED}
    )


def remember(request: StaffRequest, query: str) -> str:
    """Keep what was typed in the session; the mark by which its address knows it."""
    searches = dict(request.session.get("searches", {}))
    mark = secrets.token_urlsafe(6)
    searches[mark] = query
    request.session["searches"] = dict(list(searches.items())[-KEPT:])
    return mark


def _links(mark: str, kind: str, results: queries.Results | None) -> dict[str, Any]:
    page = results.page if results else 1
    here = f"?s={mark}&kind={kind}"
    return {
        "kinds": [Link(label, f"?s={mark}&kind={code}", current=code == kind) for code, label in KINDS.items()],
        "better": f"{here}&page={page - 1}" if page > 1 else "",
        "further": f"{here}&page={page + 1}" if results and results.has_more else "",
    }
