"""Funnel plots: organisations compared with what size alone would do, with limits wide enough for real variation.

`mode="reference"` is FunnelPlotR 0.6.0, with its defects (limits of CQC and of ratios of counts on the wrong scale;
over-dispersion from trimmed scores, never corrected for the trimming, which flags 10 to 20 times too many). The default
solves a robust Paule-Mandel equation for the variation between organisations and draws exact limits for small
denominators. R182, R183.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics import distributions as d
from heed.statistics.arrays import Flags, Floats, Unanswerable, check_mode, floats, same_length

Z95, Z998 = 1.959964, 3.090232
TAILS = {Z95: 0.025, Z998: 0.001}
# The mean square of a standard normal score winsorised at its own 10% and 90% quantiles: what no variation looks like.
WINSORISED_SQUARE = 0.67865
SMALL = 10  # n p (1-p), or expected count, below which limits are exact
TYPES = ("PR", "SR", "RC")
METHODS = ("SHMI", "CQC")
Limits = tuple[Floats, Floats, Floats, Floats]  # lower and upper 95%, lower and upper 99.8%


@dataclass(frozen=True)
class Funnel:
    """Arrays (organisations,). phi: mean square of the trimmed scores; tau2: variance between organisations, on the
    transformed scale. limits are without, adjusted with tau2; where `adjusted_used` is False they are the same.

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


def _winsorised(z: Floats, trim: float) -> Floats:
    low, high = np.quantile(z, [trim, 1 - trim])
    return np.clip(z, low, high)


def _truncated(z: Floats, trim: float) -> Floats:
    """NaN for the lowest and the highest of 1/trim groups of ranks, ties at their mean rank."""
    values, inverse, counts = np.unique(z, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    rank = (last - (counts - 1) / 2)[inverse.reshape(-1)]
    k = 1 / trim
    place = np.floor(rank * k / (values[inverse].size + 1))
    return np.where((place > 0) & (place < k - 1), z, np.nan)


def moment_tau2(phi: float, s: Floats) -> float:
    """Variance between organisations by DerSimonian and Laird, from phi, the mean square of scores with errors s."""
    n = s.size
    if not n or n * phi < n - 1:
        return 0.0
    w = 1 / s**2
    spare = float(w.sum() - (w**2).sum() / w.sum())
    return max(0.0, (n * phi - (n - 1)) / spare) if spare > 0 else 0.0


def robust_tau2(deviation: Floats, s: Floats, trim: float = 0.1) -> float:
    """Variance between organisations that makes the winsorised scores vary as a winsorised normal does.

    deviation: from the target, (organisations,); s: standard errors. 0 where they vary no more than by chance."""
    aim = WINSORISED_SQUARE if trim == 0.1 else _winsorised_square(trim)

    def excess(tau2: float) -> float:
        return float(np.mean(_winsorised(deviation / np.sqrt(s**2 + tau2), trim) ** 2)) - aim

    if deviation.size < 2 or excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, float(np.mean(s**2)) or 1.0
    while excess(high) > 0:
        low, high = high, 4 * high
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


def _winsorised_square(trim: float) -> float:
    q = float(-d.normal_quantile(trim))
    density = float(np.exp(-q * q / 2) / np.sqrt(2 * np.pi))
    return 1 - 2 * trim - 2 * q * density + 2 * trim * q * q


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
    trimmed = _truncated(score, trim) if data_type == "SR" and sr_method == "SHMI" else _winsorised(score, trim)
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
    return _judged(o, n, (score, trimmed, phi, tau2), plain, wide, limit, multiplier, data_type)


def _default(o: Floats, n: Floats, data_type: str, limit: int, adjust: bool, trim: float, multiplier: float) -> Funnel:
    overall = float(o.sum() / n.sum())
    expected = n * overall if data_type == "RC" else n
    shape, centre = ("PR", overall) if data_type == "PR" else ("SR", 1.0)
    scale = _transformed(o, expected, shape, "CQC")
    score = (scale.y - scale.t) / scale.s
    trimmed = _winsorised(score, trim)
    tau2 = robust_tau2(scale.y - scale.t, scale.s, trim) if adjust else 0.0
    plain, wide = _limits(expected, shape, centre, tau2)
    back = overall if data_type == "RC" else 1.0
    plain, wide = (_scaled(limits, back) for limits in (plain, wide))
    found = (score, trimmed, float(np.mean(trimmed**2)), tau2)
    return _judged(o, n, found, plain, wide, limit, multiplier, data_type)


def limits_at(denominator: ArrayLike, *, data_type: str, target: float, tau2: float) -> Limits:
    """The limits of the default method at any size, to draw them as lines: denominator as for `funnel`, PR or SR; target
    and tau2 as it found them. Raises Unanswerable."""
    n = floats(denominator)
    if data_type not in ("PR", "SR") or (n <= 0).any():
        raise Unanswerable("limits are drawn for PR or SR, at denominators above 0")
    return _limits(n, data_type, target, tau2)[1]


def _limits(n: Floats, shape: str, centre: float, tau2: float) -> tuple[Limits, Limits]:
    """Without and with the variation between organisations; exact where few are expected."""
    s = 1 / (2 * np.sqrt(n))
    middle, back = (float(np.arcsin(np.sqrt(centre))), _proportion) if shape == "PR" else (1.0, _square)
    scale = _Scale(s, s, middle, back)
    plain, wide = _around(scale, 0.0), _around(scale, tau2)
    few = (n * centre * (1 - centre) if shape == "PR" else n) < SMALL
    if few.any():
        exact = _binomial_limits(n[few], centre) if shape == "PR" else _poisson_limits(n[few])
        plain = _with_exact(plain, exact, few)
        wide = _no_narrower(wide, plain) if tau2 else plain
    return plain, wide


def _binomial_limits(n: Floats, share: float) -> Limits:
    """Interpolated exact limits of a proportion (Spiegelhalter 2005), where few are expected."""
    sizes, which = np.unique(np.floor(n), return_inverse=True)
    top = int(sizes.max())  # a variance below 10 leaves nothing 60 above the mean
    k = np.arange(min(top, int(top * share) + 60) + 1)
    below = d.binomial_below(k[None, :], sizes[:, None], share)

    def limit(z: float) -> Floats:
        p = TAILS[abs(z)] if z < 0 else 1 - TAILS[abs(z)]
        at = np.argmax(below >= p, axis=1)
        row = np.arange(len(sizes))
        step = below[row, at] - np.where(at > 0, below[row, at - 1], 0.0)
        found = (at - (below[row, at] - p) / step) / sizes
        return np.asarray(np.clip(found, 0, 1)[which])

    return _four(limit)


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
    multiplier: float, data_type: str,
) -> Funnel:  # fmt: skip
    low, high = wide[:2] if limit == 95 else wide[2:]
    ratio, target = o / n, 1.0 if data_type == "SR" else float(o.sum() / n.sum())
    score, trimmed, phi, tau2 = found
    return Funnel(
        ratio=ratio * multiplier, score=score, trimmed=trimmed, phi=phi, tau2=tau2, target=target * multiplier,
        limits=_scaled(plain, multiplier), adjusted=_scaled(wide, multiplier), adjusted_used=tau2 > 0,
        outside=(ratio < low) | (ratio > high), expected_flags=(0.05 if limit == 95 else 0.002) * ratio.size,
    )  # fmt: skip
