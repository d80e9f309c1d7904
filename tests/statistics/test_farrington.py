"""Farrington's algorithm, and the regression and history that it stands on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.series import weeks

from heed.statistics.arrays import Unanswerable
from heed.statistics.farrington import NOUFAILY, ORIGINAL, Settings, watch
from heed.statistics.forecast import anscombe_weights
from heed.statistics.history import History
from heed.statistics.regression import design, fit

COUNTS = weeks()
LAST = np.arange(360, 364)


@pytest.mark.parametrize(
    "settings", [NOUFAILY, ORIGINAL, Settings(bound="muan"), Settings(trend=False, reweight=False)]
)
def test_many_series_and_weeks_are_each_as_alone(settings):
    together = watch(COUNTS, LAST, settings)
    for series in (0, 5):
        for place in (0, 3):
            alone = watch(COUNTS[series], LAST[place : place + 1], settings)
            for name in ("upper", "mean", "phi", "p", "score", "trend"):
                ours, theirs = getattr(together, name)[series, place], getattr(alone, name)[0, 0]
                assert np.isclose(ours, theirs, rtol=1e-9, equal_nan=True)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=2))
def test_more_now_is_less_likely_and_leaves_the_bound(counts):
    fewer, more = sorted(counts)
    series = np.vstack([COUNTS[0], COUNTS[0]])
    series[:, 363] = fewer, more
    found = watch(series, np.array([363]))
    assert found.p[1] <= found.p[0]
    assert found.score[1] >= found.score[0]
    assert found.upper[0] == found.upper[1]
    assert found.alarm[0] <= found.alarm[1]


def test_what_exposure_explains_raises_no_alarm():
    exposure = np.ones((6, 364))
    exposure[:, 363] = 6
    counts = COUNTS.copy()
    counts[:, 363] = np.ceil(5 * counts[:, 330:363].mean(axis=1))
    assert watch(counts, np.array([363])).alarm.all()
    assert not watch(counts, np.array([363]), population=exposure).alarm.any()


@given(st.floats(0.001, 1e6))
def test_the_unit_of_exposure_does_not_matter(unit):
    exposure = np.linspace(1, 2, 364)
    one, other = (watch(COUNTS[:1], LAST, population=exposure * scale) for scale in (1, unit))
    assert np.allclose(one.mean, other.mean, rtol=1e-5)
    assert one.alarm.tolist() == other.alarm.tolist()


def test_no_exposure_is_no_answer_but_no_harm():
    exposure = np.ones((1, 364))
    exposure[0, [100, 363]] = 0
    found = watch(COUNTS[:1], LAST, population=exposure)
    assert np.isnan(found.mean[0]).tolist() == [False, False, False, True]
    assert not found.alarm[0, 3]


def test_a_past_outbreak_does_not_hide_the_next_one():
    shaken = COUNTS[:1].copy()
    shaken[0, 300:303] += 60
    with_weights, without = (
        watch(shaken, LAST, Settings(reweight=reweight, least=(0, 1))) for reweight in (True, False)
    )
    assert (with_weights.upper < without.upper).all()


def test_a_series_of_nothing_stays_silent():
    nothing = np.zeros((1, 364))
    nothing[0, 363] = 9
    found = watch(nothing, np.array([363]))
    assert not found.alarm.any()
    assert np.isnan(found.mean).all()


def test_few_cases_of_late_raise_no_alarm():
    counts = np.zeros((1, 364))
    counts[0, ::20] = 1
    counts[0, 360:363], counts[0, 363] = 0, 4
    assert not watch(counts, np.array([363]), Settings(least=(5, 4))).alarm.any()
    assert watch(counts, np.array([363]), NOUFAILY).alarm.all()


def test_what_is_not_known_is_left_out():
    holes = COUNTS[:1].copy()
    holes[0, 100:140:3] = np.nan
    whole, found = watch(COUNTS[:1], LAST), watch(holes, LAST)
    assert not np.isnan(found.mean).any()
    assert np.allclose(found.mean, whole.mean, rtol=0.2)
    holes[0, 363] = np.nan
    assert not watch(holes, np.array([363])).alarm.any()


def test_the_reference_takes_a_smaller_error_for_the_forecast():
    ours, reference = (watch(COUNTS, LAST, Settings(bound="delta"), mode=mode) for mode in ("default", "reference"))
    assert np.allclose(
        ours.mean[ours.trend_used == reference.trend_used], reference.mean[ours.trend_used == reference.trend_used]
    )
    assert not np.allclose(ours.upper, reference.upper)


@pytest.mark.parametrize(
    ("points", "settings"),
    [
        ([200], NOUFAILY),
        ([364], NOUFAILY),
        ([363], Settings(bound="guess")),
        ([363], Settings(power="3/4")),
        ([363], Settings(history=History(periods=60))),
    ],
)
def test_what_cannot_be_watched_says_why(points, settings):
    with pytest.raises(Unanswerable):
        watch(COUNTS, np.array(points), settings)


def test_dates_find_the_same_weekday_a_year_ago():
    days = np.arange("2015-01-05", "2022-01-03", 7, dtype="datetime64[D]")
    counts = np.resize(weeks(1), (1, len(days)))
    found = watch(counts, np.array([len(days) - 1]), NOUFAILY, dates=days)
    assert not np.isnan(found.mean).any()
    with pytest.raises(Unanswerable, match="there is no point 1 years before"):
        watch(counts, np.array([20]), NOUFAILY, dates=days)


def test_the_seasons_cut_the_year_without_a_gap():
    (rows, places), *others = History().rows(LAST, 364, None)
    assert not others
    assert places.tolist() == [0, 1, 2, 3]
    assert np.bincount(rows.level)[1:].min() >= 5
    assert rows.back.tolist() == list(range(263, 26, -1))


def test_one_level_is_fitted_by_its_mean():
    y = np.array([[1.0, 5.0, 3.0, np.nan]])
    fitted = fit(y, design(np.ones(4)))
    assert np.isclose(np.exp(fitted.coefficients[0, 0]), 3)
    assert np.isclose(fitted.dispersion[0], (4 / 3 + 4 / 3 + 0) / 2)
    assert np.allclose(fitted.leverage[0], [1 / 3, 1 / 3, 1 / 3, 0])


@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_a_term_without_points_changes_nothing(counts):
    y = np.array([counts], dtype=float) + 1
    empty = np.zeros(6)
    alone, with_empty = fit(y, design(np.ones(6))), fit(y, design(np.ones(6), empty))
    assert np.allclose(alone.mean, with_empty.mean)
    assert with_empty.freedom[0] == alone.freedom[0]


def test_the_weights_of_reweighting_sum_to_the_points():
    y = COUNTS[:2, :60].copy()
    y[0, 5] = 90
    weights = anscombe_weights(fit(y, design(np.ones(60))), 2.58)
    assert np.allclose(weights.sum(axis=1), 60)
    assert weights[0, 5] < 0.1 * weights[0, 6]
