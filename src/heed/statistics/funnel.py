"""Funnel plots: organisations compared with what size alone would do, with limits wide enough for real variation.

`mode="reference"` is FunnelPlotR 0.6.0, with its defects (limits of CQC and of ratios of counts on the wrong scale;
over-dispersion from trimmed scores, never corrected for the trimming, which flags 10 to 20 times too many). The default
solves a robust Paule-Mandel equation for the variation between organisations, about a line that a few odd ones cannot pull,
allows for how skew counts are, and draws exact limits for small denominators. How many are flagged that should not be is
measured by `benchmarks/simulations funnel`. R182, R183.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics import distributions as d
from heed.statistics.arrays import Flags, Floats, Unanswerable, check_mode, floats, same_length
from heed.statistics.overdispersion import moment_tau2, robust_tau2, truncated, winsorised

Z95, Z998 = 1.959964, 3.090232
TAILS = {Z95: 0.025, Z998: 0.001}
ROUNDS = 3  # of finding the line and the variation about it, in turn
FREEDOM = 2.5  # degrees of freedom for each organisation, of limits that rest on the variation seen
MANY = 1_000  # organisations, where it is not said how many
NODES = 9  # of the variation between organisations, where limits are exact
SMALL = 10  # n p (1-p), or expected count, below which limits are exact
TYPES = ("PR", "SR", "RC")
METHODS = ("SHMI", "CQC")
Limits = tuple[Floats, Floats, Floats, Floats]  # lower and upper 95%, lower and upper 99.8%


@dataclass(frozen=True)
class Funnel:
    """Arrays (organisations,). phi: mean square of the trimmed scores; tau2: variance between organisations, on the
    transformed scale. target: the line, in the reference what all have together, in the default where most are (1 of
    standardised ratios). limits are without, adjusted with tau2; where `adjusted_used` is False they are the same.

    expected_flags: how many of so many alike organisations chance alone puts outside."""

    ratio: Floats
    score: Floats
    trimmed: Floats
    phi: float
    tau2: float
    target: float
    limits: Limits
    adjusted: Limits
    adjusted_used: bool
    outside: Flags
    expected_flags: float


@dataclass(frozen=True)
class _Scale:
    """Where scores are normal: y with standard error s about the target t, and the way back."""

    y: Floats
    s: Floats
    t: float
    back: Callable[[Floats], Floats]


def funnel(
    numerator: ArrayLike, denominator: ArrayLike, *, data_type: str = "PR", sr_method: str = "CQC", limit: int = 99,
    adjust: bool = True, trim: float = 0.1, multiplier: float = 1, rounding: bool = True, mode: str = "default",
) -> Funnel:  # fmt: skip
    """Compare organisations: numerator and denominator are (organisations,), counts, or expected counts under SR.

    data_type: PR proportions, SR observed over expected, RC ratio of counts (the default treats RC as SR with
    expectations from the overall ratio). sr_method: CQC (square root) or SHMI (logarithm). limit: 95 or 99 (99.8%),
    which of the limits `outside` is judged by. adjust: for variation between organisations. trim: share winsorised, or
    truncated under SHMI, at each end. multiplier: of ratios and limits. rounding: of SHMI's expectations to 2 decimals,
    in the reference only. Raises Unanswerable."""
    o, n, reference = floats(numerator), floats(denominator), check_mode(mode)
    _check(o, n, data_type, sr_method, limit, trim)
    if reference and data_type == "SR" and sr_method == "SHMI" and rounding:
        n = np.round(n, 2)
    if reference:
        return _reference(o, n, data_type, sr_method, limit, adjust, trim, multiplier)
    return _default(o, n, data_type, limit, adjust, trim, multiplier)


def _check(o: Floats, n: Floats, data_type: str, sr_method: str, limit: int, trim: float) -> None:
    same_length(numerator=o, denominator=n)
    if data_type not in TYPES or sr_method not in METHODS or limit not in (95, 99):
        raise Unanswerable("data_type is PR, SR or RC; sr_method is SHMI or CQC; limit is 95 or 99")
    if not o.size or not (np.isfinite(o).all() and np.isfinite(n).all()):
        raise Unanswerable("a funnel needs a numerator and a denominator for each organisation")
    if (n <= 0).any() or (o < 0).any() or (data_type == "PR" and (o > n).any()):
        raise Unanswerable("denominators are above 0, numerators are not below 0, and a proportion is not above 1")
    if not 0 < trim < 0.5:
        raise Unanswerable("trim is a share above 0 and below one half")


def _transformed(o: Floats, n: Floats, data_type: str, sr_method: str) -> _Scale:
    overall = float(o.sum() / n.sum())
    with np.errstate(divide="ignore"):
        if data_type == "PR":
            return _Scale(
                np.arcsin(np.sqrt(o / n)), 1 / (2 * np.sqrt(n)), float(np.arcsin(np.sqrt(overall))), _proportion
            )
        if data_type == "RC":
            s = np.sqrt(o / (o + 0.5) ** 2 + n / (n + 0.5) ** 2)
            return _Scale(np.log((o + 0.5) / (n + 0.5)), s, float(np.log(overall)), np.exp)
        if sr_method == "SHMI":
            return _Scale(np.log(o / n), 1 / np.sqrt(n), 0.0, np.exp)
        return _Scale(np.sqrt(o / n), 1 / (2 * np.sqrt(n)), 1.0, _square)


def _proportion(angle: Floats) -> Floats:
    return np.asarray(np.sin(np.clip(angle, 0, np.pi / 2)) ** 2)


def _square(root: Floats) -> Floats:
    return np.asarray(np.maximum(root, 0) ** 2)


def _around(scale: _Scale, tau2: float) -> Limits:
    return _four(lambda z: scale.back(scale.t + z * np.sqrt(scale.s**2 + tau2)))


def _four(limit: Callable[[float], Floats]) -> Limits:
    return limit(-Z95), limit(Z95), limit(-Z998), limit(Z998)


def _poisson_limits(expected: Floats) -> Limits:
    """Chi-square limits of observed over expected."""

    def limit(z: float) -> Floats:
        tail = TAILS[abs(z)]
        count = d.chi2_quantile(tail, 2 * expected) if z < 0 else d.chi2_quantile(1 - tail, 2 * (expected + 1))
        return count / 2 / expected

    return _four(limit)


def _reference(
    o: Floats, n: Floats, data_type: str, sr_method: str, limit: int, adjust: bool, trim: float, multiplier: float
) -> Funnel:
    scale = _transformed(o, n, data_type, sr_method)
    score = (scale.y - scale.t) / scale.s
    trimmed = truncated(score, trim) if data_type == "SR" and sr_method == "SHMI" else winsorised(score, trim)
    kept = ~np.isnan(trimmed)
    phi = float(np.mean(trimmed[kept] ** 2)) if kept.any() else np.nan
    tau2 = moment_tau2(phi, scale.s[kept])
    if not adjust:
        phi, tau2 = 0.0, 0.0
    # Its ratios of counts and its CQC limits are drawn on the wrong scale: kept, to compare like with like.
    drawn = _Scale(scale.y, 1 / (2 * np.sqrt(n)), scale.t, scale.back) if data_type == "RC" else scale
    plain = _poisson_limits(n) if data_type == "SR" else _around(drawn, 0.0)
    if data_type == "SR" and sr_method == "CQC":
        drawn = _Scale(scale.y, scale.s, scale.t, np.asarray)
    wide = _around(drawn, tau2) if tau2 > 0 else plain
    target = 1.0 if data_type == "SR" else float(o.sum() / n.sum())
    return _judged(o, n, (score, trimmed, phi, tau2), plain, wide, limit, multiplier, target)


@dataclass(frozen=True)
class _Line:
    """What the default draws about. centre, tau2: on the scale where scores are normal, from which `back` leads; skew: of
    counts there, in standard errors; organisations: in how many tau2 was seen."""

    centre: float
    tau2: float
    proportion: bool
    organisations: int

    @property
    def back(self) -> Callable[[Floats], Floats]:
        return _proportion if self.proportion else _square

    @property
    def target(self) -> float:
        return float(self.back(np.array(self.centre)))

    @property
    def skew(self) -> float:
        return _skew(self.target) if self.proportion else 1.0

    def quantiles(self) -> dict[float, float]:
        """How many standard deviations away limits are: more, where the variation is itself estimated."""
        if not self.tau2:
            return {z: z for z in TAILS}
        return {z: float(d.t_quantile(1 - tail, FREEDOM * self.organisations)) for z, tail in TAILS.items()}

    def limits(self, n: Floats) -> Limits:
        """By Cornish and Fisher's expansion, of which the skewness of the counts is the part beyond the normal."""
        s2, quantile = 1 / (4 * n), self.quantiles()
        spread2 = s2 + self.tau2

        def limit(z: float) -> Floats:
            q = quantile[abs(z)]
            bent = self.skew * (s2 / 2 + (q * q - 1) / 6 * s2 * s2 / spread2)
            return self.back(self.centre + np.sign(z) * q * np.sqrt(spread2) - bent)

        return _four(limit)


def _skew(share: float) -> float:
    return float((1 - 2 * share) / np.sqrt(share * (1 - share))) if 0 < share < 1 else 0.0


def _default(o: Floats, n: Floats, data_type: str, limit: int, adjust: bool, trim: float, multiplier: float) -> Funnel:
    overall = float(o.sum() / n.sum())
    unit = (overall or 1.0) if data_type == "RC" else 1.0
    expected, proportion = n * unit, data_type == "PR"
    scale = _transformed(o, expected, "PR" if proportion else "SR", "CQC")
    y = scale.y + (_skew(overall) if proportion else 1.0) * scale.s**2 / 2
    centre, tau2 = _centred(y, scale, data_type != "SR", trim) if adjust else (scale.t, 0.0)
    line = _Line(centre, tau2, proportion, n.size)
    score = (y - centre) / scale.s
    trimmed = winsorised(score, trim)
    plain, wide = (_scaled(limits, unit) for limits in _limits(line, expected))
    found = (score, trimmed, float(np.mean(trimmed**2)), tau2)
    return _judged(o, n, found, plain, wide, limit, multiplier, line.target * unit)


def limits_at(
    denominator: ArrayLike, *, data_type: str, target: float, tau2: float, organisations: int | None = None
) -> Limits:
    """The limits of the default method at any size, to draw them as lines: denominator as for `funnel`, PR or SR; target
    and tau2 as it found them; organisations: in how many, many without it. Raises Unanswerable."""
    n = floats(denominator)
    if data_type not in ("PR", "SR") or (n <= 0).any():
        raise Unanswerable("limits are drawn for PR or SR, at denominators above 0")
    root = float(np.sqrt(target))
    centre = float(np.arcsin(root)) if data_type == "PR" else root
    return _limits(_Line(centre, tau2, data_type == "PR", organisations or MANY), n)[1]


def _limits(line: _Line, n: Floats) -> tuple[Limits, Limits]:
    """Without and with the variation between organisations."""
    plain = _drawn(replace(line, tau2=0.0), n)
    return plain, _no_narrower(_drawn(line, n), plain) if line.tau2 else plain


def _centred(y: Floats, scale: _Scale, free: bool, trim: float) -> tuple[float, float]:
    """(centre, variance between organisations). The centre of standardised ratios is 1; else it is where winsorised scores
    are balanced, so that an organisation far away does not pull the line towards it."""
    centre, tau2 = scale.t, robust_tau2(y - scale.t, scale.s, trim)
    for _ in range(ROUNDS if free else 0):
        weight = 1 / (scale.s**2 + tau2)
        pull = winsorised((y - centre) * np.sqrt(weight), trim)
        centre += float((pull * np.sqrt(weight)).sum() / weight.sum())
        tau2 = robust_tau2(y - centre, scale.s, trim)
    return centre, tau2


def _drawn(line: _Line, n: Floats) -> Limits:
    """Exact where few are expected."""
    share, limits = line.target, line.limits(n)
    few = (n * share * (1 - share) if line.proportion else n * share) < SMALL
    return _with_exact(limits, _exact_limits(n[few], line), few) if few.any() else limits


def _exact_limits(n: Floats, line: _Line) -> Limits:
    """Interpolated exact limits where few are expected, by mid-p, which is neither shy nor bold; with variation between
    organisations, of the binomial or Poisson mixed with it."""
    sizes, which = np.unique(np.floor(n) if line.proportion else n, return_inverse=True)
    middle = _middle(sizes, line)
    row, quantile, last = np.arange(len(sizes)), line.quantiles(), middle.shape[1] - 1

    def limit(z: float) -> Floats:
        tail = float(d.normal_above(quantile[abs(z)]))
        p = tail if z < 0 else 1 - tail
        at = np.clip((middle < p).sum(axis=1), 1, last)
        step = middle[row, at] - middle[row, at - 1]
        found = np.clip(at - (middle[row, at] - p) / step, 0, last) / sizes
        found = np.minimum(found, line.target if z < 0 else 1.0 if line.proportion else np.inf)
        return np.asarray((found if z < 0 else np.maximum(found, line.target))[which])

    return _four(limit)


def _middle(sizes: Floats, line: _Line) -> Floats:
    """P(K < k) + P(K = k) / 2 for each size and count from 0, (sizes, counts)."""
    share, weight = _mixture(line)
    most = float(sizes.max() * share.max())
    top = int(most + 8 * np.sqrt(most) + 20)
    top = max(min(top, int(sizes.max())), 1) if line.proportion else top
    count, size = np.arange(top + 1, dtype=np.float64)[None, :, None], sizes[:, None, None]
    chance = d.binomial_below(count, size, share) if line.proportion else d.poisson_below(count, size * share)
    below = chance @ weight
    return np.asarray((below + np.pad(below, ((0, 0), (1, 0)))[:, :-1]) / 2)


def _mixture(line: _Line) -> tuple[Floats, Floats]:
    """(shares or ratios that organisations have, how many of them have each)."""
    if not line.tau2:
        return np.array([line.target]), np.ones(1)
    points, weight = np.polynomial.hermite.hermgauss(NODES)
    return line.back(line.centre + np.sqrt(2 * line.tau2) * points), weight / weight.sum()


def _with_exact(about: Limits, exact: Limits, few: Flags) -> Limits:
    lines = [line.copy() for line in about]
    for line, small in zip(lines, exact, strict=True):
        line[few] = small
    return lines[0], lines[1], lines[2], lines[3]


def _no_narrower(limits: Limits, than: Limits) -> Limits:
    (low95, high95, low998, high998), other = limits, than
    return (
        np.minimum(low95, other[0]), np.maximum(high95, other[1]), np.minimum(low998, other[2]), np.maximum(high998, other[3]),
    )  # fmt: skip


def _scaled(limits: Limits, factor: float) -> Limits:
    low95, high95, low998, high998 = (line * factor for line in limits)
    return low95, high95, low998, high998


def _judged(
    o: Floats, n: Floats, found: tuple[Floats, Floats, float, float], plain: Limits, wide: Limits, limit: int,
    multiplier: float, target: float,
) -> Funnel:  # fmt: skip
    low, high = wide[:2] if limit == 95 else wide[2:]
    ratio = o / n
    score, trimmed, phi, tau2 = found
    return Funnel(
        ratio=ratio * multiplier, score=score, trimmed=trimmed, phi=phi, tau2=tau2, target=target * multiplier,
        limits=_scaled(plain, multiplier), adjusted=_scaled(wide, multiplier), adjusted_used=tau2 > 0,
        outside=(ratio < low) | (ratio > high), expected_flags=(0.05 if limit == 95 else 0.002) * ratio.size,
    )  # fmt: skip
