"""Before and after: what is known by construction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.statistics import its
from heed.statistics.arrays import Unanswerable

RNG = np.random.default_rng(11)
COUNTS = RNG.poisson(np.where(np.arange(48) < 24, 40, 24)).astype(float)


@given(st.floats(0.001, 1e5))
def test_the_unit_of_exposure_moves_the_intercept_only(unit):
    exposure = np.linspace(900, 1100, 48)
    one, other = (its.segmented(COUNTS, 24, exposure=exposure * scale) for scale in (1, unit))
    assert np.allclose(one.estimate[1:], other.estimate[1:], atol=1e-5)
    assert np.isclose(other.estimate[0], one.estimate[0] - np.log(unit), atol=1e-5)
    assert np.allclose(one.error_newey_west[1:], other.error_newey_west[1:], rtol=1e-3)


def test_a_fall_is_told_with_what_it_spared():
    found = its.segmented(COUNTS, 24, slope=False, trend=False)
    ratio, low, high = found.rate_ratio
    assert low < ratio < high < 1
    assert np.isclose(ratio, COUNTS[24:].mean() / COUNTS[:24].mean())
    assert np.isclose(found.counterfactual_after, 24 * COUNTS[:24].mean())
    assert found.observed_after == COUNTS[24:].sum()


def test_points_that_are_left_out_change_nothing_but_themselves():
    phased = COUNTS.copy()
    phased[24:27] = np.nan
    wild = COUNTS.copy()
    wild[24:27] = 400
    assert its.segmented(phased, 24).rate_ratio[0] < 1 < its.segmented(wild, 24).rate_ratio[0]
    assert its.segmented(phased, 24).observed_after == COUNTS[27:].sum()


def test_errors_that_follow_one_another_are_seen():
    rng = np.random.default_rng(5)
    noise, steps = [0.0], rng.normal(0, 1, 200)
    for step in steps:
        noise.append(0.7 * noise[-1] + step)
    found = its.continuous(30 + np.array(noise), 100)
    assert 0.5 < found.phi < 0.85
    assert (found.error > found.error_ols).all()


def test_without_autocorrelation_both_fits_agree():
    values = 30 + np.random.default_rng(6).normal(0, 1, 200)
    found = its.continuous(values, 100)
    assert abs(found.phi) < 0.2
    assert np.allclose(found.estimate, found.estimate_ols, atol=0.1)


def test_missing_values_are_bridged():
    values = 30 + np.random.default_rng(7).normal(0, 1, 60)
    values[[5, 6, 40]] = np.nan
    found = its.continuous(values, 30)
    assert np.isfinite(found.error).all()


def test_residuals():
    assert np.isclose(its.durbin_watson(np.array([1.0, -1.0] * 50)), 3.96)
    assert its.lag_1(np.array([1.0, -1.0] * 50)) < -0.9
    assert np.isnan(its.lag_1(np.ones(5)))
    assert np.isnan(its.durbin_watson(np.zeros(5)))


def test_newey_west_without_lags_is_white():
    rng = np.random.default_rng(8)
    x = np.column_stack([np.ones(50), np.arange(50)])
    residual = rng.normal(size=50)
    bread = np.linalg.inv(x.T @ x)
    expected = bread @ (x.T * residual**2) @ x @ bread * 50 / 48
    assert np.allclose(its.newey_west(residual[:, None] * x, bread, 0), np.sqrt(np.diag(expected)))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: its.segmented(COUNTS, 0),
        lambda: its.segmented(COUNTS, 48),
        lambda: its.segmented([1, 2, 3, 4], 2),
        lambda: its.segmented(COUNTS, 24, exposure=[1, 2]),
        lambda: its.segmented(COUNTS, 24, season=[1, 2]),
        lambda: its.continuous([1, 2, 3, 4], 2),
    ],
)
def test_what_cannot_be_fitted_says_why(wrong):
    with pytest.raises(Unanswerable):
        wrong()
