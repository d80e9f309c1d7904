"""Counting working days, against counting them one by one."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heed.deadlines.calendar import NATIONS, Calendar, OutsideCalendar, UnknownNation

SUBDIVISIONS = dict(zip(NATIONS, ("ENG", "WLS", "SCT", "NIR"), strict=True))
KNOWN = {
    nation: holidays.country_holidays("GB", subdiv=subdivision, years=range(2000, 2036))
    for nation, subdivision in SUBDIVISIONS.items()
}
nations = st.sampled_from(NATIONS)
days = st.dates(date(2000, 1, 1), date(2034, 12, 31))
closures = st.sets(st.dates(date(2020, 1, 1), date(2020, 3, 31)), max_size=40)
ONE_DAY = timedelta(days=1)


def works(day: date, nation: str, closed: set[date]) -> bool:
    return day.weekday() < 5 and day not in KNOWN[nation] and day not in closed


@settings(deadline=None)
@given(nations, st.dates(date(2019, 12, 1), date(2020, 5, 1)), st.integers(0, 60), closures)
def test_the_nth_working_day_is_found_as_by_walking(nation, day, number, closed):
    expected, left = day, number
    while left:
        expected += ONE_DAY
        left -= works(expected, nation, closed)
    assert Calendar(nation, closed).add_working_days(day, number) == expected


@settings(deadline=None)
@given(nations, days, st.integers(0, 400))
def test_working_days_between_are_counted_as_by_walking(nation, after, length):
    until = min(after + timedelta(days=length), date(2035, 12, 31))
    expected = sum(works(after + timedelta(days=n), nation, set()) for n in range(1, (until - after).days + 1))
    calendar = Calendar(nation)
    assert calendar.working_days_between(after, until) == expected
    assert calendar.working_days_between(until, after) == -expected


@settings(deadline=None)
@given(nations, st.dates(date(2020, 1, 1), date(2020, 3, 31)), closures)
def test_a_day_works_or_the_next_one_that_does_is_found(nation, day, closed):
    calendar = Calendar(nation, closed)
    assert calendar.is_working_day(day) == works(day, nation, closed)
    expected = day
    while not works(expected, nation, closed):
        expected += ONE_DAY
    assert calendar.on_or_after(day) == expected


@settings(deadline=None)
@given(nations, st.dates(date(2019, 12, 1), date(2020, 3, 31)), st.integers(0, 60), closures)
def test_what_is_skipped_are_the_weekdays_that_do_not_count(nation, after, length, closed):
    until = after + timedelta(days=length)
    between = [after + timedelta(days=n) for n in range(1, length + 1)]
    expected = [day for day in between if day.weekday() < 5 and not works(day, nation, closed)]
    assert [day for day, _name in Calendar(nation, closed).skipped(after, until)] == expected


def test_skipped_days_have_their_names():
    skipped = Calendar("england", [date(2026, 4, 7)]).skipped(date(2026, 4, 2), date(2026, 4, 9))
    assert skipped == [
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 4, 7), "an added holiday"),
    ]


def test_a_procedure_may_leave_out_a_day_of_every_year():
    calendar = Calendar("england", yearly=[(12, 24)])
    assert not calendar.is_working_day(date(2026, 12, 24))
    assert not calendar.is_working_day(date(2030, 12, 24))
    assert Calendar("england").is_working_day(date(2026, 12, 24))
    assert calendar.add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 29)


def test_more_closures_leave_the_first_calendar_as_it_was():
    first = Calendar("england")
    more = first.with_closures([date(2026, 4, 8)])
    assert first.is_working_day(date(2026, 4, 8))
    assert not more.is_working_day(date(2026, 4, 8))
    assert more.with_closures([date(2026, 4, 8)]) is more


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2036, 1, 1), date(1066, 10, 14)])
def test_a_year_outside_the_table_is_refused_with_the_years_that_are_known(day):
    calendar = Calendar("wales")
    for ask in (calendar.is_working_day, calendar.on_or_after, lambda day: calendar.add_working_days(day, 1)):
        with pytest.raises(OutsideCalendar, match="2000 to 2035"):
            ask(day)
    with pytest.raises(OutsideCalendar, match="2000 to 2035"):
        calendar.working_days_between(day, date(2026, 1, 1))


def test_counting_past_the_last_year_is_refused():
    with pytest.raises(OutsideCalendar, match="31 December 2035 leads past 2035"):
        Calendar("england").add_working_days(date(2035, 12, 31), 1)
    assert Calendar("england").add_working_days(date(2035, 12, 28), 1) == date(2035, 12, 31)


def test_an_unknown_nation_is_refused_with_the_list():
    with pytest.raises(UnknownNation, match=r"'france'.*england, wales, scotland, northern-ireland"):
        Calendar("france")


def test_days_are_never_taken_away():
    with pytest.raises(ValueError, match="added"):
        Calendar("england").add_working_days(date(2026, 4, 2), -1)
