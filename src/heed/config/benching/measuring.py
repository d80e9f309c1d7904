"""Asks for each page again and again, and says how long it took."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from heed.accounts.models import User
from heed.config.benching.client import Answer, Client
from heed.config.benching.pages import Page, all_pages
from heed.config.demonstration.places import CODES
from heed.organisations.models import Organisation

WARM = 20


@dataclass(frozen=True)
class Measured:
    """One page: milliseconds of the middle request and of the slowest but five in a hundred; the most statements and
    bytes of any. `wrong` are sentences."""

    name: str
    requests: int
    p50_ms: float
    p95_ms: float
    queries: int
    bytes: int
    wrong: tuple[str, ...]

    def figures(self) -> dict[str, Any]:
        """As `heed bench --json` prints it."""
        return {name: getattr(self, name) for name in ("name", "requests", "p50_ms", "p95_ms", "queries", "bytes")}


def measure(port: int, requests: int, progress: Callable[[str], object]) -> list[Measured]:
    """All pages, for a case handler of the largest organisation, one client. `progress` is told each page's name."""
    organisation = Organisation.objects.get(code=CODES[0])
    staff = Client(port, {settings.SESSION_COOKIE_NAME: _signed_in(organisation)})
    found = []
    for page in all_pages(organisation, staff):
        progress(page.name)
        found.append(_one(page, requests))
    staff.close()
    return found


def _signed_in(organisation: Organisation) -> str:
    """The key of a session of a handler, as signing in makes it."""
    person = User.objects.filter(memberships__organisation=organisation, memberships__role="handler").order_by("pk")[0]
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _one(page: Page, requests: int) -> Measured:
    warm = min(WARM, requests)
    answers: list[Answer] = [page.ask() for _ in range(warm + requests)]
    wrong = {sentence for answer in (answers[0], answers[-1]) for sentence in page.wrong(answer)}
    wrong |= set(page.after(len(answers)))
    measured = answers[warm:]
    times = sorted(answer.milliseconds for answer in measured)
    return Measured(
        name=page.name,
        requests=requests,
        p50_ms=round(median(times), 1),
        p95_ms=round(times[math.ceil(len(times) * 0.95) - 1], 1),
        queries=max(answer.queries for answer in measured),
        bytes=max(answer.size for answer in measured),
        wrong=tuple(f"{page.name}: {sentence}" for sentence in sorted(wrong)),
    )
