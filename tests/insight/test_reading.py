"""Two measures together: what moved, and what that means."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest

from heed.insight import reading
from heed.insight.figures import Tally
from heed.insight.measures import BY_KEY
from heed.insight.periods import whole_months
from heed.insight.reading import DOWN, SAME, UP, together
from heed.insight.series import Series, series

TODAY = date(2026, 11, 22)
WAVE = (2, -1, 0, 1, -2, 1, -1, 2, 0, -2, 1, 0)


def of(key: str, pairs: Sequence[tuple[int, int]]) -> Series:
    period = whole_months(len(pairs), TODAY)
    measure = BY_KEY[key]
    tallies = [
        Tally(0, size, Counter({n: size})) if measure.value else Tally(n if measure.shape != "count" else size, size)
        for n, size in pairs
    ]
    return series(measure, dict(zip(period.months, tallies, strict=True)), period, len(pairs))


def counts(before: int, now: int) -> list[tuple[int, int]]:
    levels = [before] * 18 + [now] * 6
    return [(0, level + WAVE[place % 12]) for place, level in enumerate(levels)]


def shares(before: int, now: int) -> list[tuple[int, int]]:
    levels = [before] * 18 + [now] * 6
    return [(level + WAVE[place % 12], 100) for place, level in enumerate(levels)]


def test_more_complaints_without_more_fault_point_to_the_service() -> None:
    read = together(of("received_complaints", counts(40, 70)), of("well_founded", shares(50, 30)))
    assert read
    assert (read.first.way, read.second.way) == (UP, DOWN)
    assert read.sentence == (
        "More people are complaining, but we are not finding more fault: look at how the service is delivered or explained."
    )
    assert read.first.sentence == "Complaints received: risen, 40.1 a month before and 70 now."
    assert read.periods == "May 2026 to October 2026, beside November 2024 to April 2026"


@pytest.mark.parametrize(
    ("received", "found", "starts"),
    [
        ((40, 41), (50, 51), "No change stands out"),
        ((40, 70), (50, 51), "There are more complaints, and as much fault"),
        ((40, 20), (50, 50), "There are fewer complaints: check that people can still complain"),
    ],
)
def test_the_other_patterns_have_their_sentences(
    received: tuple[int, int], found: tuple[int, int], starts: str
) -> None:
    read = together(of("received_complaints", counts(*received)), of("well_founded", shares(*found)))
    assert read
    assert read.sentence.startswith(starts)


def test_a_pair_is_read_alike_whichever_comes_first() -> None:
    faster, back = of("answered_as_first_told", shares(60, 85)), of("reopened", shares(10, 30))
    one, other = together(faster, back), together(back, faster)
    assert one
    assert other
    assert one.sentence == other.sentence
    assert "more of them come back" in one.sentence


def test_a_pair_that_nobody_wrote_of_is_not_explained() -> None:
    read = together(of("received_comments", counts(40, 40)), of("extended", shares(20, 20)))
    assert read
    assert (read.first.way, read.second.way) == (SAME, SAME)
    assert read.sentence == ""


def test_days_are_compared_by_month() -> None:
    slower = of("working_days_median", [(n, 10) for n, _ in shares(20, 35)])
    read = together(slower, of("received_complaints", counts(40, 40)))
    assert read
    assert read.first.way == UP


def test_too_few_months_are_not_compared() -> None:
    assert together(of("received_complaints", counts(40, 70)[:9]), of("well_founded", shares(50, 30)[:9])) is None


def test_nothing_at_all_cannot_be_said() -> None:
    read = together(of("received_complaints", [(0, 0)] * 24), of("well_founded", [(0, 0)] * 24))
    assert read
    assert (read.first.way, read.second.way) == ("", "")
    assert read.sentence == ""
    assert "too few months, or too little, to compare" in read.first.sentence


def test_every_pair_that_is_written_of_is_of_measures() -> None:
    assert all(key in BY_KEY for pair in reading.PAIRS for key in pair)
    for meanings in reading.MEANINGS.values():
        assert all(way in (UP, SAME, DOWN) for ways in meanings for way in ways)
        assert all(text.endswith(".") for text in meanings.values())
