"""Figures as charts and as the lines of tables: what a page shows of a row and of a measure."""

from datetime import date

from heed.design import charts, words
from heed.design.charts import Bar, Chart, Month, Unit
from heed.design.limits import Limits
from heed.insight.figures import figure, rests_on, shown
from heed.insight.measures.declaration import Measure
from heed.insight.queries.board import Board, RowFigures
from heed.insight.queries.detail import Detail, Split
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
    """All charts of a measure's page: by month, by service, and further."""
    if detail.series is None:
        return []
    return [by_month(detail.series, "by-month", detail.place), *_by_service(detail), *_splits(detail)]


def _period(detail: Detail) -> str:
    return f"{words.month(detail.months[0])} to {words.month(detail.months[-1])}"


def _by_service(detail: Detail) -> list[Chart]:
    lines = [line for line in detail.services if line.value is not None]
    if len(lines) < 2:
        return []
    measure = detail.measure
    most = max(lines, key=lambda line: line.value or 0)
    bars = [Bar(line.name, line.value, line.total.tally.of if line.total.tally else None) for line in lines]
    highest = f"Of the services, {most.name} has the highest figure: {most.total.text}"
    return [
        charts.compared(
            "by-service", finding=highest, measure=measure.name, place="by service", period=_period(detail),
            bars=sorted(bars, key=lambda bar: -(bar.value or 0)), unit=unit_of(measure),
            how_many="It says nothing about why, nor about how many people each service meets",
        )
    ]  # fmt: skip


def _splits(detail: Detail) -> list[Chart]:
    return [_split(detail, f"split-{number}", split) for number, split in enumerate(detail.splits) if split.parts]


def _split(detail: Detail, key: str, split: Split) -> Chart:
    label, most = split.parts[0]
    nouns, total = detail.measure.wording.nouns, sum(many for _, many in split.parts)
    return charts.compared(
        key,
        finding=f"{split.title}: “{label}” is the most frequent, {most:,} of {total:,}",
        measure=detail.measure.name,
        place=detail.place,
        period=_period(detail),
        bars=[Bar(name, many) for name, many in split.parts],
        unit=charts.counted(nouns[1].capitalize()),
        how_many=words.count(total, *nouns),
    )


def month_lines(detail: Detail) -> list[tuple[date, bool, str, int, int]]:
    """(month, whether it is not over, the figure, how many were counted, out of how many), newest first."""
    if detail.series is None:
        return []
    points = [(detail.series.part, True), *((point, False) for point in reversed(detail.series.points))]
    return [
        (p.month, part, shown(detail.measure, figure(detail.measure, p.tally)), p.tally.n, p.tally.of)
        for p, part in points
    ]
