"""Whole weeks and months: which of them are over, how much of a working week each holds, and when its count can be relied
on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from heed.deadlines.calendar import Calendar
from heed.statistics.arrays import Floats

Every = Literal["week", "month"]
MONDAY = date(2000, 1, 3)  # from which weeks are counted
# What comes in by post, is typed up or gets its subject late, comes within these days. Until then a count can only grow,
# so a warning stands, and one that is missing may still come.
LAG = timedelta(days=14)
FREQUENCY: dict[Every, int] = {"week": 52, "month": 12}
YEARS = 5
EXTRA = {"week": 30, "month": 9}  # points beside the years: those that lead in, and a few more
LEAST_QUIET = 0.05  # of a working day: the least that a day without work weighs


@dataclass(frozen=True)
class Span:
    """Successive whole periods, oldest first: the first day of each."""

    every: Every
    starts: tuple[date, ...]

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def first(self) -> date:
        return self.starts[0]

    @property
    def last_day(self) -> date:
        return ends(self.every, self.starts[-1])

    def place(self, start: date) -> int | None:
        """Where a period stands, None for one outside."""
        found = number(self.every, start) - number(self.every, self.first)
        return found if 0 <= found < len(self.starts) else None


def number(every: Every, day: date) -> int:
    """The running number of the period that holds the day."""
    return (day - MONDAY).days // 7 if every == "week" else day.year * 12 + day.month - 1


def start_of(every: Every, period: int) -> date:
    """The first day of a period by its running number."""
    if every == "week":
        return MONDAY + timedelta(days=7 * period)
    return date(period // 12, period % 12 + 1, 1)


def ends(every: Every, start: date) -> date:
    """The last day of the period that begins on `start`."""
    return start_of(every, number(every, start) + 1) - timedelta(days=1)


def latest(every: Every, on: date) -> int:
    """The running number of the latest period that was over before `on` began."""
    return number(every, on) - 1


def span(every: Every, on: date) -> Span:
    """All periods that a night's run looks at: five years and what leads in, up to the latest that is over."""
    last = latest(every, on)
    length = YEARS * FREQUENCY[every] + EXTRA[every]
    return Span(every, tuple(start_of(every, period) for period in range(last - length + 1, last + 1)))


def is_settled(every: Every, start: date, on: date) -> bool:
    """Whether what arrives late has arrived."""
    return ends(every, start) + LAG < on


def to_judge(every: Every, on: date, seen: date | None) -> int:
    """How many of the latest whole periods are judged on a night: the latest always, those whose late arrivals may still
    come, and those that no run has seen since `seen` (the latest that one has), at most two months of weeks."""
    last = latest(every, on)
    many = 1
    while many < 8 and (
        not is_settled(every, start_of(every, last - many), on)
        or (seen is not None and number(every, seen) < last - many)
    ):
        many += 1
    return many


def exposure(of: Span, calendar: Calendar, quiet: float) -> Floats:
    """How many working days each period has, (periods,): a day without work counts as the share `quiet` of one."""
    days = [(ends(of.every, start) - start).days + 1 for start in of.starts]
    before = timedelta(days=1)
    working = [calendar.working_days_between(start - before, ends(of.every, start)) for start in of.starts]
    return np.array([work + max(quiet, LEAST_QUIET) * (all_ - work) for work, all_ in zip(working, days, strict=True)])


def quiet_share(by_day: Mapping[date, int], calendar: Calendar) -> float:
    """What arrives on a day without work, as a share of what arrives on a working day, from 0 to 1; by the organisation's
    own past, so that neither a bank holiday nor the post of the day after it looks like news."""
    if not by_day:
        return LEAST_QUIET
    first, last = min(by_day), max(by_day)
    many = (last - first).days + 1
    works = calendar.working_days_between(first - timedelta(days=1), last)
    at_work = sum(count for day, count in by_day.items() if calendar.is_working_day(day))
    at_rest = sum(by_day.values()) - at_work
    if not works or not at_work or many == works:
        return LEAST_QUIET
    return min(1.0, (at_rest / (many - works)) / (at_work / works))
