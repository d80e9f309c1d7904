"""The unsent form of whoever is at the page, found by a cookie that only this organisation's pages get."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from heed.feedback import queries
from heed.feedback.actions import draft as drafts
from heed.portal import pace
from heed.portal.access import PortalRequest
from heed.portal.steps import Journey

COOKIE = "heed-draft"


def current(request: PortalRequest) -> Any:
    """The draft of this browser at this organisation, sent or not; None without one."""
    token = request.COOKIES.get(COOKIE, "")
    draft = queries.draft(token) if token else None
    return draft if draft and draft.organisation_id == request.organisation.pk else None


def unsent(request: PortalRequest) -> Any:
    """The draft that is still being written, None without one."""
    draft = current(request)
    return None if draft is None or queries.was_sent(draft) else draft


def journey(request: PortalRequest, draft: Any) -> Journey:
    """The way so far; an empty one without a draft."""
    return Journey(request.organisation, draft.answers if draft else {})


def open_for_writing(request: PortalRequest, at: datetime) -> tuple[Any, str]:
    """The unsent draft, or a new one, and its token for the cookie. Raises `pace.TooMany` where too many were begun."""
    draft = unsent(request)
    if draft is not None:
        return draft, request.COOKIES[COOKIE]
    pace.another_form(request, at)
    return drafts.start(organisation=request.organisation, at=at)


def remember(response: HttpResponse, request: PortalRequest, token: str) -> HttpResponse:
    """Give the browser the token for another week. Scripts cannot read it; other organisations' pages never get it."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(drafts.KEEP.total_seconds()),
        path=reverse("tell_us", args=[request.organisation.code]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse, request: PortalRequest) -> HttpResponse:
    response.delete_cookie(COOKIE, path=reverse("tell_us", args=[request.organisation.code]), samesite="Lax")
    return response
