"""Whose page it is, who may keep it, and from where it was asked."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from heed.audit.actor import Actor
from heed.organisations import queries as organisations

View = Callable[..., HttpResponseBase]


class PortalRequest(HttpRequest):
    """A request to the pages of an organisation, which `at_organisation` finds."""

    organisation: Any


def at_organisation(view: View) -> View:
    """The organisation of the address becomes `request.organisation`; an unknown one is 404."""

    @wraps(view)
    def found(request: PortalRequest, organisation: str, **address: Any) -> HttpResponseBase:
        request.organisation = organisations.by_code(organisation)
        if request.organisation is None:
            raise Http404("There is no such organisation here.")
        return view(request, **address)

    return found


def private(view: View) -> View:
    """A page with somebody's words: no browser, proxy or search engine keeps it."""

    @wraps(view)
    def unkept(request: HttpRequest, **address: Any) -> HttpResponseBase:
        response = view(request, **address)
        response["Cache-Control"] = "no-store, private, max-age=0"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return unkept


def member_of_the_public(request: PortalRequest, feedback_id: int | None = None) -> Actor:
    """The person at the page: by their item of feedback, where there is one."""
    return Actor("public", str(feedback_id or ""), request.organisation.code)


def network_address(request: HttpRequest) -> str:
    """Where the request came from. Behind our own proxy, the last address that it added."""
    if settings.BEHIND_PROXY and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")
