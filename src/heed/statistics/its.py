"""Interrupted time series: did the level or the slope of a series change where an action was completed?

Counts by segmented quasi-Poisson regression with Newey-West errors beside its own (R: glm, sandwich::NeweyWest); values
such as days to close by least squares, and by REML with errors that follow one another (R: nlme::gls with corAR1).
What follows from it in words is in `impact`. R196-R198.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics import distributions as d
from heed.statistics.arrays import Floats, Unanswerable, floats, same_length
from heed.statistics.regression import Fit, design, fit

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Segmented:
    """terms: names; arrays (terms,): estimates on the logarithmic scale, their errors by the model and by Newey-West, p by
    the model's with t; bias: what logarithms of so few counts are off by on average, to be subtracted. dispersion; lag1:
    autocorrelation of the Pearson residuals; durbin_watson of the same.

    mean, counterfactual (points,): as fitted, and as if level and slope had not changed. after: which points are."""

    terms: tuple[str, ...]
    estimate: Floats
    error: Floats
    error_newey_west: Floats
    p: Floats
    covariance: Floats
    bias: Floats
    dispersion: float
    freedom: float
    lag1: float
    durbin_watson: float
    mean: Floats
    counterfactual: Floats
    after: np.ndarray
    observed_after: float
    converged: bool

    @property
    def rate_ratio(self) -> tuple[float, float, float]:
        """The change of level as a ratio with its limits of 95%, normal."""
        level = self.terms.index("level")
        middle, half = self.estimate[level], Z95 * self.error[level]
        return float(np.exp(middle)), float(np.exp(middle - half)), float(np.exp(middle + half))

    @property
    def counterfactual_after(self) -> float:
        """What would have been counted after the change without it."""
        return float(self.counterfactual[self.after].sum())


def terms(
    length: int, change: int, *, slope: bool, trend: bool = True, harmonics: int = 0, season: ArrayLike | None = None,
    period: float = 12,
) -> tuple[tuple[str, ...], Floats]:  # fmt: skip
    """(names, columns (points, terms)) of a segmented model: time from 1, level and slope (0 at the change) from `change`,
    the position of the first point after it; harmonics of `season` (points,), the place in the year."""
    if not 0 < change < length:
        raise Unanswerable("the change must lie inside the series, with a point before it")
    time = np.arange(1, length + 1, dtype=np.float64)
    after = (np.arange(length) >= change).astype(np.float64)
    names, columns = ["(Intercept)"], [np.ones(length)]
    if trend:
        names, columns = [*names, "t"], [*columns, time]
    names, columns = [*names, "level"], [*columns, after]
    if slope:
        names, columns = [*names, "slope"], [*columns, after * (np.arange(length) - change)]
    at = time if season is None else floats(season)
    same_length(points=time, season=at)
    for number in range(1, harmonics + 1):
        angle = 2 * np.pi * number * at / period
        names += [f"h{2 * number - 1}", f"h{2 * number}"]  # sine, cosine
        columns += [np.sin(angle), np.cos(angle)]
    return tuple(names), np.column_stack(columns)


def segmented(
    y: ArrayLike, change: int, *, exposure: ArrayLike | None = None, slope: bool = True, trend: bool = True,
    harmonics: int = 0, season: ArrayLike | None = None, period: float = 12, lag: int = 3,
) -> Segmented:  # fmt: skip
    """Fit the counts y, (points,), oldest first, NaN where a point is to be left out (phase-in, months that led to the
    action). change: position from 0 of the first point after. exposure: (points,). lag: of Newey-West. Raises
    Unanswerable where there are too few points for the model."""
    size = None if exposure is None else floats(exposure)
    return segmented_many(
        floats(y)[None], change, exposure=size, slope=slope, trend=trend, harmonics=harmonics, season=season, period=period,
        lag=lag,
    )[0]  # fmt: skip


def segmented_many(
    y: Floats, change: int, *, exposure: Floats | None = None, slope: bool = True, trend: bool = True,
    harmonics: int = 0, season: ArrayLike | None = None, period: float = 12, lag: int = 3,
) -> list[Segmented]:  # fmt: skip
    """The same of many series, (series, points), on one model. exposure: (points,) or (series, points)."""
    names, columns = terms(
        y.shape[1], change, slope=slope, trend=trend, harmonics=harmonics, season=season, period=period
    )
    if exposure is not None:
        same_length(y=y, exposure=exposure)
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = np.broadcast_to(0.0 if exposure is None else np.log(exposure), y.shape)
    known = ~np.isnan(y) & np.isfinite(shift)
    fewest = int(known.sum(axis=1).min())
    if fewest <= len(names):
        raise Unanswerable(f"{fewest} points are too few for a model of {len(names)} terms")
    fitted = fit(y, design(columns), offset=shift)
    dispersion, residual = fitted.dispersion, fitted.residual
    return [
        _told(fitted, row, (names, columns, change, lag), float(dispersion[row]), residual[row], shift[row], known[row])
        for row in range(len(y))
    ]


def _told(
    fitted: Fit, row: int, model: tuple[tuple[str, ...], Floats, int, int], dispersion: float, residual: Floats,
    shift: Floats, known: np.ndarray,
) -> Segmented:  # fmt: skip
    """One series of a fit, in the words of a segmented model."""
    (names, columns, change, lag), freedom = model, float(fitted.freedom[row])
    x, weight, bread = columns[known], fitted.weight[row, known], fitted.covariance[row]
    estimate, error = fitted.coefficients[row], np.sqrt(dispersion * np.diag(bread))
    pearson = residual[known] * np.sqrt(weight)
    scores = (residual[known] * weight)[:, None] * x
    kept = [place for place, name in enumerate(names) if name not in ("level", "slope")]
    after = (np.arange(len(known)) >= change) & known
    return Segmented(
        terms=names, estimate=estimate, error=error, error_newey_west=newey_west(scores, bread, lag),
        p=d.t_two_sided(estimate / error, freedom), covariance=dispersion * bread,
        bias=_bias(x, fitted.mean[row, known], bread, dispersion), dispersion=dispersion, freedom=freedom,
        lag1=lag_1(pearson), durbin_watson=durbin_watson(pearson), mean=np.exp(columns @ estimate + shift),
        counterfactual=np.exp(columns[:, kept] @ estimate[kept] + shift), after=after,
        observed_after=float(fitted.y[row, after].sum()), converged=bool(fitted.converged[row]),
    )  # fmt: skip


def _bias(x: Floats, mean: Floats, bread: Floats, dispersion: float) -> Floats:
    """Of the estimates, (terms,), to the second order (McCullagh and Nelder 1989, 15.2). x (points, terms)."""
    spread = dispersion * ((x @ bread) * x).sum(axis=1)
    return np.asarray(-bread @ (x.T @ (mean * spread)) / 2)


def newey_west(scores: Floats, bread: Floats, lag: int) -> Floats:
    """Errors (terms,) that allow for residuals that follow one another, with Bartlett's weights up to `lag`.

    scores: (points, terms); bread: (terms, terms), the inverse information. With the factor n / (n - k)."""
    n, k = scores.shape
    meat = scores.T @ scores
    for step in range(1, min(lag, n - 1) + 1):
        together = scores[step:].T @ scores[:-step]
        meat += (1 - step / (lag + 1)) * (together + together.T)
    return np.asarray(np.sqrt(np.maximum(np.diag(bread @ meat @ bread) * n / (n - k), 0.0)))


def lag_1(residual: Floats) -> float:
    """The autocorrelation at lag 1; NaN without variation."""
    about = residual - residual.mean()
    total = float(about @ about)
    return float(about[1:] @ about[:-1]) / total if total > 0 else np.nan


def durbin_watson(residual: Floats) -> float:
    """2 where residuals do not follow one another, below where they do; NaN without variation."""
    total, step = float(residual @ residual), np.diff(residual)
    return float(step @ step) / total if total > 0 else np.nan


@dataclass(frozen=True)
class Continuous:
    """Arrays (terms,): estimates and errors by REML with autocorrelated errors, by least squares, and the errors of those
    by Newey-West at lag 1. phi: autocorrelation. sigma: residual standard deviation."""

    terms: tuple[str, ...]
    estimate: Floats
    error: Floats
    phi: float
    sigma: float
    estimate_ols: Floats
    error_ols: Floats
    error_newey_west: Floats


def continuous(y: ArrayLike, change: int, *, slope: bool = True, trend: bool = True) -> Continuous:
    """Fit values y, (points,), oldest first, NaN where not known, with level and, unless they are left out, time and slope
    from position `change`.

    Use least squares for fewer than 12 points, REML for more (Turner et al. 2020). Raises Unanswerable."""
    values = floats(y)
    names, columns = terms(len(values), change, slope=slope, trend=trend)
    known = np.flatnonzero(~np.isnan(values))
    if known.size <= len(names):
        raise Unanswerable(f"{known.size} points are too few for a model of {len(names)} terms")
    x, v, gaps = columns[known], values[known], np.diff(known).astype(float)
    phi = _reml_phi(x, v, gaps)
    estimate, covariance, sigma, _ = _whitened_fit(x, v, gaps, phi)
    plain, plain_covariance, _, _ = _whitened_fit(x, v, gaps, 0.0)
    residual = v - x @ plain
    return Continuous(
        terms=names, estimate=estimate, error=np.sqrt(np.diag(covariance)), phi=phi, sigma=sigma, estimate_ols=plain,
        error_ols=np.sqrt(np.diag(plain_covariance)),
        error_newey_west=newey_west(residual[:, None] * x, np.asarray(np.linalg.inv(x.T @ x), dtype=np.float64), 1),
    )  # fmt: skip


def _whitened_fit(x: Floats, y: Floats, gaps: Floats, phi: float) -> tuple[Floats, Floats, float, float]:
    """(estimates, covariance, sigma, -2 restricted log-likelihood up to a constant) at one autocorrelation."""
    carried = np.sign(phi) ** gaps * np.abs(phi) ** gaps if phi else np.zeros(gaps.shape)
    scale = np.sqrt(1 - carried**2)
    xw = np.vstack([x[:1], (x[1:] - carried[:, None] * x[:-1]) / scale[:, None]])
    yw = np.concatenate([y[:1], (y[1:] - carried * y[:-1]) / scale])
    q, r = np.linalg.qr(xw)
    estimate = np.linalg.solve(r, q.T @ yw)
    residual = yw - xw @ estimate
    freedom = len(y) - x.shape[1]
    variance = max(float(residual @ residual) / freedom, float(np.finfo(np.float64).tiny))
    inverse = np.linalg.inv(r)
    log_likelihood = freedom * np.log(variance) + 2 * np.log(scale).sum() + 2 * np.log(np.abs(np.diag(r))).sum()
    return estimate, variance * inverse @ inverse.T, float(np.sqrt(variance)), float(log_likelihood)


def _reml_phi(x: Floats, y: Floats, gaps: Floats) -> float:
    """The autocorrelation with the highest restricted likelihood: a grid, then the golden section about its best."""

    def badness(phi: float) -> float:
        return _whitened_fit(x, y, gaps, phi)[3]

    grid = np.linspace(-0.98, 0.98, 99)
    best = int(np.argmin([badness(float(phi)) for phi in grid]))
    low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)])
    golden = (np.sqrt(5) - 1) / 2
    for _ in range(60):
        left, right = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, right) if badness(left) < badness(right) else (left, high)
    return float((low + high) / 2)
