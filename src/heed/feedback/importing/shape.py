"""What every kind of file is read into, and the limits against hostile ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MOST_EXPANDED = 2 * 1024**3  # bytes
MOST_COLUMNS = 2000
Cell = str | date


class Unreadable(Exception):
    """The file cannot be read, or not to its end: `str` is a sentence."""


@dataclass(frozen=True)
class Record:
    """The cells of one row as it stands in the file, and what is wrong with it, if anything is."""

    cells: list[Cell]
    fault: str = ""


@dataclass(frozen=True)
class Line(Record):
    """One data row. `number` is the row's as a spreadsheet shows it: the header is mostly 1."""

    number: int = 0


@dataclass(frozen=True)
class Sheet:
    """The names of the columns, and the rows to come. Reading them may raise Unreadable."""

    header: list[str]
    lines: Iterator[Line]
    note: str = ""


def shown(cell: Cell) -> str:
    """A cell in characters."""
    return cell.isoformat() if isinstance(cell, date) else cell
