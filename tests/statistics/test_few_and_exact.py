"""Exact ratios, run lengths, EARS and categories read together: limits, mirrors and edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.statistics import cross, cusum
from heed.statistics.arrays import Unanswerable
from heed.statistics.ears import ears
from heed.statistics.ratios import rate_ratio

COUNT = st.integers(0, 300)


@given(COUNT, COUNT, st.floats(0.1, 100), st.floats(0.1, 100))
def test_a_ratio_lies_in_its_limits_and_turns_over(before, after, first, second):
    one, other = rate_ratio(before, first, after, second), rate_ratio(after, second, before, first)
    if before and after:
        assert one.low <= one.ratio <= one.high
        assert math.isclose(one.ratio * other.ratio, 1)
        assert math.isclose(one.low * other.high, 1, rel_tol=1e-6)
    assert math.isclose(one.p, other.p, rel_tol=1e-5)
    assert 0 <= one.p <= 1 + 1e-12


@given(COUNT, st.floats(0.1, 100))
def test_equal_rates_are_no_change(count, exposure):
    found = rate_ratio(count, exposure, count, exposure)
    assert math.isclose(found.p, 1)
    assert not found.real_fall


def test_nothing_at_all_says_nothing():
    found = rate_ratio(0, 1, 0, 1)
    assert math.isnan(found.ratio)
    assert (found.low, found.high, found.p) == (0, math.inf, 1)


def test_large_counts_are_quick_and_right():
    found = rate_ratio(200_000, 1, 199_000, 1)
    assert math.isclose(found.p, 0.1136, abs_tol=2e-3)
    assert rate_ratio(200_000, 1, 190_000, 1).real_fall
    assert rate_ratio(10**9, 1, 2, 1).p < 1e-100
    assert 0.9 < rate_ratio(10**9, 1, 10**9, 1).p <= 1
    assert cross.fisher_p(10**9, 10**9, 10**9, 10**9) > 0.99
    assert cross.fisher_p(10**9, 1, 1, 10**9) == 0


@pytest.mark.parametrize("wrong", [(-1, 1, 1, 1), (1, 0, 1, 1), (1.5, 1, 1, 1), (1, 1, 1, -2)])
def test_a_ratio_that_cannot_be(wrong):
    with pytest.raises(Unanswerable):
        rate_ratio(*wrong)


def test_an_ewma_of_one_point_is_the_point():
    exact = 1 / math.erfc(3 / math.sqrt(2))
    assert math.isclose(cusum.ewma_run_length(0, weight=1, limit=3), exact, rel_tol=1e-6)


@pytest.mark.parametrize(("k", "h"), [(0.25, 3), (0.5, 4), (1, 2)])
def test_run_lengths_are_those_of_simulated_charts(k, h):
    rng = np.random.default_rng(1)
    z = rng.normal(1, 1, (4000, 120))
    first = np.argmax(cusum.cusum(z, k=k) > h, axis=1) + 1
    assert math.isclose(first.mean(), cusum.cusum_run_length(1, k=k, h=h), rel_tol=0.05)


def test_an_ewma_runs_as_long_as_told():
    z = np.random.default_rng(2).normal(1, 1, (4000, 200))
    edge = 3 * math.sqrt(0.2 / 1.8)
    first = np.argmax(np.abs(cusum.ewma(z, weight=0.2)) > edge, axis=1) + 1
    assert math.isclose(first.mean(), cusum.ewma_run_length(1, weight=0.2, limit=3), rel_tol=0.05)


def test_counts_run_as_long_as_told():
    y = np.random.default_rng(3).poisson(6, (4000, 200))
    first = np.argmax(cusum.cusum(y, k=5.5) > 9, axis=1) + 1
    assert math.isclose(first.mean(), cusum.poisson_cusum_run_length(6, k=5.5, h=9), rel_tol=0.05)


@given(st.floats(0, 2), st.floats(0.3, 4), st.floats(0.1, 1))
def test_a_higher_bar_and_a_smaller_shift_take_longer(shift, h, more):
    here = cusum.cusum_run_length(shift, k=0.5, h=h)
    assert cusum.cusum_run_length(shift, k=0.5, h=h + more) > here
    assert cusum.cusum_run_length(shift + more, k=0.5, h=h) < here
    assert cusum.cusum_run_length(shift, k=0.5, h=h, start=h) < here


@given(st.floats(0, 2))
def test_two_sides_do_not_care_which(shift):
    up, down = (cusum.cusum_run_length_two_sided(sign * shift, k=0.5, h=4) for sign in (1, -1))
    assert math.isclose(up, down, rel_tol=1e-9)
    ewma = [cusum.ewma_run_length(sign * shift, weight=0.2, limit=3) for sign in (1, -1)]
    assert math.isclose(*ewma, rel_tol=1e-9)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: cusum.cusum_run_length(0, k=1, h=0),
        lambda: cusum.cusum_run_length(0, k=1, h=1, start=2),
        lambda: cusum.ewma_run_length(0, weight=2, limit=3),
        lambda: cusum.ewma_run_length(0, weight=0.2, limit=3, start=9),
        lambda: cusum.poisson_cusum_run_length(0, k=1, h=1),
        lambda: cusum.poisson_cusum_run_length(4, k=math.pi, h=900),
        lambda: ears([1] * 20, np.array([15]), method="C3"),
        lambda: ears([1] * 20, np.array([15]), baseline=2),
        lambda: ears([1] * 20, np.array([20])),
        lambda: cross.read_together([1, 2], [1, 1], current=2),
        lambda: cross.read_together([1, 2], [3, 1], current=1),
    ],
)
def test_what_cannot_be_says_why(wrong):
    with pytest.raises(Unanswerable):
        wrong()


def test_what_is_not_known_changes_nothing():
    assert cusum.cusum([1, np.nan, 1], k=0.5).tolist() == [0.5, 0.5, 1.0]
    assert cusum.ewma([1, np.nan, 1], weight=0.5).tolist() == [0.5, 0.5, 0.75]


def test_ears_watches_many_series_and_needs_every_count():
    y = np.array([[3, 4, 3, 4, 3, 4, 3, 4, 3, 30], [3, 4, None, 4, 3, 4, 3, 4, 3, 30]], dtype=float)
    found = ears(y, np.array([9]), method="C2", baseline=7)
    assert found.alarm[:, 0].tolist() == [True, False]
    assert np.isnan(found.upper[1, 0])


@given(st.lists(st.tuples(st.integers(5, 60), st.floats(0, 1)), min_size=8, max_size=30), st.floats(0.01, 1e4))
def test_the_unit_of_contacts_does_not_matter(periods, unit):
    received, share = np.array(periods).T
    upheld = np.floor(received * share)
    contacts = np.linspace(100, 200, len(received))
    one, other = (cross.read_together(received, upheld, current=3, contacts=contacts * scale) for scale in (1, unit))
    assert math.isclose(one.received.log_ratio, other.received.log_ratio, abs_tol=1e-9)
    assert one.pattern == other.pattern
    assert one.sentence == cross.SENTENCES[one.pattern]


def test_each_pattern_has_its_sentence():
    cases = {
        (3, 0, -2): "received_up_upheld_flat",
        (3, 3, 0): "received_up_upheld_up_same_rate",
        (0, 3, 2): "received_flat_upheld_up",
        (-3, 0, 0): "received_down_upheld_flat",
        (0, 0, 0): "stable",
        (math.nan, math.nan, math.nan): "stable",
    }
    for values, name in cases.items():
        assert cross.pattern(*values) == name
    assert set(cases.values()) == set(cross.SENTENCES)


def test_no_increase_is_said_by_a_limit():
    same = cross.read_together([40] * 24, [10] * 12 + [11, 9] * 6, current=12)
    assert 1 < same.upheld.upper() < 1.1


def test_fishers_table_of_tea():
    assert math.isclose(cross.fisher_p(3, 1, 1, 3), 0.4857142857, rel_tol=1e-9)
    assert cross.fisher_p(0, 0, 0, 0) == 1
