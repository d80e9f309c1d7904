"""Rows out of an XLSX spreadsheet."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from openpyxl import load_workbook  # reads with defusedxml, which stands among the dependencies for that

from heed.feedback.importing.shape import Cell, Record, Unreadable

MOST_UNPACKED = 512 * 2**20  # bytes; the texts of a spreadsheet are all held in memory


def read(path: Path, most: int | None = None) -> Iterator[Record]:
    """The rows of its first sheet, the header among them. Formulas are the values that they had when it was saved. most:
    bytes that it may have when unpacked. Raises Unreadable, also later."""
    _refuse_others(path, MOST_UNPACKED if most is None else most)
    try:
        with (
            path.open("rb") as file,  # not its name, which may lie
            closing(load_workbook(file, read_only=True, data_only=True, keep_links=False)) as book,
        ):
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what it says of its size may be wrong, and may be the size of a country
            for row in sheet.iter_rows(values_only=True):
                yield Record(_trimmed([_cell(value) for value in row]))
    except Exception as error:
        what = f"{error}".splitlines()[:1] or [type(error).__name__]
        raise Unreadable(f"The spreadsheet is damaged, or not one: {what[0].rstrip('.')}.") from None


def _refuse_others(path: Path, most: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if "[Content_Types].xml" not in archive.namelist():
                raise Unreadable("This is a zip file, but not an XLSX spreadsheet. Unpack it, or save it as CSV.")
            if sum(entry.file_size for entry in archive.infolist()) > most:
                raise Unreadable(f"The spreadsheet is larger than {most >> 20} MB when unpacked. Save it as CSV.")
    except zipfile.BadZipFile as error:
        raise Unreadable(f"The spreadsheet is damaged, or not one: {error}.") from None


def _trimmed(cells: list[Cell]) -> list[Cell]:
    """Without the empty cells at the end, which a spreadsheet has by the thousand."""
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
