"""Pure: months. A month that is not over is never a point of a figure; it is named as what it is."""

from dataclasses import dataclass
from datetime import date, timedelta

CHOICES = (12, 24, 36)
SETTLING = 3  # a month in which the first fact lies on one of its first days is whole


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

    def since(self, began_on: date | None) -> "Period":
        """Without the months before an organisation's first fact, and without the month of it, unless that is whole: a zero
        there would say nothing. As it is, where there is no fact, or no whole month since."""
        if began_on is None:
            return self
        whole = began_on.replace(day=1) if began_on.day <= SETTLING else months_on(began_on, 1)
        months = tuple(month for month in self.months if month >= whole)
        return Period(months, self.part, self.today) if months else self

    @property
    def all(self) -> tuple[date, ...]:
        return (*self.months, self.part)


def whole_months(number: int, today: date) -> Period:
    """The latest `number` whole months before the month of `today`, and that month so far."""
    part = today.replace(day=1)
    return Period(tuple(months_on(part, -steps) for steps in range(number, 0, -1)), part, today)


def months_on(month: date, months: int) -> date:
    """The first day of the month so many months after that of a first day; before it, where there are fewer than none."""
    years, index = divmod(month.year * 12 + month.month - 1 + months, 12)
    return date(years, index + 1, 1)


def months_between(first: date, last: date) -> tuple[date, ...]:
    """The first days of all months from one to another, both included."""
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(months_on(first, step) for step in range(number))


def last_day(month: date) -> date:
    return months_on(month, 1) - timedelta(days=1)


def one_month(month: date, today: date) -> Period:
    """A single month, as far as it is over."""
    return Period((month,), month, min(last_day(month), today))
