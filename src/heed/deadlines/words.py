"""Dates, times and counts in plain English, as every derivation writes them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: date) -> str:
    """9 April 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def clock_time(value: time) -> str:
    """4:45pm, 9am, midday, midnight; seconds only where there are any."""
    if (value.minute, value.second) == (0, 0) and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    hour = value.hour % 12 or 12
    minutes = f":{value.minute:02}" if value.minute or value.second else ""
    seconds = f":{value.second:02}" if value.second else ""
    return f"{hour}{minutes}{seconds}{'am' if value.hour < 12 else 'pm'}"


def moment(value: datetime) -> str:
    """2 April 2026 at 4:45pm."""
    return f"{day(value)} at {clock_time(value.time())}"


def working_days(number: int) -> str:
    """1 working day, 3 working days."""
    return f"{number} working day" if number == 1 else f"{number} working days"


def listed(items: Sequence[str]) -> str:
    """a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def leaving_out(skipped: Iterable[tuple[date, str]]) -> str:
    """`, leaving out Good Friday (3 April 2026) and ...`, or nothing where no holiday was passed over."""
    named = [f"{name} ({day(on)})" for on, name in skipped]
    return f", leaving out {listed(named)}" if named else ""
