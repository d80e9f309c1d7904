"""What changed because of what people said: lines, stories, a feed and a poster. All of it was approved; what was taken
down is on none of these pages from that moment."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.design.components import Link
from heed.documents.sheets import pdf
from heed.learning import sheets
from heed.learning.queries import shown
from heed.portal import atom
from heed.portal.access import PortalRequest, at_organisation

SIZE = 10
MOST_ON_POSTER = 4
ABOUT_A_STORY = "Somebody let us tell what it was like for them. You can read it on our page, as long as they agree."


@require_safe
@at_organisation
def page(request: PortalRequest) -> HttpResponse:
    """Every line, newest first, of one service and year or of all."""
    here, services = request.organisation.pk, shown.services(request.organisation.pk)
    service, years = _service(request, services), shown.years(here)
    year = next((year for year in years if str(year) == request.GET.get("year")), None)
    rows = shown.lines(here, service=service, year=year).order_by("-published_at", "-pk")
    found = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    asked = {"service": service, "year": str(year or "")}
    context = {
        "lines": [shown.as_published(row) for row in found], "page": found, "asked": asked,
        "services": _links(asked, "service", [("", "All services"), *services]),
        "years": _links(asked, "year", [("", "All years"), *((str(one), str(one)) for one in years)]),
        "earlier": _query({**asked, "page": str(found.previous_page_number())}) if found.has_previous() else "",
        "later": _query({**asked, "page": str(found.next_page_number())}) if found.has_next() else "",
        "poster": _query({"service": service}), "stories": shown.public_stories(here, timezone.now())[:6],
    }  # fmt: skip
    return _unkept(render(request, "portal/changed/page.html", context))


def _service(request: PortalRequest, services: list[tuple[str, str]]) -> str:
    """The code of the service asked for, "" for none that anything is published of."""
    return next((code for code, _ in services if code == request.GET.get("service")), "")


def _links(asked: dict[str, str], name: str, choices: list[tuple[str, str]]) -> list[Link]:
    return [Link(label, _query({**asked, name: code}) or "?", current=asked[name] == code) for code, label in choices]


def _query(values: dict[str, str]) -> str:
    kept = {name: value for name, value in values.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


@require_safe
@at_organisation
def line(request: PortalRequest, token: str) -> HttpResponse:
    """One line at its own address."""
    found = shown.line(request.organisation.pk, token)
    if found is None:
        raise Http404("There is no such line here, or it was taken down.")
    return render(request, "portal/changed/line.html", {"line": found})


@require_safe
@at_organisation
def story(request: PortalRequest, token: str) -> HttpResponse:
    """One story that everybody may read."""
    found = shown.public_story(request.organisation.pk, token, timezone.now())
    if found is None:
        raise Http404("There is no such story here, or it was taken down.")
    return _unkept(render(request, "portal/changed/story.html", {"story": found}))


def _unkept(response: HttpResponse) -> HttpResponse:
    """No browser or proxy keeps a page with a story, or the title of one: it may be taken back at any moment."""
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@at_organisation
def feed(request: PortalRequest) -> HttpResponse:
    """The newest lines and stories for whoever follows them in a reader."""
    here, now = request.organisation, timezone.now()
    entries = [_entry_of_line(here, one) for one in shown.published(here.pk, shown.FEED)]
    entries += [_entry_of_story(here, one) for one in shown.public_stories(here.pk, now)[: shown.FEED]]
    made = atom.feed(
        key=here.code, title=f"You said, we did: {here.name}", author=here.name,
        address=_address(here, "changed"), own_address=_address(here, "changed_feed"),
        changed_at=shown.changed_at(here.pk) or datetime(2000, 1, 1, tzinfo=now.tzinfo),
        entries=sorted(entries, key=lambda entry: entry.published_at, reverse=True)[: shown.FEED],
    )  # fmt: skip
    response = HttpResponse(made, content_type=f"{atom.TYPE}; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _entry_of_line(here: Any, one: shown.Published) -> atom.Entry:
    return atom.Entry(
        f"{here.code}/{one.token}", _short(one.we_did), _address(here, "changed_line", one.token), one.published_at,
        one.changed_at, (f"You said: {one.you_said}", f"We did: {one.we_did}"), one.service,
    )  # fmt: skip


def _entry_of_story(here: Any, one: shown.PublicStory) -> atom.Entry:
    """None of the person's own words: readers keep what they fetched, and a story may be taken back at any moment."""
    return atom.Entry(
        f"{here.code}/{one.token}", "Somebody’s story", _address(here, "changed_story", one.token), one.published_at,
        one.changed_at, (ABOUT_A_STORY,), one.service,
    )  # fmt: skip


def _address(here: Any, route: str, *args: str) -> str:
    return settings.PUBLIC_ADDRESS + reverse(route, args=[here.code, *args])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:99].rsplit(' ', 1)[0]}…"


def _poster(request: PortalRequest) -> tuple[Any, str]:
    """The lines that are asked for, or the three newest of a service; and the service's name."""
    here = request.organisation
    services = shown.services(here.pk)
    service = _service(request, services)
    tokens = request.GET.getlist("line")[:MOST_ON_POSTER]
    found = shown.chosen(here.pk, tokens) if tokens else shown.published(here.pk, shown.POSTER, service)
    name = dict(services).get(service, "")
    return sheets.poster(
        [(one.you_said, one.we_did, "" if name else one.service, one.published_at) for one in found],
        organisation=here.name, colour=here.colour, address=_address(here, "organisation"), service=name,
    ), _query({"service": service}) if not tokens else f"?{urlencode([('line', token) for token in tokens])}"  # fmt: skip


@require_safe
@at_organisation
def poster(request: PortalRequest) -> HttpResponse:
    """The poster as a page to print."""
    made, query = _poster(request)
    return render(request, "portal/changed/poster.html", {"poster": made, "query": query})


@require_safe
@at_organisation
def poster_file(request: PortalRequest) -> HttpResponse:
    """The poster as PDF, in the largest words that fit on one page."""
    made, _ = _poster(request)
    if not made.lines:
        raise Http404("Nothing is published yet.")
    response = HttpResponse(pdf.of_poster(made, timezone.now()), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="you-said-we-did.pdf"'
    response["Cache-Control"] = "no-cache"
    return response
