"""Heed's early warning: quiet where nothing happens, loud where something does, and honest about what it cannot say."""

import numpy as np
import pytest
from tests.statistics.series import weeks

from heed.statistics import detector
from heed.statistics.arrays import Unanswerable
from heed.statistics.detector import Settings, Thresholds, calibrated, monthly, thresholds, watch

YEAR = np.arange(312, 364)
LAST = np.array([363])


def test_false_alarms_stay_within_the_budget():
    """48 quiet series-years: one alarm in 200 is promised, and chance allows up to one in 100 of so few."""
    kinds = [(1, 2), (4, 1), (8, 1.5), (30, 3)]
    quiet = np.vstack([weeks(12, mean=mean, phi=phi, seed=seed) for seed, (mean, phi) in enumerate(kinds)])
    found = watch(quiet, YEAR)
    assert 0.0005 < found.alarm.mean() < 0.01


def test_a_sudden_rise_is_seen_at_once_and_explained():
    counts = weeks(3)
    counts[1, 363] += 25
    found = watch(counts, LAST)
    assert found.single[:, 0].tolist() == [False, True, False]
    assert found.exceedance[1, 0] > 1
    assert found.excess[1, 0] > 15
    assert found.p[1, 0] < thresholds().single


def test_a_rise_that_stays_is_seen_though_no_week_stands_out():
    rng = np.random.default_rng(3)
    counts = weeks(20, mean=15, phi=1.2, season=0)
    counts[:, 352:] += rng.poisson(8, (20, 12))
    seen = watch(counts, np.arange(352, 364))
    assert seen.sustained.any(axis=1).mean() > 0.8
    assert seen.alarm.any(axis=1).sum() > seen.single.any(axis=1).sum()


def test_a_fall_never_raises_an_alarm():
    counts = weeks(10, mean=20)
    counts[:, 350:] = np.floor(counts[:, 350:] / 3)
    assert not watch(counts, np.arange(350, 364)).alarm.any()


def test_bank_holidays_and_campaign_mailings_are_explained_by_exposure():
    exposure = np.full(364, 5.0)
    exposure[::9] = 4
    exposure[363] = 20
    counts = weeks(5, mean=10)
    counts[:, 363] = 45
    assert watch(counts, LAST).alarm.all()
    assert not watch(counts, LAST, exposure=exposure).alarm.any()


def test_a_young_series_says_so_and_is_silent():
    young = weeks(1, years=2)
    young[0, -1] = 90
    found = watch(young, np.array([103]))
    assert found.young.all()
    assert not found.alarm.any()
    assert np.isnan(found.mean).all()
    known_since = weeks(1)
    known_since[0, :250] = np.nan
    assert watch(known_since, LAST).young.all()


def test_a_series_of_nothing_is_silent_and_sparse_ones_say_so():
    counts = np.zeros((2, 364))
    counts[1, ::15] = 1
    counts[:, 363] = 3
    found = watch(counts, LAST)
    assert not found.alarm[0, 0]
    assert found.sparse[1, 0]


def test_few_cases_of_late_raise_no_alarm():
    counts = np.zeros((1, 364))
    counts[0, ::30] = 1
    counts[0, 360:] = [0, 0, 0, 4]
    assert not watch(counts, LAST).alarm.any()
    assert watch(counts, LAST, Settings(least=(0, 1))).alarm.any()


def test_weeks_are_the_same_alone_and_together():
    counts = weeks(4)
    together = watch(counts, YEAR)
    alone = watch(counts[2], YEAR[-3:])
    assert np.allclose(together.mean[2, -3:], alone.mean[0], rtol=1e-9)
    assert np.allclose(together.ewma[2, -3:], alone.ewma[0], atol=1e-3)


def test_a_growing_service_is_not_an_alarm_a_week():
    growing = weeks(10, mean=5, trend=0.003, season=0.3)
    assert watch(growing, YEAR).alarm.mean() < 0.02


def test_months():
    rng = np.random.default_rng(2)
    counts = rng.poisson(20, (40, 84)).astype(float)
    found = watch(counts, np.arange(60, 84), monthly())
    assert not found.young.any()
    assert found.alarm.mean() < 0.012
    counts[:, 83] = 60
    assert watch(counts, np.array([83]), monthly()).alarm.all()


def test_a_smaller_budget_asks_for_more():
    strict, stated = thresholds(0.0005), thresholds()
    assert strict.single < stated.single
    assert strict.sustained > stated.sustained
    for budget in (0, -1, 0.5, float("nan")):
        with pytest.raises(Unanswerable):
            thresholds(budget)


def test_other_thresholds_give_the_alarms_that_they_would_have_given():
    counts = weeks(20, mean=3)
    counts[:4, 340:] += 6
    strict = Settings(thresholds=thresholds(0.0005))
    found = watch(counts, YEAR)
    assert (found.alarms(thresholds()) == found.alarm).all()
    assert (found.alarms(strict.thresholds) == watch(counts, YEAR, strict).alarm).all()
    assert found.alarm.sum() > found.alarms(strict.thresholds).sum() > 0


def test_thresholds_come_from_the_past_but_not_from_what_happened_in_it():
    quiet = weeks(12, mean=6)
    found = watch(quiet, YEAR)
    kept = calibrated(found)
    assert found.alarms(kept).mean() <= detector.BUDGET
    shaken = quiet.copy()
    shaken[:, 320:323] += 40
    again = watch(shaken, YEAR)
    deaf = calibrated(again)
    known = np.zeros((12, 52), dtype=bool)
    known[:, 8:20] = True
    assert deaf.single < kept.single
    assert calibrated(again, leave_out=known).single > deaf.single
    nothing = calibrated(watch(np.zeros((1, 364)), YEAR))
    assert nothing == thresholds()
    assert isinstance(nothing, Thresholds)


@pytest.mark.parametrize("points", [[5, 7], [364], [-1]])
def test_weeks_to_watch_follow_one_another(points):
    with pytest.raises(Unanswerable):
        watch(weeks(1), np.array(points))


@pytest.mark.parametrize("exposure", [np.zeros(364), np.ones(9), np.full(364, -1.0)])
def test_an_exposure_is_above_nothing(exposure):
    with pytest.raises(Unanswerable):
        watch(weeks(1), LAST, exposure=exposure)


def test_no_week_is_no_answer():
    assert watch(weeks(2), np.array([], dtype=int)).alarm.shape == (2, 0)
