"""Pure: what chance alone does to a measure by month, by the rules of the NHS's control charts (XmR), without any target.

Limits are drawn from a measure's own past. Where it is too short or too small for that, it is said why (R173, R191).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

import numpy as np

from heed.design import words
from heed.insight.figures import Tally
from heed.insight.measures.declaration import Direction, Measure
from heed.statistics import xmr

ENOUGH = 12  # months with a figure, in the latest part
SMALL = 5  # on average a month: below it chance moves a number too much for limits to say anything
IMPROVEMENT: dict[Direction, str] = {"higher": "increase", "lower": "decrease", "none": "neutral"}
MEANINGS = {
    "common_cause": "Within what chance does",
    "special_cause_improvement": "More than chance, the better way",
    "special_cause_concern": "More than chance, the worse way",
    "special_cause_neutral_high": "Higher than chance explains",
    "special_cause_neutral_low": "Lower than chance explains",
}


@dataclass(frozen=True)
class Limits:
    """What chance does about one month: the average, and the limits, within where the figure can be."""

    mean: float
    lower: float
    upper: float


def within(measure: Measure, lower: float, upper: float) -> tuple[float, float]:
    """The lowest and highest figure that lie within limits: whole numbers, where the measure counts."""
    if measure.shape == "count":
        return float(ceil(lower)), float(max(floor(upper), ceil(lower)))
    return lower, upper


@dataclass(frozen=True)
class Signal:
    """What stands out at one month. rule: a key of `RULES`. up: to the higher side. meaning: a key of `MEANINGS`."""

    rule: str
    up: bool
    meaning: str

    @property
    def says(self) -> str:
        return f"{MEANINGS[self.meaning]}: {RULES[self.rule][self.up]}"


RULES = {
    "outside": ("below the lower limit", "above the upper limit"),
    "trend": ("one of 7 months or more that fell one after another", "one of 7 months or more that rose one after another"),
    "two_in_three": ("near the lower limit, with another of three months", "near the upper limit, with another of three months"),
    "shift": ("one of 7 months or more in a row below the average", "one of 7 months or more in a row above the average"),
}  # fmt: skip
_RULES = {xmr.OUTSIDE: "outside", xmr.TREND: "trend", xmr.TWO_IN_THREE: "two_in_three", xmr.SHIFT: "shift"}


@dataclass(frozen=True)
class Control:
    """A measure's months, oldest first, under control: for each its limits and what stands out, None where nothing does
    or no limits can be had. part: the number of each month's part, which a new one begins where somebody said so. why_none:
    why the latest part has no limits. trial: it has fewer than 13 months, so its limits may still move."""

    limits: tuple[Limits | None, ...]
    signals: tuple[Signal | None, ...]
    part: tuple[int, ...]
    why_none: str
    trial: bool = False

    @property
    def last(self) -> Limits | None:
        return self.limits[-1] if self.limits else None

    @property
    def last_signal(self) -> Signal | None:
        return self.signals[-1] if self.signals else None


def control(
    measure: Measure, months: Sequence[date], tallies: Sequence[Tally], values: Sequence[float | None],
    rebased: Collection[date] = (),
) -> Control:  # fmt: skip
    """Months one after another, with what was counted and the figure of each; in `rebased` new limits begin."""
    part = xmr.groups(months, frozenset(rebased))
    limits: list[Limits | None] = [None] * len(months)
    signals: list[Signal | None] = [None] * len(months)
    why_none, trial = "", False
    for number in range(int(part[-1]) + 1 if len(part) else 0):
        places = np.flatnonzero(part == number).tolist()
        why_none = _why_none(measure, [tallies[at] for at in places], [values[at] for at in places])
        if why_none:
            continue
        known = np.array([values[at] for at in places], dtype=np.float64)  # None becomes NaN
        chart = xmr.chart(known, improvement=IMPROVEMENT[measure.direction])
        trial = bool(chart.short[-1])
        types = chart.point_types.tolist()
        for index, at in enumerate(places):
            limits[at] = _limits(measure, chart, index)
            signals[at] = _signal(int(chart.cause[index]), types[index])
    return Control(tuple(limits), tuple(signals), tuple(part.tolist()), why_none, trial)


def _why_none(measure: Measure, tallies: Sequence[Tally], values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    if len(known) < ENOUGH:
        months = words.count(len(known), "month has", "months have")
        return f"Only {months} a figure so far. From {ENOUGH} on, limits show what chance alone does."
    counted = [tally.n if measure.shape == "rate" else tally.of for tally in tallies]
    many = [number for number, value in zip(counted, values, strict=True) if value is not None]
    if sum(many) / len(many) < SMALL:
        nouns = measure.wording.nouns[1]
        return f"There are fewer than {SMALL} {nouns} a month on average: chance moves so few too much for limits."
    return ""


def _limits(measure: Measure, chart: xmr.XmR, index: int) -> Limits:
    most = 100.0 if measure.shape == "share" else np.inf
    lower, upper = float(chart.lower[index]), float(chart.upper[index])
    return Limits(float(chart.mean[index]), max(lower, 0.0), min(upper, most))


def _signal(cause: int, meaning: str) -> Signal | None:
    if cause == xmr.COMMON:
        return None
    up = bool(xmr.SIDES[cause] > 0)
    return Signal(_RULES[cause if up else cause - 1], up, meaning)
