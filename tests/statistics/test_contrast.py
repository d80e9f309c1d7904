"""What a verdict is held against."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.statistics.contrast import at_a_fake_date, difference_of_differences, fake_change, ratio_of_ratios
from heed.statistics.impact import FALL, UNCLEAR, did_it_work

ratios = st.floats(0.05, 20)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[float, float, float]:
    middle = draw(ratios)
    return middle, middle / draw(st.floats(1.01, 5)), middle * draw(st.floats(1.01, 5))


@given(moved=intervals(), beside=intervals())
def test_a_ratio_of_ratios_turns_round_with_its_limits(moved, beside):
    one, other = ratio_of_ratios(moved, beside), ratio_of_ratios(beside, moved)
    assert one is not None
    assert other is not None
    assert np.isclose(one.middle, 1 / other.middle)
    assert np.isclose(one.low, 1 / other.high)
    assert one.low <= one.middle <= one.high


@given(moved=intervals())
def test_beside_what_is_exactly_known_the_limits_stay_as_they_are(moved):
    found = ratio_of_ratios(moved, (2.0, 2.0, 2.0))
    assert found is not None
    assert np.allclose((found.middle, found.low, found.high), [value / 2 for value in moved])


def test_symmetric_limits_add_up_as_errors_do():
    found = ratio_of_ratios(tuple(np.exp([-0.5, -0.8, -0.2])), tuple(np.exp([0.1, -0.3, 0.5])))
    assert found is not None
    assert np.allclose(np.log([found.middle, found.low, found.high]), [-0.6, -1.1, -0.1])
    days = difference_of_differences((-5.0, -8.0, -2.0), (1.0, -3.0, 5.0))
    assert days is not None
    assert np.allclose([days.middle, days.low, days.high], [-6.0, -11.0, -1.0])


@pytest.mark.parametrize("nothing", [(0.0, 0.0, 2.0), (np.inf, 1.0, np.inf), (np.nan, 0.0, np.inf)])
def test_without_a_ratio_there_is_nothing_to_compare(nothing):
    assert ratio_of_ratios(nothing, (1.0, 0.5, 2.0)) is None
    assert ratio_of_ratios((1.0, 0.5, 2.0), nothing) is None


def test_days_without_end_cannot_be_compared():
    assert difference_of_differences((1.0, -np.inf, 2.0), (1.0, 0.0, 2.0)) is None


@given(known=st.sets(st.integers(0, 60)))
def test_a_fake_date_leaves_enough_on_both_sides_or_there_is_none(known):
    found = fake_change(known)
    if found is None:
        assert len(known) < 18
    else:
        assert sum(at < found for at in known) >= 12
        assert sum(at >= found for at in known) >= 6


def test_a_series_that_was_falling_by_itself_is_found_out():
    rng = np.random.default_rng(3)
    steps = rng.poisson(np.concatenate([np.full(15, 60.0), np.full(15, 35.0), np.full(12, 20.0)])).astype(float)
    level = rng.poisson(np.concatenate([np.full(30, 60.0), np.full(12, 20.0)])).astype(float)
    assert did_it_work(level, 30).verdict == FALL
    fake = at_a_fake_date(steps, 30)
    assert fake is not None
    assert (fake[0], fake[1].verdict) == (15, FALL)
    honest = at_a_fake_date(level, 30, leave_out=[28, 29])
    assert honest is not None
    assert honest[1].verdict == UNCLEAR


def test_a_short_past_has_no_fake_date():
    assert at_a_fake_date([20.0] * 17 + [10.0] * 12, 17) is None
