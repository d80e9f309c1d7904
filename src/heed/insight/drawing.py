"""Figures as charts and as the lines of tables: what a page shows of a row and of a measure."""

from dataclasses import dataclass, replace
from datetime import date

from heed.design import charts
from heed.design.charts import Bar, Chart, Month, Unit
from heed.design.limits import Limits
from heed.insight.control import within
from heed.insight.figures import rests_on, shown
from heed.insight.measures.declaration import Measure
from heed.insight.queries.asked import BY
from heed.insight.queries.board import Board, RowFigures
from heed.insight.queries.detail import Detail
from heed.insight.series import Point, Series, finding


def unit_of(measure: Measure) -> Unit:
    """How a chart writes the figures of a measure."""
    names = {"share": f"% of {measure.wording.nouns[1]}", "count": measure.wording.nouns[1].capitalize()}
    names["rate"] = measure.unit.capitalize()
    return Unit(names.get(measure.shape, "Working days"), lambda value: shown(measure, value))


def by_month(series: Series, key: str, place: str) -> Chart:
    """The measure as a line by month; the month that is not over stands in the table only."""
    measure = series.measure
    limits = _limits(series)[-len(series.points) :]
    months = [_month(measure, point, part=False, limits=of) for point, of in zip(series.points, limits, strict=True)]
    return charts.monthly(
        key,
        finding=finding(series),
        measure=measure.name,
        place=place,
        months=[*months, _month(measure, series.part, part=True)],
        unit=unit_of(measure),
        how_many=rests_on(measure, series.total).capitalize(),
    )


def _month(measure: Measure, point: Point, *, part: bool, limits: Limits | None = None) -> Month:
    return Month(point.month, point.value, None if measure.shape == "count" else point.tally.of, part, limits)


STANDS_OUT = {
    "special_cause_improvement": "better",
    "special_cause_concern": "worse",
    "special_cause_neutral_high": "other",
    "special_cause_neutral_low": "other",
}


def _limits(series: Series) -> list[Limits | None]:
    """Of each whole month that is known, drawn or not."""
    control = series.control
    return [
        Limits(
            limits.mean, limits.lower, limits.upper, part,
            STANDS_OUT[signal.meaning] if signal else "", signal.says if signal else "",
        )
        if limits else None
        for limits, signal, part in zip(control.limits, control.signals, control.part, strict=True)
    ]  # fmt: skip


def of_row(row: RowFigures, board: Board) -> Chart | None:
    """The chart of a row: its first measure."""
    return by_month(row.lead, f"row-{row.row.key}", board.place) if row.lead else None


def of_detail(detail: Detail) -> list[Chart]:
    """The charts of a measure's page: by month, and told apart."""
    if detail.series is None:
        return []
    return [by_month(detail.series, "by-month", detail.place), *_told_apart(detail)]


def _told_apart(detail: Detail) -> list[Chart]:
    """Bars in the order of the alphabet: they are no league table."""
    lines = [line for line in detail.lines if line.value is not None]
    if len(lines) < 2 or detail.measure.shape == "rate":  # rates are compared fairly, on a page of their own
        return []
    measure, how = detail.measure, BY[detail.asked.by]
    bars = [Bar(line.name, line.value, line.total.tally.of if line.total.tally else None) for line in lines]
    values = [line.value or 0 for line in lines]
    between = f"{shown(measure, min(values))} to {shown(measure, max(values))}"
    return [
        charts.compared(
            "told-apart", finding=f"{how}, it is {between} in these months", measure=measure.name,
            place=detail.place, period=detail.period_in_words, bars=bars, unit=unit_of(measure),
            how_many="It says nothing about why, nor about how many people each of them meets",
        )
    ]  # fmt: skip


@dataclass(frozen=True)
class MonthLine:
    """A row of the table by month. part: the month is not over. n, of: what was counted, out of how many. behind: how many
    can be looked at."""

    month: date
    part: bool
    figure: str
    n: int
    of: int
    behind: int
    limits: str
    says: str


def month_lines(detail: Detail) -> list[MonthLine]:
    """The table by month, newest first."""
    if detail.series is None:
        return []
    measure, series = detail.measure, detail.series
    limits = _limits(series)[-len(series.points) :]
    lines = [_month_line(measure, point, of) for point, of in zip(series.points, limits, strict=True)]
    return [replace(_month_line(measure, series.part, None), part=True), *reversed(lines)]


def _between(measure: Measure, of: Limits | None) -> str:
    """The figures that lie within, as shown."""
    if of is None:
        return ""
    return " to ".join(dict.fromkeys(shown(measure, bound) for bound in within(measure, of.lower, of.upper)))


def _month_line(measure: Measure, point: Point, of: Limits | None) -> MonthLine:
    return MonthLine(
        month=point.month,
        part=False,
        figure=shown(measure, point.value),
        n=point.tally.n,
        of=point.tally.of,
        behind=point.tally.n if measure.shape == "rate" else point.tally.of,
        limits=_between(measure, of),
        says=of.says if of else "",
    )
