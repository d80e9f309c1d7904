"""New themes: found when they are there and large enough, told apart from campaigns, and known again."""

import random
from datetime import date, timedelta

import pytest

from heed.insight.themes.growing import Theme, Told, copies_of, cosine, find, growth, matched

TODAY = date(2026, 6, 1)
USUAL = [
    "ward",
    "nurse",
    "doctor",
    "letter",
    "phone",
    "waited",
    "queue",
    "dinner",
    "cold",
    "parking",
    "told",
    "never",
    "again",
    "asked",
    "night",
    "bed",
    "pain",
    "visit",
]


def usual(many: int, seed: int = 1) -> list[Told]:
    """Texts of a year, about the usual, each of another person."""
    chance = random.Random(seed)
    return [
        Told(f"u{n}", " ".join(chance.sample(USUAL, 8)), TODAY - timedelta(days=chance.randrange(380)), f"p{n}")
        for n in range(many)
    ]


def app(many: int, people: int = 99, known: float | None = None) -> list[Told]:
    """Texts of the last weeks about a new app."""
    chance = random.Random(2)
    return [
        Told(
            f"a{n}", " ".join([*chance.sample(USUAL, 4), "booking app", *chance.sample(USUAL, 3), "froze"]),
            TODAY - timedelta(days=n % 25), f"q{n % people}", known,
        )
        for n in range(many)
    ]  # fmt: skip


def test_a_new_theme_is_found_with_its_texts_people_and_words() -> None:
    themes = find([*usual(800), *app(12)], TODAY)
    assert len(themes) == 1
    assert set(themes[0].keys) >= {f"a{n}" for n in range(12)}
    assert sum(key.startswith("a") for key in themes[0].keys) >= 0.6 * len(themes[0].keys)
    assert {"app", "booking", "froze"} <= set(themes[0].words)


def test_nothing_new_is_no_theme() -> None:
    assert find(usual(900, seed=4), TODAY) == []


@pytest.mark.parametrize(("many", "people"), [(4, 99), (12, 2)])
def test_less_than_five_texts_or_three_people_are_no_theme(many: int, people: int) -> None:
    assert find([*usual(800), *app(many, people)], TODAY) == []


def test_what_a_known_subject_says_is_not_new() -> None:
    assert find([*usual(800), *app(12, known=0.9)], TODAY) == []
    assert find([*usual(800), *app(12, known=0.3)], TODAY) != []


def test_too_short_a_past_says_nothing() -> None:
    assert find([*usual(60), *app(12)], TODAY) == []


def test_copies_of_one_letter_are_one_voice() -> None:
    letter = "We the undersigned object to the closing of the day centre in Mill Lane by the council"
    copies = [Told(f"c{n}", f"{letter} {n}", TODAY, f"c{n}") for n in range(30)]
    assert set(copies_of(copies).values()) == {"c0"}
    assert find([*usual(800), *copies], TODAY) == []
    voices = [
        Told(f"o{n}", f"{' '.join(USUAL[n : n + 5])} mill lane {' '.join(USUAL[n + 9 : n + 12])}", TODAY, f"o{n}")
        for n in range(12)
    ]
    assert not copies_of(voices)
    themes = find([*usual(800), *copies, *voices], TODAY)
    assert "mill lane" in themes[0].words
    assert themes[0].copies == 29


def test_a_name_is_in_no_theme() -> None:
    named = [Told(one.key, one.text + " Grimsby", one.on, one.person) for one in app(12)]
    themes = find([*usual(800), *named], TODAY, without={"grimsby"})
    assert themes
    assert not any("grimsby" in word for theme in themes for word in (*theme.words, *theme.centre))


def test_growth_is_nothing_where_the_share_stays_and_large_where_it_rises() -> None:
    assert growth(10, 100, 100, 1000) == pytest.approx(0)
    assert growth(20, 100, 10, 1000) > 3.5
    assert growth(0, 100, 100, 1000) < 0


def test_a_theme_keeps_its_number_while_it_is_alike() -> None:
    def theme(**centre: float) -> Theme:
        return Theme(("1",), 3, 0, tuple(centre), dict(centre), 4.0)

    known = {7: {"app": 1.0, "froze": 1.0}, 9: {"mill": 1.0}}
    again, other = theme(app=1.0, froze=0.9, booking=0.3), theme(bus=1.0)
    assert matched([other, again], known) == [None, 7]
    assert matched([again, again], known) == [7, None]  # one number is for one theme
    assert cosine({}, {"app": 1.0}) == 0
