"""What past counts lead one to expect now: a quasi-Poisson regression, reweighted once against past outbreaks, with a trend
only where one is seen. Shared by `farrington` and `detector`, for many series at once.
"""

from dataclasses import dataclass, replace

import numpy as np

from heed.statistics import distributions as d
from heed.statistics.arrays import Flags, Floats
from heed.statistics.regression import Design, Fit, fit

YEARS_FOR_TREND = 3


@dataclass
class Forecast:
    """(fits,): the mean now, the standard error of its logarithm, the dispersion (at least 1), the trend a point, NaN where
    there is none. All NaN where the model could not be fitted."""

    mean: Floats
    error: Floats
    phi: Floats
    trend: Floats

    def replace(self, which: np.ndarray, other: "Forecast") -> None:
        for name in ("mean", "error", "phi", "trend"):
            getattr(self, name)[which] = getattr(other, name)

    def lose(self, which: Flags) -> None:
        for values in (self.mean, self.error, self.phi, self.trend):
            values[which] = np.nan


@dataclass(frozen=True)
class Model:
    """A design without and with time as its second term. Time is 0 now and every other term but the first is too, so that the
    first coefficient is the forecast.

    unit: what one step of the design's time is, in points. years: of history. trend: whether one is tried; it is kept where
    its p is below `trend_p` and it leads no further than `reach` times the highest past count. threshold: Anscombe residuals
    above it lose weight; None: no reweighting. reference: see `farrington`."""

    flat: Design
    sloped: Design
    unit: float
    years: float
    trend: bool = True
    trend_p: float = 0.05
    reach: float = 1.0
    threshold: float | None = 2.58
    reference: bool = False

    def forecast(self, past: Floats, offset: Floats | None, ahead: Floats) -> Forecast:
        """Expect the next count after `past`, (fits, points), NaN where not known.

        offset: logarithm of the exposure, (fits, points); ahead: of the exposure now, (fits,)."""
        if not self.trend:
            return self._read(self._fit(past, offset, self.flat), ahead, sloped=False)
        first = self._fit(past, offset, self.sloped)
        forecast = self._read(first, ahead, sloped=True)
        keep = first.converged & self._keep_trend(first, forecast, past)
        again = np.flatnonzero(~keep)
        if again.size:
            part = None if offset is None else offset[again]
            flat = self._read(self._fit(past[again], part, self.flat), ahead[again], sloped=False)
            forecast.replace(again, flat)
        return forecast

    def _keep_trend(self, trended: Fit, forecast: Forecast, past: Floats) -> Flags:
        dispersion = self._dispersion(trended)
        with np.errstate(divide="ignore", invalid="ignore"):
            t = trended.coefficients[:, 1] / np.sqrt(dispersion * trended.covariance[:, 1, 1])
        significant = d.t_two_sided(t, trended.freedom) < self.trend_p
        long_enough = self.years >= YEARS_FOR_TREND
        highest = np.max(np.where(np.isnan(past), -np.inf, past), axis=1)
        return np.asarray(significant & (forecast.mean <= self.reach * highest) & long_enough)

    def _dispersion(self, fitted: Fit) -> Floats:
        return fitted.dispersion_of_prior if self.reference and self.threshold is not None else fitted.dispersion

    def _fit(self, past: Floats, offset: Floats | None, model: Design) -> Fit:
        first = fit(past, model, offset=offset)
        if self.threshold is None:
            return first
        again = fit(past, model, offset=offset, prior=anscombe_weights(first, self.threshold))
        return replace(again, converged=first.converged)

    def _read(self, fitted: Fit, ahead: Floats, *, sloped: bool) -> Forecast:
        """The forecast for now: time is 0 and the level is the first, so that the intercept is it."""
        lost = ~fitted.converged
        dispersion = self._dispersion(fitted)
        with np.errstate(over="ignore", invalid="ignore"):
            error = np.sqrt(dispersion * fitted.covariance[:, 0, 0])
            mean = np.exp(fitted.coefficients[:, 0] + ahead)
        trend = fitted.coefficients[:, 1] / self.unit if sloped else np.full(mean.shape, np.nan)
        phi = np.maximum(fitted.dispersion, 1.0)
        forecast = Forecast(mean, error, phi, trend)
        forecast.lose(lost)
        return forecast


def anscombe_weights(fitted: Fit, threshold: float) -> Floats:
    """Weights that make little of past outbreaks: the inverse square of Anscombe's residual above the threshold."""
    known = fitted.prior > 0
    phi = np.maximum(fitted.dispersion, 1.0)[:, None]
    raw = 1.5 * (fitted.y ** (2 / 3) * fitted.mean ** (-1 / 6) - np.sqrt(fitted.mean))
    with np.errstate(divide="ignore", invalid="ignore"):
        residual = raw / np.sqrt(phi * (1 - fitted.leverage))
    loud = known & (residual > threshold) & np.isfinite(residual)
    share = np.where(loud, 1 / np.where(loud, residual, 1.0) ** 2, 1.0)
    counted = known.sum(axis=1)
    total = np.where(known, share, 0.0).sum(axis=1)
    gamma = np.divide(counted, total, out=np.ones(total.shape), where=total > 0)
    return np.asarray(share * gamma[:, None])
