"""Numbers, dates and money in the words of Heed's pages. Pure: nothing here reads the clock."""

import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

Given = TypeVar("Given", bound=datetime.date)
LONDON = ZoneInfo("Europe/London")
PENCE = 100
KILOBYTE = 1024


def _local(moment: Given) -> Given:
    """London wall time of an aware instant; a date or a naive instant as it is."""
    if isinstance(moment, datetime.datetime) and moment.tzinfo is not None:
        return moment.astimezone(LONDON)
    return moment


def day(moment: datetime.date) -> str:
    """5 May 2026"""
    local = _local(moment)
    return f"{local.day} {local:%B %Y}"


def short_day(moment: datetime.date) -> str:
    """Tue 5 May"""
    local = _local(moment)
    return f"{local:%a} {local.day} {local:%b}"


def month(moment: datetime.date) -> str:
    """May 2026"""
    return f"{_local(moment):%B %Y}"


def clock(moment: datetime.datetime | datetime.time) -> str:
    """4:45pm, 9am, midday, midnight"""
    local = moment if isinstance(moment, datetime.time) else _local(moment)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(at: datetime.datetime) -> str:
    """5 May 2026 at 4:45pm"""
    return f"{day(at)} at {clock(at)}"


def money(pence: int) -> str:
    """£250, £1,250.50, -£3: from whole pence."""
    pounds, rest = divmod(abs(pence), PENCE)
    return f"{'-' if pence < 0 else ''}£{pounds:,}{f'.{rest:02d}' if rest else ''}"


def plural_noun(number: float, noun: str, plural: str | None = None) -> str:
    """The noun alone: issue for 1, issues for any other number. `plural` where an s does not do."""
    return noun if number == 1 else plural or f"{noun}s"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """1 issue, 3 issues, 1,204 issues, no issues."""
    return f"{number:,} {plural_noun(number, noun, plural)}" if number else f"no {plural_noun(0, noun, plural)}"


def working_days(number: int) -> str:
    """1 working day, 6 working days."""
    return f"{number:,} {plural_noun(number, 'working day')}"


def time_left(due_on: datetime.date, today: datetime.date, left: int) -> str:
    """How a promise stands: "due today", "due tomorrow", "6 working days left", "due yesterday", "3 working days late".

    due_on and today are London dates. left: working days from today to due_on, negative once it is past.
    """
    near = {-1: "due yesterday", 0: "due today", 1: "due tomorrow"}
    distance = (due_on - today).days
    if distance in near:
        return near[distance]
    if distance < 0:
        return f"{working_days(abs(left))} late" if left else "late"
    return f"{working_days(left)} left" if left else "no working day left"


def by_when(due_on: datetime.date, today: datetime.date, left: int) -> str:
    """A date and how it stands: "Tue 5 May, 2 working days left"; with its year where that is not this year."""
    year = "" if due_on.year == today.year else f" {due_on.year}"
    return f"{short_day(due_on)}{year}, {time_left(due_on, today, left)}"


def nhs_number(digits: str) -> str:
    """943 476 5919"""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 else digits


def file_size(size: int) -> str:
    """820 bytes, 12 KB, 3.4 MB, 25 MB: from bytes; 1 KB is 1,024 bytes."""
    if size < KILOBYTE:
        return count(size, "byte") if size else "0 bytes"
    kilobytes = round(size / KILOBYTE)
    if kilobytes < KILOBYTE:
        return f"{kilobytes} KB"
    return f"{size / KILOBYTE**2:.1f}".removesuffix(".0") + " MB"


def join(things: list[str], last: str = "and") -> str:
    """a, b and c"""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"
