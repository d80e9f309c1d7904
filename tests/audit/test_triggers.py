"""Append-only tables are held by the database itself, on SQLite and PostgreSQL alike."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from heed.audit import triggers
from heed.audit.actions import record
from heed.audit.actor import system
from heed.audit.models import Entry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
TABLE = "audit_entry"


@pytest.fixture
def entry() -> Entry:
    return record(by=system("import"), at=AT, verb="imported", kind="feedback", object_id=7)


@pytest.fixture
def scratch() -> Iterator[str]:
    """A table that no app has, so that a test may guard it as it likes."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE scratch (id integer PRIMARY KEY, word varchar(9))")
        cursor.execute("INSERT INTO scratch VALUES (1, 'first')")
    yield "scratch"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE scratch")


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def refused(statement: str) -> bool:
    try:
        run(statement)
    except DatabaseError as fault:
        return "is append-only" in str(fault)
    return False


def test_an_entry_cannot_be_changed_by_the_orm(entry: Entry) -> None:
    entry.verb = "forged"
    with pytest.raises(DatabaseError, match="audit_entry is append-only"), transaction.atomic():
        entry.save()
    assert Entry.objects.get().verb == "imported"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'forged'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE verb = 'imported'",
    ],
)
def test_nor_below_the_orm(entry: Entry, statement: str) -> None:
    assert refused(statement)
    assert Entry.objects.get().verb == "imported"


def back_door() -> str:
    """Each database's way around a trigger on UPDATE and DELETE."""
    if connection.vendor == "postgresql":
        return "TRUNCATE audit_entry"
    columns = ", ".join(field.column for field in Entry._meta.concrete_fields)
    return f"INSERT OR REPLACE INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry"  # noqa: S608 (our own)


def test_nor_by_the_databases_own_back_door(entry: Entry) -> None:
    with triggers.lifted(connection):
        assert not refused(back_door()), "the statement itself is sound"
    record(by=system("import"), at=AT, verb="imported", kind="feedback", object_id=8)
    assert refused(back_door())


def test_entries_can_still_be_added(entry: Entry) -> None:
    record(by=system("import"), at=AT, verb="imported", kind="feedback", object_id=8)
    assert Entry.objects.count() == 2


def test_a_guard_that_got_lost_is_reported_and_migrating_puts_it_back() -> None:
    assert triggers.missing(connection) == []
    triggers.lift(connection, TABLE)
    assert {f"{TABLE}_no_update", f"{TABLE}_no_delete"} <= set(triggers.missing(connection))
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []


def test_guarding_twice_is_guarding_once(scratch: str) -> None:
    triggers.append_only(connection, scratch)
    triggers.append_only(connection, scratch)
    assert refused("UPDATE scratch SET word = 'second'")
    triggers.lift(connection, scratch)
    assert not refused("UPDATE scratch SET word = 'second'")


def test_a_table_may_allow_deletion_and_nothing_else(scratch: str) -> None:
    triggers.append_only(connection, scratch, deletes=False)
    assert refused("UPDATE scratch SET word = 'second'")
    assert not refused("DELETE FROM scratch")


def test_a_table_declared_by_an_app_is_guarded_after_the_next_migrate(
    scratch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(triggers, "_tables", {**triggers.registered()})
    triggers.register(scratch)
    assert [name for name in triggers.missing(connection) if name.startswith("scratch")]
    triggers.make_all(connection)
    assert triggers.missing(connection) == []
    assert refused("DELETE FROM scratch")


def empty_and_stumble() -> None:
    with triggers.lifted(connection):
        Entry.objects.all().delete()
        raise ZeroDivisionError


def test_lifting_ends_with_the_block_also_when_it_fails(entry: Entry) -> None:
    with pytest.raises(ZeroDivisionError):
        empty_and_stumble()
    assert triggers.missing(connection) == []
    assert not Entry.objects.exists()
