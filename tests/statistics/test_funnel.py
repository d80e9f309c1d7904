"""Funnels: alike organisations are not told apart, different ones are, and small ones are judged exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.statistics.arrays import Unanswerable
from heed.statistics.funnel import WINSORISED_SQUARE, funnel, moment_tau2, robust_tau2
from heed.statistics.funnel import _winsorised_square as winsorised_square

ORGANISATIONS = st.lists(st.tuples(st.integers(20, 5000), st.floats(0.05, 0.95)), min_size=5, max_size=40)


def alike(seed, organisations=100, share=0.3, spread=0.0):
    rng = np.random.default_rng(seed)
    n = rng.integers(20, 5000, organisations)
    own = 1 / (1 + np.exp(-(np.log(share / (1 - share)) + rng.normal(0, spread, organisations))))
    return rng.binomial(n, own), n


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.25])
def test_chance_flags_as_many_as_it_should(spread):
    """120 funnels of 100 organisations: 0.2% and 5% are promised."""
    flagged = {limit: [] for limit in (95, 99)}
    for seed in range(120):
        o, n = alike(seed, spread=spread)
        for limit, shares in flagged.items():
            shares.append(funnel(o, n, limit=limit).outside.mean())
    assert 0.04 < np.mean(flagged[95]) < 0.06
    assert np.mean(flagged[99]) < 0.004


def test_the_reference_flags_many_more():
    ours, reference = (
        np.mean([funnel(*alike(seed, spread=0.25), mode=mode).outside.mean() for seed in range(40)])
        for mode in ("default", "reference")
    )
    assert reference > 4 * ours


def test_a_true_outlier_is_found():
    o, n = alike(1, spread=0.1)
    o[0], n[0] = 900, 1500
    assert funnel(o, n).outside[0]


@given(ORGANISATIONS, st.randoms(use_true_random=False))
def test_the_order_of_organisations_does_not_matter(organisations, random):
    n, share = np.array(organisations).T
    o = np.floor(n * share)
    order = list(range(len(n)))
    random.shuffle(order)
    one, other = funnel(o, n), funnel(o[order], n[order])
    assert np.isclose(one.tau2, other.tau2, atol=1e-9)
    assert np.allclose(one.adjusted[1][order], other.adjusted[1])


@given(ORGANISATIONS, st.sampled_from(["PR", "SR", "RC"]))
def test_limits_hold_the_target_and_each_other(organisations, data_type):
    n, share = np.array(organisations).T
    o = np.floor(n * share)
    found = funnel(o, n, data_type=data_type)
    low95, high95, low998, high998 = found.adjusted
    assert (low998 <= low95 + 1e-12).all()
    assert (high95 <= high998 + 1e-12).all()
    assert ((low998 <= found.target + 1e-12) & (found.target <= high998 + 1e-12)).all()
    assert (found.adjusted[3] >= found.limits[3] - 1e-9).all()


@given(st.lists(st.floats(-5, 5), min_size=5, max_size=40), st.floats(1.1, 5))
def test_more_variation_is_never_read_as_less(deviation, more):
    d, s = np.array(deviation), np.ones(len(deviation))
    assert robust_tau2(more * d, s) >= robust_tau2(d, s) - 1e-9


def test_the_constant_of_winsorising():
    assert abs(winsorised_square(0.1) - WINSORISED_SQUARE) < 1e-5
    draws = np.random.default_rng(4).normal(size=400_000)
    low, high = np.quantile(draws, [0.2, 0.8])
    assert abs(np.mean(np.clip(draws, low, high) ** 2) - winsorised_square(0.2)) < 0.01


def test_small_denominators_have_exact_limits():
    n = np.full(30, 12)
    o = np.full(30, 1)
    o[0] = 6
    found = funnel(o, n)
    assert found.limits[0][0] == 0
    assert found.outside.tolist() == [True] + [False] * 29


def test_a_multiplier_and_ratios_of_counts():
    o, n = alike(2)
    one, hundred = funnel(o, n, data_type="RC"), funnel(o, n, data_type="RC", multiplier=100)
    assert np.allclose(hundred.ratio, 100 * one.ratio)
    assert np.allclose(hundred.adjusted[3], 100 * one.adjusted[3])
    assert hundred.outside.tolist() == one.outside.tolist()
    assert one.outside.mean() < 0.05


def test_no_variation_beyond_chance_is_none():
    assert moment_tau2(0.5, np.ones(20)) == 0
    assert moment_tau2(np.nan, np.array([])) == 0
    assert robust_tau2(np.zeros(9), np.ones(9)) == 0


@pytest.mark.parametrize(
    ("o", "n", "settings"),
    [
        ([], [], {}),
        ([1], [0], {}),
        ([3], [2], {}),
        ([1, None], [2, 3], {}),
        ([1], [2], {"data_type": "XX"}),
        ([1], [2], {"limit": 90}),
        ([1], [2], {"trim": 0.5}),
        ([1], [2, 3], {}),
        ([-1], [2], {}),
    ],
)
def test_what_cannot_be_compared_says_why(o, n, settings):
    with pytest.raises(Unanswerable):
        funnel(o, n, **settings)
