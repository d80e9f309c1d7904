"""Asks the clock as the tests speak: a procedure by its key, and events in short."""

from collections.abc import Callable

import pytest

from heed.deadlines.calendar import Calendar
from heed.deadlines.clock import Due, due_dates
from heed.organisations import procedures

Ask = Callable[..., Due]


@pytest.fixture
def clock() -> Ask:
    """clock("nhs-2009", event, ..., nation="england") -> Due."""

    def ask(procedure: str, *recorded: dict, nation: str = "england") -> Due:
        chosen = procedures.load(procedure)
        return due_dates(chosen.timescales, Calendar(nation, yearly=chosen.closed_days), list(recorded))

    return ask


@pytest.fixture
def dates(clock: Ask) -> Callable[..., dict[str, str | None]]:
    """The same, only the due dates, as ISO text."""

    def ask(procedure: str, *recorded: dict, nation: str = "england") -> dict[str, str | None]:
        due = clock(procedure, *recorded, nation=nation).due
        return {name: day.isoformat() if day else None for name, day in due.items()}

    return ask


@pytest.fixture
def event() -> Callable[..., dict]:
    """event("paused", "2026-04-13T09:00", pause="a")."""

    def make(kind: str, at: str, **fields: object) -> dict:
        return {"kind": kind, "at": at, **fields}

    return make
