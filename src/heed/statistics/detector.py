"""Heed's early warning: one point that is far above what is expected, or several in a row that are somewhat above.

What is expected comes from a quasi-Poisson regression with two harmonics and a tested trend on the last years, leaving out
the latest half year, reweighted once against past outbreaks. The count is judged by the predictive negative binomial, whose
variance holds the error of the forecast too; its normal scores are followed by an EWMA for rises that stay. Both together
keep to one budget of false alarms. Compared with `farrington` in docs/how-to/check-a-figure.md. R190-R195.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics import distributions as d
from heed.statistics.arrays import Flags, Floats, Integers, Unanswerable, floats
from heed.statistics.cusum import ewma
from heed.statistics.forecast import Forecast, Model
from heed.statistics.history import stack
from heed.statistics.regression import design

CHUNK = 256  # forecasts at once: what a processor keeps close at hand
BUDGET = 0.005  # false alarms a series and point: one in 200 series-weeks
# How a budget is shared: measured on 840 simulated series without outbreaks, these give one budget together.
SINGLE_SHARE, SUSTAINED_SHARE = 0.55, 0.137
SPARSE = 0.5  # expected a point
LEAST_P = 1e-300


@dataclass(frozen=True)
class Thresholds:
    """single: chance below which one count raises an alarm. sustained: height of the standardised EWMA above which it
    does."""

    single: float
    sustained: float


def thresholds(budget: float = BUDGET) -> Thresholds:
    """The thresholds for a budget of false alarms a series and point, before an installation's own past is known.

    Raises Unanswerable for a budget outside 0 to 0.2."""
    if not 0 < budget <= 0.2:
        raise Unanswerable("a budget is a share of points, above 0 and at most 0.2")
    return Thresholds(SINGLE_SHARE * budget, float(-d.normal_quantile(SUSTAINED_SHARE * budget)))


@dataclass(frozen=True)
class Settings:
    """frequency: points a year. years: of history at most; `least_years` at least, below which a series is young. guard:
    latest points that are left out. harmonics of the season. trend_p: a trend is kept below it, where it leads no further
    than `reach` times the highest count. weight of the EWMA, which begins `warm_up` points earlier. least: no alarm where
    the last points hold fewer cases, (cases, points)."""

    frequency: int = 52
    years: int = 5
    least_years: float = 3
    guard: int = 26
    harmonics: int = 2
    trend_p: float = 0.25
    reach: float = 2.0
    weight: float = 0.3
    warm_up: int = 26
    least: tuple[int, int] = (5, 4)
    thresholds: Thresholds = field(default_factory=thresholds)


def monthly(budget: float = BUDGET) -> Settings:
    """Settings for counts by month."""
    return Settings(frequency=12, guard=3, warm_up=6, least=(3, 1), thresholds=thresholds(budget))


@dataclass(frozen=True)
class Watched:
    """What was found, each (series, points watched); NaN where a series is young or nothing was ever counted in it.

    mean, phi: of the predictive distribution. upper: bound of the single count. p: chance of as many or more. ewma: in
    standard deviations, the sustained alarm is above its threshold. single, sustained, alarm: which rule fired.
    exceedance: 1 at the bound, for ranking. excess: above the mean. heard: there are cases enough of late for an alarm. young,
    sparse: what to say of the series."""

    mean: Floats
    phi: Floats
    upper: Floats
    p: Floats
    ewma: Floats
    single: Flags
    sustained: Flags
    excess: Floats
    exceedance: Floats
    heard: Flags
    young: Flags
    sparse: Flags

    @property
    def alarm(self) -> Flags:
        return self.single | self.sustained

    def alarms(self, at: Thresholds) -> Flags:
        """The alarms that other thresholds would have given."""
        return self.heard & ((self.p <= at.single) | ((self.ewma > at.sustained) & (self.excess > 0)))


def watch(
    y: ArrayLike, points: Integers, settings: Settings | None = None, *, exposure: ArrayLike | None = None
) -> Watched:
    """Watch successive `points` (positions from 0) of the counts y, (points,) or (series, points), oldest first, NaN where
    not known.

    exposure: what the counts are proportional to (contacts, working days), of the shape of y or (points,). Raises
    Unanswerable for points outside the series or not successive, and for an exposure that is not above 0."""
    chosen = settings or Settings()
    counts, at = np.atleast_2d(floats(y)), np.asarray(points, dtype=np.int64)
    if at.size and (at.min() < 0 or at.max() >= counts.shape[1] or (np.diff(at) != 1).any()):
        raise Unanswerable(f"points to watch must follow one another within the {counts.shape[1]} that are given")
    first = max(int(at[0]) - chosen.warm_up, 0) if at.size else 0
    wide = np.arange(first, int(at[-1]) + 1) if at.size else at
    forecast, young = _forecast(counts, wide, chosen, _log_exposure(exposure, counts.shape))
    return judge(counts, wide, slice(len(wide) - len(at), None), forecast, young, chosen)


def _log_exposure(exposure: ArrayLike | None, shape: tuple[int, ...]) -> Floats | None:
    if exposure is None:
        return None
    values = floats(exposure)
    if values.shape[-1] != shape[1] or values.ndim > 2 or (values <= 0).any():
        raise Unanswerable("an exposure is above 0 and known for every point")
    return np.broadcast_to(np.log(values), shape)


def _forecast(counts: Floats, points: Integers, settings: Settings, offset: Floats | None) -> tuple[Forecast, Flags]:
    """(forecasts with arrays (series, points), which of them are of young series)."""
    model, back = _model(settings)
    reach = int(back.max())
    padded = np.pad(counts, ((0, 0), (reach, 0)), constant_values=np.nan)
    shifted = None if offset is None else np.pad(offset, ((0, 0), (reach, 0)), constant_values=np.nan)
    found = Forecast(*(np.full((len(counts), points.size), np.nan) for _ in range(4)))
    known = np.pad(np.cumsum(~np.isnan(padded), axis=1), ((0, 0), (1, 0)))
    ends = points + reach - settings.guard
    enough = known[:, ends] - known[:, points] >= settings.least_years * settings.frequency - settings.guard
    for series, place in stack(len(counts), np.arange(points.size), CHUNK):
        old = enough[series, place]
        series, place = series[old], place[old]
        if not series.size:
            continue
        rows = points[place, None] + reach - back
        ahead = np.zeros(len(series)) if offset is None else offset[series, points[place]]
        past_offset = None if shifted is None else shifted[series[:, None], rows]
        part = model.forecast(padded[series[:, None], rows], past_offset, ahead)
        for name in ("mean", "error", "phi", "trend"):
            getattr(found, name)[series, place] = getattr(part, name)
    return found, ~enough


def _model(settings: Settings) -> tuple[Model, Integers]:
    """(the regression, how many points back each of its rows lies). Every term but the first is 0 now."""
    back = np.arange(settings.years * settings.frequency + 3, settings.guard, -1)
    time = -back / settings.frequency
    angles = [2 * np.pi * number * time for number in range(1, settings.harmonics + 1)]
    season = [wave for angle in angles for wave in (np.cos(angle) - 1, np.sin(angle))]
    constant = np.ones(len(back))
    model = Model(
        flat=design(constant, *season), sloped=design(constant, time, *season), unit=float(settings.frequency),
        years=settings.least_years, trend_p=settings.trend_p, reach=settings.reach,
    )  # fmt: skip
    return model, back


def judge(
    counts: Floats, points: Integers, watched: slice, forecast: Forecast, young: Flags, settings: Settings
) -> Watched:
    """What the counts at `points` say beside what was forecast for them, whichever model forecast it; `watched` are those
    of the points that are told, the ones before only lead the EWMA in."""
    now, mean = counts[:, points], forecast.mean
    wider = forecast.error**2 * mean
    phi = forecast.phi + wider
    p = d.count_above(now - 1, mean, phi)
    middle = (p + d.count_above(now, mean, phi)) / 2
    scores = -d.normal_quantile(np.clip(middle, LEAST_P, 1 - 1e-16))
    # The error of the forecast is nearly the same every week: that part of the scores does not average out.
    lasting, weight = wider / phi, settings.weight
    average = ewma(scores, weight=weight) / np.sqrt((1 - lasting) * weight / (2 - weight) + lasting)
    upper = d.count_quantile(1 - settings.thresholds.single, mean[:, watched], phi[:, watched])
    with np.errstate(invalid="ignore", divide="ignore"):
        heard = _enough(counts, points[watched], settings.least) & ~np.isnan(upper)
        y, expected = now[:, watched], mean[:, watched]
        return Watched(
            mean=expected, phi=phi[:, watched], upper=upper, p=np.where(np.isnan(expected), np.nan, p[:, watched]),
            ewma=np.where(np.isnan(expected), np.nan, average[:, watched]), single=heard & (y > upper),
            sustained=heard & (average[:, watched] > settings.thresholds.sustained) & (y > expected),
            excess=y - expected, exceedance=(y - expected) / (upper - expected), heard=heard, young=young[:, watched],
            sparse=expected < SPARSE,
        )  # fmt: skip


def _enough(counts: Floats, points: Integers, least: tuple[int, int]) -> Flags:
    cases, length = least
    total = np.pad(np.cumsum(np.nan_to_num(counts), axis=1), ((0, 0), (1, 0)))
    return np.asarray(total[:, points + 1] - total[:, np.maximum(points + 1 - length, 0)] >= cases)


def calibrated(past: Watched, budget: float = BUDGET, *, leave_out: Flags | None = None) -> Thresholds:
    """Thresholds that an organisation's own past would have kept to: as many alarms as the budget says, of those that
    `past`, a back-test, would have raised.

    leave_out: points, of the shape of `past`, where something is known to have happened: real rises in the past would make
    the warning deaf. The shares of the two rules stay as they are. Between a tenth and four times the stated thresholds."""
    known = ~np.isnan(past.p) if leave_out is None else ~np.isnan(past.p) & ~leave_out
    low, high = np.log(budget / 10), np.log(min(4 * budget, 0.2))
    if not known.any():
        return thresholds(budget)
    for _ in range(40):
        middle = (low + high) / 2
        tried = thresholds(float(np.exp(middle)))
        share = float(past.alarms(tried)[known].mean())
        low, high = (low, middle) if share > budget else (middle, high)
    return thresholds(float(np.exp(low)))
