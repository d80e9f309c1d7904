"""Weekly series of 42 kinds, with outbreaks in them or without, as Noufaily et al. 2013 make them; and those on file."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from counts import Floats, dispersed
from numpy.typing import NDArray

WEEKS, FIRST = 624, 575  # positions: what is watched begins at FIRST
# theta, beta, gamma1, gamma2, phi
PARAMETERS = (
    (0.1, 0.0025, 0.6, 0.6, 1.5), (-2, 0.005, 0.1, 0.3, 2), (1.5, 0.003, 0.2, -0.4, 1), (0.5, 0.002, 0.5, 0.5, 5),
    (2.5, 0.001, 1, 0.1, 3), (3.75, 0.001, 0.1, -0.1, 1.1), (5, 0.0001, 0.05, 0.01, 1.2),
)  # fmt: skip
KINDS = [(*numbers, trend, waves) for numbers in PARAMETERS for trend in (0, 1) for waves in (0, 1, 2)]


@dataclass(frozen=True)
class Drawn:
    """kind (series,): from 0. quiet, added (series, weeks): counts without outbreaks, and the outbreaks. first, last, size
    (series,): the weeks, from 0, in which the last outbreak has cases, -1 where none fell; k (series,): its size in standard
    deviations. mean, phi: of what the counts are drawn, where that is known."""

    kind: NDArray[np.int64]
    quiet: Floats
    added: Floats
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    k: NDArray[np.int64]
    mean: Floats
    phi: Floats

    def __len__(self) -> int:
        return len(self.kind)


def fresh(copies: int, seed: int, *, weeks: int = WEEKS) -> Drawn:
    """`copies` of each kind: four outbreaks in weeks 313 to 575, and one later."""
    rng = np.random.default_rng([20_131, seed])
    kind = np.repeat(np.arange(len(KINDS)), copies)
    mean, phi = expected(kind, weeks), np.array([KINDS[number][4] for number in kind])
    quiet = np.vstack([dispersed(rng, row[None], spread) for row, spread in zip(mean, phi, strict=True)])
    added = np.zeros_like(quiet)
    for strength in (2, 3, 5, 10):
        _break_out(rng, added, mean, phi, np.full(len(kind), strength), (312, FIRST))
    k = rng.integers(1, 11, len(kind))
    last = np.zeros_like(quiet)
    _break_out(rng, last, mean, phi, k, (FIRST, weeks))
    any_case = last.any(axis=1)
    return Drawn(
        kind, quiet, added + last, np.where(any_case, (last > 0).argmax(axis=1), -1),
        np.where(any_case, weeks - 1 - (last[:, ::-1] > 0).argmax(axis=1), -1), k, mean, phi,
    )  # fmt: skip


def expected(kind: NDArray[np.int64], weeks: int) -> Floats:
    """The means, (series, weeks)."""
    time = np.arange(1, weeks + 1)
    logs = np.empty((len(kind), weeks))
    for row, number in enumerate(kind):
        theta, beta, first, second, _, trend, waves = KINDS[number]
        logs[row] = theta + beta * trend * time
        for wave in range(1, waves + 1):
            angle = 2 * np.pi * wave * time / 52
            logs[row] += first * np.cos(angle) + second * np.sin(angle)
    return np.exp(logs)


def _break_out(
    rng: np.random.Generator, into: Floats, mean: Floats, phi: Floats, k: NDArray[np.int64], between: tuple[int, int]
) -> None:
    """Add an outbreak to each series: Poisson of k standard deviations of its first week, spread by a lognormal delay."""
    start = rng.integers(*between, len(into))
    row = np.arange(len(into))
    size = rng.poisson(k * np.sqrt(phi * mean[row, start]))
    which = np.repeat(row, size)
    at = np.repeat(start, size) + np.floor(rng.lognormal(0, 0.5, size.sum())).astype(int)
    inside = at < into.shape[1]
    np.add.at(into, (which[inside], at[inside]), 1)


def on_file(folder: Path) -> Drawn:
    """The series of a folder with baseline_counts.csv.gz, outbreak_added.csv.gz and meta.csv, of the same kinds."""
    quiet, added = (
        np.loadtxt(folder / name, delimiter=",") for name in ("baseline_counts.csv.gz", "outbreak_added.csv.gz")
    )
    with (folder / "meta.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    first, last = (np.array([int(float(row[name])) - 1 if row[name] else -1 for row in rows])
                   for name in ("ob_first", "ob_last"))  # fmt: skip
    kind = np.array([int(row["scenario"]) - 1 for row in rows])
    phi = np.array([KINDS[number][4] for number in kind])
    k = np.array([int(row["k"]) for row in rows])
    return Drawn(kind, quiet, added, first, last, k, expected(kind, quiet.shape[1]), phi)
