"""Quantiles are the smallest number that reaches, and tails are small without being lost."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.statistics import distributions as d

MEANS = st.floats(1e-9, 1e5)
DISPERSIONS = st.floats(1, 60)


@given(MEANS, DISPERSIONS, st.sampled_from([1e-4, 0.05, 0.5, 0.95, 0.995, 0.9999]))
def test_a_quantile_is_the_smallest_count_that_reaches(mean, dispersion, probability):
    found = float(d.count_quantile(probability, mean, dispersion))
    wanted = probability * (1 - d.FUZZ)
    assert float(d.count_below(found, mean, dispersion)) >= wanted
    assert found == 0 or float(d.count_below(found - 1, mean, dispersion)) < wanted


@given(st.floats(0.01, 50), DISPERSIONS, st.integers(-1, 200))
def test_both_tails_make_one(mean, dispersion, k):
    assert math.isclose(float(d.count_below(k, mean, dispersion)) + float(d.count_above(k, mean, dispersion)), 1)


@given(st.floats(0.5, 30), st.floats(1.0, 8))
def test_the_mean_and_the_variance_are_as_said(mean, dispersion):
    k = np.arange(3000)
    above = d.count_above(k, mean, dispersion)
    assert math.isclose(above.sum(), mean, rel_tol=1e-6)
    second = ((2 * k + 1) * above).sum()
    assert math.isclose(second - mean**2, dispersion * mean, rel_tol=1e-5)


def test_a_dispersion_near_one_is_near_poisson():
    assert np.allclose(d.count_above([3, 9], 4.0, 1 + 1e-9), d.count_above([3, 9], 4.0, 1.0), rtol=1e-6)


def test_small_tails_are_not_lost():
    assert 0 < float(d.count_above(400, 20.0, 1.5)) < 1e-100
    assert 0 < float(d.normal_above(30.0)) < 1e-190


@pytest.mark.parametrize(("k", "below"), [(-1, 0), (0, 1 / 16), (3, 15 / 16), (4, 1), (9, 1)])
def test_binomial(k, below):
    assert math.isclose(float(d.binomial_below(k, 4, 0.5)), below, abs_tol=1e-15)


def test_an_unknown_mean_has_an_unknown_quantile():
    assert np.isnan(d.count_quantile(0.9, [np.nan, np.inf], 1.0)).all()


def test_known_values():
    assert math.isclose(float(d.normal_quantile(0.995)), 2.5758293035489, rel_tol=1e-12)
    assert math.isclose(float(d.t_two_sided(2.0, 10)), 0.0733880347707, rel_tol=1e-9)
    assert math.isclose(float(d.t_quantile(0.975, 10)), 2.2281388519649, rel_tol=1e-9)
    assert math.isclose(float(d.chi2_quantile(0.95, 3)), 7.8147279032511, rel_tol=1e-9)
    assert math.isclose(float(d.beta_quantile(0.5, 2, 2)), 0.5, rel_tol=1e-12)
    assert math.isclose(float(d.normal_below(0.0)), 0.5)
    assert math.isclose(float(d.poisson_below(2, 1.0)), 2.5 * math.exp(-1), rel_tol=1e-12)
