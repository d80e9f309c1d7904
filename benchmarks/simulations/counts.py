"""Invented counts whose truth is known. Everything is drawn from a generator that is given, so that it comes out alike."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter
from scipy.special import ndtr
from scipy.stats import nbinom, poisson

Floats = NDArray[np.float64]


def dispersed(rng: np.random.Generator, mean: Floats, phi: float) -> Floats:
    """Counts of the shape of `mean` with variance phi times the mean: negative binomial, Poisson where phi is 1."""
    if phi == 1:
        return rng.poisson(mean).astype(float)
    return rng.negative_binomial(mean / (phi - 1), 1 / phi).astype(float)


def following(rng: np.random.Generator, mean: Floats, phi: float, lag1: float) -> Floats:
    """The same, (series, points), where each normal score follows the one before with correlation `lag1` (counts: a
    little less, the smaller they are)."""
    if not lag1:
        return dispersed(rng, mean, phi)
    noise = rng.normal(size=mean.shape) * np.sqrt(1 - lag1**2)
    noise[:, 0] /= np.sqrt(1 - lag1**2)
    rank = ndtr(lfilter([1.0], [1.0, -lag1], noise, axis=1))
    if phi == 1:
        return np.asarray(poisson.ppf(rank, mean), dtype=float)
    return np.asarray(nbinom.ppf(rank, mean / (phi - 1), 1 / phi), dtype=float)
