"""Pure: a measure by month, how its latest month stands beside those before, and the sentences that matter first.

"Usual" is the lowest to the highest of the twelve months before; nothing is claimed beyond that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from heed.design import words
from heed.insight.figures import FEW, Tally, figure, sentence, shown
from heed.insight.measures.declaration import Measure
from heed.insight.periods import Period

COMPARED = 12
ENOUGH_BEFORE = 6
SENTENCES = 3
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
    """A measure over whole months, oldest first, and the month that is not over. `shown` of them are drawn."""

    measure: Measure
    months: tuple[Point, ...]
    part: Point
    drawn: int

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
    def usual(self) -> tuple[float, float] | None:
        """Lowest and highest of the months before the last, None where too few of them have a figure."""
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


def series(measure: Measure, by_month: Mapping[date, Tally], period: Period, drawn: int) -> Series:
    """A measure's months put in order; months of which nothing was counted are there too."""

    def point(month: date) -> Point:
        tally = by_month.get(month, Tally())
        return Point(month, tally, figure(measure, tally))

    return Series(measure, tuple(point(month) for month in period.months), point(period.part), drawn)


def finding(of: Series) -> str:
    """What the latest whole month says and how it stands, in a sentence: the title of its chart."""
    said = sentence(of.measure, of.last.tally)
    text = f"In {words.month(of.last.month)}, {said}"
    if of.last.value is None:
        return f"{text}."
    return f"{text}: {_beside(of)}.{_few(of)}"


def _beside(of: Series) -> str:
    if of.usual is None:
        return "there are too few months before it to say what is usual"
    if of.away == 0:
        return f"it was {of.usual_shown} in the {COMPARED} months before"
    more, fewer = {
        "count": ("more than", "fewer than"),
        "share": ("a larger share than", "a smaller share than"),
    }.get(of.measure.shape, ("longer than", "shorter than"))
    return f"{more if of.away > 0 else fewer} in any of the {COMPARED} months before ({of.usual_shown})"


def _few(of: Series) -> str:
    return " It rests on few, so it may be chance." if of.measure.shape != "count" and of.last.tally.of < FEW else ""


@dataclass(frozen=True)
class Matter:
    """One of the sentences that matter first, and the measure that it is about."""

    key: str
    text: str


def what_matters(all_series: Sequence[Series]) -> list[Matter]:
    """Three sentences: what lies furthest outside its usual range, then what everybody asks for first."""
    known = [one for one in all_series if one.last.tally.of or one.measure.shape == "count"]

    def rank(one: Series) -> tuple[float, int]:
        steady = one.measure.shape == "count" or one.last.tally.of >= FEW
        key = one.measure.key
        return (-abs(one.away) if steady else 0, FIRST.index(key) if key in FIRST else len(FIRST))

    first = sorted(known, key=rank)[:SENTENCES]
    return [Matter(one.measure.key, finding(one) + _read_with(one, known)) for one in first]


def _read_with(one: Series, known: Sequence[Series]) -> str:
    """What was received is never read alone (R190): more complaints without more fault point elsewhere than to fault."""
    if one.measure.key not in ("received", "received_complaints") or one.away <= 0:
        return ""
    fault = next((other for other in known if other.measure.key == "well_founded"), None)
    if fault is None or fault.usual is None or fault.away > 0:
        return ""
    return " The share found well-founded did not rise, so look at how services are delivered and explained, not only for fault."
