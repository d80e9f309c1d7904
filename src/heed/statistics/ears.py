"""EARS C1 and C2: a simple early warning for series that are too young for `detector`.

As surveillance 1.20.3 `earsC` computes them. C3 is left out: its bound moves with today's count, so that no count can
raise an alarm. R190.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from heed.statistics import distributions as d
from heed.statistics.arrays import Flags, Floats, Integers, Unanswerable, floats

LAGS = {"C1": 0, "C2": 2}
SHORTEST = 3


@dataclass(frozen=True)
class Ears:
    """Arrays (points,) or (series, points) at the watched points: the upper bound and whether the count is above it."""

    upper: Floats
    alarm: Flags


def ears(
    y: ArrayLike, points: Integers, *, method: str = "C2", baseline: int = 7, alpha: float = 0.001,
    least_sigma: float = 0.0,
) -> Ears:  # fmt: skip
    """Watch `points` (positions from 0) of the counts y, (points,) or (series, points), oldest first.

    The bound is mean + z sd of the `baseline` counts before the point (C1), or before the two before it (C2), with sd at
    least `least_sigma`. A bound of a window that is not wholly known is NaN, without an alarm. Raises Unanswerable
    where a point has too little before it."""
    counts, watched = floats(y), np.asarray(points, dtype=np.int64)
    if method not in LAGS:
        raise Unanswerable(f"method is C1 or C2, not {method!r}")
    if baseline < SHORTEST or least_sigma < 0 or not 0 < alpha < 1:
        raise Unanswerable(
            "a baseline has at least 3 points, alpha lies between 0 and 1, and a least sigma is not below 0"
        )
    first = watched - LAGS[method] - baseline
    if watched.size and (first.min() < 0 or watched.max() >= counts.shape[-1]):
        raise Unanswerable(f"{method} needs {baseline + LAGS[method]} counts before each point that is watched")
    windows = sliding_window_view(counts, baseline, axis=-1)[..., first, :]
    sigma = np.maximum(windows.std(axis=-1, ddof=1), least_sigma)
    upper = windows.mean(axis=-1) + float(d.normal_quantile(1 - alpha)) * sigma
    return Ears(upper=upper, alarm=np.asarray(counts[..., watched] > upper))
