"""Seconds for 1,000 series, timed inside the process, beside the R programs' on the machine where they were timed."""

import time
from collections.abc import Callable

import numpy as np
from counts import dispersed
from tables import Table

from heed.statistics import charts, ears, farrington, its, xmr
from heed.statistics.detector import watch
from heed.statistics.funnel import funnel

BEST_OF = 3
PUBLISHED = {
    "XmR, a call a series": 47.5, "XmR, one call": 2.79, "p chart": 25.5, "u chart": 26.3, "p' chart": 33.2, "u' chart": 28.3,
    "funnel of 100": 46.6, "Farrington, 10 seasons": 10.5, "Farrington, original": 11.0, "EARS C2": 3.4,
    "before and after, Newey-West": 2.3, "Heed's early warning, one week": 10.5,
}  # fmt: skip
NOTE = (
    "The reference's seconds are from another run: quieter or busier machines shift the ratio. Aims: 10 times for Farrington, "
    "20 times for charts and funnels, 5 times for one faceted call."
)


def timed(work: Callable[[], object], series: int) -> float:
    """Seconds of the processor for 1,000 series, the best of a few turns."""
    work()
    turns = []
    for _ in range(BEST_OF):
        began = time.process_time()
        work()
        turns.append(time.process_time() - began)
    return min(turns) * 1_000 / series


def speeds(series: int = 1_000, seed: int = 1) -> Table:
    table = Table("speed", "Speed: seconds of processor for 1,000 series")
    for name, (number, work) in works(series, seed).items():
        seconds = timed(work, number)
        table.rows.append(
            {"what": name, "seconds": round(seconds, 4), "reference": PUBLISHED[name],
             "times as fast": round(PUBLISHED[name] / seconds, 1)}
        )  # fmt: skip
    table.notes.append(NOTE)
    return table


def works(series: int, seed: int) -> dict[str, tuple[int, Callable[[], object]]]:
    """By name: how many series, and what is done with them."""
    rng = np.random.default_rng(seed)
    values, few = rng.normal(50, 5, (series, 36)), max(series // 10, 1)
    n = rng.integers(200, 400, (series, 36)).astype(float)
    y = rng.binomial(n.astype(int), 0.3).astype(float)
    sizes = rng.integers(20, 5_000, (few, 100)).astype(float)
    found = rng.binomial(sizes.astype(int), 0.3).astype(float)
    weekly = dispersed(rng, np.full((series, 313), 8.0), 1.5)
    monthly = dispersed(rng, np.full((few, 48), 20.0), 2)
    at = np.array([312])

    def attribute(kind: str) -> tuple[int, Callable[[], object]]:
        return series, lambda: [charts.chart(kind, one, size) for one, size in zip(y, n, strict=True)]

    return {
        "XmR, a call a series": (series, lambda: [xmr.chart(row) for row in values]),
        "XmR, one call": (series, lambda: xmr.chart(values)),
        "p chart": attribute("p"), "u chart": attribute("u"), "p' chart": attribute("pp"), "u' chart": attribute("up"),
        "funnel of 100": (few, lambda: [funnel(o, size) for o, size in zip(found, sizes, strict=True)]),
        "Farrington, 10 seasons": (series, lambda: farrington.watch(weekly, at, farrington.NOUFAILY, mode="reference")),
        "Farrington, original": (series, lambda: farrington.watch(weekly, at, farrington.ORIGINAL, mode="reference")),
        "Heed's early warning, one week": (series, lambda: watch(weekly, at)),
        "EARS C2": (series, lambda: [ears.ears(row, at) for row in weekly]),
        "before and after, Newey-West": (few, lambda: [its.segmented(row, 30) for row in monthly]),
    }  # fmt: skip
