"""Leave to follow one item of feedback, given to one browser for as long as it is used.

It lies in the session, apart from any sign-in, under a random word that stands in the page's address: without the
session the word means nothing, and two cases open in two tabs are never taken for each other."""

import secrets
from datetime import datetime, timedelta

from django.http import HttpRequest

KEY = "follow"
ASKED = "asked"
IDLE = timedelta(minutes=30)
ASKED_IDLE = timedelta(minutes=60)
NOTICE = timedelta(minutes=1)  # how exactly "last used" is kept: reading a page need not write each time
MOST = 10


def give(request: HttpRequest, feedback_id: int, organisation: str, at: datetime) -> str:
    """The word under which the item may be followed from now on. The session gets a new key, so that one that somebody
    knew or planted before is worth nothing."""
    request.session.cycle_key()
    word = secrets.token_urlsafe(9)
    grants = dict(list(request.session.get(KEY, {}).items())[-MOST + 1 :])
    grants[word] = {"feedback": feedback_id, "organisation": organisation, "seen": at.timestamp()}
    request.session[KEY] = grants
    return word


def feedback_id(request: HttpRequest, word: str, organisation: str, at: datetime) -> int | None:
    """The item behind the word, None when there is none, it is another organisation's, or it was not used for half an
    hour. Using it keeps it."""
    grants = request.session.get(KEY, {})
    grant = grants.get(word)
    if grant is None or grant["organisation"] != organisation:
        return None
    idle = at.timestamp() - grant["seen"]
    if idle > IDLE.total_seconds():
        take(request, word)
        return None
    if idle > NOTICE.total_seconds():
        grant["seen"] = at.timestamp()
        request.session.modified = True
    return int(grant["feedback"])


def take(request: HttpRequest, word: str) -> None:
    """End it."""
    if word in request.session.get(KEY, {}):
        del request.session[KEY][word]
        request.session.modified = True


def take_all(request: HttpRequest, feedback_id: int) -> None:
    """End every leave of this browser to follow one item, in whatever tabs it was opened."""
    for word in [word for word, grant in request.session.get(KEY, {}).items() if grant["feedback"] == feedback_id]:
        take(request, word)


def give_asked(request: HttpRequest, link_id: int, at: datetime) -> str:
    """The word under which what a one-time link opens is read and answered in this browser from now on."""
    request.session.cycle_key()
    word = secrets.token_urlsafe(9)
    grants = dict(list(request.session.get(ASKED, {}).items())[-MOST + 1 :])
    grants[word] = {"link": link_id, "seen": at.timestamp()}
    request.session[ASKED] = grants
    return word


def asked_link(request: HttpRequest, word: str, at: datetime) -> int | None:
    """The one-time link behind the word, None when there is none or it was not used for an hour. Using it keeps it."""
    grant = request.session.get(ASKED, {}).get(word)
    if grant is None or at.timestamp() - grant["seen"] > ASKED_IDLE.total_seconds():
        return None
    if at.timestamp() - grant["seen"] > NOTICE.total_seconds():
        grant["seen"] = at.timestamp()
        request.session.modified = True
    return int(grant["link"])
