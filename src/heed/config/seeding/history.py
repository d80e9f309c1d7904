"""When things come in: over how many days, more in winter than in summer, few at weekends, a little more each year."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAYS_A_MONTH = 365.25 / 12
BY_MONTH = (1.15, 1.05, 1.1, 0.95, 0.95, 1.0, 0.95, 0.85, 1.05, 1.15, 1.1, 0.8)
WEEKEND, A_YEAR = 0.3, 1.08
SATURDAY = 5


@dataclass(frozen=True)
class History:
    """The days that are filled: so many months, up to the day before `until` (London)."""

    until: date
    months: int

    @property
    def end(self) -> datetime:
        """Nothing has happened at this moment or after it."""
        return datetime.combine(self.until, time(), LONDON)

    @cached_property
    def _weights(self) -> list[float]:
        days = round(self.months * DAYS_A_MONTH)
        first = self.until - timedelta(days=days)
        each = (_weight(first + timedelta(days=day), day / 365.25) for day in range(days))
        return list(accumulate(each))

    def day(self, share: float) -> date:
        """The day by which that share (0 to 1) of everything has come in."""
        place = bisect_left(self._weights, share * self._weights[-1])
        return self.until - timedelta(days=len(self._weights) - min(place, len(self._weights) - 1))


def _weight(day: date, years: float) -> float:
    return BY_MONTH[day.month - 1] * A_YEAR**years * (WEEKEND if day.weekday() >= SATURDAY else 1)


def moment(chance: Random, day: date, *, any_hour: bool = False) -> datetime:
    """A moment of the day: in office hours, or, as people write at home, any time from 7 in the morning."""
    minutes = chance.randrange(7 * 60, 23 * 60) if any_hour else chance.randrange(9 * 60, 16 * 60 + 30)
    return datetime.combine(day, time(minutes // 60, minutes % 60), LONDON)
