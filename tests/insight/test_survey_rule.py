"""What may be told of answers: an adversary who knows everything but the answers learns of nobody what they said."""

from collections import defaultdict
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.insight import survey_rule as rule
from heed.insight.survey_rule import Block, Count, Told

FEWEST = 10
counts = st.builds(Count, st.integers(0, 30), st.integers(0, 30))


@pytest.mark.parametrize(
    ("count", "found"),
    [
        (Count(5, 4), None),
        (Count(5, 5), Told(10, 5)),
        (Count(4, 6), Told(10, band="few")),
        (Count(30, 4), Told(34, band="most")),
        (Count(30, 0), Told(30, band="most")),
        (Count(0, 30), Told(30, band="few")),
        (Count(), None),
        (Count(10, 10, shown_yes=5, shown_no=5), Told(20, 10)),
        (Count(10, 10, shown_yes=6), None),
        (Count(4, 16, shown_yes=4), None),
        (Count(8, 8, shown_yes=3, shown_no=4), None),
    ],
)
def test_the_whole(count: Count, found: Told | None) -> None:
    assert rule.told(count, FEWEST) == found


def test_services_with_few_answers_stand_together_and_one_that_may_not_be_told_hides_all() -> None:
    places = {"a": Count(10, 8), "b": Count(7, 9), "c": Count(3, 4), "d": Count(4, 2)}
    assert rule.parts(places, FEWEST) == {"a": Told(18, 10), "b": Told(16, 7), rule.OTHERS: Told(13, 7)}
    assert rule.parts({**places, "e": Count(20, 2)}, FEWEST) == {}
    assert rule.parts({"a": Count(10, 8), "b": Count(1, 2)}, FEWEST) == {}  # the others would be had from the whole
    assert rule.parts({"a": Count(10, 8)}, FEWEST) == {}


@given(st.dictionaries(st.sampled_from("abcdef"), counts, max_size=6))
def test_every_number_and_every_difference_is_of_five_who_agreed_and_five_who_did_not(
    places: dict[str, Count],
) -> None:
    told = rule.parts(places, FEWEST)
    whole = rule.told(sum(places.values(), Count()), FEWEST)
    if not told:
        return
    assert whole is not None
    assert whole.yes is not None
    for chosen in product((False, True), repeat=len(told)):
        some = [one for one, is_in in zip(told.values(), chosen, strict=True) if is_in]
        people, yes = sum(one.people for one in some), sum(one.yes or 0 for one in some)
        for of, agreed in ((people, yes), (whole.people - people, whole.yes - yes)):
            assert of == 0 or min(agreed, of - agreed) >= rule.SMALLEST


def test_an_adversary_who_knows_all_but_the_answers_learns_of_no_few_people_what_they_said() -> None:
    """Every table of three places, with smaller numbers than ours. Of a place whose number is not told, and that is not all
    there is, at least two numbers stay possible; where a band is told of the whole, as many as are in the band."""
    smallest, fewest = 2, 4
    seen: dict[object, list[tuple[Count, ...]]] = defaultdict(list)
    of = [Count(yes, people - yes) for people in range(8) for yes in range(people + 1)]
    for table in product(of, repeat=3):
        places = dict(zip("abc", table, strict=True))
        whole = rule.told(sum(places.values(), Count()), fewest, smallest)
        told = rule.parts(places, fewest, smallest)
        key = (tuple(one.people for one in table), whole, tuple(sorted(told.items())))
        seen[key].append(table)
    for (people, whole, told), tables in seen.items():  # type: ignore[misc]
        named = {service for service, _ in told}
        for place, many in enumerate(people):
            possible = {table[place].yes for table in tables}
            banded = whole is not None and whole.band is not None
            if 0 < many < sum(people) and "abc"[place] not in named:
                assert len(possible) >= (min(smallest, many + 1) if banded else 2), (people, whole, told, possible)


def test_who_was_shown_some_answers_does_not_learn_the_others() -> None:
    """Every table of two places, of which some answers were shown: with these taken away, what is told is as it is told of
    answers that nobody was shown, so that of no group of fewer than the smallest it is known what each of them said."""
    smallest, fewest = 2, 4
    of = [
        Count(yes, no, shown_yes, shown_no)
        for yes, no in product(range(5), repeat=2)
        for shown_yes, shown_no in product(range(yes + 1), range(no + 1))
    ]
    for first, second in product(of, repeat=2):
        places, whole = {"a": first, "b": second}, first + second
        told = rule.told(whole, fewest, smallest)
        if told is not None and told.yes is not None:
            assert min(whole.unshown.yes, whole.unshown.no) >= smallest
        if told is not None and told.band is not None:
            assert whole.unshown == Count(whole.yes, whole.no)
        for place, part in rule.parts(places, fewest, smallest).items():
            assert part.yes is not None
            assert place in places
            assert min(places[place].unshown.yes, places[place].unshown.no) >= smallest


def test_blocks_are_whole_quarters_that_share_no_day_and_do_not_move() -> None:
    people = {date(2025, 2, 1): 6, date(2025, 5, 1): 3, date(2025, 8, 1): 2, date(2025, 11, 1): 30, date(2026, 1, 1): 9}
    found = rule.blocks(people, date(2026, 4, 1), FEWEST)
    assert found == [Block(date(2025, 1, 1), date(2025, 9, 30)), Block(date(2025, 10, 1), date(2025, 12, 31))]
    assert [block.label for block in found] == ["January to September 2025", "October to December 2025"]
    assert rule.waits(people, found)
    assert rule.blocks({**people, date(2026, 5, 1): 1}, date(2026, 7, 1), FEWEST)[:2] == found
    assert rule.blocks(people, date(2025, 12, 31), FEWEST) == found[:1]  # the quarter is not over
    assert rule.blocks({}, date(2026, 1, 1), FEWEST) == []


@given(st.dictionaries(st.dates(date(2024, 1, 1), date(2026, 6, 1)).map(lambda day: day.replace(day=1)),
                       st.integers(0, 20), max_size=20), st.dates(date(2026, 1, 1), date(2027, 1, 1)))  # fmt: skip
def test_whatever_comes_later_no_block_that_was_told_is_cut_anew(people: dict[date, int], today: date) -> None:
    now = rule.blocks(people, today, FEWEST)
    later = rule.blocks({**people, date(2027, 2, 1): 50}, date(2027, 6, 1), FEWEST)
    assert later[: len(now)] == now
    for block in now:
        assert sum(many for month, many in people.items() if month in block) >= FEWEST
