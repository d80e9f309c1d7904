"""A page of figures as files to take away."""

from collections.abc import Callable, Iterable

from heed.design import pictures, words
from heed.insight import drawing, export
from heed.insight.queries.detail import Detail
from heed.insight.queries.quality import Note

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _csv(detail: Detail, _notes: Iterable[Note]) -> str:
    return export.as_csv(export.rows(detail))


def _xlsx(detail: Detail, notes: Iterable[Note]) -> bytes:
    defined = export.defined(detail, [note.text for note in notes])
    return export.as_xlsx({"Figures": export.rows(detail), "What they are": defined})


def _svg(detail: Detail, _notes: Iterable[Note]) -> str:
    if detail.series is None:
        raise ValueError("a chart is offered only where there are figures")
    chart = drawing.by_month(detail.series, "by-month", detail.place)
    return pictures.svg(chart, f"Worked out on {words.moment(detail.computed_at)}, from facts without personal data.")


def _png(detail: Detail, notes: Iterable[Note]) -> bytes:
    return pictures.png(_svg(detail, notes))


MAKERS: dict[str, tuple[Callable[[Detail, Iterable[Note]], str | bytes], str, str]] = {
    "figures.csv": (_csv, "text/csv; charset=utf-8", "Figures as CSV"),
    "figures.xlsx": (_xlsx, XLSX, "Figures as a spreadsheet (XLSX), with the definition"),
    "chart.svg": (_svg, "image/svg+xml", "The chart as a drawing (SVG)"),
    "chart.png": (_png, "image/png", "The chart as a picture (PNG)"),
}


def offered(detail: Detail) -> list[tuple[str, str]]:
    """(name, label) of each file that can be made of the page."""
    drawn = detail.series is not None and any(point.value is not None for point in detail.series.points)
    return [(name, label) for name, (_, _, label) in MAKERS.items() if drawn or name.startswith("figures")]


def made(file: str, detail: Detail, notes: Iterable[Note]) -> tuple[str | bytes, str]:
    """(content, content type) of one of them."""
    make, kind, _ = MAKERS[file]
    return make(detail, notes), kind
