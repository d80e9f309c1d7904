"""How long a CUSUM or EWMA chart runs until it signals, on average, and the charts themselves.

By solving the integral equation of the run length on Gauss-Legendre points (normal), or the chain of states (Poisson):
exact to far more digits than a simulation has. Reference: spc 0.6.7. R190.
"""

from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics import distributions as d
from heed.statistics.arrays import Floats, Unanswerable, floats

NODES = 80
FINEST = 1000  # the most parts that a unit of a Poisson CUSUM is cut into
STATES = 4000


def cusum(z: ArrayLike, *, k: float, start: float = 0.0) -> Floats:
    """The upper CUSUM max(0, C + z - k) of scores z, (points,) or (series, points); what is not known changes nothing."""
    scores = floats(z)
    out, now = np.empty_like(scores), np.full(scores.shape[:-1], float(start))
    for point in range(scores.shape[-1]):
        step = scores[..., point]
        now = np.where(np.isnan(step), now, np.maximum(0.0, now + step - k))
        out[..., point] = now
    return out


def ewma(z: ArrayLike, *, weight: float, start: ArrayLike = 0.0) -> Floats:
    """The average weight z + (1 - weight) E of scores z, (points,) or (series, points); what is not known changes nothing.

    start: what it begins from, one number or (series,)."""
    scores = floats(z)
    out, now = np.empty_like(scores), np.broadcast_to(floats(start), scores.shape[:-1]).astype(np.float64)
    for point in range(scores.shape[-1]):
        step = scores[..., point]
        now = np.where(np.isnan(step), now, weight * step + (1 - weight) * now)
        out[..., point] = now
    return out


def _density(x: Floats) -> Floats:
    return np.asarray(np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi))


@cache
def _legendre() -> tuple[Floats, Floats]:
    points, weights = np.polynomial.legendre.leggauss(NODES)
    return points, weights


def _nodes(low: float, high: float) -> tuple[Floats, Floats]:
    points, weights = _legendre()
    return (high - low) / 2 * points + (high + low) / 2, (high - low) / 2 * weights


def cusum_run_length(shift: float, *, k: float, h: float, start: float = 0.0) -> float:
    """The mean number of points to a signal (above h) of a one-sided CUSUM of normal scores with mean `shift`.

    Raises Unanswerable for h that is not above 0, or a start outside 0 to h."""
    if not h > 0 or not 0 <= start <= h:
        raise Unanswerable("h is above 0, and a CUSUM starts between 0 and h")
    x, weight = _nodes(0.0, h)
    from_point = np.concatenate([[0.0], x])
    to_zero = d.normal_below(k - from_point - shift)
    kernel = weight * _density(x[None, :] + k - from_point[:, None] - shift)
    lengths = np.linalg.solve(np.eye(NODES + 1) - np.column_stack([to_zero, kernel]), np.ones(NODES + 1))
    onward = float(d.normal_below(k - start - shift)) * lengths[0]
    return float(1 + onward + (weight * _density(x + k - start - shift)) @ lengths[1:])


def cusum_run_length_two_sided(shift: float, *, k: float, h: float) -> float:
    """The same of an upper and a lower one together, each from 0."""
    return 1 / (1 / cusum_run_length(shift, k=k, h=h) + 1 / cusum_run_length(-shift, k=k, h=h))


def ewma_run_length(shift: float, *, weight: float, limit: float, start: float = 0.0) -> float:
    """The mean number of points to a signal of a two-sided EWMA of normal scores with mean `shift`, with constant limits
    at `limit` times its long-run standard deviation. Raises Unanswerable for a weight outside 0 to 1."""
    if not 0 < weight <= 1 or not limit > 0:
        raise Unanswerable("a weight is above 0 and at most 1, and a limit above 0")
    edge = limit * np.sqrt(weight / (2 - weight))
    if abs(start) > edge:
        raise Unanswerable("an EWMA starts within its limits")
    x, mass = _nodes(-edge, edge)

    def kernel(at: Floats) -> Floats:
        return mass * _density((x[None, :] - (1 - weight) * at[:, None]) / weight - shift) / weight

    lengths = np.linalg.solve(np.eye(NODES) - kernel(x), np.ones(NODES))
    return float(1 + (kernel(np.array([start])) @ lengths)[0])


def poisson_cusum_run_length(mean: float, *, k: float, h: float, start: float = 0.0) -> float:
    """The mean number of points to a signal, C > h, of C = max(0, C + y - k) with Poisson counts y.

    k and h are read as fractions; raises Unanswerable where they need too many states."""
    step = Fraction(k).limit_denominator(FINEST)
    parts = int(np.lcm.reduce([step.denominator, Fraction(start).limit_denominator(FINEST).denominator]))
    top = int(np.floor(h * parts + 1e-9))
    if h < 0 or not mean > 0 or not 0 <= start <= h:
        raise Unanswerable("a mean is above 0, h is not below 0, and a CUSUM starts between 0 and h")
    if top + 1 > STATES:
        raise Unanswerable("k and h need too many states; choose rounder numbers")
    state = np.arange(top + 1)
    count = (state[None, :] - state[:, None] + int(step * parts)) / parts  # that leads from one state to another
    whole = (count >= 0) & (np.abs(count - np.round(count)) < 1e-9)
    count = np.asarray(np.round(np.maximum(count, 0.0)), dtype=np.float64)
    chance = np.where(whole, d.poisson_below(count, mean) - d.poisson_below(count - 1, mean), 0.0)
    chance[:, 0] = d.poisson_below(np.floor((int(step * parts) - state) / parts + 1e-9), mean)
    lengths = np.linalg.solve(np.eye(top + 1) - chance, np.ones(top + 1))
    return float(lengths[round(start * parts)])
