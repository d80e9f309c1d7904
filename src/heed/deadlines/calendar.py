"""Working days of a nation, counted exactly and at once: dates in, dates and numbers out."""

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from heed.deadlines import words

NATIONS = ("england", "wales", "scotland", "northern-ireland")
ADDED = "an added holiday"
YEARLY = "a day on which this procedure does not count"

_TABLE = Path(__file__).with_name("bank_holidays.json")
_SATURDAY = 5


class UnknownNation(ValueError):
    """`str` is a sentence that lists the nations there are."""


class OutsideCalendar(ValueError):
    """`str` is a sentence: which date, and the years whose bank holidays are known."""


@dataclass(frozen=True)
class _Count:
    """The working days of one nation, counted through from the first day of the table to the last."""

    first: int  # the ordinal of the first day
    until: tuple[int, ...]  # for each day, the number of working days up to and including it
    working: tuple[int, ...]  # the ordinals of all working days, in order
    names: dict[int, str]  # bank holidays and yearly closed days on weekdays: ordinal -> name
    named: tuple[int, ...]  # their ordinals, in order


@cache
def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return table


@cache
def _count(nation: str, yearly: frozenset[tuple[int, int]]) -> _Count:
    if nation not in NATIONS:
        raise UnknownNation(f"There is no nation {nation!r}. There are: {', '.join(NATIONS)}.")
    names = {date.fromisoformat(day).toordinal(): name for day, name in _table()[nation].items()}
    first_year, last_year = years()
    first = date(first_year, 1, 1).toordinal()
    until: list[int] = []
    working: list[int] = []
    for ordinal in range(first, date(last_year, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day.weekday() < _SATURDAY and (day.month, day.day) in yearly:
            names.setdefault(ordinal, YEARLY)
        if day.weekday() < _SATURDAY and ordinal not in names:
            working.append(ordinal)
        until.append(len(working))
    return _Count(first, tuple(until), tuple(working), names, tuple(sorted(names)))


@cache
def years() -> tuple[int, int]:
    """The first and the last year whose bank holidays are known."""
    known = {int(day[:4]) for days in _table().values() for day in days}
    return min(known), max(known)


def check(day: date) -> None:
    """Raise OutsideCalendar unless the bank holidays of that day's year are known."""
    first_year, last_year = years()
    if not first_year <= day.year <= last_year:
        raise OutsideCalendar(
            f"{words.day(day)} is outside the calendar, which knows the bank holidays of {first_year} to {last_year}."
        )


class Calendar:
    """The working days of a nation: not Saturdays, Sundays, its bank holidays, added or yearly closed days.

    `closures` are dates on which nothing counts (a proclaimed holiday, an organisation's closed day); `yearly` are
    (month, day) pairs that a procedure leaves out every year. Raises UnknownNation; every method raises
    OutsideCalendar for a date, given or reached, in a year whose bank holidays are not known.
    """

    def __init__(self, nation: str, closures: Iterable[date] = (), yearly: Iterable[tuple[int, int]] = ()) -> None:
        self.nation = nation
        self.closures = frozenset(closures)
        self.yearly = frozenset(yearly)
        self._base = _count(nation, self.yearly)
        self._closed = sorted(day.toordinal() for day in self.closures if self._works(day))

    def _works(self, day: date) -> bool:
        return day.weekday() < _SATURDAY and day.toordinal() not in self._base.names

    def with_closures(self, days: Iterable[date]) -> "Calendar":
        """The same calendar with more closed days."""
        more = frozenset(days) - self.closures
        return Calendar(self.nation, self.closures | more, self.yearly) if more else self

    def is_working_day(self, day: date) -> bool:
        """Whether work is counted on that day."""
        check(day)
        return self._works(day) and day not in self.closures

    def add_working_days(self, day: date, number: int) -> date:
        """The `number`th working day after `day`, which is day 0 and may itself be no working day; 0 gives `day`."""
        if number < 0:
            raise ValueError("working days are added, not taken away")
        return self._nth(self._up_to(day) + number, day) if number else day

    def on_or_after(self, day: date) -> date:
        """`day` if it is a working day, else the next one."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after `after` up to and including `until`; negative where `until` is earlier."""
        return self._up_to(until) - self._up_to(after)

    def holiday(self, day: date) -> str | None:
        """The name of the bank holiday, yearly or added closed day; None for any other day, weekends too."""
        if day in self.closures and self._works(day):
            return ADDED
        return self._base.names.get(day.toordinal())

    def skipped(self, after: date, until: date) -> list[tuple[date, str]]:
        """Bank holidays, yearly and added closed days on weekdays after `after` up to `until`, by date, with names."""
        check(after)
        check(until)
        low, high = after.toordinal(), until.toordinal()
        known = self._base.named[bisect_right(self._base.named, low) : bisect_right(self._base.named, high)]
        added = self._closed[bisect_right(self._closed, low) : bisect_right(self._closed, high)]
        return [(date.fromordinal(day), self._base.names.get(day, ADDED)) for day in sorted([*known, *added])]

    def _up_to(self, day: date) -> int:
        """Working days from the first day of the table up to and including `day`."""
        check(day)
        ordinal = day.toordinal()
        return self._base.until[ordinal - self._base.first] - bisect_right(self._closed, ordinal)

    def _nth(self, number: int, start: date) -> date:
        """The `number`th working day of the table: the least place that leaves out the added days before it."""
        place = number
        while place <= len(self._base.working):
            ordinal = self._base.working[place - 1]
            further = number + bisect_right(self._closed, ordinal)
            if further == place:
                return date.fromordinal(ordinal)
            place = further
        raise OutsideCalendar(
            f"Counting working days from {words.day(start)} leads past {years()[1]}, the last year of the calendar."
        )
