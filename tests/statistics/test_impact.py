"""Did an action work? Verdicts that are right as often as they say, on series whose truth is known."""

import numpy as np
import pytest

from heed.statistics.arrays import Unanswerable
from heed.statistics.impact import EARLY, FALL, RISE, UNCLEAR, did_it_work

RNG = np.random.default_rng(21)


def months(before=30, after=18, *, mean=30.0, ratio=1.0, phi=1.5, number=1, rng=RNG):
    expected = np.concatenate([np.full(before, mean), np.full(after, mean * ratio)])
    return rng.negative_binomial(expected / (phi - 1), 1 / phi, (number, before + after)).astype(float)


def test_no_change_is_seldom_called_one_and_a_large_fall_mostly_is():
    rng = np.random.default_rng(1)
    same = [did_it_work(y, 30) for y in months(number=80, rng=rng)]
    fallen = [did_it_work(y, 30) for y in months(number=40, ratio=0.6, rng=rng)]
    assert sum(found.verdict == FALL for found in same) <= 6
    assert sum(found.low <= 1 <= found.high for found in same) >= 70
    assert sum(found.verdict == FALL for found in fallen) >= 33
    assert sum(found.low <= 0.6 <= found.high for found in fallen) >= 33


def test_a_peak_that_led_to_the_action_does_not_make_it_work():
    rng = np.random.default_rng(2)
    worked = 0
    for y in months(40, 20, number=50, rng=rng):
        peak = 14 + int(np.argmax(y[14:48]))
        worked += did_it_work(y, peak + 2, leave_out=[peak - 1, peak, peak + 1]).verdict == FALL
    assert worked <= 6


def test_a_rise_is_called_so_and_what_was_spared_is_below_nothing():
    found = did_it_work(months(ratio=1.8)[0], 30)
    assert found.verdict == RISE
    assert found.avoided[2] < 0


def test_what_was_spared_is_what_would_have_been_less_what_was():
    y = np.array([40.0, 42.0, 38.0, 41.0, 39.0] * 6 + [20.0, 21.0, 19.0] * 6)
    found = did_it_work(y, 30)
    best, low, high = found.avoided
    assert low < best < high
    assert np.isclose(best, 18 * 20, rtol=0.05)
    assert found.avoided == did_it_work(y, 30).avoided


def test_a_fall_is_called_just_where_something_was_spared():
    rng = np.random.default_rng(8)
    for y in months(24, 18, ratio=0.75, number=30, rng=rng):
        found = did_it_work(y, 24)
        assert (found.avoided[1] > 0) == (found.verdict == FALL)


def test_months_that_follow_one_another_are_seldom_called_a_fall():
    """By 0.4: drifts are neither trends nor falls more often than is said (5% of 120, and what chance adds)."""
    rng = np.random.default_rng(9)
    drift = np.zeros((120, 36))
    for month in range(1, 36):
        drift[:, month] = 0.4 * drift[:, month - 1] + rng.normal(0, 4, 120)
    found = [did_it_work(np.maximum(np.round(40 + row), 0), 18) for row in drift]
    assert sum(verdict.verdict == FALL for verdict in found) <= 8
    assert sum(verdict.trend for verdict in found) <= 14


def test_counts_that_hardly_vary_are_not_believed_to_be_so_sure():
    found = did_it_work([30] * 20 + [28] * 16, 20)
    assert found.verdict == UNCLEAR
    assert found.high / found.low > 1.15


def test_few_counts_are_not_off_on_average():
    """The logarithm of few counts is too low on average, most where the months are few: it is taken out."""
    rng = np.random.default_rng(10)
    verdicts = [did_it_work(y, 24) for y in rng.poisson(1.5, (400, 30)).astype(float)]
    modelled = [found for found in verdicts if found.model and not found.trend]
    told = [np.log(found.ratio) for found in modelled]
    raw = [found.model.estimate[found.model.terms.index("level")] for found in modelled]
    assert np.mean(raw) < -0.02
    assert abs(np.mean(told)) < abs(np.mean(raw))


@pytest.mark.parametrize(("before", "after"), [(11, 20), (20, 5)])
def test_few_points_are_too_early_whatever_they_say(before, after):
    found = did_it_work(months(before, after, ratio=0.2)[0], before)
    assert found.verdict == EARLY
    assert found.high < 1
    assert found.avoided is None


def test_a_trend_before_the_action_is_carried_on():
    expected = 80 * np.exp(-0.03 * np.arange(48))
    y = np.random.default_rng(4).poisson(expected).astype(float)
    found = did_it_work(y, 30)
    assert found.trend
    assert found.verdict == UNCLEAR


def test_a_season_before_the_action_is_carried_on():
    expected = 40 * np.exp(0.6 * np.sin(2 * np.pi * np.arange(1, 55) / 12))
    found = did_it_work(np.random.default_rng(4).poisson(expected).astype(float), 36)
    assert "h1" in found.model.terms
    assert found.verdict == UNCLEAR


def test_exposure_explains_a_fall():
    exposure = np.concatenate([np.full(30, 1000.0), np.full(18, 500.0)])
    y = np.random.default_rng(5).poisson(0.04 * exposure).astype(float)
    assert did_it_work(y, 30).verdict == FALL
    assert did_it_work(y, 30, exposure=exposure).verdict == UNCLEAR


def test_months_that_follow_one_another_widen_the_limits():
    calm = did_it_work(np.array([30.0, 34.0] * 24), 24)
    waves = did_it_work(np.array(([30.0] * 6 + [34.0] * 6) * 4), 24)
    assert calm.lag1 == 0
    assert waves.lag1 > 0.4
    assert waves.high / waves.low > calm.high / calm.low


def test_small_series_could_not_have_shown_much():
    small, large = (did_it_work(months(mean=mean, phi=1.1, rng=np.random.default_rng(6))[0], 30) for mean in (4, 150))
    assert small.power < 0.5 < large.power


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: did_it_work([1, 2, 3], 0),
        lambda: did_it_work([1, 2, 3], 3),
        lambda: did_it_work([1, None, None], 2),
        lambda: did_it_work([1, 2, 3], 1, exposure=[1, 2]),
    ],
)
def test_what_cannot_be_judged_says_why(wrong):
    with pytest.raises(Unanswerable):
        wrong()


def test_nothing_counted_is_no_change():
    assert did_it_work([0] * 40, 20).verdict == UNCLEAR
    assert did_it_work([0] * 20 + [3] * 20, 20).verdict == RISE
    assert did_it_work([3] * 20 + [0] * 20, 20).verdict == FALL
