"""Which past points a count is compared with: windows about the same time of past years, and the seasons between.

As `farringtonFlexible` arranges them (statistics of Noufaily et al. 2013).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from heed.statistics.arrays import Integers, Unanswerable


@dataclass(frozen=True)
class Rows:
    """One arrangement: how many points back each row lies, its season, its time (0 now, negative before).

    current: the season of now. unit: what one step of the design's time is, in points, to keep numbers near 1."""

    back: Integers
    level: Integers
    time: np.ndarray
    current: int
    unit: float


@dataclass(frozen=True)
class History:
    """years back, half a window in points, seasons of a year (1: only the windows are used), guard: the latest points
    that are left out besides the current one, and how many points make a year."""

    years: int = 5
    half: int = 3
    periods: int = 10
    guard: int = 26
    frequency: int = 52

    def rows(self, points: Integers, length: int, dates: np.ndarray | None) -> Iterator[tuple[Rows, Integers]]:
        """Each arrangement with the places in `points` that it holds for. Without dates there is but one.

        Raises Unanswerable where a point lacks history."""
        if points.size and (points.min() < 0 or points.max() >= length):
            raise Unanswerable(f"points to watch must lie within the {length} that are given")
        together: dict[tuple[bytes, ...], tuple[Rows, list[int]]] = {}
        for place, point in enumerate(points.tolist()):
            if dates is None:
                self._check(point, [point - year * self.frequency for year in range(1, self.years + 1)])
                key: tuple[bytes, ...] = ()
                rows = together[key][0] if key in together else self._index_rows(point)
            else:
                rows = self._dated_rows(point, dates)
                key = (rows.back.tobytes(), rows.level.tobytes(), rows.time.tobytes())
            together.setdefault(key, (rows, []))[1].append(place)
        for rows, places in together.values():
            yield rows, np.asarray(places, dtype=np.int64)

    def _check(self, point: int, reference: list[int]) -> None:
        if min(reference) - self.half < 0 or point - self.guard < 0:
            raise Unanswerable(
                f"point {point + 1} needs {self.years} years and {self.half} points of history before it; "
                "compare with fewer years, or begin later"
            )

    def _index_rows(self, point: int) -> Rows:
        level = self._levels(point, [point - year * self.frequency for year in range(self.years + 1)])
        at = np.flatnonzero(level >= 0)
        return Rows(point - at, level[at], (at - point).astype(float), self.periods, float(self.frequency))

    def _dated_rows(self, point: int, dates: np.ndarray) -> Rows:
        days = dates.astype("datetime64[D]").astype(np.int64)
        reference = [point]
        for year in range(1, self.years + 1):
            day = self._year_before(int(days[point]), year)
            found = np.flatnonzero(days == day)
            if not found.size:
                raise Unanswerable(f"there is no point {year} years before point {point + 1}; begin later")
            reference.append(int(found[0]))
        self._check(point, reference[1:])
        level = self._levels(point, reference)
        at = np.flatnonzero(level >= 0)
        time = (days[at] - days[point]) / (days[1] - days[0])
        return Rows(point - at, level[at], time, self.periods, float(self.frequency))

    def _year_before(self, day: int, years: int) -> int:
        """The same date, as R counts it (29 February becomes 1 March); of weekly points the closest same weekday."""
        then = date.fromordinal(day + date(1970, 1, 1).toordinal())
        try:
            before = then.replace(year=then.year - years)
        except ValueError:
            before = date(then.year - years, 3, 1)
        if self.frequency == 52:
            same = before.toordinal() - (before.isoweekday() % 7 - then.isoweekday() % 7)
            other = same + (-7 if same > before.toordinal() else 7)
            nearer = min(same, other, key=lambda ordinal: abs(ordinal - before.toordinal()))
            before = date.fromordinal(nearer)
        return before.toordinal() - date(1970, 1, 1).toordinal()

    def _levels(self, point: int, reference: list[int]) -> Integers:
        """The season of every point up to this one, -1 where it is not compared; `reference`: now, a year ago, ..."""
        level = np.full(point + 1, -1, dtype=np.int64)
        level[point - self.half :] = self.periods
        for later, then in pairwise(reference):
            level[then - self.half : then + self.half + 1] = self.periods
            if self.periods > 1:
                self._seasons(level, then + self.half + 1, later - 2 * self.half - 1 - then)
        level[point - self.guard :] = -1
        return level

    def _seasons(self, level: Integers, first: int, length: int) -> None:
        """Cut the gap between two windows into the other seasons, the earlier ones longer where it does not divide."""
        blocks = self.periods - 1
        if length < blocks:
            raise Unanswerable(f"a year of {self.frequency} points is too short for {self.periods} seasons")
        short, longer = divmod(length, blocks)
        lengths = [short + (block < longer) for block in range(blocks)]
        level[first : first + length] = np.repeat(np.arange(1, blocks + 1), lengths)


def stack(series: int, places: Integers, size: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Every pair of a series and a place, in portions of at most `size`: (numbers of series, places)."""
    numbers = np.repeat(np.arange(series), len(places))
    which = np.tile(places, series)
    for first in range(0, len(numbers), size):
        yield numbers[first : first + size], which[first : first + size]
