"""Funnels: alike organisations are not told apart, different ones are, and small ones are judged exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.statistics.arrays import Unanswerable
from heed.statistics.funnel import funnel, limits_at
from heed.statistics.overdispersion import WINSORISED_SQUARE, moment_tau2, robust_tau2, winsorised_square

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


def test_an_organisation_far_away_does_not_pull_the_line():
    o, n = alike(3, organisations=20)
    before = funnel(o, n)
    o[0], n[0] = 4500, 5000
    after = funnel(o, n)
    assert after.outside[0]
    assert abs(after.target - before.target) < 0.01 < o.sum() / n.sum() - before.target
    assert np.isclose(funnel(o, n, adjust=False).target, o.sum() / n.sum())


@pytest.mark.parametrize("data_type", ["PR", "RC", "SR"])
def test_exact_limits_go_over_into_the_others(data_type):
    """Where denominators are just too large for exact limits, limits are nearly the same."""
    rng = np.random.default_rng(5)
    own, n = np.exp(rng.normal(0, 0.4, 100)), np.linspace(30, 130, 100).round()
    share = {"PR": 0.3, "RC": 0.1, "SR": 1.0}[data_type]
    expected = n / 10 if data_type == "SR" else n
    o = (
        rng.binomial(n.astype(int), np.clip(share * own, 0, 1))
        if data_type == "PR"
        else rng.poisson(expected * share * own)
    )
    found = funnel(o, expected, data_type=data_type)
    assert found.adjusted_used
    for line in (*found.limits, *found.adjusted):
        assert (np.abs(np.diff(line)) < 0.12 * found.target).all()


@pytest.mark.parametrize("mean", [3, 8, 15, 60])
def test_small_organisations_are_flagged_as_seldom_as_large(mean):
    """60 funnels of 100 alike organisations of one size: 0.2% are promised, and no more than 0.4% come."""
    rng = np.random.default_rng(mean)
    size = np.full(100, mean * 10)
    flagged = [funnel(rng.poisson(mean, 100), size, data_type="RC").outside.mean() for _ in range(60)]
    assert np.mean(flagged) < 0.004


@pytest.mark.parametrize("data_type", ["PR", "RC", "SR"])
def test_nothing_counted_is_no_reason_to_flag_anybody(data_type):
    assert not funnel(np.zeros(8), np.full(8, 2), data_type=data_type).outside.any()


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


@pytest.mark.parametrize("data_type", ["PR", "SR"])
def test_limits_drawn_at_any_size_are_those_that_organisations_are_judged_by(data_type):
    o, n = alike(6, spread=0.3, organisations=40)
    n = n if data_type == "PR" else n * 0.3
    found = funnel(o, n, data_type=data_type)
    assert found.adjusted_used
    drawn = limits_at(n, data_type=data_type, target=found.target, tau2=found.tau2, organisations=40)
    for line, judged in zip(drawn, found.adjusted, strict=True):
        assert np.allclose(line, judged, atol=1e-9)
    for wrong in ({"data_type": "RC"}, {"denominator": [0]}):
        with pytest.raises(Unanswerable):
            limits_at(**({"denominator": [5], "data_type": "PR", "target": 0.2, "tau2": 0.0} | wrong))
