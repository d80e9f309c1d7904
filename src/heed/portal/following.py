"""The frame of every page under a person's grant."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from heed.cases.queries import public
from heed.portal import grants, kept_words
from heed.portal.access import PortalRequest, View, at_organisation
from heed.portal.forms.follow import FollowForm

SHUT = "That page is shut: it closes after 30 minutes without use. Enter your reference and code to open it again."


def following(view: View) -> View:
    """Hands the view the item of feedback (`feedback`) behind the grant in the address. Whoever has no such grant, or
    had one that ran out, is led to the reference and code; nobody learns whether there is anything behind it."""

    @at_organisation
    @wraps(view)
    def let_in(request: PortalRequest, grant: str, **address: Any) -> HttpResponseBase:
        feedback = _behind(request, grant)
        if feedback is None:
            messages.info(request, SHUT)
            return redirect("follow", organisation=request.organisation.code)
        return view(request, feedback=feedback, grant=grant, **address)

    return let_in


def following_with_words(field: str) -> Callable[[View], View]:
    """As `following`, for a page on which the person writes: when it shut while they wrote, their words (`field`) come
    back with the question for reference and code, and stand in the form again behind it. Raises KeyError for a field that
    `kept_words` knows no page of: its words would be lost."""
    kept_words.PAGES[field]

    def decorate(view: View) -> View:
        @at_organisation
        @wraps(view)
        def let_in(request: PortalRequest, grant: str, **address: Any) -> HttpResponseBase:
            feedback = _behind(request, grant)
            if feedback is not None:
                return view(
                    request, feedback=feedback, grant=grant, kept=kept_words.of(request, grant, field), **address
                )
            kept = kept_words.typed(request, field)
            if kept is None:
                messages.info(request, SHUT)
                return redirect("follow", organisation=request.organisation.code)
            return render(request, "portal/follow/enter.html", {"form": FollowForm(), "kept": kept}, status=403)

        return let_in

    return decorate


def _behind(request: PortalRequest, grant: str) -> Any:
    """The item behind a grant that holds, else None."""
    item = grants.feedback_id(request, grant, request.organisation.code, timezone.now())
    return public.feedback_of(item) if item else None
