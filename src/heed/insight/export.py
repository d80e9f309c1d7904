"""Figures as CSV. A cell of text that a spreadsheet would run gets an apostrophe before it."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

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


COLUMNS = ("Measure", "Month", "Month is over", "Service", "Figure", "Unit", "Counted", "Out of")


def rows(detail: Detail) -> Iterator[tuple[object, ...]]:
    """A line for each month of the place that the page shows, then for each service and month; "hidden" where a small
    number is not told, and nothing where there is no figure."""
    yield COLUMNS
    if detail.series is None:
        return
    for point in detail.series.points:
        yield _line(detail, point.month, True, detail.place, point.tally)
    yield _line(detail, detail.series.part.month, False, detail.place, detail.series.part.tally)
    for service in detail.services:
        for month, cell in zip(detail.months, service.cells, strict=True):
            yield _line(detail, month, True, service.name, cell.tally)


def _line(detail: Detail, month: date, over: bool, place: str, tally: Tally | None) -> tuple[object, ...]:
    measure = detail.measure
    start = (measure.name, f"{month:%Y-%m}", "yes" if over else "no", place)
    if tally is None:
        return (*start, HIDDEN, measure.unit, HIDDEN, HIDDEN)
    value = figure(measure, tally)
    counted = tally.n if measure.shape in ("share", "rate") else tally.of
    told = shown(measure, None) if value is None else round(value, 2)
    return (*start, told, measure.unit, counted, "" if measure.shape == "count" else tally.of)
