"""What stands out in the watched series, beside what each leads one to expect; and thresholds that keep to the stated
budget of false alarms, by back-test on the organisation's own past."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from heed.insight.warning.grid import Grid, Key
from heed.insight.warning.periods import Every
from heed.statistics import detector
from heed.statistics import distributions as d
from heed.statistics.arrays import Flags, Floats, Integers
from heed.statistics.detector import Settings, Thresholds, Watched
from heed.statistics.young import Pool, both, pooled, watch_young

BLOCK = 2_000  # series at once, so that a night's run stays small in memory
LEAD = {"week": 13, "month": 6}  # points by which the average of a rise that stays is led in
TOGETHER = {"week": 4, "month": 3}  # periods over which a rise that stays is told
BACK_TEST = {"week": 52, "month": 24}
SAMPLE = 600  # series that are back-tested
LEAST_PAST = 400  # points of a back-test, below which nothing is measured
LEAST_ALARMS = 5  # false alarms to be expected in a back-test, below which the stated thresholds stand
USUAL = 0.1  # "usual" leaves out one in ten below and one in ten above


@dataclass(frozen=True)
class Finding:
    """A series that stands out in a period. `periods`: over how many its figures are (1, or several for a rise that stays);
    `start`: first day of the latest of them. `low`, `high`: what is usual, 8 times in 10. `exceedance`: 1 at the bound, for
    ranking. `wide`: it keeps to the stricter budget too. `level`: of the average over weeks, in standard deviations."""

    key: Key
    start: date
    rule: str
    periods: int
    count: int
    expected: float
    low: int
    high: int
    bound: int
    p: float
    level: float
    exceedance: float
    wide: bool
    young: bool
    sparse: bool
    files: int
    repeats: int

    @property
    def excess(self) -> float:
        return self.count - self.expected


@dataclass(frozen=True)
class Calibration:
    """What a back-test found: the thresholds of the page and of wide e-mail, and how often each would have raised an alarm on
    the half of the series that it was not set by, beside the `budget` and `wide_budget` that were asked for."""

    budget: float
    wide_budget: float
    page: Thresholds
    wide: Thresholds
    points: int = 0
    series: int = 0
    alarms: int = 0
    wide_alarms: int = 0
    left_out: int = 0

    @property
    def measured(self) -> float | None:
        """False alarms a series and period; None without a past to measure on."""
        return self.alarms / self.points if self.points else None


def settings(every: Every, thresholds: Thresholds) -> Settings:
    """How series of this kind are watched."""
    chosen = Settings() if every == "week" else detector.monthly()
    return replace(chosen, warm_up=LEAD[every], thresholds=thresholds)


def heard(grid: Grid, points: Integers, every: Every) -> Flags:
    """(series, points): whether the last few periods hold enough cases for any alarm."""
    cases, length = settings(every, detector.thresholds()).least
    total = np.pad(np.cumsum(np.nan_to_num(grid.counts), axis=1), ((0, 0), (1, 0)))
    return np.asarray(total[:, points + 1] - total[:, np.maximum(points + 1 - length, 0)] >= cases)


def active(grid: Grid, points: Integers, every: Every) -> Integers:
    """The series that are loud enough to raise any alarm at these points; no other has to be forecast."""
    return np.flatnonzero(heard(grid, points, every).any(axis=1))


def watched(grid: Grid, rows: Integers, points: Integers, chosen: Settings, exposure: Floats) -> Watched:
    """The series `rows` at `points`, old ones and young ones, some at a time."""
    pool = _pool(grid, int(points[0]) - chosen.warm_up, chosen, exposure)
    parts = [
        _watched(grid.counts[some], points, chosen, exposure, Pool(np.asarray(pool.rate)[some], np.asarray(pool.phi)[some]))
        for some in np.array_split(rows, max(1, -(-len(rows) // BLOCK)))
    ]  # fmt: skip
    names = Watched.__dataclass_fields__
    return Watched(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def _watched(counts: Floats, points: Integers, chosen: Settings, exposure: Floats, pool: Pool) -> Watched:
    old = detector.watch(counts, points, chosen, exposure=exposure)
    which = old.young.any(axis=1)
    if not which.any():
        return old
    young = watch_young(counts, points, chosen, exposure=exposure, pool=pool)
    return both(old, young)


def _pool(grid: Grid, before: int, chosen: Settings, exposure: Floats) -> Pool:
    """What the likes of each series did in the half year before anything that is judged."""
    past = slice(max(0, before - chosen.frequency // 2), max(before, 1))
    return pooled(grid.counts[:, past], exposure[past], grid.levels)


def strict(found: Watched, thresholds: Thresholds) -> Flags:
    """Which alarms keep to another, stricter budget."""
    with np.errstate(invalid="ignore"):
        return np.asarray(found.alarm & ((found.p <= thresholds.single) | (found.ewma > thresholds.sustained)))


def stands_out(grid: Grid, exposure: Floats, many: int, calibration: Calibration) -> list[Finding]:
    """What stands out in the latest `many` periods, earliest first, and in each the furthest out first."""
    every = grid.span.every
    last = len(grid.span)
    rows = active(grid, np.arange(last - many, last), every)
    if not len(rows):
        return []
    chosen = settings(every, calibration.page)
    reach = many + TOGETHER[every] - 1
    found = watched(grid, rows, np.arange(last - reach, last), chosen, exposure)
    wide = strict(found, calibration.wide)
    series, point = np.nonzero(found.alarm[:, reach - many :])
    findings = [
        _finding(grid, found, wide, int(rows[one]), int(one), int(at) + reach - many, calibration.page)
        for one, at in zip(series, point, strict=True)
    ]
    return sorted(findings, key=lambda finding: (finding.start, -finding.exceedance, finding.key))


def _finding(grid: Grid, found: Watched, wide: Flags, row: int, place: int, at: int, thresholds: Thresholds) -> Finding:
    every, single = grid.span.every, bool(found.single[place, at])
    point, periods = len(grid.span) - found.p.shape[1] + at, 1 if single else TOGETHER[every]
    window, counted = slice(at - periods + 1, at + 1), slice(point - periods + 1, point + 1)
    mean, level = found.mean[place, window], float(found.ewma[place, at])
    phi = float(np.average(found.phi[place, window], weights=mean))
    expected = float(mean.sum())
    low, high, bound = _usual(expected, phi, thresholds)
    return Finding(
        key=grid.keys[row], start=grid.span.starts[point], rule="single" if single else "sustained", periods=periods,
        count=int(grid.counts[row, counted].sum()), expected=expected, low=low, high=high, bound=bound,
        p=float(found.p[place, at]) if single else float(d.normal_above(level)), level=level,
        exceedance=max(float(found.exceedance[place, at]), level / thresholds.sustained),
        wide=bool(wide[place, at]), young=bool(found.young[place, at]), sparse=bool(found.sparse[place, at]),
        files=int(grid.files[row, counted].sum()), repeats=int(grid.repeats[row, counted].sum()),
    )  # fmt: skip


def _usual(expected: float, phi: float, thresholds: Thresholds) -> tuple[int, int, int]:
    """(usual from, usual to, the bound of one count) of a distribution."""
    shares = (USUAL, 1 - USUAL, 1 - thresholds.single)
    low, high, bound = (int(d.count_quantile(share, np.array([expected]), np.array([phi]))[0]) for share in shares)
    return low, high, bound


Line = tuple[date, int, float, int, int, int]  # period, count, expected, usual from and to, bound


def history(grid: Grid, exposure: Floats, keys: list[Key], calibration: Calibration) -> dict[Key, list[Line]]:
    """The latest periods of some series as a chart draws them, oldest first; without those of which nothing is expected."""
    every = grid.span.every
    rows = np.array([grid.places[key] for key in keys], dtype=np.int64)
    if not len(rows):
        return {}
    points = np.arange(len(grid.span) - BACK_TEST[every], len(grid.span))
    found = watched(grid, rows, points, settings(every, calibration.page), exposure)
    low, high = (d.count_quantile(share, found.mean, found.phi) for share in (USUAL, 1 - USUAL))
    return {
        key: [
            (grid.span.starts[point], int(grid.counts[rows[place], point]), round(float(found.mean[place, at]), 2),
             int(low[place, at]), int(high[place, at]), int(found.upper[place, at]))
            for at, point in enumerate(points) if not np.isnan(found.upper[place, at])
        ]
        for place, key in enumerate(keys)
    }  # fmt: skip


def calibrate(
    grid: Grid,
    exposure: Floats,
    budgets: tuple[float, float],
    known: Mapping[Key, list[tuple[date, date]]],
    judged: int,
) -> Calibration:
    """Thresholds that the organisation's own past year (two years of months) would have kept to, forecast at each point from
    what lay before it, for both `budgets` (of the page and of wide e-mail). The latest `judged` periods are not past yet.
    `known`: real rises, from and to, that are left out, so that they do not make the warning deaf.

    Where so few false alarms are to be expected that their number says little, the stated thresholds stand; they are
    measured all the same."""
    every, last = grid.span.every, len(grid.span) - judged
    stated = Calibration(*budgets, detector.thresholds(budgets[0]), detector.thresholds(budgets[1]))
    points = np.arange(last - BACK_TEST[every], last)
    rows = active(grid, points, every)
    rows = np.sort(np.random.default_rng(1).permutation(rows)[:SAMPLE])
    if not len(rows):
        return stated
    past = watched(grid, rows, points, settings(every, stated.page), exposure)
    leave_out = _rises(grid, rows, points, known)
    counted = ~np.isnan(past.p) & ~leave_out
    if counted.sum() < LEAST_PAST:
        return stated
    loud = heard(grid, points, every)[rows] & (past.excess > 0) & counted
    page, wide = (_set(past, budget, leave_out) for budget in budgets)
    alarms, wide_alarms = (_measured(past, budget, leave_out, loud) for budget in budgets)
    return Calibration(
        *budgets, page, wide, points=int(counted.sum()), series=len(rows), alarms=alarms, wide_alarms=wide_alarms,
        left_out=int(leave_out.sum()),
    )  # fmt: skip


def _set(past: Watched, budget: float, leave_out: Flags) -> Thresholds:
    """Thresholds by a back-test, if enough false alarms are to be expected in it; else the stated ones."""
    points = (~np.isnan(past.p) & ~leave_out).sum()
    if budget * points < LEAST_ALARMS:
        return detector.thresholds(budget)
    return detector.calibrated(past, budget, leave_out=leave_out)


def _rises(grid: Grid, rows: Integers, points: Integers, known: Mapping[Key, list[tuple[date, date]]]) -> Flags:
    found = np.zeros((len(rows), len(points)), dtype=bool)
    days = [grid.span.starts[point] for point in points]
    for place, row in enumerate(rows):
        for first, last in known.get(grid.keys[row], ()):
            found[place] |= [first <= day <= last for day in days]
    return found


def _measured(past: Watched, budget: float, leave_out: Flags, loud: Flags) -> int:
    """Alarms in each half of the series by the thresholds that the other half sets: by its own, they would keep to the
    budget by construction."""
    halves = [np.arange(len(past.p)) % 2 == half for half in (0, 1)]
    alarms = 0
    for tested in halves:
        by = _set(past, budget, leave_out | tested[:, None])
        fired = loud & ((past.p <= by.single) | (past.ewma > by.sustained)) & tested[:, None]
        alarms += int(fired.sum())
    return alarms
