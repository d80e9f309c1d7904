"""Pure: two measures read together, because one alone misleads (R190; statistics 3.4).

Each is compared now with before: has it risen, fallen, or not changed beyond what chance does? For pairs whose meaning is
known, the two answers together give a sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from heed.design import words
from heed.insight.figures import Tally, figure, shown
from heed.insight.series import Point, Series
from heed.statistics import cross
from heed.statistics.arrays import Unanswerable

CURRENT = (3, 6, 12)  # months that are now
USUAL = 6
LEAST_BEFORE = 6
UP, SAME, DOWN = "up", "same", "down"
MORE = cross.MORE  # of t, as for what is received
FAULT = ("received_complaints", "well_founded")


@dataclass(frozen=True)
class Moved:
    """How a measure stands now beside before. way: up, same or down beyond chance, "" where it cannot be said."""

    series: Series
    way: str
    before: float | None
    now: float | None

    @property
    def sentence(self) -> str:
        measure = self.series.measure
        if not self.way:
            return f"{measure.name}: too few months, or too little, to compare."
        said = {UP: "risen", DOWN: "fallen", SAME: "no change beyond what chance does"}[self.way]
        each = " a month" if measure.shape == "count" else ""
        return f"{measure.name}: {said}, {_told(self.series, self.before)}{each} before and {_told(self.series, self.now)} now."


@dataclass(frozen=True)
class Together:
    """Two measures, and what they say together: a sentence, "" where nobody has written down what they would mean.
    periods: which months are compared, in words."""

    first: Moved
    second: Moved
    sentence: str
    periods: str


def _told(of: Series, value: float | None) -> str:
    return shown(of.measure, value) or "none"


def together(first: Series, second: Series, current: int = USUAL) -> Together | None:
    """The last `current` whole months of both beside those before them; None with fewer than half a year before."""
    length = len(first.months)
    if length - current < LEAST_BEFORE or len(second.months) != length:
        return None
    moved = _moved(first, current), _moved(second, current)
    keys = (first.measure.key, second.measure.key)
    sentence = _fault(first, second, current) if keys == FAULT else _meaning(keys, (moved[0].way, moved[1].way))
    now, before = first.months[-current:], first.months[:-current]
    periods = f"{_span(now)}, beside {_span(before)}"
    return Together(*moved, sentence, periods)


def fault(found: Mapping[str, Series]) -> Together | None:
    """Complaints received with how often fault is found: the pair that is never left out."""
    if not all(key in found for key in FAULT):
        return None
    return together(found[FAULT[0]], found[FAULT[1]])


def _span(points: Sequence[Point]) -> str:
    return f"{words.month(points[0].month)} to {words.month(points[-1].month)}"


def _moved(of: Series, current: int) -> Moved:
    t = _t(of, current)
    way = "" if isnan(t) else UP if t > MORE else DOWN if t < -MORE else SAME
    return Moved(of, way, _typical(of, of.months[:-current]), _typical(of, of.months[-current:]))


def _typical(of: Series, points: Sequence[Point]) -> float | None:
    total = sum((point.tally for point in points), Tally())
    value = figure(of.measure, total)
    return value / len(points) if of.measure.shape == "count" and value is not None else value


def _t(of: Series, current: int) -> float:
    """The change from before to now, in standard errors; NaN where there is too little."""
    now = np.arange(len(of.months)) >= len(of.months) - current
    n = np.array([point.tally.n for point in of.months], dtype=np.float64)
    size = np.array([point.tally.of for point in of.months], dtype=np.float64)
    match of.measure.shape:
        case "count":
            return cross.rate_change(size, np.ones(size.shape), now).t
        case "rate":
            known = size > 0
            return cross.rate_change(n[known], size[known], now[known]).t if known.any() else float("nan")
        case "share":
            return cross.odds_change(n, size, now).t
    values = np.array([point.value for point in of.months], dtype=np.float64)  # None becomes NaN
    return _difference(values[~now], values[now])


def _difference(before: np.ndarray, now: np.ndarray) -> float:
    """Welch's t of two groups of months."""
    groups = [group[~np.isnan(group)] for group in (before, now)]
    if min(group.size for group in groups) < 2:
        return float("nan")
    error = sum(group.var(ddof=1) / group.size for group in groups)
    return float((groups[1].mean() - groups[0].mean()) / np.sqrt(error)) if error > 0 else float("nan")


def _fault(received: Series, found: Series, current: int) -> str:
    """The sentence of the pattern that both make, decided cohorts only: by the day of the decision."""
    counts = [point.tally.of for point in received.months]
    upheld, decided = [p.tally.n for p in found.months], [p.tally.of for p in found.months]
    try:
        read = cross.read_together(counts, upheld, decided=decided, current=current)
    except Unanswerable:
        return ""
    if isnan(read.received.t):
        return ""
    return read.sentence


def _meaning(keys: tuple[str, str], ways: tuple[str, str]) -> str:
    if keys in MEANINGS:
        return MEANINGS[keys].get(ways, "")
    return MEANINGS.get(keys[::-1], {}).get(ways[::-1], "")


_COME_BACK = {
    (
        UP,
        UP,
    ): "People are answered sooner, but more of them come back: look at whether answers address what they asked.",
    (UP, SAME): "People are answered sooner, and no more of them come back.",
    (UP, DOWN): "People are answered sooner, and fewer of them have to come back.",
    (SAME, UP): "Answers come when they used to, but more people come back: read some of the answers again.",
    (DOWN, UP): "People wait longer, and more of them come back: ask what makes answers hard to give.",
    (DOWN, SAME): "People wait longer, and no fewer of them come back: taking longer has not made answers last.",
    (
        DOWN,
        DOWN,
    ): "People wait longer, but fewer of them come back: careful answers may be worth it. Tell people early.",
}
MEANINGS: dict[tuple[str, str], dict[tuple[str, str], str]] = {
    ("answered_as_first_told", "reopened"): _COME_BACK,
    ("answered_as_first_told", "escalated"): _COME_BACK,
    ("answered_as_first_told", "extended"): {
        (DOWN, UP): "Fewer are answered as first told and more dates are moved: the times told at the start are not real.",
        (UP, UP): "More are answered as first told although more dates are moved: look at which are extended, and why.",
        (UP, DOWN): "More are answered as first told, with fewer dates moved.",
    },
    ("answered_by_current_date", "extended"): {
        (UP, UP): "Dates are kept more often because more of them are moved. Look at the time told at the start instead.",
        (SAME, UP): "Dates are kept as before because more of them are moved. Look at the time told at the start instead.",
        (UP, DOWN): "Dates are kept more often, with fewer of them moved.",
    },
    ("actions_on_time", "received_complaints"): {
        (UP, SAME): "More of what was promised is done on time; complaints have not changed. Measure what each action did.",
        (UP, DOWN): "More of what was promised is done on time, with fewer complaints. Check that people can still complain.",
        (DOWN, UP): "Less of what was promised is done on time, while complaints rise: look at which actions are late.",
    },
    ("received_compliments", "received_complaints"): {
        (UP, UP): "More people speak up, with thanks and with complaints: it may have become easier to tell us.",
        (DOWN, DOWN): "Fewer people speak up at all: check that they know how to.",
        (SAME, UP): "Complaints rise and thanks do not: look at which services and themes they are about.",
    },
    ("settled_in_conversation", "received_statutory"): {
        (UP, DOWN): "More is settled at once, in conversation, and fewer complaints need an answer in writing.",
        (DOWN, UP): "Less is settled at once, and more needs an answer in writing: ask the front line what stands in the way.",
    },
}  # fmt: skip
PAIRS: tuple[tuple[str, str], ...] = (FAULT, *MEANINGS)
