"""Attribute charts: p, u, p', u', c, i, g, t and run charts, and the runs analysis, as qicharts2 0.8.1 computes them.

p' and u' are Laney's, which widen the limits by what the points vary beyond chance (`Chart.spread`); use them where
the mean expected count is above about 100 or the spread above 1.2. For fewer than 5 events a period use g (opportunities
between events) or t (time between events). R173, R182.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import pairwise
from math import comb, log2

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics.arrays import (
    Flags,
    Floats,
    Integers,
    Unanswerable,
    divided,
    floats,
    nan_mean,
    same_length,
    screened_mean,
)

D2 = 1.128  # a mean moving range of two, in standard deviations
SHARE, RATE = ("p", "pp"), ("u", "up")
NEEDS_N = (*SHARE, *RATE)


@dataclass(frozen=True)
class Runs:
    """Anhoej's rules for one part: an unusually long run, or unusually few crossings of the centre. None: no useful
    point."""

    longest: int | None
    longest_allowed: int | None
    crossings: int | None
    crossings_needed: int | None

    @property
    def signal(self) -> bool:
        if (
            self.longest is None
            or self.longest_allowed is None
            or self.crossings is None
            or self.crossings_needed is None
        ):
            return False
        return self.longest > self.longest_allowed or self.crossings < self.crossings_needed


@dataclass(frozen=True)
class Chart:
    """Arrays (points,): the figures drawn, their centre, limits (3 sigma) and inner lines (2 sigma), NaN where none.

    part: number of each point's part, from 1. runs: one for each part. spread: Laney's sigma z of each part, 1 for
    charts that have none."""

    y: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    lower_inner: Floats
    upper_inner: Floats
    part: Integers
    runs: tuple[Runs, ...]
    spread: tuple[float, ...]

    @property
    def outside(self) -> Flags:
        """Points beyond the limits."""
        return (self.y > self.upper) | (self.y < self.lower)


@dataclass(frozen=True)
class _Points:
    y: Floats
    n: Floats
    base: Flags
    screen: bool

    @property
    def known(self) -> Floats:
        return self.y[self.base]

    def filled(self, value: float | Floats) -> Floats:
        return np.full(self.y.shape, float(value))


@dataclass(frozen=True)
class _Lines:
    centre: Floats
    sigma: Floats
    spread: float = 1.0
    drawn: Floats | None = None  # the centre that is drawn, where the limits lie about another


def chart(
    kind: str, y: ArrayLike, n: ArrayLike | None = None, *, freeze: int | None = None, parts: Collection[int] = (),
    exclude: Collection[int] = (), multiply: float = 1, screen: bool = True,
) -> Chart:  # fmt: skip
    """A chart of the counts or values y with the denominators n, (points,), oldest first, NaN where not known.

    kind: p, pp, u, up (these need n), c, i, g, t or run. freeze: centre and limits from the first so many points.
    parts: last point of each part but the last, from 1; each part has its own lines. exclude: points, from 1, that
    count for nothing but are drawn. multiply: of all that is drawn, as in "per 1,000". screen: see `arrays.
    screened_mean`. Raises Unanswerable."""
    count, size = floats(y), None if n is None else floats(n)
    _check(kind, count, size)
    length = count.shape[-1]
    place = np.arange(1, length + 1)
    counts_for = ~np.isin(place, list(exclude))
    base = counts_for & (place <= (freeze or length))
    edges = sorted({0, length, *(edge for edge in parts if 0 < edge < length)})
    shown = count.copy() if size is None or kind not in NEEDS_N else divided(count, size)
    lines = np.full((5, length), np.nan)
    runs, spreads = [], []
    for first, end in pairwise(edges):
        here = slice(first, end)
        of = None if size is None else size[here]
        centre, limits, spread = _part(kind, count[here], of, base[here], screen)
        lines[:, here] = np.vstack([centre, limits])
        runs.append(runs_of(shown[here][counts_for[here]], lines[0, here][counts_for[here]]))
        spreads.append(spread)
    lines[~np.isfinite(lines)] = np.nan
    part = np.searchsorted(edges, place, side="left").astype(np.int64)
    centre, lower, upper, lower_inner, upper_inner = lines * multiply
    return Chart(
        shown * multiply, centre, lower, upper, lower_inner, upper_inner, part, runs=tuple(runs), spread=tuple(spreads)
    )


def _check(kind: str, y: Floats, n: Floats | None) -> None:
    if kind not in KINDS:
        raise Unanswerable(f"there is no chart {kind!r}; there are {', '.join(KINDS)}")
    if y.ndim != 1 or not y.size:
        raise Unanswerable("a chart needs one series of at least one point")
    if n is None and kind in NEEDS_N:
        raise Unanswerable(f"a {kind} chart needs denominators")
    same_length(y=y, n=n)
    if kind == "t" and np.nanmin(y, initial=np.inf) <= 0:
        raise Unanswerable("the time between two events must be above zero")


def _part(kind: str, y: Floats, n: Floats | None, base: Flags, screen: bool) -> tuple[Floats, Floats, float]:
    """(centre, four lines from lower to upper_inner in the order of `Chart`, spread) of one part."""
    if not base.any():
        return np.full(y.shape, np.nan), np.full((4, len(y)), np.nan), 1.0
    power = 3.6 if kind == "t" else 1
    sizes = np.ones(y.shape) if n is None else n
    with np.errstate(divide="ignore", invalid="ignore"):
        found = KINDS[kind](_Points(y ** (1 / power), sizes, base, screen))
        limits = np.vstack([found.centre + sigmas * found.sigma for sigmas in (-3, 3, -2, 2)])
        drawn = found.centre if found.drawn is None else found.drawn
        return drawn**power, _clipped(kind, limits**power), found.spread


def _clipped(kind: str, limits: Floats) -> Floats:
    """Limits stay where figures can be."""
    if kind in ("i", "run"):
        return limits
    if kind == "t":  # a root of a negative number is not known; only the outer limit is certainly 0
        limits[0] = np.where(np.isnan(limits[0]), 0.0, limits[0])
        return limits
    limits[::2] = np.where(limits[::2] < 0, 0.0, limits[::2])
    if kind in SHARE:
        limits[1::2] = np.where(limits[1::2] > 1, 1.0, limits[1::2])
    return limits


def _ratio(points: _Points, variance: Callable[[float], float], *, laney: bool) -> _Lines:
    y, n, base = points.y, points.n, points.base
    known = base & ~np.isnan(y) & ~np.isnan(n)
    total = float(n[known].sum())
    centre = float(y[known].sum()) / total if total else np.nan
    sigma = np.sqrt(variance(centre) / n)
    spread = 1.0
    if laney:
        scores = ((y / n - centre) / sigma)[base]
        spread = float(screened_mean(np.abs(np.diff(scores)), points.screen)) / D2
    return _Lines(np.full(y.shape, centre), sigma * spread, spread)


def _p(points: _Points) -> _Lines:
    return _ratio(points, lambda share: share * (1 - share), laney=False)


def _pp(points: _Points) -> _Lines:
    return _ratio(points, lambda share: share * (1 - share), laney=True)


def _u(points: _Points) -> _Lines:
    return _ratio(points, lambda rate: rate, laney=False)


def _up(points: _Points) -> _Lines:
    return _ratio(points, lambda rate: rate, laney=True)


def _c(points: _Points) -> _Lines:
    centre = points.filled(nan_mean(points.known))
    return _Lines(centre, np.sqrt(centre))


def _i(points: _Points) -> _Lines:
    sigma = screened_mean(np.abs(np.diff(points.known)), points.screen) / D2
    return _Lines(points.filled(nan_mean(points.known)), points.filled(sigma))


def _g(points: _Points) -> _Lines:
    mean = points.filled(nan_mean(points.known))
    return _Lines(mean, np.sqrt(mean * (mean + 1)), drawn=points.filled(_median(points.known)))


def _run(points: _Points) -> _Lines:
    return _Lines(points.filled(_median(points.known)), points.filled(np.nan))


def _median(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if known.size else np.nan


KINDS = {"p": _p, "pp": _pp, "u": _u, "up": _up, "c": _c, "i": _i, "g": _g, "t": _i, "run": _run}


def runs_of(y: ArrayLike, centre: ArrayLike) -> Runs:
    """Anhoej's rules for y, (points,), about its centre; points on the centre or not known are left out."""
    sides = np.sign(floats(y) - floats(centre))
    sides = sides[~np.isnan(sides) & (sides != 0)]
    if not sides.size:
        return Runs(None, None, None, None)
    turns = np.flatnonzero(np.diff(sides))
    lengths = np.diff(np.concatenate([[-1], turns, [sides.size - 1]]))
    return Runs(
        longest=int(lengths.max()), longest_allowed=round(log2(sides.size)) + 3, crossings=int(turns.size),
        crossings_needed=_fair_coin_quantile(sides.size - 1),
    )  # fmt: skip


def _fair_coin_quantile(tosses: int) -> int:
    """The smallest number of heads that is reached or stayed under with a chance of 5 in 100, exactly."""
    below, heads = comb(tosses, 0), 0
    while below * 20 < 2**tosses:
        heads += 1
        below += comb(tosses, heads)
    return heads
