"""The frame of every page that a one-time link opens: who holds the link of this purpose is let in, and each look is kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from heed.audit.actor import Actor
from heed.correspondence import actions as correspondence
from heed.correspondence import queries, rules
from heed.portal import grants
from heed.portal.access import PortalRequest, View, at_organisation, private


class AskedRequest(PortalRequest):
    """A request under a one-time link, which `asked` finds. `link`: its thread leads to whom it was sent; `object_id` is what
    it is about. `actor`: whoever holds it."""

    link: Any
    actor: Actor


def asked(purpose: str) -> Callable[[View], View]:
    """Hands on a request with the `link` of this purpose behind the word in the address. Whoever opened none in this
    browser, or one that ended since, reads that it no longer works and what to do; nobody learns what was behind it."""

    def decorate(view: View) -> View:
        @private
        @at_organisation
        @wraps(view)
        def let_in(request: AskedRequest, word: str, **address: Any) -> HttpResponseBase:
            at = timezone.now()
            link_id = grants.asked_link(request, word, at)
            link = queries.link_that_holds(link_id, at) if link_id else None
            if link is None or link.purpose != purpose or link.organisation_id != request.organisation.pk:
                return over(request)
            request.link, request.actor = link, rules.holder(link.pk, request.organisation.code)
            if request.method in ("GET", "HEAD"):
                correspondence.note_view(link_id=link.pk, organisation=request.organisation.code, at=at)
            return view(request, word=word, **address)

        return let_in

    return decorate


def over(request: PortalRequest) -> HttpResponse:
    """What anybody reads whose link ended, was mistyped, or never was."""
    return render(request, "portal/asked/over.html", status=404)
