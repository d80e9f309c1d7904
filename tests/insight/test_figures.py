"""Figures are right, months are whole, and what is said of them is honest."""

import statistics
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.insight.export import as_csv, guarded
from heed.insight.figures import Tally, figure, percentile, sentence, shown
from heed.insight.measures import BY_KEY
from heed.insight.periods import last_day, whole_months
from heed.insight.series import Series, finding, series, what_matters

SHARE, COUNT = BY_KEY["acknowledged_in_time"], BY_KEY["received"]
MEDIAN, MEAN = BY_KEY["working_days_median"], BY_KEY["working_days_mean"]
TODAY = date(2026, 11, 22)
PERIOD = whole_months(13, TODAY)
SHORT = whole_months(8, TODAY)
values = st.lists(st.integers(0, 400), min_size=1, max_size=60)


@given(values)
def test_the_middle_is_that_of_the_standard_library(days: list[int]) -> None:
    assert percentile(Counter(days), 50) == statistics.median(days)


@given(values, st.integers(1, 100))
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(days: list[int], percent: int) -> None:
    found = percentile(Counter(days), percent)
    if percent != 50:
        reached = [value for value in sorted(days) if 100 * sum(day <= value for day in days) >= percent * len(days)]
        assert found == reached[0]


@given(values, values)
def test_tallies_add_up(one: list[int], two: list[int]) -> None:
    both = Tally(1, len(one), Counter(one)) + Tally(2, len(two), Counter(two))
    assert (both.n, both.of) == (3, len(one) + len(two))
    assert figure(MEAN, both) == pytest.approx(statistics.fmean(one + two))
    assert figure(MEDIAN, both) == statistics.median(one + two)


def test_nothing_is_never_a_share_of_nought() -> None:
    assert figure(SHARE, Tally()) is None
    assert figure(MEDIAN, Tally()) is None
    assert figure(COUNT, Tally()) == 0
    assert shown(SHARE, None) == ""


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (Tally(37, 44), "37 of 44 cases due for acknowledgement were acknowledged in time (84%)"),
        (Tally(1, 1), "1 of 1 case due for acknowledgement was acknowledged in time (100%)"),
        (Tally(0, 1204), "0 of 1,204 cases due for acknowledgement were acknowledged in time (0%)"),
        (Tally(), "no cases were due for acknowledgement"),
    ],
)
def test_a_share_is_said_with_what_it_rests_on(tally: Tally, said: str) -> None:
    assert sentence(SHARE, tally) == said


def test_counts_and_days_are_said_with_their_nouns() -> None:
    assert sentence(COUNT, Tally(1, 1)) == "1 item of feedback was received"
    assert sentence(COUNT, Tally(0, 0)) == "no items of feedback were received"
    days = Tally(0, 4, Counter([10, 20, 25, 90]))
    assert sentence(MEDIAN, days) == "the median time to the answer was 22.5 working days, over 4 cases closed"
    assert (
        sentence(MEAN, Tally(0, 2, Counter([1, 1])))
        == "the average time to the answer was 1 working day, over 2 cases closed"
    )


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.integers(1, 40))
def test_a_month_that_is_not_over_is_no_whole_month(today: date, number: int) -> None:
    period = whole_months(number, today)
    assert len(period.months) == number
    assert all(last_day(month) < today for month in period.months)
    assert last_day(period.months[-1]) + timedelta(days=1) == period.part <= today <= last_day(period.part)
    for earlier, later in zip(period.all, period.all[1:], strict=False):
        assert last_day(earlier) + timedelta(days=1) == later


def received(*counts: int) -> Series:
    months = dict(zip(PERIOD.months, [Tally(n, n) for n in counts], strict=True))
    return series(COUNT, months, PERIOD, 12)


def acknowledged(*pairs: tuple[int, int]) -> Series:
    return series(SHARE, dict(zip(PERIOD.months, [Tally(*pair) for pair in pairs], strict=True)), PERIOD, 12)


STEADY = (34, 38, 31, 40, 36, 33, 41, 35, 39, 32, 37, 36)


def test_a_month_beyond_chance_says_so_and_judges_nothing() -> None:
    of = received(*STEADY, 70)
    low, high = (int(bound) for bound in of.usual or (0, 0))
    assert finding(of) == (
        f"In October 2026, 70 items of feedback were received: more than chance explains, which is {low} to {high} in a month."
    )
    assert of.away > 0
    assert of.signal
    assert of.signal.meaning == "special_cause_neutral_high"
    assert received(*STEADY, 5).away < 0


def test_a_month_like_the_others_says_what_is_usual() -> None:
    of = received(*STEADY, 40)
    low, high = (int(bound) for bound in of.usual or (0, 0))
    assert low < min(STEADY) < max(STEADY) < high
    assert finding(of) == (
        f"In October 2026, 40 items of feedback were received: as usual, {low} to {high} in a month."
    )
    assert of.signal is None


def test_seven_months_on_one_side_are_said() -> None:
    of = received(28, 46, 30, 44, 26, 34, 41, 39, 42, 40, 43, 40, 42)
    assert "one of at least 7 months in a row above the average of" in finding(of)


def test_a_share_of_few_says_that_it_may_be_chance() -> None:
    of = acknowledged(*[(45, 50), (44, 50)] * 6, (1, 4))
    assert "a smaller share than chance explains" in finding(of)
    assert finding(of).endswith("It rests on few, so it may be chance.")
    assert of.signal is None


def test_with_fewer_months_the_months_before_are_compared() -> None:
    months = dict(zip(SHORT.months, [Tally(n, n) for n in (31, 42, 35, 36, 38, 33, 40, 46)], strict=True))
    assert finding(series(COUNT, months, SHORT, 8)) == (
        "In October 2026, 46 items of feedback were received: more than in any of the 12 months before (31 to 42)."
    )


def test_new_limits_begin_where_somebody_said_so() -> None:
    period = whole_months(26, TODAY)
    counts = [*STEADY, 38, *(n + 40 for n in STEADY), 77]
    months = dict(zip(period.months, [Tally(n, n) for n in counts], strict=True))
    assert series(COUNT, months, period, 24).signal
    rebased = series(COUNT, months, period, 24, [period.months[13]])
    assert rebased.control.part == (0,) * 13 + (1,) * 13
    assert rebased.signal is None
    assert (rebased.usual or (0, 0))[0] > 40


def test_too_few_a_month_have_no_limits() -> None:
    of = received(*[1, 0, 2, 1, 3, 0, 1, 2, 0, 1, 1, 2, 9])
    assert of.control.last is None
    assert "fewer than 5 items of feedback a month" in of.control.why_none


def test_all_alike_is_no_signal_and_no_error() -> None:
    of = received(*[40] * 13)
    assert of.signal is None
    assert of.usual == (40, 40)


def test_without_enough_months_before_nothing_is_called_usual() -> None:
    of = acknowledged(*[(0, 0)] * 9, *[(4, 5)] * 3, (50, 50))
    assert of.usual is None
    assert of.away == 0
    assert "too few months before" in finding(of)


def test_a_month_without_cases_has_no_share() -> None:
    assert finding(acknowledged(*[(4, 5)] * 12, (0, 0))) == "In October 2026, no cases were due for acknowledgement."


def test_what_stands_out_comes_first_and_few_never_stand_out() -> None:
    steady, far = received(*[40] * 12, 41), acknowledged(*[(45, 50)] * 12, (20, 50))
    few = series(
        BY_KEY["reopened"], {m: Tally(0, 50) for m in PERIOD.months[:-1]} | {PERIOD.months[-1]: Tally(2, 2)}, PERIOD, 12
    )
    assert [matter.key for matter in what_matters([few, steady, far])] == [
        "acknowledged_in_time",
        "received",
        "reopened",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@here", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert guarded("Ward 7") == "Ward 7"
    assert guarded(-2) == -2
    assert as_csv([["a", text, 1.5]]).startswith("\ufeffa,")
