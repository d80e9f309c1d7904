"""Which months are compared, and which are left out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from heed.insight.periods import months_between, months_on
from heed.insight.proof.months import MOST_AFTER, MOST_BEFORE, Dated, plan

FIRST, LAST = date(2020, 1, 1), date(2026, 10, 1)
days = st.dates(date(2022, 1, 1), date(2026, 10, 31))


@given(
    started=days,
    length=st.integers(0, 200),
    phase_in=st.integers(0, 12),
    peak=st.integers(0, 70),
    long=st.integers(0, 11),
)
def test_every_month_is_before_after_or_left_out_for_a_reason(started, length, phase_in, peak, long):
    first_of_peak = months_on(FIRST, peak)
    dated = Dated(started, started + timedelta(length), phase_in, (first_of_peak, months_on(first_of_peak, long)))
    found = plan(dated, known_since=FIRST, last=LAST)
    assert found.months == months_between(found.months[0], found.months[-1])
    assert len(found.before) + len(found.after) + len(found.left_out) == len(found.months)
    assert len(found.before) <= MOST_BEFORE
    assert len(found.after) <= MOST_AFTER
    assert all(month < dated.begun for month in found.before), "nothing was done in any month before"
    assert all(month > dated.completed_on for month in found.after), "all was done before any month after"
    assert not any(dated.peak[0] <= month <= dated.peak[1] for month in (*found.before, *found.after))
    assert set(found.left_out.values()) <= {"peak", "brought_in", "bedding_in"}


@given(completed=days, phase_in=st.integers(0, 12))
def test_it_can_be_asked_when_six_whole_months_after_it_are_over(completed, phase_in):
    dated = Dated(completed, completed, phase_in)
    day_before = dated.enough_on - timedelta(1)
    last = day_before.replace(day=1)
    assert len(plan(dated, known_since=FIRST, last=last).after) == 6
    assert len(plan(dated, known_since=FIRST, last=months_on(last, -1)).after) == 5


def test_a_past_that_is_shorter_begins_when_it_does():
    dated = Dated(date(2026, 3, 9), date(2026, 4, 2))
    found = plan(dated, known_since=date(2025, 11, 1), last=LAST)
    assert found.before == months_between(date(2025, 11, 1), date(2026, 2, 1))
    assert found.after == months_between(date(2026, 5, 1), LAST)


def test_before_anything_is_known_there_is_no_month():
    assert plan(Dated(date(2026, 3, 9), date(2026, 4, 2)), known_since=date(2026, 11, 1), last=LAST).months == ()
