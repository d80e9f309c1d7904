"""Pure: which numbers of activity may be kept, and what the rows of a table of them say."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

WHOLE, WHOLE_NAME = "", "The whole organisation"
EARLIEST = 2000
LARGEST = 999_999_999
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SERVICE, MONTH, NUMBER = ("service", "service code", "code"), ("month", "period"), ("number", "count", "activity")
WHOLE_WORDS = ("", "all", "whole", "total", "whole organisation", "the whole organisation")
Cells = dict[
    tuple[str, date], int | None
]  # by code of the service ("": the whole organisation) and first day of the month


@dataclass(frozen=True)
class Rejected:
    """A row, or a cell of one, that cannot be kept. `row`: its number, the header mostly being 1."""

    row: int
    text: str
    reason: str


@dataclass
class Table:
    """What a table says: the cells that can be kept, and every one that cannot, with the reason."""

    cells: Cells = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


def why_not_month(month: date, today: date) -> str:
    """Why no number is kept for a month, "" if one may be: a share of a month is never a denominator."""
    if month >= today.replace(day=1):
        return f"{month:%B %Y} is not over"
    return f"{month:%B %Y} is too long ago" if month.year < EARLIEST else ""


def parse_month(text: str) -> date | None:
    """The first day of the month of "2026-04", "2026-04-01", "04/2026", "1/4/2026", "Apr 2026" or "Apr-26"; else None."""
    text = text.strip().lower()
    for shape in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})(-\d{1,2})?([t ].*)?",
        r"(\d{1,2}[-/.])?(?P<m>\d{1,2})[-/.](?P<y>\d{4})",
        r"(\d{1,2}[ -])?(?P<n>[a-z]{3,9})[ -]+(?P<y>\d{4}|\d{2})",
    ):
        if found := re.fullmatch(shape, text, re.ASCII):
            parts = found.groupdict()
            month, year = _number_of(parts), int(parts["y"])
            return date(year + 2000 if year < 100 else year, month, 1) if 1 <= month <= 12 and year else None
    return None


def _number_of(parts: Mapping[str, str]) -> int:
    if "n" not in parts:
        return int(parts["m"])
    return MONTHS.index(parts["n"][:3]) + 1 if parts["n"][:3] in MONTHS else 0


def parse_number(text: str) -> int | None:
    """A whole number of nothing or more, with commas or spaces between its digits or not; None for anything else."""
    plain = re.sub(r"[,\s\xa0]", "", text)
    plain = re.sub(r"\.0+$", "", plain)
    return int(plain) if re.fullmatch(r"\d{1,9}", plain, re.ASCII) else None


def read_table(
    header: Sequence[str], lines: Iterable[tuple[int, Sequence[str], str]], services: Mapping[str, str], today: date
) -> Table:
    """Numbers out of a table: a row for each service and month, or a row for each service with a column for each month.

    lines: (number of the row, its cells, what is wrong with it already or ""). services: names by code. Nothing is left
    out unsaid: each row or cell is in `cells` or in `rejected`. Raises ValueError, a sentence, where the columns do not
    say what they hold."""
    service, months = _columns(header)
    found, table, seen = _Services(services), Table(), dict[tuple[str, date], int]()
    for row, cells, fault in lines:
        text = " | ".join(cells).strip(" |")
        code = WHOLE if service is None else found.code(_at(cells, service))
        if fault or code is None:
            reason = fault or f"there is no service “{_at(cells, service or 0)}”"
            table.rejected.append(Rejected(row, text, reason))
            continue
        for month, number in _pairs(cells, header, months):
            _take(table, seen, row, code, month, number, text, today)
    return table


def _take(
    table: Table,
    seen: dict[tuple[str, date], int],
    row: int,
    code: str,
    month: str,
    number: str,
    text: str,
    today: date,
) -> None:
    on, many = parse_month(month), parse_number(number)
    if on is None:
        reason = f"“{month}” is not a month like 2026-04 or Apr 2026"
    elif number.strip() == "":
        reason = f"{on:%B %Y} has no number"
    elif many is None:
        reason = f"“{number}” is not a whole number of 0 or more, with at most 9 digits"
    elif (code, on) in seen:
        reason = f"{on:%B %Y} stands in row {seen[code, on]} already"
    else:
        reason = why_not_month(on, today)
    if reason or on is None:
        table.rejected.append(Rejected(row, text, reason))
        return
    seen[code, on] = row
    table.cells[code, on] = many


def _columns(header: Sequence[str]) -> tuple[int | None, dict[int, int] | None]:
    """The place of the service (None: there is no such column), and those of month and number as {month: number}; None
    where each month has a column of its own."""
    names = [name.strip().casefold() for name in header]
    service, month, number = (
        next((i for i, n in enumerate(names) if n in of), None) for of in (SERVICE, MONTH, NUMBER)
    )
    if month is not None and number is not None:
        return service, {month: number}
    if any(parse_month(name) for name in names):
        return service, None
    raise ValueError(
        "The first line must name the columns: service, month and number; or service and then a column for each month, "
        "such as 2026-04."
    )


def _pairs(cells: Sequence[str], header: Sequence[str], months: dict[int, int] | None) -> Iterator[tuple[str, str]]:
    """(month, number) as written. In a table with a column for each month an empty cell says nothing."""
    if months is not None:
        yield from ((_at(cells, month), _at(cells, number)) for month, number in months.items())
        return
    for place, name in enumerate(header):
        if parse_month(name) and _at(cells, place).strip():
            yield name.strip(), _at(cells, place)


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


class _Services:
    """Services by code or by name, without regard to capitals."""

    def __init__(self, services: Mapping[str, str]) -> None:
        self.codes = dict.fromkeys(WHOLE_WORDS, WHOLE)
        self.codes |= {name.casefold(): code for code, name in services.items()}
        self.codes |= {code.casefold(): code for code in services}

    def code(self, text: str) -> str | None:
        return self.codes.get(text.strip().casefold())
