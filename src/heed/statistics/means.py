"""Did a level of values move, such as the days that answers take? The counterpart of `impact` for what is no count.

Months follow one another (AR(1), by REML); a trend is in the model only where the time before the action shows one. The error
is the wider of that model's and of least squares, and has as many degrees of freedom as points that follow one another are
worth. How often it is right is measured by `benchmarks/simulations means`. R197.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics import distributions as d
from heed.statistics.arrays import Floats, Unanswerable, floats
from heed.statistics.impact import EARLY, ENOUGH_AFTER, ENOUGH_BEFORE, FALL, RISE, TREND_P, UNCLEAR
from heed.statistics.its import Continuous, continuous

LEAST_FREEDOM, MOST_PHI, PHI_BIAS = 3.0, 0.9, 3.5
FIFTH = 0.2


@dataclass(frozen=True)
class Moved:
    """verdict: one of the four of `impact`. difference with its limits of 95%, in the unit of the values; NaN where it is too
    early. level: the mean before. phi: how far months follow one another, corrected for how many there are. power: the chance
    that a fall by a fifth of the level before would have been called."""

    verdict: str
    difference: float
    low: float
    high: float
    level: float
    trend: bool
    phi: float
    before: int
    after: int
    power: float


def did_it_move(y: ArrayLike, change: int, *, leave_out: Collection[int] = ()) -> Moved:
    """Judge the values y, (points,), oldest first, NaN where not known, about an action completed at position `change`.

    leave_out: as in `impact.did_it_work`. Raises Unanswerable."""
    values = floats(y).copy()
    if not 0 < change < len(values):
        raise Unanswerable("the action must lie inside the series, with a point before it")
    values[list(leave_out)] = np.nan
    known = ~np.isnan(values)
    before, after = int(known[:change].sum()), int(known[change:].sum())
    level = float(values[:change][known[:change]].mean()) if before else np.nan
    if before < ENOUGH_BEFORE or after < ENOUGH_AFTER:
        return Moved(
            EARLY, np.nan, np.nan, np.nan, level, trend=False, phi=np.nan, before=before, after=after, power=np.nan
        )
    trend = _trend_before(values[:change])
    model = continuous(values, change, slope=False, trend=trend)
    phi = _following(model.phi, before + after)
    place = model.terms.index("level")
    difference, error = float(model.estimate[place]), _error(model, place, phi)
    reach = float(d.t_quantile(0.975, _freedom(before + after, len(model.terms), phi))) * error
    low, high = difference - reach, difference + reach
    power = float(d.normal_below((FIFTH * level - reach) / error)) if error > 0 else float(level > 0)
    verdict = FALL if high < 0 else RISE if low > 0 else UNCLEAR
    return Moved(verdict, difference, low, high, level, trend=trend, phi=phi, before=before, after=after, power=power)


def _following(phi: float, points: int) -> float:
    """What is seen is too small, the more so the fewer the points; a negative one is not believed."""
    return min(max(0.0, phi + PHI_BIAS * (1 + phi) / points), MOST_PHI) if phi > 0 else 0.0


def _wider(phi: float) -> float:
    return float(np.sqrt((1 + phi) / (1 - phi)))


def _error(model: Continuous, place: int, phi: float) -> float:
    """The wider of REML's own, and that of least squares for as few points as these are worth."""
    return max(float(model.error[place]), float(model.error_ols[place]) * _wider(phi))


def _freedom(points: int, terms: int, phi: float) -> float:
    return max(points / _wider(phi) ** 2 - terms, LEAST_FREEDOM)


def _trend_before(values: Floats) -> bool:
    """Whether the time before the action shows a trend, by a model of it alone."""
    known = np.flatnonzero(~np.isnan(values))
    x = np.column_stack([np.ones(known.size), known / len(values)])
    v = values[known]
    slope, covariance, residual = _least_squares(x, v)
    about = residual - residual.mean()
    total = float(about @ about)
    if total <= 1e-12 * max(float(v @ v), 1.0):
        return bool(abs(slope) > 0 and float(np.ptp(v)) > 0)
    phi = _following(float(about[1:] @ about[:-1]) / total, known.size)
    error = float(np.sqrt(covariance)) * _wider(phi)
    return bool(d.t_two_sided(slope / error, _freedom(known.size, 2, phi)) < TREND_P)


def _least_squares(x: Floats, v: Floats) -> tuple[float, float, Floats]:
    """(slope, its variance, residuals)."""
    inverse = np.linalg.inv(x.T @ x)
    estimate = inverse @ x.T @ v
    residual = v - x @ estimate
    variance = float(residual @ residual) / (len(v) - x.shape[1])
    return float(estimate[1]), variance * float(inverse[1, 1]), residual
