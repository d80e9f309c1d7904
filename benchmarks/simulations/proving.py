"""The whole procedure of "did it work?", of actions that do nothing: taken because of an early warning, brought in over three
months, held beside a control and a day on which nothing was done. How often it is called a real fall, and how often more."""

from itertools import product

import numpy as np
from counts import Floats, following
from tables import Table, error, percent
from watching import watched

from heed.statistics import detector
from heed.statistics.contrast import ratio_of_ratios
from heed.statistics.impact import FALL, Verdict, did_they_work
from heed.statistics.ratios import rate_ratio

MEANS, PHIS, LAGS, BUDGETS = (5, 20, 80), (1, 2), (0.0, 0.3), (0.05, 0.005)
HISTORY, LAST = 60, 108  # months; watched from the one on, of so many in all
BEFORE, BROUGHT_IN, AFTER = 36, 3, 12
CHANGE, SUSTAINED = BEFORE + BROUGHT_IN, 3  # a rise that stays: its latest months are its peak
FAKE = BEFORE // 2


def procedures(number: int = 2_000, seed: int = 6, only: str = "") -> list[Table]:
    """only: a part of "mean/phi/lag1", such as "20/": the cells to run."""
    title = "Actions that do nothing, taken because of an early warning"
    table = Table("procedure", f"{title} ({number:,} series a cell)")
    for mean, phi, lag1 in product(MEANS, PHIS, LAGS):
        if f"{mean}/{phi}/{lag1}".startswith(only):
            table.rows += _cell(number, seed, mean, phi, lag1)
    table.notes += [
        '"As hoped": a real fall that differs from the control’s, and that is not found about a fake date too.',
        "Naive: the exact comparison of the six months up to the warning with the first six after it.",
    ]
    return [_short(table), table]


def _cell(number: int, seed: int, mean: int, phi: int, lag1: float) -> list[dict[str, str | float | int | None]]:
    rng = np.random.default_rng([seed, mean, phi, int(10 * lag1)])
    rows, beside = (following(rng, np.full((number, LAST), float(mean)), phi, lag1) for _ in range(2))
    points = np.arange(HISTORY, LAST - BROUGHT_IN - AFTER)
    found = watched(rows, points, detector.monthly())
    told = []
    for budget in BUDGETS:
        limits = detector.monthly(budget).thresholds
        alarm = found.alarms(limits)
        which = np.flatnonzero(alarm.any(axis=1))
        at = np.argmax(alarm[which], axis=1)
        single = found.p[which, at] <= limits.single
        told.append({"a month": mean, "phi": phi, "lag 1": lag1, "warned of %": percent(budget, 1),
                     **_judged(_windows(rows, which, points[at]), _windows(beside, which, points[at]), single)})  # fmt: skip
    return told


def _windows(rows: Floats, which: np.ndarray, at: np.ndarray) -> Floats:
    """The three years up to the warning, the months of bringing in, and a year, (actions, months)."""
    months = at[:, None] + np.arange(1 - BEFORE, 1 + BROUGHT_IN + AFTER)
    return np.asarray(rows[which[:, None], months])


def _judged(window: Floats, beside: Floats, single: np.ndarray) -> dict[str, float]:
    kept, control = window.copy(), beside.copy()
    for series in (kept, control):
        series[:, BEFORE:CHANGE] = np.nan
    left_out = kept.copy()
    left_out[:, BEFORE - 1] = np.nan
    left_out[~single, BEFORE - SUSTAINED : BEFORE] = np.nan
    as_heed, with_peak, held = (did_they_work(series, CHANGE) for series in (left_out, kept, control))
    fake = did_they_work(left_out[:, :BEFORE], FAKE)
    falls = np.array([found.verdict == FALL for found in as_heed])
    hoped = np.array([fell and _hoped(*three) for fell, *three in zip(falls, as_heed, held, fake, strict=True)])
    naive = np.array([_naive(row) for row in window])
    shares = {"peak left out": falls, "peak kept": np.array([found.verdict == FALL for found in with_peak]),
              "as hoped": hoped, "naive": naive}  # fmt: skip
    told: dict[str, float] = {"actions": len(window)}
    for name, called in shares.items():
        told |= {f"{name} %": percent(called.mean(), 1), f"SE, {name}": error(float(called.mean()), len(window), 1)}
    return told


def _hoped(found: Verdict, held: Verdict, fake: Verdict) -> bool:
    difference = ratio_of_ratios((found.ratio, found.low, found.high), (held.ratio, held.low, held.high))
    return fake.verdict != FALL and difference is not None and difference.high < 1


def _naive(row: Floats) -> bool:
    before, after = row[BEFORE - 6 : BEFORE].sum(), row[CHANGE : CHANGE + 6].sum()
    return bool(rate_ratio(int(before), 6, int(after), 6).real_fall)


def _short(table: Table) -> Table:
    """All cells of a budget together."""
    short = Table("procedure_summary", "The same in short")
    for budget in BUDGETS:
        rows = [row for row in table.rows if row["warned of %"] == percent(budget, 1)]
        many = sum(int(row["actions"] or 0) for row in rows)
        if not many:
            continue
        line: dict[str, str | float | int | None] = {"warned of %": percent(budget, 1), "actions": many}
        for name in ("peak left out", "peak kept", "as hoped", "naive"):
            share = sum(float(row[f"{name} %"] or 0) * int(row["actions"] or 0) for row in rows) / many / 100
            most = max(float(row[f"{name} %"] or 0) for row in rows)
            line |= {f"{name} %": percent(share, 2), f"SE, {name}": error(share, many, 2), f"most, {name}": most}
        short.rows.append(line)
    return short
