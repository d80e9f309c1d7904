"""Tails and quantiles of the distributions that limits, bounds and p-values come from. All take and give arrays.

The one place that knows SciPy, which is imported when the first tail is asked for: pages that show no figure of this
kind need not wait for it. Upper tails are computed as such, never as one minus the rest.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics.arrays import Flags, Floats

FUZZ = 64 * np.finfo(np.float64).eps  # a quantile reached to within rounding is reached


@cache
def _special() -> Any:
    import scipy.special

    return scipy.special


def _array(values: Any) -> Floats:
    return np.asarray(values, dtype=np.float64)


def normal_quantile(probability: ArrayLike) -> Floats:
    """z with P(Z <= z) = probability."""
    return _array(_special().ndtri(probability))


def normal_below(z: ArrayLike) -> Floats:
    """P(Z <= z)."""
    return _array(_special().ndtr(z))


def normal_above(z: ArrayLike) -> Floats:
    """P(Z > z)."""
    return _array(_special().ndtr(-np.asarray(z, dtype=np.float64)))


def t_two_sided(t: ArrayLike, freedom: ArrayLike) -> Floats:
    """P(|T| > |t|) with `freedom` degrees."""
    return _array(2 * _special().stdtr(freedom, -np.abs(np.asarray(t, dtype=np.float64))))


def t_quantile(probability: ArrayLike, freedom: ArrayLike) -> Floats:
    """t with P(T <= t) = probability."""
    return _array(_special().stdtrit(freedom, probability))


def chi2_quantile(probability: ArrayLike, freedom: ArrayLike) -> Floats:
    """x with P(X <= x) = probability; `freedom` need not be whole."""
    return _array(2 * _special().gammaincinv(np.asarray(freedom, dtype=np.float64) / 2, probability))


def beta_quantile(probability: ArrayLike, a: ArrayLike, b: ArrayLike) -> Floats:
    """x with P(X <= x) = probability."""
    return _array(_special().betaincinv(a, b, probability))


def binomial_below(k: ArrayLike, n: ArrayLike, share: ArrayLike) -> Floats:
    """P(K <= k) of n trials; 0 for k below 0, 1 for k of n or more."""
    k, n, share = np.broadcast_arrays(*map(_array, (k, n, share)))
    inside = (k >= 0) & (k < n)
    at = np.where(inside, k, 0.0)
    below = _special().betaincc(at + 1, np.where(inside, n - at, 1.0), share)
    return np.where(inside, below, np.where(k < 0, 0.0, 1.0))


def poisson_below(k: ArrayLike, mean: ArrayLike) -> Floats:
    """P(K <= k); 0 for k below 0."""
    k, mean = np.broadcast_arrays(*map(_array, (k, mean)))
    return np.where(k < 0, 0.0, _special().gammaincc(np.maximum(k, 0) + 1, mean))


def count_below(k: ArrayLike, mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """P(K <= k) of a negative binomial with variance `dispersion` times the mean; of a Poisson where that is 1."""
    return _count(k, mean, dispersion, upper=False)


def count_above(k: ArrayLike, mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """P(K > k) of the same distribution."""
    return _count(k, mean, dispersion, upper=True)


def _count(k: ArrayLike, mean: ArrayLike, dispersion: ArrayLike, *, upper: bool) -> Floats:
    k, mean, dispersion = np.broadcast_arrays(*map(_array, (k, mean, dispersion)))
    special = _special()
    at = np.maximum(k, 0.0) + 1
    wide = dispersion > 1
    size = np.where(wide, mean / np.where(wide, dispersion - 1, 1.0), 1.0)
    spread = np.where(wide, dispersion, 2.0)
    if upper:
        many, few = special.betainc(at, size, 1 - 1 / spread), special.gammainc(at, mean)
    else:
        many, few = special.betaincc(at, size, 1 - 1 / spread), special.gammaincc(at, mean)
    return np.where(k < 0, 1.0 if upper else 0.0, np.where(wide, many, few))


def count_quantile(probability: float, mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """The smallest k with P(K <= k) >= probability, of the same distribution; NaN where the mean is not finite.

    Begins at the Cornish-Fisher guess, which is mostly within one of the answer, and brackets the rest."""
    mean, dispersion = np.broadcast_arrays(*map(_array, (mean, dispersion)))
    answer = np.full(mean.shape, np.nan)
    known = np.isfinite(mean) & np.isfinite(dispersion)
    if known.any():
        answer[known] = _search(probability, mean[known], dispersion[known])
    return answer


def _search(probability: float, mean: Floats, dispersion: Floats) -> Floats:
    wanted = probability * (1 - FUZZ)
    z = float(normal_quantile(probability))
    # skewness times standard deviation of this negative binomial is 2 phi - 1
    guess = mean + z * np.sqrt(dispersion * mean) + (z * z - 1) * (2 * dispersion - 1) / 6
    high = np.maximum(np.round(guess - 0.5), 0.0)
    low = high - 1

    def short(k: Floats, which: Flags) -> Flags:
        return count_below(k, mean[which], dispersion[which]) < wanted

    step = 1.0
    rising = short(high, np.ones(mean.shape, dtype=bool))
    while rising.any():
        low[rising] = high[rising]
        high[rising] += step
        still = short(high[rising], rising)
        rising[rising] = still
        step *= 2
    step = 1.0
    falling = low >= 0
    falling[falling] = ~short(low[falling], falling)
    while falling.any():
        high[falling] = low[falling]
        low[falling] = np.maximum(low[falling] - step, -1)
        falling &= low >= 0
        falling[falling] = ~short(low[falling], falling)
        step *= 2
    return _bisect(low, high, short)


def _bisect(low: Floats, high: Floats, short: Any) -> Floats:
    apart = high - low > 1
    while apart.any():
        middle = np.floor((low[apart] + high[apart]) / 2)
        less = short(middle, apart)
        low[apart] = np.where(less, middle, low[apart])
        high[apart] = np.where(less, high[apart], middle)
        apart = high - low > 1
    return high
