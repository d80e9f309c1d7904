"""Early warning for series that are too young to have a season: what is expected is their own level of late, and how much
counts vary around it is learned from them and from their likes together.

A series of a few weeks says little about its own spread, so that its dispersion is drawn towards that of the pool, and its
level, weakly, towards the pool's rate. Judged by `detector.judge` as old series are, so that one budget holds for both.
R190, R173.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics.arrays import Flags, Floats, Integers, Unanswerable, divided, floats
from heed.statistics.detector import Settings, Watched, judge
from heed.statistics.forecast import Forecast

LEAST = 8  # points before one that is judged
OF_LATE = 0.5  # years that make the level
GUARD = 2  # latest points that are left out, so that a rise does not become its own measure
LEAN = 15.0  # points of the pool that weigh in the dispersion
CLIP = 3.0  # standard deviations beyond which a past count pulls no further


@dataclass(frozen=True)
class Pool:
    """What the likes of each series do, (series,) or one number: cases a unit of exposure, and the dispersion."""

    rate: ArrayLike
    phi: ArrayLike


def watch_young(y: ArrayLike, points: Integers, settings: Settings, *, exposure: ArrayLike, pool: Pool) -> Watched:
    """Watch successive `points` of the counts y, (series, points), NaN where not known; exposure: (points,), above 0.

    NaN, and no alarm, where fewer than `LEAST` points are known before one. `young` is true everywhere. Raises
    Unanswerable as `detector.watch` does."""
    counts, at, share = np.atleast_2d(floats(y)), np.asarray(points, dtype=np.int64), floats(exposure)
    if at.size and (at.min() < 0 or at.max() >= counts.shape[1] or (np.diff(at) != 1).any()):
        raise Unanswerable(f"points to watch must follow one another within the {counts.shape[1]} that are given")
    if share.shape != counts.shape[1:] or (share <= 0).any():
        raise Unanswerable("an exposure is above 0 and known for every point")
    wide = np.arange(max(int(at[0]) - settings.warm_up, 0), int(at[-1]) + 1) if at.size else at
    length = max(LEAST, round(OF_LATE * settings.frequency))
    every = np.arange(counts.shape[1])
    first = _levels(counts, share, every, length, pool)
    ceiling = first.mean + CLIP * np.sqrt(first.phi * first.mean)
    calm = np.where(np.isnan(ceiling), counts, np.fmin(counts, ceiling))
    forecast = _levels(np.where(np.isnan(counts), np.nan, calm), share, wide, length, pool)
    young: Flags = np.ones((len(counts), wide.size), dtype=bool)
    return judge(counts, wide, slice(len(wide) - len(at), None), forecast, young, settings)


def _levels(counts: Floats, share: Floats, at: Integers, length: int, pool: Pool) -> Forecast:
    """What the `length` points that end `GUARD` before each of `at` lead one to expect there."""
    known = ~np.isnan(counts)
    last = np.maximum(at - GUARD, 0)
    start = np.maximum(last - length, 0)

    def window(values: Floats) -> Floats:
        total = np.pad(np.cumsum(np.where(known, values, 0.0), axis=1), ((0, 0), (1, 0)))
        return np.asarray(total[:, last] - total[:, start])

    number, cases, exposed = window(np.ones_like(counts)), window(counts), window(np.broadcast_to(share, counts.shape))
    rate, phi = (np.broadcast_to(np.reshape(floats(value), (-1, 1)), number.shape) for value in (pool.rate, pool.phi))
    # The pool weighs as much as one case, and not more than one point.
    weight = np.minimum(divided(np.ones_like(rate), rate), share.mean())
    level = divided(cases + rate * weight, exposed + weight)
    pearson = divided(window(counts**2 / share), divided(cases, exposed)) - cases
    own = np.where(np.isnan(pearson), 0.0, pearson) + LEAN * phi
    dispersion = np.maximum(1.0, own / (np.maximum(number - 1, 0) + LEAN))
    mean = level * share[at]
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt(dispersion / (cases + rate * weight))
    found = Forecast(mean, error, dispersion, np.full(mean.shape, np.nan))
    found.lose((number < LEAST) | ~(mean > 0))
    return found


def pooled(y: ArrayLike, exposure: ArrayLike, groups: Integers) -> Pool:
    """The pool of series of the same group, (series,), from the counts y, (series, points), of which NaN are not known: for
    each series the rate and the dispersion of all of its group together."""
    counts, share = np.atleast_2d(floats(y)), floats(exposure)
    known = ~np.isnan(counts)
    cases, exposed = np.nansum(counts, axis=1), (known * share).sum(axis=1)
    rates = divided(cases, exposed)
    pearson = np.nansum(np.where(known, counts, 0.0) ** 2 / share, axis=1)
    pearson = np.where(cases > 0, divided(pearson, rates) - cases, 0.0)
    freedom = np.where(cases > 0, np.maximum(known.sum(axis=1) - 1, 0), 0)
    many = int(groups.max()) + 1 if groups.size else 0

    def total(values: ArrayLike) -> Floats:
        return np.asarray(np.bincount(groups, weights=floats(values), minlength=many), dtype=np.float64)

    rate = np.nan_to_num(divided(total(cases), total(exposed)))
    phi = np.maximum(1.0, np.nan_to_num(divided(total(pearson), total(freedom)), nan=1.0))
    return Pool(rate[groups], phi[groups])


def both(old: Watched, young: Watched) -> Watched:
    """Each series by its own model: old ones as `detector.watch` found them, and as `watch_young` where a series is young at
    any of the points."""
    which: Flags = np.any(old.young, axis=1, keepdims=True)
    names = [name for name in Watched.__dataclass_fields__ if name != "young"]
    merged = {name: np.where(which, getattr(young, name), getattr(old, name)) for name in names}
    return replace(old, **merged, young=np.broadcast_to(which, old.young.shape))
