"""Pure: what is added up, the figure that a measure makes of it, and how it is said."""

from collections import Counter
from dataclasses import dataclass, field
from math import ceil

from heed.design import words
from heed.insight.measures.declaration import Measure

_NO_VALUES: Counter[int] = Counter()
NO_DENOMINATOR = "no denominator"
FEW = 10  # a share or a middle of fewer than this is said to rest on few


@dataclass(frozen=True)
class Tally:
    """What was counted: `of` in the population, `n` singled out among them, and for means and medians how often each
    value stands there. For a rate: `n` counted, over `of` units of activity. Tallies add up, so that a year is the sum of
    its months."""

    n: int = 0
    of: int = 0
    values: Counter[int] = field(default_factory=lambda: _NO_VALUES)

    def __add__(self, other: "Tally") -> "Tally":
        values = self.values + other.values if self.values or other.values else _NO_VALUES
        return Tally(self.n + other.n, self.of + other.of, values)


def figure(measure: Measure, tally: Tally) -> float | None:
    """The figure: how many; per cent, 0 to 100; working days; for each 1,000 of activity. None where there is nothing to
    take it over."""
    if measure.shape == "count":
        return tally.of
    if tally.of == 0:
        return None
    if measure.shape in ("share", "rate"):
        return (100 if measure.shape == "share" else 1000) * tally.n / tally.of
    if measure.shape == "mean":
        return sum(value * times for value, times in tally.values.items()) / tally.of
    return percentile(tally.values, 50 if measure.shape == "median" else measure.percentile)


def percentile(values: Counter[int], percent: int) -> float | None:
    """The value that `percent` per cent do not exceed: for 50, the middle one, or halfway between the two middle ones.
    For others, the nearest rank."""
    ordered, size = sorted(values.items()), values.total()
    if not size:
        return None

    def ranked(rank: int) -> int:
        passed = 0
        for value, times in ordered:
            passed += times
            if passed >= rank:
                return value
        return ordered[-1][0]

    if percent == 50:
        return (ranked((size + 1) // 2) + ranked(size // 2 + 1)) / 2
    return ranked(max(1, ceil(percent * size / 100)))


def shown(measure: Measure, value: float | None) -> str:
    """As pages show it: 1,204; 84%; 23.5. "" for None, and "no denominator" where that is what a rate lacks."""
    if value is None:
        return NO_DENOMINATOR if measure.shape == "rate" else ""
    if measure.shape == "rate":
        return rate(value)
    if measure.shape == "share":
        return f"{round(value)}%"
    return f"{value:,.1f}".removesuffix(".0")


def rate(value: float) -> str:
    """Of a rate, as pages show it: 12.5; 0.58, since rates below 1 are common."""
    digits = 1 if value >= 10 else 2
    return f"{value:,.{digits}f}".rstrip("0").rstrip(".")


def rests_on(measure: Measure, tally: Tally) -> str:
    """How many it rests on, in words: "44 cases closed", "12,400 contacts"."""
    if measure.shape == "rate":
        return f"{tally.of:,} {measure.over}"
    return " ".join(part for part in (words.count(tally.of, *measure.wording.nouns), measure.wording.happened) if part)


def sentence(measure: Measure, tally: Tally) -> str:
    """What the figure says, without its month and full stop: "37 of 44 cases closed were acknowledged in time"."""
    wording, value = measure.wording, figure(measure, tally)
    if measure.shape == "count":
        return (
            f"{words.count(tally.of, *wording.nouns)} {'was' if tally.of == 1 else 'were'} {wording.happened}".strip()
        )
    if measure.shape == "rate":
        return _rate_sentence(measure, tally, value)
    if value is None:
        return f"{words.count(0, *wording.nouns)} {'were ' if wording.happened else ''}{wording.happened}".strip()
    if measure.shape == "share":
        what = " ".join(part for part in (words.count(tally.of, *wording.nouns), wording.happened) if part)
        return f"{tally.n:,} of {what} {'was' if tally.n == 1 else 'were'} {wording.which} ({shown(measure, value)})"
    days = f"{shown(measure, value)} {words.plural_noun(value, 'working day')}"
    name = {"mean": "average", "median": "median"}.get(measure.shape, f"{measure.percentile}th percentile of the")
    return f"the {name} time to the answer was {days}, over {rests_on(measure, tally)}"


def _rate_sentence(measure: Measure, tally: Tally, value: float | None) -> str:
    if value is None:
        return f"nobody has said how many {measure.over} there were, so there is no denominator"
    counted = words.count(tally.n, *measure.wording.nouns)
    was = words.plural_noun(tally.n, "was", "were")
    return f"{counted} {was} {measure.wording.happened} for {rests_on(measure, tally)} ({shown(measure, value)} {measure.unit})"
