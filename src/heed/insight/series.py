"""Pure: a measure by month, how its latest month stands beside those before, and the sentences that matter first.

"Usual" is what chance alone does (`control`); where that cannot be said, the lowest to the highest of the twelve months
before, and nothing is claimed beyond that."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from heed.design import words
from heed.insight.control import Control, Signal, control, within
from heed.insight.figures import FEW, Tally, figure, sentence, shown
from heed.insight.measures.declaration import Measure
from heed.insight.periods import Period

KNOWN = 24  # months that limits rest on at least, even where fewer are drawn
COMPARED = 12
ENOUGH_BEFORE = 6
SENTENCES, MOST_SENTENCES = 3, 6
# Said when nothing stands out, in this order; the first ones also break ties.
FIRST = ("received", "answered_as_first_told", "learned_from_fault")


@dataclass(frozen=True)
class Point:
    """One month of a measure."""

    month: date
    tally: Tally
    value: float | None


@dataclass(frozen=True)
class Series:
    """A measure over whole months, oldest first, and the month that is not over. `shown` of them are drawn. rebased: the
    months with which new limits begin."""

    measure: Measure
    months: tuple[Point, ...]
    part: Point
    drawn: int
    rebased: tuple[date, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        return self.months[-self.drawn :]

    @property
    def last(self) -> Point:
        return self.months[-1]

    @cached_property
    def total(self) -> Tally:
        """All whole months that are drawn, together."""
        return sum((point.tally for point in self.points), Tally())

    @property
    def total_shown(self) -> str:
        return shown(self.measure, figure(self.measure, self.total))

    @cached_property
    def control(self) -> Control:
        """What chance alone does, from all whole months that are known, drawn or not."""
        return control(
            self.measure, [point.month for point in self.months], [point.tally for point in self.months],
            [point.value for point in self.months], self.rebased,
        )  # fmt: skip

    @cached_property
    def usual(self) -> tuple[float, float] | None:
        """Between what chance alone moves a month; where that cannot be said, lowest and highest of the months before the
        last; None where too few of them have a figure."""
        if limits := self.control.last:
            return within(self.measure, limits.lower, limits.upper)
        before = [point.value for point in self.months[-COMPARED - 1 : -1] if point.value is not None]
        return (min(before), max(before)) if len(before) >= ENOUGH_BEFORE and any(before) else None

    @property
    def usual_shown(self) -> str:
        if self.usual is None:
            return "not known yet"
        return " to ".join(dict.fromkeys(shown(self.measure, bound) for bound in self.usual))

    @property
    def away(self) -> float:
        """How far the last month lies outside what is usual, in widths of the usual range; 0 inside it, negative below."""
        if self.usual is None or self.last.value is None:
            return 0
        low, high = self.usual
        width = max(high - low, high / 10, 1)
        return max(0, self.last.value - high) / width + min(0, self.last.value - low) / width

    @property
    def signal(self) -> Signal | None:
        """What stands out at the last month beyond chance, where it rests on enough to say so."""
        return None if self.rests_on_few else self.control.last_signal

    @property
    def rests_on_few(self) -> bool:
        return self.measure.shape != "count" and self.last.tally.of < FEW


def series(
    measure: Measure, by_month: Mapping[date, Tally], period: Period, drawn: int, rebased: Collection[date] = ()
) -> Series:
    """A measure's months put in order; months of which nothing was counted are there too."""

    def point(month: date) -> Point:
        tally = by_month.get(month, Tally())
        return Point(month, tally, figure(measure, tally))

    return Series(measure, tuple(point(month) for month in period.months), point(period.part), drawn, tuple(rebased))


def finding(of: Series) -> str:
    """What the latest whole month says and how it stands, in a sentence: the title of its chart."""
    said = sentence(of.measure, of.last.tally)
    text = f"In {words.month(of.last.month)}, {said}"
    if of.last.value is None:
        return f"{text}."
    few = " It rests on few, so it may be chance." if of.rests_on_few else ""
    return f"{text}: {_beside(of) if of.control.last else _beside_those_before(of)}.{few}"


def _beside(of: Series) -> str:
    signal, limits = of.control.last_signal, of.control.last
    if signal is None or limits is None:
        return f"as usual, {of.usual_shown} in a month"
    more, fewer = _comparing(of.measure)
    if signal.rule == "outside":
        return f"{more if signal.up else fewer} chance explains, which is {of.usual_shown} in a month"
    average = shown(of.measure, limits.mean)
    return {
        "shift": f"one of at least 7 months in a row {'above' if signal.up else 'below'} the average of {average}",
        "trend": f"at least 7 months that {'rose' if signal.up else 'fell'} one after another",
        "two_in_three": f"with another of the last three, near the {'upper' if signal.up else 'lower'} limit of what "
        f"chance does, {of.usual_shown} in a month",
    }[signal.rule] + ", which chance seldom does"


def _beside_those_before(of: Series) -> str:
    if of.usual is None:
        return "there are too few months before it to say what is usual"
    if of.away == 0:
        return f"it was {of.usual_shown} in the {COMPARED} months before"
    more, fewer = _comparing(of.measure)
    return f"{more if of.away > 0 else fewer} in any of the {COMPARED} months before ({of.usual_shown})"


def _comparing(measure: Measure) -> tuple[str, str]:
    return {
        "count": ("more than", "fewer than"),
        "rate": ("more than", "fewer than"),
        "share": ("a larger share than", "a smaller share than"),
    }.get(measure.shape, ("longer than", "shorter than"))


@dataclass(frozen=True)
class Matter:
    """One of the sentences that matter first, the measure that it is about, and what stands out in it, if anything."""

    key: str
    name: str
    text: str
    signal: Signal | None = None


def what_matters(all_series: Sequence[Series]) -> list[Matter]:
    """Three sentences at least: what stands out beyond chance, the furthest first, then what everybody asks for first."""
    known = [one for one in all_series if one.last.tally.of or one.measure.shape == "count"]

    def rank(one: Series) -> tuple[bool, float, int]:
        away = 0 if one.rests_on_few else abs(one.away)
        key = one.measure.key
        return (one.signal is None and not away, -away, FIRST.index(key) if key in FIRST else len(FIRST))

    ranked = sorted(known, key=rank)
    many = max(SENTENCES, min(MOST_SENTENCES, sum(one.signal is not None for one in known)))
    return [Matter(one.measure.key, one.measure.name, finding(one), one.signal) for one in ranked[:many]]
