"""Nonsense in every address, query and form, from everybody: a clear answer, and never a fault of the program."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote
from zlib import crc32

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests import factories
from tests.test_routes import World, signed_in, world

from heed.accounts.roles import ROLES
from heed.organisations.models import Organisation

__all__ = ["world"]  # the fixture
pytestmark = pytest.mark.django_db

NUMBERS = ["-1", "0", "1e9", "\N{ARABIC-INDIC DIGIT THREE}", "\N{SUPERSCRIPT TWO}", "9" * 18, "9" * 19, "9" * 5000]
PLACES = [
    "2026-01-01_-5", "2026-13-01_1", "0001-01-01_1", "2026-01-01T00:00:00_1", "2026-01-01T00:00:00+00:00_" + "9" * 18,
    "0001-01-01T00:00:00+14:00_1", "9999-12-31T23:59:59-14:00_1",
]  # fmt: skip
WORDS = ["", "x" * 400, "../..", "a b%", "<script>'\"--", "\N{REPLACEMENT CHARACTER}\N{GRINNING FACE}\u202e", "None"]
NONSENSE = [*NUMBERS, *PLACES, *WORDS]
# Every name that a page reads of an address or of a form, and of their boxes.
ASKED = re.split(" ", "after before page s kind status whose step risk service months state change update next q")
SENT = re.split(
    " ",
    "version response_version number service service_id issue_id handler against investigator_id owner_id role channel "
    "kind on on_day on_month on_year due_on_day due_on_month due_on_year time received_time text summary subject reason "
    "title amount_pence update_every_days colour remove key submission_key reference code email password next q person "
    "organisation kept_field kept_words as_file then upload files tell_person worked",
)
SLOTS = re.compile(r"<\w+:(\w+)>")


def patterns(items: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route there is, with its pattern."""
    for item in get_resolver().url_patterns if items is None else items:
        route = before + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from patterns(item.url_patterns, route)
        else:
            yield route, item


ROUTES = sorted(patterns(), key=lambda found: found[0])


def some(route: str, many: int) -> list[str]:
    """Others for each route, and the same ones each time; on the second database, one only."""
    many = many if connection.vendor == "sqlite" else 1
    start = crc32(route.encode())
    return [NONSENSE[(start + 7 * number) % len(NONSENSE)] for number in range(many)]


def filled(route: str, world: World, nonsense: str) -> str:
    """The route at the organisation, with nonsense in all other places."""
    place = {"org": world.code, "organisation": world.code}
    return "/" + SLOTS.sub(lambda slot: quote(place.get(slot[1], nonsense), safe="") or "-", route)


def true(pattern: URLPattern, route: str, world: World) -> str:
    """The address with what is really there, as far as it is known."""
    is_staff = pattern.callback.__module__.startswith("heed.staff.")
    return world.address(pattern) if is_staff else filled(route, world, "words")


def status(client: Client, method: str, address: str, data: dict[str, Any]) -> int:
    """The answer's status. Whatever the page did is taken back."""
    with transaction.atomic():
        response = getattr(client, method)(address, data)
        if response.streaming:
            b"".join(response)
        transaction.set_rollback(True)
    return response.status_code


# How a page looks at what came with an address or a form.
LOOKS = re.split(" ", "__getitem__ __contains__ __iter__ getlist items keys values dict copy urlencode")


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows when anything looks at what came with a request, beyond the check that every request passes."""
    seen: list[str] = []

    def noting(name: str, look: Callable[..., Any]) -> Callable[..., Any]:
        def noted(of: QueryDict, *given: Any, **named: Any) -> Any:
            if not of._mutable:  # else it is still being read in
                seen.append(name)
            return look(of, *given, **named)

        return noted

    for name in LOOKS:
        monkeypatch.setattr(QueryDict, name, noting(name, getattr(QueryDict, name)))
    return seen


def never_a_fault(looked: list[str], all_nonsense: Iterable[str], send: Callable[[str], int]) -> int:
    """Try all of it; how many were tried. Where nothing looks at the first, others would change nothing."""
    tried = 0
    for nonsense in all_nonsense:
        tried += 1
        looked.clear()
        assert send(nonsense) < 500, nonsense
        if not looked:
            break
    return tried


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def everybody(world: World) -> Client:
    """Somebody who may open every page."""
    return signed_in(factories.person(Organisation.objects.get(code=world.code), *ROLES))


def test_nonsense_in_an_address(world: World, everybody: Client) -> None:
    for route, pattern in ROUTES:
        # Whoever is not signed in comes no further than the door of a staff page, whatever its address says.
        others = 1 if pattern.callback.__module__.startswith("heed.staff.") else 4
        for client, many in ((everybody, 4), (Client(), others)):
            for nonsense in some(route, many) if SLOTS.search(route) else [""]:
                assert status(client, "get", filled(route, world, nonsense), {}) < 500
                assert status(client, "post", filled(route, world, nonsense), {}) < 500


def test_nonsense_in_a_query(world: World, everybody: Client, looked: list[str]) -> None:
    tried = []
    for route, pattern in ROUTES:
        address = true(pattern, route, world)

        def send(nonsense: str, address: str = address) -> int:
            return status(everybody, "get", address, dict.fromkeys(ASKED, nonsense))

        tried.append(never_a_fault(looked, [*some(route, 3), *PLACES], send))
    assert sum(many > 1 for many in tried) > 20


def test_nonsense_in_a_form(world: World, everybody: Client, looked: list[str]) -> None:
    tried = []
    for route, pattern in ROUTES:
        address = true(pattern, route, world)
        for client in (everybody, Client()):

            def send(nonsense: str, client: Client = client, address: str = address) -> int:
                return status(client, "post", address, dict.fromkeys(SENT, nonsense))

            tried.append(never_a_fault(looked, [*some(route, 4), "a\0b"], send))
    assert sum(many > 1 for many in tried) > 60


# What a database makes of nonsense was seen with somebody who may open every page.
@pytest.mark.parametrize("role", list(ROLES) if connection.vendor == "sqlite" else ["handler"])
def test_nonsense_from_each_role(world: World, role: str) -> None:
    client = signed_in(world.people[role])
    for route, pattern in ROUTES:
        nonsense = some(f"{role} {route}", 1)[0]
        assert status(client, "post", true(pattern, route, world), dict.fromkeys(SENT, nonsense)) < 500, route
