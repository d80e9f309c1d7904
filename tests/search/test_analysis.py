"""The words that are indexed: expected forms, written by hand."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.search import analysis

FORMS = [
    ("", "  "),
    ("The wards", " the ward  "),
    ("nursing nurses nursed", " nurs nurs nurs  "),
    ("The patient's notes", " the patient note  "),
    ("I'll wait, don't they've", " i wait dont they  "),
    ("O’Neill", " oneil  o neill "),
    ("RN-7K3M-Q2P9", " rn 7k3m q2p9  rn7k3mq2p9 "),
    ("RN–7K3M–Q2P9", " rn 7k3m q2p9  rn7k3mq2p9 "),
    ("follow_up", " follow up  followup "),
    ("jo.smith@post.example", " jo smith post exampl  josmithpostexampl "),
    ("at LS1 4AP.", " at ls1 4ap  ls14ap "),
    ("943 476 5919", " 943 476 5919  9434765919 "),
    ("07700 900123", " 07700 900123  07700900123 "),
    ("£1,000.50 on 12/05/2026", " 1 000 50 on 12 05 2026  100050 12052026 "),
    ("Zażółć gęślą ŁÓDŹ", " zazolc gesla lodz  "),
    ("naïve ﬁre Straße ½", " naiv fire strass 1 2  "),
    ("投诉", " 投 诉  投诉 "),
    ("हिन्दी में", " हिन्दी में  "),
    ("مُشْكِلَة", " مشكلة  "),
    ("\x00a\ud800b 😀 '; DROP TABLE--", " a b drop tabl  "),
    ("a.b.c.d.e.f.g.h.i", " a b c d e f g h i  "),
]


def passages(terms: str) -> list[str]:
    """The words in order, then the further ones that the same things are found by."""
    return [passage.strip() for passage in terms.split("  ") if passage.strip()]


@pytest.mark.parametrize(("text", "indexed"), FORMS)
def test_a_text_is_indexed_by_these_words(text: str, indexed: str) -> None:
    assert passages(analysis.terms("", text)[1]) == passages(indexed)


def test_title_and_text_are_passages_of_their_own() -> None:
    heading, terms = analysis.terms("Late discharge", "No letter")
    assert heading.strip() == "late discharg"
    assert terms.startswith(" late discharg  no letter ")
    assert " discharg no " not in terms


def test_a_reference_in_the_title_is_one_word_of_it_too() -> None:
    heading, _ = analysis.terms("RN-7K3M-Q2P9 Late", "")
    assert " rn7k3mq2p9 " in heading


@given(st.text(), st.text())
def test_words_hold_nothing_that_a_database_would_take_for_syntax(title: str, text: str) -> None:
    heading, terms = analysis.terms(title, text)
    for word in (heading + terms).split():
        assert len(word) <= analysis.WORD_LENGTH * 4
        assert not set(word) & set("\"'\\*&|!():<> \t\n\0")
        word.encode()


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1))
def test_case_makes_no_difference(text: str) -> None:
    assert analysis.fold(text) == analysis.fold(analysis.fold(text))


def test_a_text_of_any_length_stays_within_what_postgresql_takes() -> None:
    terms = analysis.terms("", " ".join(f"ж{number:060}" for number in range(60_000)))[1]
    assert len(terms.encode()) <= analysis.TERMS_BYTES + 1
    assert terms.endswith(" ")


def test_threads_do_not_mix_their_words() -> None:
    """The stemmer keeps the word that it works on in itself."""
    words = [f"{stem}{ending}" for stem in ("complain", "discharg", "treat") for ending in ("ing", "ed", "es")] * 300
    alone = [analysis.stem(word) for word in words]
    found: dict[int, list[str]] = {}
    threads = [
        threading.Thread(target=lambda key=key: found.update({key: [analysis.stem(word) for word in words]}))
        for key in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[key] == alone for key in range(4))
