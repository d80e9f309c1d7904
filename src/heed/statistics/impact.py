"""Did an action work? A verdict in words that says no more than the figures do, and how much they could have shown.

The primary model is a change of level; a trend is in it only where the time before the action shows one, decided without
looking at the time after. The error is the wider of the model's and Newey-West's, widened further by how far residuals follow
one another, and with as many degrees of freedom as points that follow one another are worth. What a logarithm of few counts
is off by on average is taken out. With few points only the exact ratio is told, and that it is too early. How often verdicts
are right is measured by `benchmarks/simulations impact`. R196-R199.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics import distributions as d
from heed.statistics.arrays import Flags, Floats, Unanswerable, floats, same_length
from heed.statistics.its import Segmented, lag_1, segmented_many
from heed.statistics.ratios import rate_ratio
from heed.statistics.regression import design, fit

ENOUGH_BEFORE, ENOUGH_AFTER = 12, 6
ENOUGH_FOR_SEASON = 24
TREND_P = 0.05
LAG_BIAS, MOST_LAG, LEAST_FREEDOM = 4.5, 0.9, 3.0
FALL, RISE, UNCLEAR, EARLY = "real fall", "real rise", "no clear change", "too early"


@dataclass(frozen=True)
class Verdict:
    """verdict: one of the four. ratio with its limits of 95%: the rate after, over what it would have been. trend: whether
    one was seen before. lag1: how far residuals follow one another, corrected for the number of points. avoided: counts spared
    after the action with limits of 95%, None without a model. power: the chance that this series, so long and so
    variable, would have shown a fall of a fifth."""

    verdict: str
    ratio: float
    low: float
    high: float
    trend: bool
    lag1: float
    before: int
    after: int
    avoided: tuple[float, float, float] | None
    power: float
    model: Segmented | None


def did_it_work(
    y: ArrayLike,
    change: int,
    *,
    exposure: ArrayLike | None = None,
    leave_out: Collection[int] = (),
    frequency: int = 12,
) -> Verdict:
    """Judge the counts y, (points,), oldest first, NaN where not known, about an action completed at position `change`.

    exposure: (points,). leave_out: positions of the points that led to the action, which would make any action look good, and
    of those in which it was being brought in. frequency: points a year. Raises Unanswerable."""
    counts = floats(y).copy()
    size = None if exposure is None else floats(exposure)
    if size is not None:
        same_length(y=counts, exposure=size)
    if 0 < change < len(counts):
        counts[list(leave_out)] = np.nan
    return did_they_work(counts[None], change, exposure=size, frequency=frequency)[0]


def did_they_work(y: Floats, change: int, *, exposure: Floats | None = None, frequency: int = 12) -> list[Verdict]:
    """The same of many series, (series, points), about actions completed at one position. exposure: (points,) or (series,
    points). What is to be left out is NaN."""
    size = np.broadcast_to(1.0 if exposure is None else exposure, y.shape)
    if not 0 < change < y.shape[1]:
        raise Unanswerable("the action must lie inside the series, with a point before it")
    counts = np.where(size > 0, y, np.nan)
    past, sizes = counts[:, :change], size[:, :change]
    known, after = ~np.isnan(counts), np.arange(y.shape[1]) >= change
    found: dict[int, Verdict] = {}
    for row in np.flatnonzero(_without_model(counts, known, after)).tolist():
        found[row] = _exact(counts[row], size[row], known[row] & ~after, known[row] & after)
    rows = np.array([row for row in range(len(y)) if row not in found], dtype=np.int64)
    trend, season = np.zeros(len(y), dtype=bool), np.zeros(len(y), dtype=bool)
    trend[rows] = _trend_before(past[rows], sizes[rows])
    long = rows[known[rows, :change].sum(axis=1) >= ENOUGH_FOR_SEASON]
    season[long] = _season_before(past[long], sizes[long], frequency)
    for kind in product((False, True), repeat=2):
        alike = rows[(trend[rows] == kind[0]) & (season[rows] == kind[1])]
        if not alike.size:
            continue
        models = segmented_many(
            counts[alike], change, exposure=size[alike], slope=False, trend=kind[0], harmonics=int(kind[1]),
            period=frequency,
        )  # fmt: skip
        sides = [(known[alike] & side).sum(axis=1).tolist() for side in (~after, after)]
        found |= {
            row: _verdict(model, kind[0], *counted)
            for row, model, counted in zip(alike.tolist(), models, zip(*sides, strict=True), strict=True)
        }
    return [found[row] for row in range(len(y))]


def _without_model(counts: Floats, known: Flags, after: Flags) -> Flags:
    """Which series have too few points for a model, or nothing counted on one side."""
    nothing = [(np.where(known & side, counts, 0.0).sum(axis=1) == 0) for side in (~after, after)]
    return np.asarray(_early(known, after) | nothing[0] | nothing[1])


def _early(known: Flags, after: Flags) -> Flags:
    few = (known & ~after).sum(axis=-1) < ENOUGH_BEFORE, (known & after).sum(axis=-1) < ENOUGH_AFTER
    return np.asarray(few[0] | few[1])


def _exact(counts: Floats, size: Floats, before: Flags, after: Flags) -> Verdict:
    """Two counts compared, where there are too few points for a model, or nothing was counted on one side."""
    if not before.any() or not after.any():
        raise Unanswerable("there must be a known count before the action and one after")
    sums = [(round(counts[side].sum()), float(size[side].sum())) for side in (before, after)]
    found = rate_ratio(*sums[0], *sums[1])
    early = bool(_early(before | after, after))
    return Verdict(
        EARLY if early else _words(found.low, found.high), found.ratio, found.low, found.high, trend=False, lag1=np.nan,
        before=int(before.sum()), after=int(after.sum()), avoided=None, power=np.nan, model=None,
    )  # fmt: skip


def _words(low: float, high: float) -> str:
    return FALL if high < 1 else RISE if low > 1 else UNCLEAR


def _following(lag1: float, points: int) -> float:
    """How far residuals follow one another: what is seen is too small, the more so the fewer the points (by simulation, in
    which verdicts are right as often as they say where months follow one another by 0.3). A negative one is not believed."""
    return min(max(0.0, lag1 + LAG_BIAS * (1 + 3 * lag1) / points), MOST_LAG) if np.isfinite(lag1) else 0.0


def _wider(following: float) -> float:
    """How much larger errors are than those of as many points that do not follow one another."""
    return float(np.sqrt((1 + following) / (1 - following)))


def _freedom(points: int, terms: int, following: float) -> float:
    """Of so many points only these are news."""
    return max(points / _wider(following) ** 2 - terms, LEAST_FREEDOM)


def _least_dispersion(freedom: float) -> float:
    """Below what counts by chance alone vary: less than that is luck, and not believed."""
    return float(d.chi2_quantile(0.025, freedom) / freedom)


def _least_error(model: Segmented) -> float:
    """Of the change of level, where counts vary less than by chance."""
    sums = (model.mean[~model.after].sum(), model.mean[model.after].sum())
    return float(np.sqrt(_least_dispersion(model.freedom) * sum(1 / total for total in sums)))


def _before(counts: Floats, size: Floats, *columns: Floats) -> tuple[Floats, list[Floats], Floats]:
    """(t of the columns, (series, columns); Pearson residuals; degrees of freedom) of the time before the action alone."""
    fitted = fit(counts, design(np.ones(counts.shape[1]), *columns), offset=np.log(size))
    least = np.array([_least_dispersion(freedom) for freedom in fitted.freedom])
    dispersion = np.maximum(fitted.dispersion, least)
    error = np.sqrt(dispersion[:, None] * np.diagonal(fitted.covariance, axis1=1, axis2=2))
    pearson = fitted.residual * np.sqrt(fitted.weight)
    known = fitted.prior > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        t = fitted.coefficients[:, 1:] / error[:, 1:]
    return t, [row[which] for row, which in zip(pearson, known, strict=True)], fitted.freedom


def _trend_before(counts: Floats, size: Floats) -> Flags:
    """Months that follow one another drift without a trend: its test allows for it."""
    t, pearson, _ = _before(counts, size, np.arange(counts.shape[1]) / counts.shape[1])
    following = [_following(lag_1(row), len(row)) for row in pearson]
    freedom = [_freedom(len(row), 2, lag1) for row, lag1 in zip(pearson, following, strict=True)]
    p = d.t_two_sided(t[:, 0] / np.array([_wider(lag1) for lag1 in following]), freedom)
    return np.asarray(p < TREND_P)


def _season_before(counts: Floats, size: Floats, frequency: int) -> Flags:
    """Whether a yearly wave is seen: either of its two parts, at half the chance each."""
    angle = 2 * np.pi * np.arange(1, counts.shape[1] + 1) / frequency
    t, _, freedom = _before(counts, size, np.sin(angle), np.cos(angle))
    return np.asarray((d.t_two_sided(t, freedom[:, None]) < TREND_P / 2).any(axis=1))


def _verdict(model: Segmented, trend: bool, before: int, after: int) -> Verdict:
    level = model.terms.index("level")
    lag1 = _following(model.lag1, before + after)
    errors = (model.error[level], model.error_newey_west[level], _least_error(model))
    error = max(map(float, errors)) * _wider(lag1)
    middle = float(model.estimate[level] - model.bias[level])
    reach = float(d.t_quantile(0.975, _freedom(before + after, len(model.terms), lag1))) * error
    ratio, low, high = (float(np.exp(at)) for at in (middle, middle - reach, middle + reach))
    power = float(d.normal_below((-np.log(0.8) - reach) / error))
    return Verdict(
        _words(low, high), ratio, low, high, trend=trend, lag1=lag1, before=before, after=after,
        avoided=_avoided(model, ratio, low, high), power=power, model=model,
    )  # fmt: skip


def _avoided(model: Segmented, ratio: float, low: float, high: float) -> tuple[float, float, float]:
    """(best, low, high) of what would have been counted less what was: more than nothing just where a fall is called."""
    fitted, observed = float(model.mean[model.after].sum()), model.observed_after
    return fitted / ratio - observed, fitted / high - observed, fitted / low - observed
