"""How far two people who code the same texts agree, beyond what chance alone would give.

Cohen's kappa (Educ Psychol Meas 1960, 20: 37-46), weighted for codes that have an order (Psychol Bull 1968, 70: 213-220),
with the large-sample standard error of Fleiss, Cohen and Everitt (Psychol Bull 1969, 72: 323-327). Agreement on a single
code is the share of positive agreement (Cicchetti and Feinstein, J Clin Epidemiol 1990, 43: 551-558). R193, R194.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from heed.statistics import distributions as d
from heed.statistics.arrays import Floats, Unanswerable

ENOUGH = 30  # texts, below which a kappa would say more of chance than of the two people
NAN = float("nan")
WEIGHTS = ("none", "linear", "quadratic")


@dataclass(frozen=True)
class OfCode:
    """One code. `first`, `second`: how often each person gave it; `both`: on the same text. `agreement` is twice `both`
    over their sum: of the times that one of the two gave the code, the share in which the other did too."""

    code: str
    first: int
    second: int
    both: int

    @property
    def agreement(self) -> float:
        return 2 * self.both / (self.first + self.second)


@dataclass(frozen=True)
class Agreement:
    """`texts` coded by both, on `same` of which they gave the same code. `observed` and `expected` are shares, weighted
    where weights were asked for; `kappa` lies between `low` and `high` with the confidence asked for.

    All five and `error` are NaN below ENOUGH texts (`too_few`); kappa, its limits and `error` also where only one code was
    given at all, for then there is nothing that chance could have got wrong."""

    texts: int
    same: int
    observed: float
    expected: float
    kappa: float
    error: float
    low: float
    high: float
    codes: tuple[OfCode, ...]

    @property
    def too_few(self) -> bool:
        return self.texts < ENOUGH

    @property
    def is_known(self) -> bool:
        return bool(np.isfinite(self.kappa))


def agreement(
    first: Sequence[str], second: Sequence[str], *, codes: Sequence[str] = (), weights: str = "none",
    confidence: float = 0.95,
) -> Agreement:  # fmt: skip
    """Compare two people's codes of the same texts, in the same order. `codes`: all that could be given, in their order
    where they have one; by default those that were given. weights: none, or for ordered codes linear (a neighbouring
    code counts nearly as the same) or quadratic. Raises Unanswerable."""
    if len(first) != len(second):
        raise Unanswerable("both have to have coded the same texts")
    if weights not in WEIGHTS or not 0 < confidence < 1:
        raise Unanswerable("weights are none, linear or quadratic; a confidence lies between 0 and 1")
    order = list(codes) or sorted({*first, *second})
    if unknown := {*first, *second} - {*order}:
        raise Unanswerable(f"a code that could not be given was given: {sorted(unknown)[0]}")
    place = {code: index for index, code in enumerate(order)}
    table = np.zeros((len(order), len(order)))
    for one, other in zip(first, second, strict=True):
        table[place[one], place[other]] += 1
    return of_table(table, order, weights=weights, confidence=confidence)


def of_table(
    table: Floats, codes: Sequence[str], *, weights: str | Floats = "none", confidence: float = 0.95
) -> Agreement:
    """The same for a table of counts (codes, codes), the first person's codes down. weights: a name, or the agreement
    that each cell stands for (codes, codes), 1 on the diagonal."""
    n, same = int(table.sum()), int(np.trace(table))
    listed = tuple(
        OfCode(code, int(table[i].sum()), int(table[:, i].sum()), int(table[i, i]))
        for i, code in enumerate(codes)
        if table[i].any() or table[:, i].any()
    )
    if n < ENOUGH:
        return Agreement(n, same, NAN, NAN, NAN, NAN, NAN, NAN, listed)
    weight = _weights(len(codes), weights) if isinstance(weights, str) else weights
    observed, expected, variance = _moments(table / n, weight, n)
    if expected >= 1 - 1e-12:
        return Agreement(n, same, observed, expected, NAN, NAN, NAN, NAN, listed)
    kappa, error = (observed - expected) / (1 - expected), float(np.sqrt(max(variance, 0.0)))
    reach = float(d.normal_quantile((1 + confidence) / 2)) * error
    return Agreement(
        n, same, observed, expected, kappa, error, max(-1.0, kappa - reach), min(1.0, kappa + reach), listed
    )


def _weights(size: int, name: str) -> Floats:
    """How much agreement each pair of codes stands for: 1 on the diagonal, 0 for the two ends of the order."""
    if name == "none" or size < 2:
        return np.eye(size)
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / (size - 1)
    return np.asarray(1 - apart if name == "linear" else 1 - apart**2, dtype=np.float64)


def _moments(share: Floats, weight: Floats, n: int) -> tuple[float, float, float]:
    """Observed and expected agreement, and the variance of kappa by Fleiss, Cohen and Everitt's formula (13); with
    weights of 1 and 0 it is their formula (14) for the unweighted kappa."""
    down, across = share.sum(axis=1), share.sum(axis=0)
    observed, expected = float((weight * share).sum()), float((weight * np.outer(down, across)).sum())
    mean = np.add.outer(weight @ across, down @ weight)
    spread = float((share * (weight * (1 - expected) - mean * (1 - observed)) ** 2).sum())
    centre = (observed * expected - 2 * expected + observed) ** 2
    return observed, expected, (spread - centre) / (n * (1 - expected) ** 4) if expected < 1 else 0.0


@dataclass(frozen=True)
class Share:
    """`share` of `of`, between `low` and `high`; all NaN where `of` is 0."""

    counted: int
    of: int
    share: float
    low: float
    high: float


def share(counted: int, of: int, *, confidence: float = 0.95) -> Share:
    """A share with Clopper and Pearson's exact limits (Biometrika 1934, 26: 404-413), which never promise more than they
    hold, however small the sample. Raises Unanswerable."""
    if not 0 <= counted <= of or not 0 < confidence < 1:
        raise Unanswerable("counted lies between 0 and all, and a confidence between 0 and 1")
    if of == 0:
        return Share(0, 0, NAN, NAN, NAN)
    tail = (1 - confidence) / 2
    low = float(d.beta_quantile(tail, counted, of - counted + 1)) if counted else 0.0
    high = float(d.beta_quantile(1 - tail, counted + 1, of - counted)) if counted < of else 1.0
    return Share(counted, of, counted / of, low, high)
