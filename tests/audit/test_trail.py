"""The audit trail: what is recorded, and how it is read."""

from datetime import UTC, datetime, timedelta

import pytest

from heed.audit import queries
from heed.audit.actions import record
from heed.audit.actor import Actor, system

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
PRIYA = Actor("staff", "42", "riverside-nhs")


def test_an_entry_says_who_did_what_to_what_and_when() -> None:
    entry = record(by=PRIYA, at=AT, verb="viewed", kind="case", object_id=9, detail={"page": "evidence"})
    entry.refresh_from_db()
    assert (entry.actor_kind, entry.actor_id, entry.organisation) == ("staff", "42", "riverside-nhs")
    assert (entry.verb, entry.object_kind, entry.object_id) == ("viewed", "case", "9")
    assert (entry.at, entry.detail) == (AT, {"page": "evidence"})


def test_the_organisation_is_the_actors_unless_it_is_named() -> None:
    entry = record(by=PRIYA, at=AT, verb="viewed", kind="case", object_id=9, organisation="fenwick-council")
    assert entry.organisation == "fenwick-council"


def test_all_that_was_done_to_one_thing_newest_first() -> None:
    for verb in ["opened", "viewed"]:
        record(by=PRIYA, at=AT, verb=verb, kind="case", object_id=9)
    record(by=PRIYA, at=AT, verb="viewed", kind="case", object_id=90)
    record(by=PRIYA, at=AT, verb="viewed", kind="feedback", object_id=9)
    assert [entry.verb for entry in queries.of_object(kind="case", object_id=9)] == ["viewed", "opened"]


def test_all_that_was_done_in_one_organisation_in_a_period() -> None:
    for days in range(4):
        record(by=PRIYA, at=AT + timedelta(days=days), verb="viewed", kind="case", object_id=days)
    record(by=system("import"), at=AT + timedelta(days=1), verb="viewed", kind="case", object_id=99)
    found = queries.of_organisation("riverside-nhs", since=AT + timedelta(days=1), before=AT + timedelta(days=3))
    assert [entry.object_id for entry in found] == ["2", "1"]


def test_all_that_one_person_did() -> None:
    record(by=PRIYA, at=AT, verb="viewed", kind="case", object_id=1)
    record(by=Actor("public", "42"), at=AT, verb="viewed", kind="case", object_id=2)
    assert [entry.object_id for entry in queries.by_actor(kind="staff", actor_id="42")] == ["1"]
