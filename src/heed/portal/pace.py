"""How fast forms, files and messages may come from one place, so that no program floods those who have to read them.

Nobody is shut out: whoever is too quick is told how long to wait, with all that they wrote still on the page."""

from datetime import datetime, timedelta
from functools import wraps
from ipaddress import ip_address, ip_network
from math import ceil
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from heed.design import words
from heed.feedback import rules
from heed.feedback.actions.draft import keep_pace
from heed.portal.access import PortalRequest, View, network_address

IPV6_HOME = 64  # bits: one connection has all the addresses that share them


class TooMany(Exception):
    """One more did not fit; `wait` is how long until it does."""

    def __init__(self, wait: timedelta):
        super().__init__(str(wait))
        self.wait = wait


def another_form(request: PortalRequest, at: datetime) -> None:
    """Count a form that is begun. Raises TooMany."""
    _count([(rules.Pace("form", settings.FORMS_AN_HOUR), place(request))], at)


def another_message(feedback_id: int, at: datetime) -> None:
    """Count a message about a case. Raises TooMany."""
    _count([(rules.MESSAGES_OF_A_CASE, str(feedback_id))], at)


def another_file(request: PortalRequest, draft_id: int, at: datetime) -> None:
    """Count a file that is sent, for its form and for where it comes from. Raises TooMany."""
    by_address = rules.Pace("file", settings.FILES_AN_HOUR)
    _count([(rules.FILES_OF_A_FORM, str(draft_id)), (by_address, place(request))], at)


def another_code(link_id: int, at: datetime) -> None:
    """Count a code that is sent for a one-time link. Raises TooMany."""
    _count([(rules.CODES_OF_A_LINK, str(link_id))], at)


def _count(paces: list[tuple[rules.Pace, str]], at: datetime) -> None:
    if wait := keep_pace(paces=paces, at=at):
        raise TooMany(wait)


def place(request: PortalRequest) -> str:
    """Where a request comes from, for counting: its network address, or the network that one IPv6 connection is given."""
    address = network_address(request)
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((known, IPV6_HOME), strict=False)) if known.version == 6 else address


def in_words(wait: timedelta) -> str:
    """ "1 minute", "12 minutes": rounded up."""
    return words.count(max(1, ceil(wait.total_seconds() / 60)), "minute")


def unhurried(view: View) -> View:
    """Whoever is too quick gets back what they sent, with how long to wait and one button to send it again."""

    @wraps(view)
    def patient(request: PortalRequest, **address: Any) -> HttpResponseBase:
        try:
            return view(request, **address)
        except TooMany as too_many:
            return _wait_page(request, too_many.wait)

    return patient


def _wait_page(request: PortalRequest, wait: timedelta) -> HttpResponse:
    typed = [
        (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
    context = {
        "wait": in_words(wait),
        "address": request.get_full_path(),
        "typed": typed,
        "had_files": bool(request.FILES),
    }
    response = render(request, "portal/tell_us/wait.html", context, status=429)
    response["Retry-After"] = str(ceil(wait.total_seconds()))
    return response
