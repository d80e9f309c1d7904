"""A comparison as its page and its file tell it: sentences, plots, the lines of tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from heed.design import words
from heed.design.charts import Unit
from heed.design.funnels import Dot, Plot
from heed.insight.comparing import STANDINGS, Compared, Line, sentence
from heed.insight.figures import rate
from heed.insight.queries.compare import Comparison, Funnel

HIDDEN, TOO_SMALL = "hidden", "Its numbers are too small to tell"
DOTS = {"within": "", "edge_low": "edge", "edge_high": "edge", "low": "other", "high": "other"}
NAMES = {"received": "Complaints received", "well-founded": "Found well-founded", "share": "Share found well-founded"}
COUNTED = {"received": "Complaints received", "well-founded": "Found well-founded", "share": "Found well-founded"}


@dataclass(frozen=True)
class Told:
    """One funnel of the page. `plot` is None, and `why_none` says why, where there is no comparison. `lines`: (name, cells
    as shown), by name."""

    key: str
    name: str
    counted: str
    over: str
    unit: str
    plot: Plot | None
    why_none: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """What heads the cells of a line."""
        return self.over, self.counted, "Expected", self.unit, "What chance does", "What it says"

    @property
    def labelled(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The lines, each cell with what heads it."""
        return [(name, list(zip(self.columns, cells, strict=True))) for name, cells in self.lines]


def sentences(page: Comparison) -> list[str]:
    """What the funnels say, a sentence or two each."""
    return [sentence(of.compared, page.nouns, of.name) for of in page.funnels if of.compared]


def told(page: Comparison, funnel: Funnel) -> Told:
    """A funnel as the page shows it."""
    over = "Cases decided" if funnel.key == "share" else page.over.capitalize()
    unit = "% of cases decided" if funnel.key == "share" else f"For each 1,000 {page.over}"
    found = funnel.compared
    plot = _plot(page, funnel, found, unit) if found and found.lines else None
    why = "" if plot else funnel.why_none or "All numbers are too small to be shown."
    lines = _table(found) if found else ()
    return Told(funnel.key, NAMES[funnel.key], COUNTED[funnel.key], over, unit, plot, why, lines)


def _plot(page: Comparison, funnel: Funnel, of: Compared, unit: str) -> Plot:
    size = "Cases decided" if funnel.key == "share" else f"Expected from the {page.over}"
    return Plot(
        key=funnel.key, finding=_headline(page, funnel, of), unit=Unit(unit, lambda value: _value(of, value)),
        subtitle=f"{NAMES[funnel.key]}, by {page.nouns[0]}, {_period(page)}. Most are around {_value(of, of.middle)}.",
        across=size, middle=of.middle, most=100 if of.shape == "share" else None,
        dots=[Dot(line.part.name, _size(of, line), line.value, DOTS[line.standing]) for line in of.lines],
        steps=[(band.size, band.low998, band.low95, band.high95, band.high998) for band in of.bands],
    )  # fmt: skip


def _headline(page: Comparison, funnel: Funnel, of: Compared) -> str:
    if not of.differing:
        return f"{NAMES[funnel.key]}: none differs by more than chance"
    many = f"{len(of.differing)} of {words.count(len(of.lines), *page.nouns)}"
    return (
        f"{NAMES[funnel.key]}: {many} {words.plural_noun(len(of.differing), 'differs', 'differ')} by more than chance"
    )


def _period(page: Comparison) -> str:
    return f"{words.month(page.months[0])} to {words.month(page.months[-1])}"


def _size(of: Compared, line: Line) -> float:
    return float(line.part.of) if of.shape == "share" else line.expected


def _value(of: Compared, value: float) -> str:
    return f"{value:.0f}%" if of.shape == "share" else rate(value)


def _table(of: Compared) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: list[tuple[str, tuple[str, ...]]] = [
        (line.part.name, (
            f"{line.part.of:,}", f"{line.part.counted:,}", _expected(line), _value(of, line.value),
            f"{_value(of, line.low)} to {_value(of, line.high)}", STANDINGS[line.standing],
        ))
        for line in of.lines
    ]  # fmt: skip
    found += [(name, (*[HIDDEN] * 5, TOO_SMALL)) for name in of.hidden]
    return tuple(sorted(found, key=lambda row: row[0].casefold()))


def _expected(line: Line) -> str:
    return f"{line.expected:,.1f}".removesuffix(".0")


COLUMNS = (
    "Comparison", "Place", "From", "To", "Over", "How many over", "Counted", "Expected", "Figure", "Unit", "Lower limit (99.8%)",
    "Upper limit (99.8%)", "What it says", "Worked out on",
)  # fmt: skip


def rows(page: Comparison) -> Iterator[tuple[object, ...]]:
    """A line for each place in each comparison, then those left out with the reason."""
    yield COLUMNS
    period, when = (f"{page.months[0]:%Y-%m}", f"{page.months[-1]:%Y-%m}"), words.moment(page.computed_at)
    for funnel in page.funnels:
        shown, found = told(page, funnel), funnel.compared
        for line in found.lines if found else ():
            numbers = (line.part.of, line.part.counted, round(line.expected, 2), round(line.value, 2), shown.unit)
            limits = (round(line.low, 2), round(line.high, 2), STANDINGS[line.standing])
            yield (shown.name, line.part.name, *period, shown.over, *numbers, *limits, when)
        for name in found.hidden if found else ():
            yield (shown.name, name, *period, shown.over, *[HIDDEN] * 4, shown.unit, HIDDEN, HIDDEN, TOO_SMALL, when)
        for name, why in page.left_out_of_share if funnel.key == "share" else page.left_out:
            yield (shown.name, name, *period, shown.over, *[""] * 4, shown.unit, "", "", f"Left out: {why}", when)
