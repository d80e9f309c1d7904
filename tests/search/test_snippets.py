"""The passage that shows why a thing was found."""

from hypothesis import given
from hypothesis import strategies as st

from heed.search.language import parse
from heed.search.queries import snippet

LONG = "word " * 200


def marked(text: str, query: str) -> str:
    return "".join(f"[{part.text}]" if part.is_hit else part.text for part in snippet(text, parse(query).terms))


def test_hits_are_marked_as_they_were_written() -> None:
    assert marked("The nurses’ notes (late).", "nurse late") == "The [nurses]’ notes ([late])."
    assert marked("See RN-7K3M-Q2P9, please", "rn7k3mq2p9") == "See [RN-7K3M-Q2P9], please"
    assert marked("Nursing", "nurs*") == "[Nursing]"
    assert marked("投诉医院", "医院") == "投诉[医][院]"
    assert marked("Das Café", "cafe") == "Das [Café]"


def test_it_is_cut_around_the_stretch_with_most_of_the_words() -> None:
    text = f"late {LONG} the discharge was late {LONG}"
    shown = marked(text, "discharge late")
    assert "the [discharge] was [late]" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 260


def test_a_hit_at_the_end_is_shown_with_what_stands_before() -> None:
    shown = marked(f"{LONG} discharge", "discharge")
    assert shown.endswith("word [discharge]")
    assert len(shown) > 200


def test_without_a_hit_it_is_the_beginning() -> None:
    assert marked("Only\n\nthis   here", "other") == "Only this here"
    assert marked(LONG, "other").startswith("word word")
    assert marked("", "other") == ""
    assert marked("  \n ", "other") == ""


def test_markup_stays_plain_text_for_the_template_to_escape() -> None:
    assert marked("<script>alert(1)</script>", "alert").replace("[", "").replace("]", "") == "<script>alert(1)</script>"


@given(st.text(), st.text())
def test_segments_hold_only_the_text(text: str, query: str) -> None:
    shown = "".join(part.text for part in snippet(text, parse(query).terms))
    assert all(letter in text or letter in " …" for letter in shown)


def test_a_very_long_text_takes_little_time() -> None:
    assert "[late]" in marked("late " * 50_000 + "discharge", "late discharge")
