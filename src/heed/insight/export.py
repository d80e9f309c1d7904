"""Figures as files: CSV and XLSX. A cell of text that a spreadsheet would run gets an apostrophe before it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font

from heed.design import words
from heed.insight.definitions import definition
from heed.insight.figures import Tally, figure, shown
from heed.insight.queries.detail import HIDDEN, Detail

RUNS = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: object) -> object:
    """The cell, with an apostrophe before text that a spreadsheet would take for a formula. Numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS) else cell


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV in UTF-8 with a mark that spreadsheets need to see the accents."""
    text = io.StringIO()
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return f"\ufeff{text.getvalue()}"


COLUMNS = ("Measure", "Month", "Month is over", "Of", "Figure", "Unit", "Counted", "Out of", "Worked out on")


def rows(detail: Detail) -> Iterator[tuple[object, ...]]:
    """A line for each month of the place that the page shows, then for each service, theme, channel or type and month;
    "hidden" where a small number is not told, and nothing where there is no figure."""
    yield COLUMNS
    if detail.series is None:
        return
    for point in detail.series.points:
        yield _line(detail, point.month, True, detail.place, point.tally)
    yield _line(detail, detail.series.part.month, False, detail.place, detail.series.part.tally)
    for line in detail.lines:
        for month, cell in zip(detail.months, line.cells, strict=True):
            yield _line(detail, month, True, line.name, cell.tally)


def _line(detail: Detail, month: date, over: bool, place: str, tally: Tally | None) -> tuple[object, ...]:
    measure = detail.measure
    start = (measure.name, f"{month:%Y-%m}", "yes" if over else "no", place)
    when = words.moment(detail.computed_at)
    if tally is None:
        return (*start, HIDDEN, measure.unit, HIDDEN, HIDDEN, when)
    value = figure(measure, tally)
    counted = tally.n if measure.shape in ("share", "rate") else tally.of
    told = shown(measure, None) if value is None else round(value, 2)
    return (*start, told, measure.unit, counted, "" if measure.shape == "count" else tally.of, when)


def as_xlsx(sheets: Mapping[str, Iterable[Iterable[object]]]) -> bytes:
    """Rows as a workbook, a sheet for each name; its first row is the head."""
    book = Workbook()
    book.remove(book.active)
    for name, rows_of_sheet in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows_of_sheet:
            sheet.append([guarded(cell) for cell in row])
        for cell in next(sheet.iter_rows(), ()):
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def defined(detail: Detail, notes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The sheet that says what the figures are: the definition, where they come from, and what to know of them."""
    yield ("What", "")
    yield from definition(detail.measure)
    yield ("Of", detail.place)
    yield ("Worked out", f"On {words.moment(detail.computed_at)}, from facts without personal data.")
    yield from (("To know", text) for text in notes)
