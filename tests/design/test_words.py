import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.design import words
from heed.design.text import clean_text

MAY_5 = datetime.date(2026, 5, 5)


def test_dates_and_times_are_said_as_people_say_them() -> None:
    at = datetime.datetime(2026, 5, 5, 15, 45, tzinfo=datetime.UTC)
    assert words.day(at) == "5 May 2026"
    assert words.short_day(MAY_5) == "Tue 5 May"
    assert words.month(MAY_5) == "May 2026"
    assert words.clock(at) == "4:45pm"  # British Summer Time
    assert words.moment(at) == "5 May 2026 at 4:45pm"


def test_an_instant_before_midnight_utc_is_the_next_day_in_summer() -> None:
    assert words.day(datetime.datetime(2026, 5, 5, 23, 30, tzinfo=datetime.UTC)) == "6 May 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(0, 0, "midnight"), (0, 5, "12:05am"), (9, 0, "9am"), (12, 0, "midday"), (12, 30, "12:30pm"), (23, 59, "11:59pm")],
)
def test_times(hour: int, minute: int, said: str) -> None:
    assert words.clock(datetime.time(hour, minute)) == said


@pytest.mark.parametrize(
    ("pence", "said"),
    [(0, "£0"), (25000, "£250"), (125050, "£1,250.50"), (5, "£0.05"), (-300, "-£3"), (-5, "-£0.05")],
)
def test_money(pence: int, said: str) -> None:
    assert words.money(pence) == said


def test_numbers_come_with_their_noun() -> None:
    assert words.count(1, "issue") == "1 issue"
    assert words.count(3, "issue") == "3 issues"
    assert words.count(0, "issue") == "no issues"
    assert words.count(1204, "reply", "replies") == "1,204 replies"


@pytest.mark.parametrize(
    ("due_on", "today", "left", "said"),
    [
        (MAY_5, datetime.date(2026, 5, 1), 2, "Tue 5 May, 2 working days left"),
        (MAY_5, datetime.date(2026, 5, 4), 1, "Tue 5 May, due tomorrow"),
        (MAY_5, MAY_5, 0, "Tue 5 May, due today"),
        (MAY_5, datetime.date(2026, 5, 6), -1, "Tue 5 May, due yesterday"),
        (MAY_5, datetime.date(2026, 5, 8), -3, "Tue 5 May, 3 working days late"),
        (MAY_5, datetime.date(2026, 5, 3), 1, "Tue 5 May, 1 working day left"),
        (datetime.date(2026, 5, 8), datetime.date(2026, 5, 10), 0, "Fri 8 May, late"),
        (datetime.date(2027, 1, 4), MAY_5, 160, "Mon 4 Jan 2027, 160 working days left"),
    ],
)
def test_how_a_promise_stands(due_on: datetime.date, today: datetime.date, left: int, said: str) -> None:
    assert words.by_when(due_on, today, left) == said


def test_sizes_and_lists_and_nhs_numbers() -> None:
    assert words.file_size(820) == "820 bytes"
    assert words.file_size(25 * 2**20) == "25 MB"
    assert words.file_size(3_565_158) == "3.4 MB"
    assert words.file_size(2048) == "2 KB"
    assert words.file_size(1024**2 - 1) == "1 MB"
    assert words.join(["a"]) == "a"
    assert words.join(["a", "b", "c"]) == "a, b and c"
    assert words.nhs_number("9434765919") == "943 476 5919"


def test_text_is_cleaned_of_what_no_database_keeps() -> None:
    assert clean_text("a\0b\ud800c\r\nd\re") == "a\ufffdb\ufffdc\nd\ne"
    assert clean_text("😀 ‏שלום‏") == "😀 ‏שלום‏"


@given(st.text(st.characters(codec=None)))
def test_clean_text_can_always_be_stored_and_is_clean_the_second_time(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert "\0" not in cleaned
    assert "\r" not in cleaned
    assert clean_text(cleaned) == cleaned
