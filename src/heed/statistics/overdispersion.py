"""How much organisations differ beyond chance: the variance between them, with little said by the ones that are far away.

By moments from trimmed scores (DerSimonian and Laird, as FunnelPlotR does it), and by a robust Paule-Mandel equation, which
knows what trimming takes away. For `funnel`. R183.
"""

from collections.abc import Callable

import numpy as np

from heed.statistics import distributions as d
from heed.statistics.arrays import Floats

# The mean square of a standard normal score winsorised at its own 10% and 90% quantiles: what no variation looks like.
WINSORISED_SQUARE = 0.67865
FEWER = 0.65  # by which, over their number, it is larger where organisations are few (by simulation)
DOUBT = 0.9  # over the root of their number: what one in five funnels of alike organisations varies by above it


def winsorised(z: Floats, trim: float) -> Floats:
    """Drawn in to the quantiles at both ends (type 7, as `np.quantile`, which is slow for so few)."""
    ordered = np.sort(z)
    place = (z.size - 1) * trim
    low, part = int(place), place - int(place)
    high, above = z.size - 1 - low, min(low + 1, z.size - 1)
    edges = ordered[[low, above, high, max(high - 1, 0)]]
    return np.clip(z, edges[0] + part * (edges[1] - edges[0]), edges[2] - part * (edges[2] - edges[3]))


def truncated(z: Floats, trim: float) -> Floats:
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

    deviation: from the target, (organisations,); s: standard errors. 0 where they vary no more than four in five
    funnels of alike organisations do."""
    aim = WINSORISED_SQUARE if trim == 0.1 else winsorised_square(trim)
    aim *= 1 + FEWER / max(deviation.size, 1)

    def excess(tau2: float) -> float:
        drawn_in = winsorised(deviation / np.sqrt(s**2 + tau2), trim)
        return float(drawn_in @ drawn_in) / drawn_in.size - aim

    if deviation.size < 2 or excess(0.0) <= DOUBT / np.sqrt(deviation.size):
        return 0.0
    return _root(excess, float(np.mean(s**2)) or 1.0)


def _root(falling: Callable[[float], float], high: float) -> float:
    """Where a falling function that is above 0 at 0 reaches it: by false position, as Illinois does it."""
    low, at_low, at_high = 0.0, falling(0.0), falling(high)
    while at_high > 0:
        low, at_low, high = high, at_high, 4 * high
        at_high = falling(high)
    side = 0
    for _ in range(100):
        middle = (low * at_high - high * at_low) / (at_high - at_low)
        value = falling(middle)
        if abs(value) < 1e-12 or high - low < 1e-12 * high:
            break
        if value > 0:
            low, at_low, at_high = middle, value, at_high / 2 if side > 0 else at_high
        else:
            high, at_high, at_low = middle, value, at_low / 2 if side < 0 else at_low
        side = 1 if value > 0 else -1
    return middle


def winsorised_square(trim: float) -> float:
    q = float(-d.normal_quantile(trim))
    density = float(np.exp(-q * q / 2) / np.sqrt(2 * np.pi))
    return 1 - 2 * trim - 2 * q * density + 2 * trim * q * q
