"""Periods of which no two share a day."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from heed.insight.blocks import Block, around, block, due

YEAR = block(date(2025, 4, 1), "year")


def test_years_run_from_april_and_quarters_with_them() -> None:
    assert around(date(2026, 3, 31), "year") == Block(date(2025, 4, 1), date(2026, 3, 31)) == YEAR
    assert around(date(2026, 4, 1), "year").first == date(2026, 4, 1)
    assert around(date(2026, 2, 11), "quarter") == Block(date(2026, 1, 1), date(2026, 3, 31))
    assert YEAR.label == "April 2025 to March 2026"


def test_a_period_is_counted_three_months_after_its_end() -> None:
    asked = date(2025, 9, 1)
    assert due("year", asked, [], date(2026, 6, 30)) == []
    assert due("year", asked, [], date(2026, 7, 1)) == [YEAR]
    assert due("year", asked, [YEAR], date(2027, 6, 30)) == []
    assert due("year", asked, [], date(2027, 7, 1)) == [YEAR, block(date(2026, 4, 1), "year")]


def test_quarters_go_on_until_april_after_a_change_to_years() -> None:
    summer = block(date(2025, 7, 1), "quarter")
    found = due("year", date(2025, 7, 1), [summer], date(2027, 7, 1))
    assert [one.first for one in found] == [date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)]
    assert found[-1].last == date(2027, 3, 31)


@given(
    st.lists(st.tuples(st.sampled_from(["year", "quarter"]), st.integers(1, 900)), min_size=1, max_size=12),
    st.dates(date(2020, 1, 1), date(2024, 1, 1)),
)
def test_however_the_setting_changes_no_two_periods_share_a_day(steps: list[tuple[str, int]], asked: date) -> None:
    counted: list[Block] = []
    today = asked
    for kind, days in steps:
        today += timedelta(days=days)
        counted += due(kind, asked, counted, today)  # type: ignore[arg-type]
    assert all(one.last < other.first for one, other in itertools.pairwise(counted))
    assert all(one.counted_on <= today and one.last >= asked for one in counted)
