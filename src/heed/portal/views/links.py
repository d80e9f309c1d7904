"""Open a one-time link: nothing happens until a button is pressed, because programs look at links in e-mails too."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from heed.correspondence import actions, queries
from heed.portal import grants, pace
from heed.portal.access import PortalRequest, at_organisation, private
from heed.portal.asked import over
from heed.portal.forms.asked import CodeForm

WRONG = "That is not the code of the newest email, or it has been used or is older than 15 minutes. Ask for a new one"


@private
@require_http_methods(["GET", "HEAD", "POST"])
@at_organisation
@pace.unhurried
def open_link(request: PortalRequest, link: str) -> HttpResponseBase:
    """Who asks, and a button that sends a code, or, where none is needed, opens the page."""
    at = timezone.now()
    found = queries.link_of(link, request.organisation.pk, at)
    if found is None:
        return over(request)
    if request.method != "POST":
        return render(request, "portal/asked/open.html", {"link": found})
    if not found.needs_code:
        actions.open_link(link_id=found.pk, code="", at=at)
        return _let_in(request, found)
    pace.another_code(found.pk, at)
    actions.send_code(link_id=found.pk, at=at)
    return redirect("link_code", organisation=request.organisation.code, link=link)


@private
@require_http_methods(["GET", "HEAD", "POST"])
@at_organisation
def code(request: PortalRequest, link: str) -> HttpResponse:
    """The six digits. What does not fit is answered alike, whatever was wrong with it."""
    at = timezone.now()
    found = queries.link_of(link, request.organisation.pk, at)
    if found is None:
        return over(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actions.open_link(link_id=found.pk, code=form.cleaned_data["code"], at=at):
            return _let_in(request, found)
        form.add_error("code", WRONG)
    return render(request, "portal/asked/code.html", {"form": form, "link": found, "word": link})


def _let_in(request: PortalRequest, link: Any) -> HttpResponse:
    word = grants.give_asked(request, link.pk, timezone.now())
    return redirect(f"asked_{link.purpose}", organisation=request.organisation.code, word=word)


@private
@require_safe
@at_organisation
def thanks(request: PortalRequest) -> HttpResponse:
    """What they sent is here, and the link has ended."""
    return render(request, "portal/asked/thanks.html")
