"""Which months are compared: those before an action, those after it, and those that are left out, each with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from heed.insight.periods import months_between, months_on
from heed.statistics.impact import ENOUGH_AFTER

MOST_BEFORE, MOST_AFTER = 36, 24
PEAK, BROUGHT_IN, BEDDING_IN = "peak", "brought_in", "bedding_in"
WHY_LEFT_OUT = {
    PEAK: "the peak that led to the action",
    BROUGHT_IN: "it was being brought in",
    BEDDING_IN: "it was settling in",
}


@dataclass(frozen=True)
class Dated:
    """The days of an action and what its aim says of months. peak: first days of its first and last month."""

    started_on: date
    completed_on: date
    phase_in: int = 0
    peak: tuple[date, date] | None = None

    @property
    def first_after(self) -> date:
        """The first month that is wholly after it."""
        return months_on(self.completed_on.replace(day=1), 1 + self.phase_in)

    @property
    def enough_on(self) -> date:
        """The first day on which enough months after it are over."""
        return months_on(self.first_after, ENOUGH_AFTER)

    @property
    def begun(self) -> date:
        """The month in which it began to be brought in."""
        return min(self.started_on, self.completed_on).replace(day=1)


@dataclass(frozen=True)
class Plan:
    """`months`: first days of whole months, oldest first. `change`: the position of the first month after the action, as many
    as there are months where none is over yet. `left_out`: positions, with a key of WHY_LEFT_OUT."""

    months: tuple[date, ...]
    change: int
    left_out: Mapping[int, str]

    @property
    def before(self) -> tuple[date, ...]:
        """The months that it is compared with."""
        return self._kept(range(self.change))

    @property
    def after(self) -> tuple[date, ...]:
        return self._kept(range(self.change, len(self.months)))

    def _kept(self, places: range) -> tuple[date, ...]:
        return tuple(self.months[at] for at in places if at not in self.left_out)

    def months_left_out(self, why: str) -> tuple[date, ...]:
        return tuple(self.months[at] for at, reason in sorted(self.left_out.items()) if reason == why)


def plan(dated: Dated, *, known_since: date, last: date) -> Plan:
    """The months from `known_since` (a first day) to `last`, at most three years before the action and two after it.

    Every month between start and completion is left out, because something was done in it and something was not; then those
    of bedding-in; and those of the peak, wherever they lie."""
    first = max(known_since, months_on(dated.begun, -MOST_BEFORE))
    end = min(last, months_on(dated.first_after, MOST_AFTER - 1))
    months = months_between(first, end) if first <= end else ()
    left_out = {at: why for at, month in enumerate(months) if (why := _why_left_out(dated, month))}
    return Plan(months, sum(month < dated.first_after for month in months), left_out)


def _why_left_out(dated: Dated, month: date) -> str:
    if dated.begun <= month <= dated.completed_on.replace(day=1):
        return BROUGHT_IN
    if dated.completed_on < month < dated.first_after:
        return BEDDING_IN
    if dated.peak and dated.peak[0] <= month <= dated.peak[1]:
        return PEAK
    return ""
