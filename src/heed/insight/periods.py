"""Pure: months. A month that is not over is never a point of a figure; it is named as what it is."""

from dataclasses import dataclass
from datetime import date, timedelta

CHOICES = (12, 24, 36)


@dataclass(frozen=True)
class Period:
    """`months`: the first day of each whole month, oldest first. `part`: the first day of the month that has begun, and
    `today`: the last day that it holds so far."""

    months: tuple[date, ...]
    part: date
    today: date

    @property
    def first(self) -> date:
        return self.months[0]

    @property
    def all(self) -> tuple[date, ...]:
        return (*self.months, self.part)


def whole_months(number: int, today: date) -> Period:
    """The latest `number` whole months before the month of `today`, and that month so far."""
    part = today.replace(day=1)
    return Period(tuple(_back(part, steps) for steps in range(number, 0, -1)), part, today)


def _back(month: date, steps: int) -> date:
    years, index = divmod(month.year * 12 + month.month - 1 - steps, 12)
    return date(years, index + 1, 1)


def last_day(month: date) -> date:
    return _back(month, -1) - timedelta(days=1)
