"""Did an action work? A verdict in words that says no more than the figures do, and how much they could have shown.

The primary model is a change of level; a trend is in it only where the time before the action shows one, decided without
looking at the time after. The error is the wider of the model's and Newey-West's, widened further by how far residuals follow
one another. With few points only the exact ratio is told, and that it is too early. R196-R199.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics import distributions as d
from heed.statistics.arrays import Flags, Floats, Unanswerable, floats, same_length
from heed.statistics.its import Segmented, segmented
from heed.statistics.ratios import rate_ratio
from heed.statistics.regression import design, fit

ENOUGH_BEFORE, ENOUGH_AFTER = 12, 6
ENOUGH_FOR_SEASON = 24
TREND_P = 0.05
DRAWS, SEED = 4000, 20260101  # of the interval of what was spared: the same each time
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
    size = np.ones(counts.shape) if exposure is None else floats(exposure)
    same_length(y=counts, exposure=size)
    if not 0 < change < len(counts):
        raise Unanswerable("the action must lie inside the series, with a point before it")
    counts[list(leave_out)] = np.nan
    counts[~(size > 0)] = np.nan
    known = ~np.isnan(counts)
    after = np.arange(len(counts)) >= change
    before_count, after_count = int((known & ~after).sum()), int((known & after).sum())
    early = before_count < ENOUGH_BEFORE or after_count < ENOUGH_AFTER
    if early or not counts[known & ~after].any() or not counts[known & after].any():
        return _exact(counts, size, known & ~after, known & after, early)
    trend = _trend_before(counts[:change], size[:change])
    season = int(before_count >= ENOUGH_FOR_SEASON and _season_before(counts[:change], size[:change], frequency))
    model = segmented(counts, change, exposure=size, slope=False, trend=trend, harmonics=season, period=frequency)
    return _verdict(model, trend, before_count, after_count)


def _exact(counts: Floats, size: Floats, before: Flags, after: Flags, early: bool) -> Verdict:
    """Two counts compared, where there are too few points for a model, or nothing was counted on one side."""
    if not before.any() or not after.any():
        raise Unanswerable("there must be a known count before the action and one after")
    sums = [(round(counts[side].sum()), float(size[side].sum())) for side in (before, after)]
    found = rate_ratio(*sums[0], *sums[1])
    return Verdict(
        EARLY if early else _words(found.low, found.high), found.ratio, found.low, found.high, trend=False, lag1=np.nan,
        before=int(before.sum()), after=int(after.sum()), avoided=None, power=np.nan, model=None,
    )  # fmt: skip


def _words(low: float, high: float) -> str:
    return FALL if high < 1 else RISE if low > 1 else UNCLEAR


def _before(counts: Floats, size: Floats, *columns: Floats) -> tuple[Floats, Floats]:
    """(coefficients, errors) of the time before the action alone."""
    known = ~np.isnan(counts)
    x = design(np.ones(int(known.sum())), *(column[known] for column in columns))
    fitted = fit(counts[None, known], x, offset=np.log(size[known]))
    error = np.sqrt(np.maximum(fitted.dispersion[0], 1.0) * np.diag(fitted.covariance[0]))
    return fitted.coefficients[0], error


def _trend_before(counts: Floats, size: Floats) -> bool:
    time = np.arange(len(counts)) / len(counts)
    estimate, error = _before(counts, size, time)
    freedom = int((~np.isnan(counts)).sum()) - 2
    return bool(error[1] > 0 and d.t_two_sided(estimate[1] / error[1], freedom) < TREND_P)


def _season_before(counts: Floats, size: Floats, frequency: int) -> bool:
    """Whether a yearly wave is seen: either of its two parts, at half the chance each."""
    angle = 2 * np.pi * np.arange(1, len(counts) + 1) / frequency
    estimate, error = _before(counts, size, np.sin(angle), np.cos(angle))
    freedom = int((~np.isnan(counts)).sum()) - 3
    with np.errstate(divide="ignore", invalid="ignore"):
        p = d.t_two_sided(estimate[1:] / error[1:], freedom)
    return bool((p < TREND_P / 2).any())


def _verdict(model: Segmented, trend: bool, before: int, after: int) -> Verdict:
    level = model.terms.index("level")
    points = before + after
    # Seen as too small, the more so the fewer the points (2.5: by simulation); a negative one is not believed.
    lag1 = min(max(0.0, model.lag1 + 2.5 * (1 + 3 * model.lag1) / points), 0.9)
    floor = np.sqrt(max(1.0, 1 / model.dispersion)) if model.dispersion > 0 else 1.0
    error = max(float(model.error[level] * floor), float(model.error_newey_west[level]))
    error *= np.sqrt((1 + lag1) / (1 - lag1))
    middle = float(model.estimate[level])
    reach = float(d.t_quantile(0.975, model.freedom)) * error
    low, high = float(np.exp(middle - reach)), float(np.exp(middle + reach))
    power = float(d.normal_below((-np.log(0.8) - reach) / error))
    return Verdict(
        _words(low, high), float(np.exp(middle)), low, high, trend=trend, lag1=lag1, before=before, after=after,
        avoided=_avoided(model, error / float(model.error[level])), power=power, model=model,
    )  # fmt: skip


def _avoided(model: Segmented, wider: float) -> tuple[float, float, float]:
    """(best, low, high) of what would have been counted less what was, by draws of the change of level."""
    level = model.terms.index("level")
    rng = np.random.default_rng(SEED)
    error = float(model.error[level]) * wider
    drawn = rng.normal(float(model.estimate[level]), error, DRAWS)
    fitted = float(model.mean[model.after].sum())
    spared = fitted * np.exp(-drawn) - model.observed_after
    low, high = np.quantile(spared, [0.025, 0.975])
    return model.counterfactual_after - model.observed_after, float(low), float(high)
