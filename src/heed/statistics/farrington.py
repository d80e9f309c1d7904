"""Farrington's flexible algorithm: is this week's count more than the same weeks of past years lead one to expect?

Noufaily et al. 2013 and `farringtonFlexible` of surveillance 1.20.3, for many series and weeks at once. With
`mode="reference"` its two defects are kept: a wrong dispersion after reweighting, and scores that mix the logarithm of
the expectation with the bound. R190, R191.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics import distributions as d
from heed.statistics.arrays import Flags, Floats, Integers, Unanswerable, check_mode, floats
from heed.statistics.forecast import Forecast, Model
from heed.statistics.history import History, Rows, stack
from heed.statistics.regression import design

POWERS = {"none": 1.0, "1/2": 0.5, "2/3": 2 / 3}
BOUNDS = ("nbPlugin", "muan", "delta")
CHUNK = 256  # forecasts at once: what a processor keeps close at hand


@dataclass(frozen=True)
class Settings:
    """history: which past points are compared. bound: how the upper bound is made. alpha: its nominal false alarms.

    power: of the delta method. threshold: Anscombe residuals above it lose weight. trend_p: a trend is kept below it.
    least: (cases, points): no alarm where the last points hold fewer cases; (0, 1) switches that off."""

    history: History = field(default_factory=History)
    bound: str = "nbPlugin"
    alpha: float = 0.005
    power: str = "2/3"
    reweight: bool = True
    threshold: float = 2.58
    trend: bool = True
    trend_p: float = 1.0
    least: tuple[int, int] = (5, 4)


NOUFAILY = Settings(least=(0, 4))
ORIGINAL = Settings(
    history=History(periods=1, guard=3), bound="delta", threshold=1.0, trend_p=0.05, least=(0, 4)
)  # fmt: skip


@dataclass(frozen=True)
class Watch:
    """What was found, each (series, points watched): NaN where the model could not be fitted.

    upper, expected: NaN also where there are too few cases. mean, phi, p: of the model, always. score: how far the
    count lies towards the bound, 1 at it. trend: coefficient a point, NaN where none was kept."""

    upper: Floats
    expected: Floats
    mean: Floats
    phi: Floats
    p: Floats
    score: Floats
    trend: Floats
    trend_used: Flags
    alarm: Flags


def watch(
    y: ArrayLike, points: Integers, settings: Settings = NOUFAILY, *, population: ArrayLike | None = None,
    dates: np.ndarray | None = None, mode: str = "default",
) -> Watch:  # fmt: skip
    """Watch `points` (positions from 0) of the counts y, (points,) or (series, points), oldest first, NaN if not known.

    population: exposure, of the shape of y. dates: (points,), days; with them the past points are those of the same
    date, on the closest same weekday. Raises Unanswerable where there is too little history."""
    counts, reference = np.atleast_2d(floats(y)), check_mode(mode)
    if settings.bound not in BOUNDS or settings.power not in POWERS:
        raise Unanswerable(f"a bound is one of {', '.join(BOUNDS)}; a power is one of {', '.join(POWERS)}")
    exposure = None if population is None else np.broadcast_to(np.atleast_2d(floats(population)), counts.shape)
    if exposure is not None:  # no count can be expected of no exposure
        exposure = np.where(exposure > 0, exposure, np.nan)
    watched = np.asarray(points, dtype=np.int64)
    found = Watch(*(np.full((len(counts), watched.size), np.nan) for _ in range(7)), *(
        np.zeros((len(counts), watched.size), dtype=bool) for _ in range(2)
    ))  # fmt: skip
    for rows, which in settings.history.rows(watched, counts.shape[1], dates):
        watcher = _Watcher(rows, settings, reference)
        for chosen in stack(len(counts), which, CHUNK):
            watcher.answer(counts, exposure, chosen, watched, found)
    return found


class _Watcher:
    """Judges counts against one arrangement of past points."""

    def __init__(self, rows: Rows, settings: Settings, reference: bool) -> None:
        self.rows, self.settings, self.reference = rows, settings, reference
        history = settings.history
        constant = np.ones((len(rows.back), 1))
        levels = [(rows.level == level).astype(float) for level in np.unique(rows.level) if level != rows.current]
        self.model = Model(
            flat=design(constant, *levels), sloped=design(constant, rows.time / rows.unit, *levels), unit=rows.unit,
            years=history.years, trend=settings.trend, trend_p=settings.trend_p,
            threshold=settings.threshold if settings.reweight else None, reference=reference,
        )  # fmt: skip

    def answer(
        self,
        counts: Floats,
        exposure: Floats | None,
        chosen: tuple[np.ndarray, np.ndarray],
        points: Integers,
        found: Watch,
    ) -> None:
        """Fill in what is found for the pairs (series, place in points) that are chosen."""
        series, place = chosen
        at = points[place]
        past = counts[series[:, None], at[:, None] - self.rows.back]
        now = counts[series, at]
        offset = None if exposure is None else np.log(exposure[series[:, None], at[:, None] - self.rows.back])
        ahead = np.zeros(now.shape) if exposure is None else np.log(exposure[series, at])
        forecast = self.model.forecast(past, offset, ahead)
        enough = _enough(counts, series, at, self.settings.least)
        for name, values in _judge(now, forecast, enough, self.settings, self.reference).items():
            getattr(found, name)[series, place] = values


def _enough(counts: Floats, series: np.ndarray, at: np.ndarray, least: tuple[int, int]) -> Flags:
    cases, length = least
    recent = counts[series[:, None], np.maximum(at[:, None] - np.arange(length), 0)]
    with np.errstate(invalid="ignore"):
        return np.asarray(recent.sum(axis=1) >= cases)


def _judge(
    now: Floats, forecast: Forecast, enough: Flags, settings: Settings, reference: bool
) -> dict[str, Floats | Flags]:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        upper, p = _bound(now, forecast, settings)
        start = np.log(forecast.mean) if reference and settings.bound != "delta" else forecast.mean
        score = (now - start) / (upper - start)
    upper_known = np.where(enough & ~np.isnan(now), upper, np.nan)
    return {
        "upper": upper_known,
        "expected": np.where(np.isnan(upper_known), np.nan, forecast.mean),
        "mean": forecast.mean,
        "phi": forecast.phi,
        "p": p,
        "score": score,
        "trend": forecast.trend,
        "trend_used": ~np.isnan(forecast.trend),
        "alarm": enough & (score > 1) & (now > 0),
    }


def _bound(now: Floats, forecast: Forecast, settings: Settings) -> tuple[Floats, Floats]:
    z = float(d.normal_quantile(1 - settings.alpha))
    mean, phi, error = forecast.mean, forecast.phi, forecast.error
    if settings.bound == "delta":
        power = POWERS[settings.power]
        wide = np.sqrt(power**2 * mean ** (2 * power - 1) * (phi + error**2 * mean))
        upper = (mean**power + z * wide) ** (1 / power)
        return upper, d.normal_above((now**power - mean**power) / wide)
    if settings.bound == "muan":
        mean = np.where(np.isnan(mean), np.nan, mean * np.exp(z * error))
    mean = np.where(np.isinf(mean), np.nan, mean)
    p = np.where(np.isnan(now), np.nan, d.count_above(now - 1, mean, phi))
    return d.count_quantile(1 - settings.alpha, mean, phi), p
