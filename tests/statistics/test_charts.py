"""Attribute charts: limits stay where figures can be, and nothing but the figures moves them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.statistics import charts
from heed.statistics.arrays import Unanswerable

PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(30, 400)), min_size=1, max_size=30)


@given(PAIRS, st.sampled_from(["p", "pp", "u", "up"]))
def test_limits_are_where_figures_can_be_and_hold_the_centre(pairs, kind):
    y, n = np.array(pairs).T
    chart = charts.chart(kind, y, n)
    known = ~np.isnan(chart.upper)
    assert (chart.lower[known] >= 0).all()
    assert (chart.lower <= chart.lower_inner)[known].all()
    assert (chart.lower_inner <= chart.centre)[known].all()
    assert (chart.centre <= chart.upper_inner + 1e-12)[known].all()
    assert (chart.upper_inner <= chart.upper)[known].all()
    assert kind in ("u", "up") or (chart.upper[known] <= 1).all()


@given(PAIRS)
def test_a_rate_per_thousand_is_drawn_a_thousand_times_as_high(pairs):
    y, n = np.array(pairs).T
    one, many = charts.chart("u", y, n), charts.chart("u", y, n, multiply=1000)
    assert np.allclose(many.upper, 1000 * one.upper)
    assert many.outside.tolist() == one.outside.tolist()


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30), st.integers(1, 9))
def test_a_c_chart_is_a_u_chart_of_equal_denominators(y, n):
    counts, rates = charts.chart("c", y), charts.chart("u", y, [n] * len(y))
    assert np.allclose(counts.upper, n * rates.upper)
    assert np.allclose(counts.centre, n * rates.centre)


@given(PAIRS, st.integers(0, 29))
def test_excluded_points_do_not_move_the_lines(pairs, place):
    place %= len(pairs)
    if len(pairs) < 2:
        return
    y, n = np.array(pairs).T
    without = charts.chart("p", np.delete(y, place), np.delete(n, place))
    excluded = charts.chart("p", y, n, exclude=[place + 1])
    assert np.allclose(np.delete(excluded.upper, place), without.upper)
    assert excluded.runs == without.runs


@given(st.lists(st.integers(1, 60), min_size=4, max_size=30), st.integers(1, 29))
def test_each_part_is_as_if_alone(y, cut):
    cut = 1 + cut % (len(y) - 1)
    chart = charts.chart("i", y, parts=[cut])
    first, second = charts.chart("i", y[:cut]), charts.chart("i", y[cut:])
    assert np.array_equal(chart.upper, np.concatenate([first.upper, second.upper]), equal_nan=True)
    assert chart.runs == first.runs + second.runs
    assert chart.part.tolist() == [1] * cut + [2] * (len(y) - cut)


def test_laneys_limits_widen_with_what_varies_beyond_chance():
    rng = np.random.default_rng(1)
    n = np.full(40, 9000)
    calm = rng.binomial(n, 0.8)
    shaken = rng.binomial(n, np.clip(rng.normal(0.8, 0.02, 40), 0, 1))
    assert 0.7 < charts.chart("pp", calm, n).spread[0] < 1.3
    assert charts.chart("pp", shaken, n).spread[0] > 2
    assert charts.chart("p", shaken, n).outside.sum() > charts.chart("pp", shaken, n).outside.sum()


def test_a_long_run_and_few_crossings_are_signals():
    assert charts.runs_of([9] * 10 + [1] * 10, 5.0).signal
    assert not charts.runs_of([9, 1] * 10, 5.0).signal


def test_points_on_the_centre_are_of_no_use():
    runs = charts.runs_of([5, 5, 5], 5.0)
    assert runs == charts.Runs(None, None, None, None)
    assert not runs.signal


@pytest.mark.parametrize("tosses", [0, 1, 5, 29, 99])
def test_the_crossings_that_chance_makes_nineteen_times_in_twenty(tosses):
    runs = charts.runs_of([1, -1] * ((tosses + 1) // 2) + [1] * ((tosses + 1) % 2), 0.0)
    expected = {0: 0, 1: 0, 5: 1, 29: 10, 99: 41}
    assert runs.crossings_needed == expected[tosses]


def test_denominators_of_nothing_and_unknown_counts_have_no_limits():
    chart = charts.chart("u", [3, None, 5, 4], [100, 100, 0, 120])
    assert np.isnan(chart.y[1])
    assert np.isnan(chart.upper[2])
    assert np.isclose(chart.centre[0], 7 / 220) or np.isclose(chart.centre[0], 12 / 220)
    assert not chart.outside[1]


@pytest.mark.parametrize(
    ("kind", "y", "n", "why"),
    [
        ("x", [1], None, "there is no chart"),
        ("p", [1], None, "needs denominators"),
        ("c", [], None, "at least one point"),
        ("t", [1, 0], None, "above zero"),
        ("u", [1, 2], [1], "of one length"),
    ],
)
def test_what_cannot_be_drawn_says_why(kind, y, n, why):
    with pytest.raises(Unanswerable, match=why):
        charts.chart(kind, y, n)
