"""Rows out of a CSV file (also gzipped) or a spreadsheet, whatever its encoding, with limits against hostile files."""

import codecs
import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO

from openpyxl import load_workbook  # reads with defusedxml, which stands among the dependencies for that

MOST_EXPANDED = 2 * 1024**3
MOST_COLUMNS = 2000
LONGEST_CELL = 10 * 1024**2
Cell = str | date


class Unreadable(Exception):
    """The file cannot be read, or not to its end: `str` is a sentence."""


@dataclass(frozen=True)
class Line:
    """One data row: its number as a spreadsheet shows it (the header is 1), its cells, and what is wrong with its
    shape, if anything is."""

    number: int
    cells: list[Cell]
    fault: str = ""


@dataclass(frozen=True)
class Sheet:
    """The names of the columns, and the rows to come. Reading them may raise Unreadable."""

    header: list[str]
    lines: Iterator[Line]
    note: str = ""


def read(path: Path) -> Sheet:
    """Open a file by its content, not by its name. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror or error}.") from None
    if not start:
        raise Unreadable(f"{path} is empty.")
    if start.startswith(b"PK"):
        return _sheet_of(_spreadsheet_rows(path))
    opener = gzip.open if start.startswith(b"\x1f\x8b") else open
    encoding, note = _encoding(opener, path)
    return _sheet_of(_csv_rows(opener, path, encoding), note)


def _sheet_of(rows: Iterator[list[Cell]], note: str = "") -> Sheet:
    header = next(rows, None)
    while header is not None and not any(_text(cell).strip() for cell in header):
        header = next(rows, None)
    if header is None:
        raise Unreadable("The file holds no rows.")
    names = [_text(cell).strip() for cell in header]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise Unreadable(f"The file has {len(names)} columns; at most {MOST_COLUMNS} can be read.")
    return Sheet(names, _lines(rows, len(names)), note)


def _lines(rows: Iterator[list[Cell]], width: int) -> Iterator[Line]:
    for number, cells in enumerate(rows, start=2):
        extra = [cell for cell in cells[width:] if _text(cell).strip()]
        if not cells:
            continue
        fault = ""
        if extra:
            fault = f"it has {len(cells)} cells and the header has {width}; look for a stray comma or quotation mark"
        yield Line(number, cells + [""] * (width - len(cells)), fault)


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell


def _encoding(opener: object, path: Path) -> tuple[str, str]:
    """UTF-8 where it is; UTF-16 by its mark; else Windows-1252, said so."""
    with opener(path, "rb") as file:  # type: ignore[operator]
        try:
            start = file.read(4)
            if start.startswith((b"\xff\xfe", b"\xfe\xff")):
                return "utf-16", ""
            _is_utf8(io.BytesIO(start), file)
        except UnicodeDecodeError:
            return "cp1252", "It is not UTF-8, so it is read as Windows-1252: look at accented letters and pound signs."
        except (OSError, EOFError, gzip.BadGzipFile) as error:
            raise Unreadable(f"The file is damaged: {error}.") from None
    return "utf-8-sig", ""


def _is_utf8(*parts: IO[bytes]) -> None:
    """Raise UnicodeDecodeError unless it all is. Stops at the limit of expanded bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    seen = 0
    for part in parts:
        while block := part.read(1 << 20):
            seen += len(block)
            if seen > MOST_EXPANDED:
                raise Unreadable("The file is larger than 2 GB when unpacked. Split it into several.")
            decoder.decode(block)
    decoder.decode(b"", final=True)


def _csv_rows(opener: object, path: Path, encoding: str) -> Iterator[list[Cell]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        with opener(path, "rt", encoding=encoding, errors="replace", newline="") as file:  # type: ignore[operator]
            start = file.read(1 << 16)
            file.seek(0)
            reader = csv.reader(file, delimiter=_delimiter(start))
            while True:
                row = next(reader, None)
                if row is None:
                    return
                yield list(row)
    except csv.Error as error:
        raise Unreadable(f"The file cannot be read beyond line {reader.line_num}: {error}.") from None
    except (OSError, EOFError) as error:
        raise Unreadable(f"The file is damaged: {error}.") from None


def _delimiter(start: str) -> str:
    """Comma, semicolon or tab: the one that stands most often in the first line."""
    first = start.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _spreadsheet_rows(path: Path) -> Iterator[list[Cell]]:
    try:
        with zipfile.ZipFile(path) as archive:
            if "[Content_Types].xml" not in archive.namelist():
                raise Unreadable("This is a zip file, not a spreadsheet. Unpack it first.")
            if sum(entry.file_size for entry in archive.infolist()) > MOST_EXPANDED:
                raise Unreadable("The spreadsheet is larger than 2 GB when unpacked. Split it into several.")
        with closing(load_workbook(path, read_only=True, data_only=True, keep_links=False)) as book:
            for row in book.worksheets[0].iter_rows(values_only=True):
                yield _trimmed([_cell(value) for value in row])
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(f"The spreadsheet is damaged, or not one: {error}.") from None


def _trimmed(cells: list[Cell]) -> list[Cell]:
    """Without the empty cells at the end, which a spreadsheet has by the thousand."""
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
