"""Rows out of a file that somebody else made, told by its content and not by its name."""

from collections.abc import Iterator
from pathlib import Path

from heed.feedback.importing import spreadsheets, text_files
from heed.feedback.importing.shape import MOST_COLUMNS, Cell, Line, Record, Sheet, Unreadable, shown

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
NAMED = 40  # columns that a refusal lists at most


def read(path: Path, most_unpacked: int | None = None) -> Sheet:
    """The columns of a CSV file, packed by gzip or not, or of a spreadsheet, and its rows to come. most_unpacked: bytes that
    a spreadsheet may have. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror or error}.") from None
    if not start:
        raise Unreadable(f"{path} is empty.")
    if start == OLD_OFFICE:
        raise Unreadable("This is an old Excel file, or one with a password. Save it as XLSX without one, or as CSV.")
    if start.startswith(b"PK"):
        return _sheet_of(spreadsheets.read(path, most_unpacked), "", may_shift=False)
    records, note = text_files.read(path, packed=start.startswith(b"\x1f\x8b"))
    return _sheet_of(records, note, may_shift=True)


def _sheet_of(records: Iterator[Record], note: str, *, may_shift: bool) -> Sheet:
    numbered = enumerate(records, start=1)
    first = next(((number, record) for number, record in numbered if _says_something(record)), None)
    if first is None:
        raise Unreadable("The file holds no rows.")
    names = [shown(cell).strip("\ufeff \t\r\n\xa0") for cell in first[1].cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise Unreadable(f"The file has {len(names)} columns; at most {MOST_COLUMNS} can be read.")
    if any(letter < " " and letter not in "\t\r\n" for name in names for letter in name):
        raise Unreadable("This is neither a CSV file nor an XLSX spreadsheet: its first line is not text.")
    return Sheet(names, _lines(numbered, len(names), may_shift), note)


def _says_something(record: Record) -> bool:
    return any(shown(cell).strip("\ufeff \t\r\n\xa0") for cell in record.cells)


def _lines(numbered: Iterator[tuple[int, Record]], width: int, may_shift: bool) -> Iterator[Line]:
    """The data rows. In a CSV file a cell too many or too few means that the others may not stand under their names."""
    for number, record in numbered:
        cells, fault = record.cells, record.fault
        if not cells:
            continue
        if may_shift and not fault:
            fault = _shifted(cells, width)
        yield Line(cells + [""] * (width - len(cells)), fault, number)


def _shifted(cells: list[Cell], width: int) -> str:
    if any(shown(cell).strip() for cell in cells[width:]):
        return f"it has {len(cells)} cells and the header has {width}; look for a stray comma or quotation mark"
    if len(cells) < width:
        return f"it has {len(cells)} of the header's {width} cells; look for a line break or a stray quotation mark"
    return ""


def place_of(name: str, header: list[str]) -> int:
    """The place of a column, by its name as it stands, else without regard to capitals. Raises Unreadable with the
    columns there are."""
    wanted = name.strip().casefold()
    found = [place for place, column in enumerate(header) if column in (name, name.strip())] or [
        place for place, column in enumerate(header) if column.casefold() == wanted
    ]
    if not found:
        listed = ", ".join(map(repr, header[:NAMED])) + (", ..." if len(header) > NAMED else "")
        raise Unreadable(f"There is no column {name!r}. There are: {listed}.")
    if len(found) > 1:
        raise Unreadable(f"There are {len(found)} columns {name!r}. Give each its own name first.")
    return found[0]
