"""Every address of the portal, found by itself, tried by somebody who holds nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.portal.visitor import Visitor

NAMES = {
    "link": "z" * 22,
    "word": "w" * 12,
    "step": "words",
    "grant": "x" * 12,
    "number": 1,
    "token": "y" * 32,
    "item": 1,
    "code": "l-4k7m-q2px",
    "piece_id": 1,
}
SECRET = "Nobody came when I called."


def portal_patterns() -> Iterator[URLPattern]:
    def walk(patterns: list[Any]) -> Iterator[URLPattern]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            elif pattern.callback.__module__.startswith("heed.portal."):
                yield pattern

    yield from walk(get_resolver().url_patterns)


PATTERNS = sorted(portal_patterns(), key=lambda pattern: str(pattern.name))
AT_ORGANISATION = [pattern for pattern in PATTERNS if "organisation" in pattern.pattern.converters]

GRANTED = [pattern for pattern in AT_ORGANISATION if "grant" in pattern.pattern.converters]


def address(pattern: URLPattern, organisation: str) -> str:
    values = {**NAMES, "organisation": organisation}
    return reverse(str(pattern.name), kwargs={name: values[name] for name in pattern.pattern.converters})


def test_all_are_found() -> None:
    names = {pattern.name for pattern in PATTERNS}
    assert {"front", "sign_in", "tell_us_check", "follow_page", "follow_file"} <= names
    assert not names & {"demo_step_in", "mailbox", "mailbox_item"}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_sees_nothing_of_anybody(visitor: Visitor, pattern: URLPattern, method: str) -> None:
    visitor.send(you={"name": "Amina Ahmed"})
    answer = getattr(Client(), method)(address(pattern, visitor.of.code), {"body": "words", "reason": "words"})
    assert answer.status_code in (200, 302, 403, 404, 405)
    shown = answer.content.decode()
    for words in (SECRET, "Amina Ahmed", visitor.reference, visitor.code):
        assert words not in shown


@pytest.mark.parametrize("pattern", AT_ORGANISATION, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_organisation_is_not_found(visitor: Visitor, pattern: URLPattern, method: str) -> None:
    answer = getattr(visitor.client, method)(address(pattern, "nowhere"))
    assert answer.status_code in (404, 405)


@pytest.mark.parametrize("pattern", GRANTED, ids=lambda pattern: pattern.name)
def test_a_grant_opens_its_own_organisation_only(visitor: Visitor, council: Any, pattern: URLPattern) -> None:
    visitor.send()
    word = visitor.follow_address().rstrip("/").rpartition("/")[2]
    elsewhere = address(pattern, council.code).replace(str(NAMES["grant"]), word)
    answer = visitor.client.get(elsewhere)
    assert answer.status_code in (302, 405)
    assert SECRET not in answer.content.decode()


def test_the_demonstrations_look_is_absent_too(visitor: Visitor) -> None:
    assert "demonstration" not in visitor.get().content.decode()
