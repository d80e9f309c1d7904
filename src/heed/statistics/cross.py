"""Reading categories together: are more people complaining, and is more fault found? Two figures, one sentence.

Ratios of the current periods to those before by quasi-Poisson and quasi-binomial models, which for two groups have closed
forms. Statistics of R's glm(family = quasi...); dispersion is Pearson's over its degrees of freedom. R64, R176.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics import distributions as d
from heed.statistics.arrays import Flags, Floats, Unanswerable, floats, same_length

MORE, FEWER_FOUND, MORE_FOUND = 2.33, -1.645, 1.645  # t of received, and of the share upheld
SENTENCES = {
    "stable": "No change stands out beyond what chance does.",
    "received_up_upheld_flat": (
        "More people are complaining, but we are not finding more fault: look at how the service is delivered or explained."
    ),
    "received_up_upheld_up_same_rate": (
        "There are more complaints, and as much fault is found in each: something may be going wrong."
    ),
    "received_flat_upheld_up": (
        "There are no more complaints, but more are found justified: check for a failing, or for a change in how decisions "
        "are made."
    ),
    "received_down_upheld_flat": (
        "There are fewer complaints: check that people can still complain before calling it an improvement."
    ),
}


@dataclass(frozen=True)
class Change:
    """The logarithm of a ratio (current to before), its standard error, p by t, and the dispersion. NaN where a group is
    empty."""

    log_ratio: float
    error: float
    p: float
    dispersion: float

    @property
    def t(self) -> float:
        return self.log_ratio / self.error if self.error > 0 else np.nan

    def upper(self, z: float = 1.959963984540054) -> float:
        """The upper limit of the ratio: "no increase" is only said with it."""
        return float(np.exp(self.log_ratio + z * self.error))


@dataclass(frozen=True)
class Reading:
    """received, upheld: rates. share: the odds of being upheld. fisher_p: of the two totals. pattern: a key of
    `SENTENCES`."""

    received: Change
    upheld: Change
    share: Change
    fisher_p: float
    pattern: str

    @property
    def sentence(self) -> str:
        return SENTENCES[self.pattern]


def read_together(
    received: ArrayLike, upheld: ArrayLike, *, current: int, contacts: ArrayLike | None = None,
    decided: ArrayLike | None = None, baseline: int | None = None,
) -> Reading:  # fmt: skip
    """Compare the last `current` periods with the `baseline` before them (all, without it).

    received, upheld: counts (periods,), oldest first. contacts: exposure of both. decided: of which `upheld` is a part;
    received, without it. Compare only decided cohorts. Raises Unanswerable."""
    counts, found = floats(received), floats(upheld)
    exposure = np.ones(counts.shape) if contacts is None else floats(contacts)
    total = counts if decided is None else floats(decided)
    length = same_length(received=counts, upheld=found, contacts=exposure, decided=total)
    first = 0 if baseline is None else length - current - baseline
    if current < 1 or first < 0 or length - current - first < 1:
        raise Unanswerable("there must be periods before and now")
    known = ~np.isnan(counts + found + exposure + total)
    known[:first] = False
    now = (np.arange(length) >= length - current)[known]
    counts, found, exposure, total = (values[known] for values in (counts, found, exposure, total))
    if (found > total).any():
        raise Unanswerable("no more can be upheld than was decided")
    rate, fault, share = (
        rate_change(counts, exposure, now),
        rate_change(found, exposure, now),
        odds_change(found, total, now),
    )
    p = fisher_p(found[~now].sum(), (total - found)[~now].sum(), found[now].sum(), (total - found)[now].sum())
    return Reading(rate, fault, share, p, pattern(rate.t, fault.t, share.t))


def pattern(received: float, upheld: float, share: float) -> str:
    """Which of the patterns the three t values make."""
    if received > MORE:
        return "received_up_upheld_flat" if share < FEWER_FOUND else "received_up_upheld_up_same_rate"
    if received < -MORE:
        return "received_down_upheld_flat"
    return "received_flat_upheld_up" if upheld > MORE and share > MORE_FOUND else "stable"


def rate_change(y: Floats, exposure: Floats, now: Flags) -> Change:
    """Quasi-Poisson: counts (periods,) with their exposure."""
    sums, sizes = _by_group(y, now), _by_group(exposure, now)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (sums / sizes)[now.astype(int)] * exposure
        chi2 = np.where(mean > 0, (y - mean) ** 2 / mean, 0.0).sum()
        ratio = np.log(sums[1] / sizes[1]) - np.log(sums[0] / sizes[0])
        return _change(ratio, (1 / sums).sum(), chi2, y.size - 2)


def odds_change(successes: Floats, total: Floats, now: Flags) -> Change:
    """Quasi-binomial: successes (periods,) of a total."""
    good, bad = _by_group(successes, now), _by_group(total - successes, now)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (good / (good + bad))[now.astype(int)]
        spread = total * share * (1 - share)
        chi2 = np.where(spread > 0, (successes - total * share) ** 2 / spread, 0.0).sum()
        odds = np.log(good[1] / bad[1]) - np.log(good[0] / bad[0])
        return _change(odds, (1 / good + 1 / bad).sum(), chi2, int((total > 0).sum()) - 2)


def _by_group(values: Floats, now: Flags) -> Floats:
    return np.array([values[~now].sum(), values[now].sum()])


def _change(log_ratio: float, variance: float, chi2: float, freedom: int) -> Change:
    if not np.isfinite(log_ratio) or freedom < 1:
        return Change(np.nan, np.nan, np.nan, np.nan)
    dispersion = float(chi2 / freedom)
    error = float(np.sqrt(dispersion * variance))
    p = float(d.t_two_sided(log_ratio / error, freedom)) if error > 0 else np.nan
    return Change(float(log_ratio), error, p, dispersion)


def fisher_p(a: float, b: float, c: float, e: float) -> float:
    """Fisher's exact two-sided p of the table [[a, b], [c, e]]."""
    row, column, total, found = round(a + b), round(a + c), round(a + b + c + e), round(a)
    low, high = max(0, row + column - total), min(row, column)
    mean = row * column / total if total else 0.0
    reach = 40 * np.sqrt(mean + 1) + 40  # beyond it nothing is left
    low, high = max(low, int(mean - reach)), min(high, int(mean + reach))
    if not low <= found <= high:
        return 0.0
    k = np.arange(low + 1, high + 1, dtype=np.float64)
    steps = np.log((row - k + 1) * (column - k + 1) / (k * (total - row - column + k)))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    chance = np.exp(logs - logs.max())
    observed = chance[found - low]
    return float(min(1.0, chance[chance <= observed * (1 + 1e-7)].sum() / chance.sum()))
