"""What one row says, in Heed's terms, or why it cannot be taken."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from heed.feedback import rules
from heed.feedback.importing.files import place_of
from heed.feedback.importing.shape import Cell, Line, shown

FIELDS = ("id", "text", "received_on", "service", "subject", "channel", "name", "email", "phone", "outcome")
LONGEST = {
    "id": 200,
    "name": 200,
    "email": 254,
    "phone": 40,
    "service": 200,
    "subject": 200,
    "channel": 200,
    "outcome": 200,
}
PARTS = {"iso": "ymd", "dmy": "dmy", "mdy": "mdy"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Row:
    """One row as it may be taken in. `received_on` None: the source gives no date. `key` is the same whenever the same
    row is read again."""

    line: Line
    key: str
    values: dict[str, str]
    received_on: date | None


@dataclass(frozen=True)
class Rejected:
    line: Line
    reason: str


def columns(header: list[str], mapping: dict[str, str]) -> dict[str, int]:
    """The place of the column of each field. Raises Unreadable with the columns there are."""
    return {field: place_of(name, header) for field, name in mapping.items()}


def read(
    lines: Iterable[Line], places: dict[str, int], *, organisation: str, dates: str, today: date
) -> Iterator[Row | Rejected]:
    """Every data row, as it may be taken in or with the reason why not."""
    seen: Counter[str] = Counter()
    for line in lines:
        if line.fault:
            yield Rejected(line, line.fault)
            continue
        cells = {field: line.cells[place] for field, place in places.items()}
        values = {field: rules.clean(shown(cell)).strip() for field, cell in cells.items()}
        reason, received_on = _fault(values), None
        if not reason:
            received_on, reason = _received_on(cells.get("received_on", ""), dates, today)
        if reason:
            yield Rejected(line, reason)
            continue
        if received_on:
            values["received_on"] = received_on.isoformat()
        yield Row(line, _key(organisation, values, seen), values, received_on)


def _key(organisation: str, values: dict[str, str], seen: Counter[str]) -> str:
    """Organisation and id; without an id, all mapped values and the row's place among equal ones. A day is the same
    however the file writes it."""
    if values.get("id"):
        return _digest(["id", organisation, values["id"]])
    same = _digest(["values", organisation, sorted(values.items())])
    seen[same] += 1
    return _digest([same, seen[same]])


def _digest(source: list[Any]) -> str:
    return hashlib.sha256(json.dumps(source).encode()).hexdigest()


def _fault(values: dict[str, str]) -> str:
    if not values.get("text"):
        return "it has no text"
    if len(values["text"]) > rules.LONGEST_TEXT:
        return f"its text is longer than {rules.LONGEST_TEXT:,} characters"
    for field, most in LONGEST.items():
        if len(values.get(field, "")) > most:
            return f"its {field} is longer than {most} characters"
    if values.get("email"):
        try:
            validate_email(values["email"])
        except ValidationError:
            return f"{values['email']!r} is not an email address"
    return ""


def _received_on(cell: Cell, dates: str, today: date) -> tuple[date | None, str]:
    """The day of receipt, and why it cannot be taken, if so. An empty cell gives no day and no reason."""
    if isinstance(cell, str) and not cell.strip():
        return None, ""
    found = _day_of(cell, dates)
    if found is None:
        return None, f"the date {str(cell).strip()[:40]!r} cannot be read as {_shown(dates)}"
    if found > today:
        return None, f"the date {found.isoformat()} is in the future"
    if found < rules.EARLIEST:
        return None, f"the date {found.isoformat()} is before {rules.EARLIEST.year}"
    return found, ""


def _day_of(cell: Cell, dates: str) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else parse_day(cell.strip(), dates)


def _shown(dates: str) -> str:
    return {"iso": "year-month-day", "dmy": "day/month/year", "mdy": "month/day/year"}[dates]


def parse_day(text: str, dates: str) -> date | None:
    """A day as the file writes it, a time behind it being left out; None when it cannot be read so. Years have four
    digits, because 04/03/02 could be six days."""
    found = re.match(r"(\d{1,4}|[A-Za-z]{3,9})[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{1,4})(?=$|[T ])", text)
    if not found:
        return None
    numbers = {}
    for part, value in zip(PARTS[dates], found.groups(), strict=True):
        if value.isdigit():
            if (part == "y") != (len(value) == 4):
                return None
            numbers[part] = int(value)
        elif part == "m" and value[:3].lower() in MONTHS:
            numbers[part] = MONTHS.index(value[:3].lower()) + 1
        else:
            return None
    try:
        return date(numbers["y"], numbers["m"], numbers["d"])
    except ValueError:
        return None
