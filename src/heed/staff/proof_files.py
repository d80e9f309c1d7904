"""An answer to "did it work?" as files to take away."""

from collections.abc import Callable

from heed.design import pictures, words
from heed.insight import export
from heed.insight.queries import proofs
from heed.insight.queries.proofs import Answer
from heed.staff.figure_files import XLSX


def _csv(answer: Answer) -> str:
    return export.as_csv(proofs.file_rows(answer))


def _xlsx(answer: Answer) -> bytes:
    return export.as_xlsx({"Figures": proofs.file_rows(answer), "What they say": proofs.file_words(answer)})


def _svg(answer: Answer) -> str:
    if answer.chart is None:
        raise ValueError("a chart is offered only where there is one")
    source = f"Worked out on {words.moment(answer.verdict.computed_at)}, from facts without personal data. {answer.stands_alone}"
    return pictures.svg(answer.chart, source.strip())


def _png(answer: Answer) -> bytes:
    return pictures.png(_svg(answer))


MAKERS: dict[str, tuple[Callable[[Answer], str | bytes], str, str]] = {
    "figures.csv": (_csv, "text/csv; charset=utf-8", "What it rests on as CSV"),
    "figures.xlsx": (_xlsx, XLSX, "What it rests on as a spreadsheet (XLSX), with what it says"),
    "chart.svg": (_svg, "image/svg+xml", "The chart as a drawing (SVG)"),
    "chart.png": (_png, "image/png", "The chart as a picture (PNG)"),
}


def offered(answer: Answer) -> list[tuple[str, str]]:
    """(name, label) of each file that the person may have."""
    if not answer.sees_figures:
        return []
    drawn = answer.chart is not None and answer.chart.has_figures
    return [(name, label) for name, (_, _, label) in MAKERS.items() if drawn or name.startswith("figures")]


def made(file: str, answer: Answer) -> tuple[str | bytes, str]:
    """(content, content type) of one of them."""
    make, kind, _ = MAKERS[file]
    return make(answer), kind
