"""Exact comparison of two counts with their exposures. The answer for "did it work?" while there are few points.

Conditional on the sum, the later count is binomial; limits are Clopper and Pearson's, as `poisson.test` of R. R196.
"""

from dataclasses import dataclass

import numpy as np

from heed.statistics import distributions as d
from heed.statistics.arrays import Floats, Integers, Unanswerable

SAME = 1 + 1e-7  # outcomes as likely as the observed one, to within rounding, count as such

FAR = 40  # standard deviations, beyond which nothing is left
MOST = 2_000_000  # outcomes looked at


@dataclass(frozen=True)
class RateRatio:
    """The later rate over the earlier one (infinite where the earlier count is 0, NaN where both are), its limits and
    the two-sided p-value."""

    ratio: float
    low: float
    high: float
    p: float

    @property
    def real_fall(self) -> bool:
        return self.high < 1


def rate_ratio(
    before: int, before_exposure: float, after: int, after_exposure: float, *, confidence: float = 0.95
) -> RateRatio:
    """Compare two counts; exposures in any one unit (months, contacts, decisions). Raises Unanswerable for a count
    below 0 or not whole, or an exposure that is not above 0."""
    if before < 0 or after < 0 or before != int(before) or after != int(after):
        raise Unanswerable("a count is a whole number, not below 0")
    if not (before_exposure > 0 and after_exposure > 0 and 0 < confidence < 1):
        raise Unanswerable("an exposure is above 0, and a confidence between 0 and 1")
    x, n = int(after), int(before + after)
    scale = before_exposure / after_exposure
    tail = (1 - confidence) / 2
    low = float(d.beta_quantile(tail, x, n - x + 1)) if x else 0.0
    high = float(d.beta_quantile(1 - tail, x + 1, n - x)) if x < n else 1.0
    return RateRatio(
        ratio=_divided(x, n - x) * scale, low=_divided(low, 1 - low) * scale, high=_divided(high, 1 - high) * scale,
        p=_two_sided(x, n, after_exposure / (before_exposure + after_exposure)),
    )  # fmt: skip


def _divided(top: float, bottom: float) -> float:
    if bottom:
        return top / bottom
    return np.inf if top else np.nan


def _two_sided(x: int, n: int, share: float) -> float:
    """The chance of all outcomes of n trials that are no more likely than x."""
    if n == 0:
        return 1.0
    middle, reach = n * share, FAR * float(np.sqrt(n * share * (1 - share))) + FAR
    first, last = max(0, int(min(middle - reach, x))), min(n, int(max(middle + reach, x)))
    if last - first >= MOST:  # x is so far out that the other side holds nothing in comparison
        first, last = max(0, int(middle - reach)), min(n, int(middle + reach))
        x = min(max(x, first), last)
    k = np.arange(first, last + 1)
    mass = _mass(k, n, share)
    outcomes = mass <= mass[x - k[0]] * SAME
    mode = int(k[np.argmax(mass)])
    lower = int(np.max(k[outcomes & (k <= mode)], initial=-1))
    upper = int(np.min(k[outcomes & (k > mode)], initial=n + 1))
    # K >= upper is n - K <= n - upper of the other outcome: small chances, exactly.
    both = d.binomial_below([lower, n - upper], n, [share, 1 - share])
    return min(1.0, float(both.sum()))


def _mass(k: Integers, n: int, share: float) -> Floats:
    """The binomial's probabilities of successive k, up to a common factor."""
    steps = np.log((n - k[1:] + 1) / k[1:]) + np.log(share / (1 - share))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    return np.asarray(np.exp(logs - logs.max()))
