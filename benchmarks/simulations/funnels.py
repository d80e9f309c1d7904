"""Funnels of organisations that differ by chance, by a known spread, or truly: how many are flagged. Reference: FunnelPlotR."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from counts import Floats
from numpy.typing import NDArray
from tables import Table, mean_error, percent

from heed.statistics.funnel import funnel

KINDS, SIZES, SPREADS, OUTLIERS = ("PR", "RC"), (30, 100), (0.0, 0.1, 0.25), (0.0, 0.05)
SHARE, RATE, FEWEST, MOST, FAR = 0.3, 0.1, 20, 5_000, 4.0
# Flagged at 95 % and 99.8 % by the reference, 100 organisations: unadjusted without spread, adjusted with 0.25.
PUBLISHED = {("PR", 0.0): "5.2 / 0.3", ("PR", 0.25): "14.4 / 2.4", ("RC", 0.0): "88 / 82", ("RC", 0.25): "42 / 23"}


@dataclass(frozen=True)
class Cell:
    """kind: proportions, or rates for which expected counts come from the overall rate. even: denominators are spread evenly
    between 20 and 5,000; else their logarithms are, so that many are small."""

    kind: str
    size: int
    spread: float
    outliers: float
    even: bool

    def draw(self, number: int, seed: int) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """(numerators, denominators, who is truly different), (funnels, organisations)."""
        key = [
            seed,
            len(self.kind),
            ord(self.kind[0]),
            self.size,
            int(100 * self.spread),
            int(100 * self.outliers),
            self.even,
        ]
        rng = np.random.default_rng(key)
        shape = (number, self.size)
        logs = rng.uniform(np.log(FEWEST), np.log(MOST), shape)
        n = rng.integers(FEWEST, MOST + 1, shape).astype(float) if self.even else np.round(np.exp(logs))
        far = np.zeros(shape, dtype=bool)
        far[:, : max(1, round(self.outliers * self.size)) if self.outliers else 0] = True
        own = self.spread * rng.normal(size=shape)
        if self.kind == "PR":
            wide = np.sqrt(1 / (4 * n) + self.spread**2 * SHARE * (1 - SHARE) / 4)
            angle = np.arcsin(np.sqrt(1 / (1 + (1 - SHARE) / SHARE * np.exp(-own)))) + FAR * far * wide
            return rng.binomial(n.astype(int), np.sin(np.clip(angle, 0, np.pi / 2)) ** 2).astype(float), n, far
        root = np.exp(own / 2) + FAR * far * np.sqrt(1 / (4 * RATE * n) + self.spread**2 / 4)
        return rng.poisson(RATE * n * root**2).astype(float), n, far


def cells() -> Iterator[Cell]:
    for even, kind, size, spread, outliers in product((True, False), KINDS, SIZES, SPREADS, OUTLIERS):
        yield Cell(kind, size, spread, outliers, even)


def flagged(number: int = 2_000, seed: int = 1, only: str = "") -> Table:
    """only: a part of "kind/size/spread", such as "PR/30"."""
    table = Table(
        "funnel", f"Organisations flagged, of those that differ by no more than the spread ({number:,} funnels a cell)"
    )
    for cell in cells():
        if f"{cell.kind}/{cell.size}/{cell.spread}".startswith(only):
            table.rows.append(_flagged(cell, number, seed))
    table.notes += [
        f"Proportions (PR) of {SHARE:.0%}, rates (RC) of {RATE:.0%}. Spread: standard deviation of log odds, or of log rates.",
        f"An outlier lies {FAR:.0f} standard deviations (chance and spread together) above. Power: at the 99.8 % limit.",
        "Reference: flagged at 95 % / 99.8 %, 100 organisations, 25 funnels each.",
    ]  # fmt: skip
    return table


def _flagged(cell: Cell, number: int, seed: int) -> dict[str, str | float | int | None]:
    shares, power = np.zeros((number, 2)), np.full(number, np.nan)
    for place, (o, n, far) in enumerate(zip(*cell.draw(number, seed), strict=True)):
        found = funnel(o, n, data_type=cell.kind)
        low, high = found.adjusted[:2]
        wide = (found.ratio < low) | (found.ratio > high)
        shares[place] = wide[~far].mean(), found.outside[~far].mean()
        if far.any():
            power[place] = found.outside[far].mean()
    known = power[~np.isnan(power)]
    return {
        "kind": cell.kind, "sizes": "even" if cell.even else "many small", "organisations": cell.size, "spread": cell.spread,
        "outliers %": percent(cell.outliers, 0), "95 %": percent(shares[:, 0].mean()), "SE": mean_error(shares[:, 0]),
        "99.8 %": percent(shares[:, 1].mean()), "its SE": mean_error(shares[:, 1]),
        "power %": percent(known.mean(), 1) if known.size else None,
        "power SE": mean_error(known, 1) if known.size else None,
        "reference": PUBLISHED.get((cell.kind, cell.spread)) if cell.size == 100 and not cell.outliers else None,
    }  # fmt: skip
