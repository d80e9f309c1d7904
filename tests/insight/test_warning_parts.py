"""The pure parts of the early warnings: periods, series, what belongs to what, and the sentence."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.deadlines.calendar import Calendar
from heed.insight.warning.belonging import attached, graded, is_over
from heed.insight.warning.budgets import a_month, in_words
from heed.insight.warning.grid import ALL, grid, level
from heed.insight.warning.periods import (
    Span,
    ends,
    exposure,
    is_settled,
    number,
    quiet_share,
    span,
    start_of,
    to_judge,
)
from heed.insight.warning.wording import Said, apart, kept_apart, sentence
from heed.statistics.detector import Settings
from heed.statistics.young import pooled, watch_young

DAYS = st.dates(date(2001, 1, 1), date(2034, 12, 31))
CODES = st.sampled_from(["", "a", "b", "c"])
ENGLAND = Calendar("england")


@given(DAYS, st.sampled_from(["week", "month"]))
def test_every_day_lies_in_one_period(day, every):
    start = start_of(every, number(every, day))
    assert start <= day <= ends(every, start)
    assert number(every, start - timedelta(days=1)) == number(every, day) - 1
    assert start.weekday() == 0 if every == "week" else start.day == 1


@given(DAYS, st.sampled_from(["week", "month"]))
def test_only_what_is_over_is_looked_at(day, every):
    of = span(every, day)
    assert of.last_day < day
    assert ends(every, start_of(every, number(every, of.starts[-1]) + 1)) >= day
    assert to_judge(every, day, of.starts[-1]) == sum(not is_settled(every, start, day) for start in of.starts) or 1


def test_weeks_that_no_run_has_seen_are_made_up_for():
    monday = date(2026, 11, 23)
    assert to_judge("week", monday, date(2026, 11, 16)) == 2
    assert to_judge("week", monday, date(2026, 10, 19)) == 4
    assert to_judge("week", monday, date(2025, 1, 6)) == 8


def test_the_week_of_christmas_is_a_short_one():
    of = Span("week", (date(2026, 12, 14), date(2026, 12, 21), date(2026, 12, 28)))
    assert exposure(of, ENGLAND, 0.5).tolist() == [6.0, 5.5, 5.0]
    closed = Calendar("england", [date(2026, 12, 24)])
    assert exposure(of, closed, 0.0).tolist() == pytest.approx([5.1, 3.2, 3.2])


def test_how_much_a_day_without_work_brings_is_learned():
    days = {date(2026, 3, 2) + timedelta(days=day): 10 if day % 7 < 5 else 3 for day in range(28)}
    assert quiet_share(days, ENGLAND) == pytest.approx(0.3)
    assert quiet_share({}, ENGLAND) > 0


ROWS = st.lists(
    st.tuples(st.integers(0, 9), CODES, CODES, st.booleans(), st.integers(1, 30)), max_size=40
)  # fmt: skip


@given(ROWS)
def test_each_parent_is_the_sum_of_its_parts(rows):
    of = Span("week", tuple(start_of("week", 1300 + place) for place in range(10)))
    found = grid(of, [(1300 + row[0], *row[1:]) for row in rows], {})
    for place, (service, subject) in enumerate(found.keys):
        for period in range(10):
            mine = [
                many for at, its, of_it, _, many in rows
                if at == period and its in (service, its if service == ALL else "") and service in (ALL, its)
                and subject in (ALL, of_it)
            ]  # fmt: skip
            counted = found.counts[place, period]
            if np.isnan(counted):
                assert not mine
            else:
                assert counted + found.files[place, period] == sum(mine)


def test_a_new_subject_has_no_past_and_a_new_pair_of_known_ones_has():
    of = Span("week", tuple(start_of("week", 1300 + place) for place in range(10)))
    rows = [
        (1300, "a", "x", False, 1),
        (1300, "b", "y", False, 1),
        (1305, "a", "z", False, 2),
        (1307, "a", "y", False, 3),
    ]
    found = grid(of, rows, {})
    assert np.isnan(found.counts[found.places["a", "z"]]).sum() == 5
    assert np.isnan(found.counts[found.places[ALL, "z"]]).sum() == 5
    assert np.isnan(found.counts[found.places["a", "y"]]).sum() == 0


def test_a_file_now_and_then_is_left_out_and_a_file_every_week_is_not():
    of = Span("week", tuple(start_of("week", 1300 + place) for place in range(10)))
    single = [(1300 + place, "a", "x", False, 4) for place in range(10)]
    once = grid(of, [*single, (1309, "a", "x", True, 140)], {})
    assert once.counts[0, -1] == 4
    assert once.files[0, -1] == 140
    weekly = grid(of, [(1300 + place, "a", "x", True, 10 + place) for place in range(10)], {})
    assert weekly.counts[0].tolist()[1:] == [11 + place for place in range(9)]


KEYS = st.dictionaries(
    st.tuples(st.sampled_from([ALL, "a", "b"]), st.sampled_from([ALL, "x", "y"])), st.floats(0.1, 100), max_size=9
)


@given(KEYS)
def test_whatever_belongs_to_something_leads_to_what_stands_by_itself(excess):
    found = attached(excess)
    for key in found:
        seen = {key}
        while key in found:
            key = found[key]
            assert key in excess
            assert key not in seen
            seen.add(key)
    if (ALL, ALL) in excess:
        assert set(excess) - set(found) == {(ALL, ALL)}


def test_one_rise_is_told_once():
    found = attached({("a", "x"): 9.0, ("a", ALL): 10.0, (ALL, "x"): 9.5, ("b", ALL): 4.0})
    assert found == {("a", "x"): ("a", ALL), (ALL, "x"): ("a", ALL)}
    wide = attached({("a", "x"): 5.0, ("b", "x"): 5.0, (ALL, "x"): 20.0, ("a", ALL): 6.0})
    assert wide[("a", ALL)] == (ALL, "x")
    assert attached({("a", "x"): 1.0, ("a", ALL): 10.0, (ALL, "x"): 10.0}) == {("a", "x"): ("a", ALL)}


@given(st.lists(st.floats(1e-12, 1), min_size=1, max_size=30), st.integers(30, 5000))
def test_a_smaller_chance_is_never_less_sure(chances, watched):
    rank = {"sure": 0, "likely": 1, "maybe": 2}
    grades = [rank[grade] for grade in graded(chances, watched)]
    assert [grade for _, grade in sorted(zip(chances, grades, strict=True))] == sorted(grades)


def test_benjamini_and_hochberg_by_hand():
    assert graded([0.001, 0.01, 0.9], 10) == ["sure", "sure", "maybe"]
    assert graded([0.001, 0.01, 0.9], 100) == ["likely", "maybe", "maybe"]


def test_the_sentence():
    said = Said("week", date(2026, 6, 8), 1, 19, 10.2, 6, 12, "Ward 4", "Waiting times", "Riverside")
    assert sentence(said) == (
        "In the week to 14 June 2026, 19 complaints and concerns about waiting times in Ward 4, where 6 to 12 are usual: "
        "about 9 more than expected."
    )
    whole = Said("month", date(2026, 6, 1), 3, 7, 2.2, 0, 0, "", "", "Riverside")
    assert sentence(whole) == (
        "In the 3 months to June 2026, 7 complaints and concerns in all of Riverside, where none is usual: about 5 more "
        "than expected."
    )


def test_what_is_not_counted_is_said():
    assert kept_apart(140, 0, 12, "file") == "140 were brought in from a file, so this is no warning."
    assert kept_apart(0, 31, 40, "same").startswith("31 of 40 say nearly the same")
    assert apart(1, 2) == [
        "1 more was brought in from a file, and not counted.",
        "2 more say nearly the same as another or came from the same person, and counted once.",
    ]
    assert apart(0, 0) == []


def test_the_budget_in_words_and_alarms():
    assert in_words(50) == "1 in 200"
    assert round(a_month(0.005, 20_000)) == 533
    assert [is_over("week", quiet) for quiet in (3, 4)] == [False, True]


def test_levels():
    assert [level(key) for key in ((ALL, ALL), ("a", ALL), (ALL, "x"), ("a", "x"))] == [
        "organisation", "service", "subject", "both",
    ]  # fmt: skip


def test_young_series_keep_to_the_budget_and_see_a_rise():
    chance = np.random.default_rng(3)
    rates = chance.gamma(2, 1, 1500)[:, None]
    calm = chance.poisson(rates, (1500, 60)).astype(float)
    share, points = np.full(60, 5.2), np.arange(30, 60)
    pool = pooled(calm[:, :17], share[:17], np.zeros(1500, dtype=np.int64))
    found = watch_young(calm, points, Settings(warm_up=13), exposure=share, pool=pool)
    assert found.alarm.mean() < 1.3 * 0.005
    risen = calm.copy()
    risen[:, -1] += 4 + 3 * np.sqrt(rates[:, 0])
    seen = watch_young(risen, points, Settings(warm_up=13), exposure=share, pool=pool)
    assert seen.alarm[:, -1].mean() > 0.6
    few = watch_young(calm[:, :9], np.arange(8, 9), Settings(warm_up=2), exposure=share[:9], pool=pool)
    assert np.isnan(few.p).all()
