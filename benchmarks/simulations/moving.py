"""Did a level of values move? Verdicts on monthly medians of skewed days whose truth is known."""

from itertools import product

import numpy as np
from counts import Floats
from tables import Table, error, percent

from heed.statistics.impact import ENOUGH_BEFORE, FALL
from heed.statistics.means import did_it_move

MONTHS, CASES, LAGS, RATIOS = (24, 36, 60), (5, 40), (0.0, 0.3), (1.0, 0.8)
LEVEL, SPREAD, DRIFT = 25.0, 0.7, 0.15  # working days; of the logarithm within a month; of the months themselves


def drawn(rng: np.random.Generator, number: int, months: int, cases: int, lag1: float, steps: Floats) -> Floats:
    """Monthly medians, (number, months): lognormal days, with a level that drifts from month to month by `lag1`."""
    noise = rng.normal(size=(number, months)) * DRIFT * np.sqrt(1 - lag1**2)
    noise[:, 0] /= np.sqrt(1 - lag1**2)
    drift = np.empty_like(noise)
    drift[:, 0] = noise[:, 0]
    for month in range(1, months):
        drift[:, month] = lag1 * drift[:, month - 1] + noise[:, month]
    days = np.exp(np.log(LEVEL * steps)[None, :, None] + drift[:, :, None]
                  + rng.normal(size=(number, months, cases)) * SPREAD)  # fmt: skip
    return np.asarray(np.median(np.round(days), axis=2))


def verdicts(number: int = 400, seed: int = 5, only: str = "") -> Table:
    table = Table("means", f"Medians of days judged: {number:,} a cell, completed after half of the months")
    for ratio, months, cases, lag1 in product(RATIOS, MONTHS, CASES, LAGS):
        if not f"{months}/{cases}/{lag1}/{ratio}".startswith(only):
            continue
        change = max(months // 2, ENOUGH_BEFORE)
        steps = np.where(np.arange(months) < change, 1.0, ratio)
        rng = np.random.default_rng([seed, months, cases, int(10 * lag1), int(10 * ratio)])
        rows = drawn(rng, number, months, cases, lag1, steps)
        truth = _median(rng, cases) * (ratio - 1)
        found = [did_it_move(row, change) for row in rows]
        inside = np.mean([one.low <= truth <= one.high for one in found])
        falls = np.mean([one.verdict == FALL for one in found])
        table.rows.append(
            {"months": months, "cases a month": cases, "lag 1": lag1, "true ratio": ratio,
             "coverage %": percent(inside, 1), "SE": error(float(inside), number, 1),
             "real fall %": percent(falls, 1), "its SE": error(float(falls), number, 1),
             "power told %": percent(np.nanmedian([one.power for one in found]), 0)}
        )  # fmt: skip
    table.notes.append('Where the true ratio is below 1, "real fall" is the power.')
    return table


def _median(rng: np.random.Generator, cases: int) -> float:
    """What such a monthly median is on average."""
    return float(drawn(rng, 20_000, 1, cases, 0.0, np.ones(1)).mean())
