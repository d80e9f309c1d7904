"""Did an action work? Verdicts on actions whose truth is known: how often the interval holds it, how often a fall is called
that is none, also where the action was taken because of a peak, and how often a true fall is called."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from counts import Floats, following
from tables import Table, error, percent

from heed.statistics.impact import EARLY, ENOUGH_AFTER, ENOUGH_BEFORE, FALL, RISE, did_they_work

MONTHS, MEANS, PHIS, LAGS, RATIOS = (24, 36, 60), (5, 20, 80), (1, 2), (0.0, 0.3), (1.0, 0.8, 0.6)


@dataclass(frozen=True)
class Cell:
    months: int
    mean: float
    phi: float
    lag1: float
    ratio: float = 1.0
    share: float = 0.5

    @property
    def change(self) -> int:
        """Completed after this share of the months, at least as many as a model needs."""
        return max(round(self.months * self.share), ENOUGH_BEFORE)

    def draw(self, number: int, seed: int) -> Floats:
        tenths = [int(10 * value) for value in (self.lag1, self.ratio, self.share)]
        key = [seed, self.months, int(self.mean), int(self.phi), *tenths]
        expected = np.full((number, self.months), float(self.mean))
        expected[:, self.change :] *= self.ratio
        return following(np.random.default_rng(key), expected, self.phi, self.lag1)

    def named(self) -> dict[str, float]:
        return {"months": self.months, "before": self.change, "a month": self.mean, "phi": self.phi, "lag 1": self.lag1,
                "true ratio": self.ratio}  # fmt: skip


def cells(ratios: tuple[float, ...] = RATIOS, share: float = 0.5) -> Iterator[Cell]:
    for ratio, months, mean, phi, lag1 in product(ratios, MONTHS, MEANS, PHIS, LAGS):
        yield Cell(months, mean, phi, lag1, ratio, share)


def judged(cell: Cell, number: int, seed: int) -> dict[str, float]:
    found = did_they_work(cell.draw(number, seed), cell.change)
    words = np.array([verdict.verdict for verdict in found])
    inside = np.mean([verdict.low <= cell.ratio <= verdict.high for verdict in found])
    logs = np.log([max(verdict.ratio, 1e-9) for verdict in found])
    return {
        **cell.named(), "coverage %": percent(inside, 1), "SE": error(inside, number, 1),
        "real fall %": percent((words == FALL).mean(), 1), "its SE": error((words == FALL).mean(), number, 1),
        "real rise %": percent((words == RISE).mean(), 1), "bias of log": round(float(logs.mean() - np.log(cell.ratio)), 3),
        "bias SE": round(float(logs.std() / np.sqrt(number)), 3),
        "power told %": percent(np.nanmedian([verdict.power for verdict in found]), 0),
    }  # fmt: skip


def verdicts(number: int = 2_000, seed: int = 1, only: str = "", share: float = 0.5) -> list[Table]:
    """only: a part of "months/mean/phi/lag1/ratio", such as "24/5/": the cells to run."""
    table = Table("impact", f"Actions judged: {number:,} a cell, completed after {share:.0%} of the months")
    for cell in cells(share=share):
        if f"{cell.months}/{cell.mean}/{cell.phi}/{cell.lag1}/{cell.ratio}".startswith(only):
            table.rows.append(judged(cell, number, seed))
    table.notes += [
        'Where the true ratio is below 1, "real fall" is the power.',
        '"Power told" is what Heed says itself, of a fall by a fifth.',
    ]
    return [summary(table, number), table]


def summary(table: Table, number: int) -> Table:
    short = Table("impact_summary", f"Actions judged, in short ({number:,} a cell)")
    for ratio, lag1 in product(RATIOS, LAGS):
        rows = [row for row in table.rows if row["true ratio"] == ratio and row["lag 1"] == lag1]
        if not rows:
            continue
        coverage, falls, bias = (np.array([row[name] for row in rows], dtype=float)
                                 for name in ("coverage %", "real fall %", "bias of log"))  # fmt: skip
        short.rows.append(
            {"true ratio": ratio, "lag 1": lag1, "cells": len(rows), "coverage %": round(float(coverage.mean()), 1),
             "lowest": float(coverage.min()), "highest": float(coverage.max()), "real fall %": round(float(falls.mean()), 2),
             "most": float(falls.max()), "SE of one cell": error(0.025 if ratio == 1 else 0.5, number, 1),
             "largest bias of log": float(np.abs(bias).max())}
        )  # fmt: skip
    return short


def after_a_peak(rows: Floats, *, left_out: bool) -> list[str]:
    """What is said of actions completed two months after the worst month that leaves enough points on both sides."""
    # Three months are left out where the peak is: the month, and those beside it.
    first, end = ENOUGH_BEFORE + (1 if left_out else -2), rows.shape[1] - ENOUGH_AFTER - 1
    peaks, said = first + np.argmax(rows[:, first:end], axis=1), []
    for peak in np.unique(peaks).tolist():
        alike = rows[peaks == peak].copy()
        if left_out:
            alike[:, peak - 1 : peak + 2] = np.nan
        said += [found.verdict for found in did_they_work(alike, peak + 2)]
    return said


def regression_to_the_mean(number: int = 2_000, seed: int = 2, only: str = "") -> Table:
    table = Table(
        "peak", f'Actions taken because of a peak, without any effect: "real fall" called ({number:,} a cell)'
    )
    for cell in cells(ratios=(1.0,)):
        if not f"{cell.months}/{cell.mean}/{cell.phi}/{cell.lag1}".startswith(only):
            continue
        rows = cell.draw(number, seed)
        row: dict[str, str | float | int | None] = {**cell.named()}
        for left_out, words in ((True, "peak left out"), (False, "all months")):
            found = np.array(after_a_peak(rows, left_out=left_out))
            row |= {
                f"{words} %": percent((found == FALL).mean(), 1),
                f"SE, {words}": error((found == FALL).mean(), number, 1),
            }
            row["too early %"] = percent((found == EARLY).mean(), 1)
        del row["before"], row["true ratio"]
        table.rows.append(row)
    table.notes += [
        "Published, of a simpler model on stable series: all months 3.6 %, peak left out 2.5 %;",
        "a naive comparison of six months before and after: 15 %.",
    ]
    return table
