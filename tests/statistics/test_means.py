"""Did a level of values move?"""

import numpy as np
import pytest

from heed.statistics.arrays import Unanswerable
from heed.statistics.impact import EARLY, FALL, RISE, UNCLEAR
from heed.statistics.its import continuous
from heed.statistics.means import did_it_move


def days(before=24, after=18, *, level=30.0, moves=0.0, spread=4.0, number=1, seed=7):
    expected = np.concatenate([np.full(before, level), np.full(after, level + moves)])
    return expected + np.random.default_rng(seed).normal(size=(number, before + after)) * spread


def test_no_change_is_seldom_called_one_and_a_large_fall_mostly_is():
    same = [did_it_move(y, 24) for y in days(number=60)]
    fallen = [did_it_move(y, 24) for y in days(moves=-8.0, number=30)]
    assert sum(found.verdict == FALL for found in same) <= 4
    assert sum(found.low <= 0 <= found.high for found in same) >= 54
    assert sum(found.verdict == FALL for found in fallen) >= 27
    assert sum(found.low <= -8 <= found.high for found in fallen) >= 26


def test_a_rise_is_called_so():
    assert did_it_move(days(moves=12.0)[0], 24).verdict == RISE


def test_what_is_left_out_says_nothing():
    y = days()[0]
    wild = y.copy()
    wild[[20, 21, 24]] = 500.0
    assert did_it_move(wild, 24, leave_out=[20, 21, 24]) == did_it_move(y, 24, leave_out=[20, 21, 24])


def test_few_points_are_too_early_and_say_the_level_before():
    found = did_it_move([20.0] * 11 + [10.0] * 6, 11)
    assert (found.verdict, found.level, found.before, found.after) == (EARLY, 20.0, 11, 6)
    assert did_it_move([20.0] * 12 + [10.0] * 5, 12).verdict == EARLY


def test_days_that_never_vary_are_compared_as_they_are():
    found = did_it_move([20.0] * 12 + [20.0] * 6, 12)
    assert found.verdict == UNCLEAR
    assert did_it_move([20.0] * 12 + [15.0] * 6, 12).verdict == FALL


def test_a_steady_decline_is_no_work_of_the_action():
    """A trend that was there before is in the model."""
    rng = np.random.default_rng(4)
    falls = [did_it_move(60 - 0.8 * np.arange(42) + rng.normal(size=42) * 2, 24) for _ in range(30)]
    assert sum(found.trend for found in falls) >= 28
    assert sum(found.verdict == FALL for found in falls) <= 4


def test_months_that_follow_one_another_make_the_limits_wider():
    rng, noise = np.random.default_rng(5), np.zeros(60)
    for at in range(1, 60):
        noise[at] = 0.7 * noise[at - 1] + rng.normal()
    shuffled = rng.permutation(noise)
    following, loose = did_it_move(30 + noise, 30), did_it_move(30 + shuffled, 30)
    assert following.phi > loose.phi
    assert following.high - following.low > loose.high - loose.low


def test_the_model_without_slope_and_trend_is_a_step():
    model = continuous([10.0, 12.0] * 6 + [5.0, 7.0] * 4, 12, slope=False, trend=False)
    assert model.terms == ("(Intercept)", "level")
    assert np.isclose(model.estimate_ols[1], -5.0)


def test_an_action_outside_the_series_is_refused():
    with pytest.raises(Unanswerable):
        did_it_move([1.0] * 20, 20)
