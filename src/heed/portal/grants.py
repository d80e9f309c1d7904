"""Leave to follow one item of feedback, or to do what a one-time link asks, given to one browser for as long as it is used.

It lies in the session, apart from any sign-in, under a random word that stands in the page's address: without the
session the word means nothing, and two cases open in two tabs are never taken for each other."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

FOLLOW, ASKED = "follow", "asked"
IDLE = {FOLLOW: timedelta(minutes=30), ASKED: timedelta(minutes=60)}
NOTICE = timedelta(minutes=1)  # how exactly "last used" is kept: reading a page need not write each time
MOST = 10


def give(request: HttpRequest, feedback_id: int, organisation: str, at: datetime) -> str:
    """The word under which the item may be followed from now on."""
    return _give(request, FOLLOW, {"feedback": feedback_id, "organisation": organisation}, at)


def give_asked(request: HttpRequest, link_id: int, at: datetime) -> str:
    """The word under which what a one-time link opens is read and answered in this browser from now on."""
    return _give(request, ASKED, {"link": link_id}, at)


def _give(request: HttpRequest, key: str, what: dict[str, Any], at: datetime) -> str:
    """The session gets a new key, so that one that somebody knew or planted before is worth nothing."""
    request.session.cycle_key()
    word = secrets.token_urlsafe(9)
    grants = dict(list(request.session.get(key, {}).items())[-MOST + 1 :])
    grants[word] = {**what, "seen": at.timestamp()}
    request.session[key] = grants
    return word


def feedback_id(request: HttpRequest, word: str, organisation: str, at: datetime) -> int | None:
    """The item behind the word, None when there is none, it is another organisation's, or it was not used for half an
    hour. Using it keeps it."""
    if request.session.get(FOLLOW, {}).get(word, {}).get("organisation") != organisation:
        return None
    grant = _used(request, FOLLOW, word, at)
    return int(grant["feedback"]) if grant else None


def asked_link(request: HttpRequest, word: str, at: datetime) -> int | None:
    """The one-time link behind the word, None when there is none or it was not used for an hour. Using it keeps it."""
    grant = _used(request, ASKED, word, at)
    return int(grant["link"]) if grant else None


def _used(request: HttpRequest, key: str, word: str, at: datetime) -> dict[str, Any] | None:
    """The grant, which is kept by this; None where there is none. One that ran out is taken away."""
    grant: dict[str, Any] | None = request.session.get(key, {}).get(word)
    if grant is None:
        return None
    idle = at.timestamp() - grant["seen"]
    if idle > IDLE[key].total_seconds():
        _take(request, key, word)
        return None
    if idle > NOTICE.total_seconds():
        grant["seen"] = at.timestamp()
        request.session.modified = True
    return grant


def take(request: HttpRequest, word: str) -> None:
    """End the leave to follow an item."""
    _take(request, FOLLOW, word)


def _take(request: HttpRequest, key: str, word: str) -> None:
    if word in request.session.get(key, {}):
        del request.session[key][word]
        request.session.modified = True


def take_all(request: HttpRequest, feedback_id: int) -> None:
    """End every leave of this browser to follow one item, in whatever tabs it was opened."""
    for word in [word for word, grant in request.session.get(FOLLOW, {}).items() if grant["feedback"] == feedback_id]:
        take(request, word)
