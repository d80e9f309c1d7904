"""Pure: the periods over which groups of people are counted. Whole quarters, or years from April to March; no two of an
organisation ever share a day, so that none can be taken from another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from heed.insight.periods import months_on

Kind = Literal["year", "quarter"]
MONTHS: dict[Kind, int] = {"year": 12, "quarter": 3}
APRIL = 4
# How long after its end a period is counted, once and for good: most have had their answer by then, and have been asked.
LAG_MONTHS = 3


@dataclass(frozen=True, order=True)
class Block:
    """From the first day to the last, both in it."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """ "April 2025 to March 2026"."""
        return f"{self.first:%B %Y} to {self.last:%B %Y}"

    @property
    def counted_on(self) -> date:
        """The day from which on it may be counted."""
        return months_on(self.last + timedelta(days=1), LAG_MONTHS)


def block(first: date, kind: Kind) -> Block:
    return Block(first, months_on(first, MONTHS[kind]) - timedelta(days=1))


def around(day: date, kind: Kind) -> Block:
    """The period that a day is in."""
    back = (day.month - APRIL) % MONTHS[kind]
    return block(months_on(day.replace(day=1), -back), kind)


def due(kind: Kind, asked_since: date, counted: Iterable[Block], today: date) -> list[Block]:
    """The periods to count now, oldest first: those that have been over for long enough, in which somebody was asked, and
    which begin after the latest that was counted. After a change from quarters to years, quarters go on until April."""
    latest = max(counted, default=None)
    first = latest.last + timedelta(days=1) if latest else around(asked_since, kind).first
    found: list[Block] = []
    while True:
        fits = kind if kind == "quarter" or first.month == APRIL else "quarter"
        one = block(first, fits)
        if one.counted_on > today:
            return found
        if one.last >= asked_since:
            found.append(one)
        first = one.last + timedelta(days=1)
