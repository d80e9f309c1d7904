"""How long a CUSUM or EWMA runs to its signal: Heed's exact figure beside runs that are simulated."""

from collections.abc import Callable

import numpy as np
from tables import Table

from heed.statistics import cusum

Step = Callable[[np.random.Generator, np.ndarray], np.ndarray]


def simulated(
    step: Step, over: Callable[[np.ndarray], np.ndarray], number: int, rng: np.random.Generator
) -> np.ndarray:
    """Runs of `number` charts, each to its first signal."""
    state, length = np.zeros(number), np.zeros(number)
    going = np.arange(number)
    while going.size:
        state[going] = step(rng, state[going])
        length[going] += 1
        going = going[~over(state[going])]
    return length


def run_lengths(number: int = 20_000, seed: int = 1) -> Table:
    table = Table("lengths", f"Mean run to a signal: exact, and of {number:,} runs")

    def row(chart: str, shift: float, exact: float, step: Step, over: Callable[[np.ndarray], np.ndarray]) -> None:
        runs = simulated(step, over, number, np.random.default_rng([seed, len(table.rows)]))
        table.rows.append(
            {"chart": chart, "mean": shift, "exact": round(exact, 2), "simulated": round(float(runs.mean()), 2),
             "SE": round(float(runs.std() / np.sqrt(number)), 2), "apart %": round(100 * (runs.mean() / exact - 1), 2)}
        )  # fmt: skip

    for k, h, shifts in ((0.25, 5, (0, 0.5, 1)), (0.5, 5, (0, 0.5, 1))):
        for shift in shifts:
            row(f"CUSUM k {k}, h {h}", shift, cusum.cusum_run_length(shift, k=k, h=h),
                lambda rng, c, k=k, shift=shift: np.maximum(0, c + rng.normal(shift, 1, c.size) - k),
                lambda c, h=h: c > h)  # fmt: skip
    for weight, limit, shifts in ((0.1, 3, (0, 0.5, 1)), (0.3, 3, (0, 0.5, 1))):
        edge = limit * np.sqrt(weight / (2 - weight))
        for shift in shifts:
            row(f"EWMA {weight}, limit {limit}", shift, cusum.ewma_run_length(shift, weight=weight, limit=limit),
                lambda rng, e, w=weight, shift=shift: w * rng.normal(shift, 1, e.size) + (1 - w) * e,
                lambda e, edge=edge: np.abs(e) > edge)  # fmt: skip
    for mean in (4, 5, 6):
        row("Poisson CUSUM k 5.5, h 9", mean, cusum.poisson_cusum_run_length(mean, k=5.5, h=9),
            lambda rng, c, mean=mean: np.maximum(0, c + rng.poisson(mean, c.size) - 5.5), lambda c: c > 9)  # fmt: skip
    return table
