"""Invented counts by week, as Noufaily et al. 2013 make them."""

import numpy as np


def weeks(number=6, *, mean=8.0, phi=1.5, years=7, season=0.4, trend=0.0, seed=7):
    """(series, weeks) of negative binomial counts with variance phi times the mean, without outbreaks."""
    rng = np.random.default_rng(seed)
    time = np.arange(years * 52)
    expected = mean * np.exp(season * np.cos(2 * np.pi * time / 52) + trend * time)
    if phi == 1:
        return rng.poisson(expected, (number, len(time))).astype(float)
    return rng.negative_binomial(expected / (phi - 1), 1 / phi, (number, len(time))).astype(float)
