"""The chart of a verdict: the outcome by month, its limits before and after, and the months that are left out."""

from heed.design import charts
from heed.design.charts import Chart, Month
from heed.design.limits import Limits
from heed.insight.control import Control, control
from heed.insight.drawing import STANDS_OUT, unit_of
from heed.insight.figures import Tally
from heed.insight.measures.declaration import Measure
from heed.insight.proof import wording
from heed.insight.proof.evidence import DAYS, Found, Inputs, Series
from heed.insight.proof.months import WHY_LEFT_OUT


def chart(inputs: Inputs, found: Found, measure: Measure, place: str) -> Chart:
    """The outcome, its title what was found. The limits begin anew with the first month after the action; a month that is
    left out moves none of them."""
    series, plan = inputs.outcome, inputs.plan
    limits = controlled(inputs, measure)
    months = [
        Month(month, value, _of(series, at), limits=_limits(limits, at, at in plan.left_out),
              left_out=WHY_LEFT_OUT.get(plan.left_out.get(at, ""), ""))
        for at, (month, value) in enumerate(zip(plan.months, values(series), strict=True))
    ]  # fmt: skip
    return charts.monthly(
        "did-it-work", finding=wording.short(inputs, found), measure=measure.name, place=place, months=months,
        unit=unit_of(measure), how_many=" ".join(wording.of_months(plan)).removesuffix("."),
    )  # fmt: skip


def values(series: Series) -> list[float | None]:
    """The figures by month, as the measure says them."""
    if series.shape in (*DAYS, "count") or series.of is None:
        return list(series.y)
    scale = 100 if series.shape == "share" else 1000
    return [scale * y / of if y is not None and of else None for y, of in zip(series.y, series.of, strict=True)]


def controlled(inputs: Inputs, measure: Measure) -> Control:
    """The outcome under control, its limits from the months that are compared only."""
    series, plan = inputs.outcome, inputs.plan
    known = [None if at in plan.left_out else value for at, value in enumerate(values(series))]
    anew = plan.months[plan.change : plan.change + 1]
    return control(measure, plan.months, [_tally(series, at) for at in range(len(plan.months))], known, anew)


def _tally(series: Series, at: int) -> Tally:
    y, of = series.y[at] or 0, series.of[at] or 0 if series.of else 0
    if series.of is None:
        return Tally(0, int(y))
    return Tally(0, of) if series.shape in DAYS else Tally(int(y), of)


def _of(series: Series, at: int) -> int | None:
    return series.of[at] if series.of else None


def _limits(of: Control, at: int, is_left_out: bool) -> Limits | None:
    limits, signal = of.limits[at], of.signals[at]
    if limits is None:
        return None
    told = signal is not None and not is_left_out
    return Limits(
        limits.mean, limits.lower, limits.upper, of.part[at], STANDS_OUT[signal.meaning] if signal and told else "",
        signal.says if signal and told else "",
    )  # fmt: skip
