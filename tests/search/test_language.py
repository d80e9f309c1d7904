"""What people type into the search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.search import analysis
from heed.search.language import CLAUSES, LENGTH, parse


def matches(query: str, text: str) -> bool:
    terms = analysis.terms("", text)[1]
    clauses = parse(query).clauses
    return bool(parse(query).wanted) and all(clause.holds(terms) for clause in clauses)


FOUND = [
    ("ward", "The wards were full"),
    ("wards full", "It was full on the ward"),
    ("nurs*", "Nursing care"),
    ("nursin*", "The nurse came"),
    ("complainin*", "He complained"),
    ("companies*", "a company"),
    ('"on the ward"', "He lay on the ward."),
    ("ward -nurse", "the ward sister"),
    ('ward -"the nurse"', "a nurse of the ward"),
    ("RN-7K3M-Q2P9", "see RN-7K3M-Q2P9."),
    ("RN-7K3M-Q2P9", "see RN7K3MQ2P9."),
    ("rn7k3mq2p9", "see RN-7K3M-Q2P9."),
    ("RN 7K3M Q2P9", "see RN-7K3M-Q2P9."),
    ("7k3m", "see RN-7K3M-Q2P9."),
    ("RN-7K*", "see RN-7K3M-Q2P9."),
    ("rn7k3*", "see RN-7K3M-Q2P9."),
    ("LS1 4AP", "lives at LS14AP"),
    ("LS14AP", "lives at LS1 4AP"),
    ('"LS1 4AP"', "lives at LS14AP"),
    ("9434765919", "NHS number 943 476 5919"),
    ("943 476 5919", "NHS number 9434765919"),
    ("follow-up", "the follow up"),
    ("follow-up", "the followup"),
    ("followup", "the follow-up"),
    ("O'Neill", "Mr O’Neill"),
    ("oneill", "Mr O'Neill"),
    ("O Neill", "Mr O'Neill"),
    ("neill", "Mr O'Neill"),
    ("patients'", "the patient's notes"),
    ("cafe", "the café"),
    ("Łódź", "from Lodz"),
    ("医院", "投诉医院ward"),
    ("“late discharge”", "a late discharge"),
    ('he said "sorry', "sorry, he said"),
]
NOT_FOUND = [
    ("ward missing", "The ward"),
    ('"ward the"', "on the ward"),
    ("ill", "I'll wait"),
    ("ward -nurse", "the ward nurse"),
    ('ward -"the nurse"', "the nurse of the ward"),
    ("pain", "the paint"),
    ("院医", "投诉医院ward"),
    ("", "anything"),
    ("-ward", "anything"),
    ("😀 *** '' -", "anything"),
]


@pytest.mark.parametrize(("query", "text"), FOUND)
def test_it_finds(query: str, text: str) -> None:
    assert matches(query, text)


@pytest.mark.parametrize(("query", "text"), NOT_FOUND)
def test_it_does_not_find(query: str, text: str) -> None:
    assert not matches(query, text)


@given(st.text())
def test_any_text_is_a_query(text: str) -> None:
    query = parse(text)
    assert len(query.clauses) <= CLAUSES
    assert all(way.words for clause in query.clauses for way in clause.alternatives)


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs", "Pd"]), min_size=1, max_size=40))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    plain = text.replace("-", " ")
    if parse(plain).wanted and not parse(plain).trimmed:
        assert matches(plain, plain)


def test_what_is_too_long_is_cut_and_says_so() -> None:
    assert parse("word " * 2000).trimmed
    assert parse(" ".join(f"w{number}" for number in range(CLAUSES + 1))).trimmed
    assert not parse("a short one" + " " * LENGTH).trimmed


def test_terms_are_what_is_wanted_and_nothing_that_is_not() -> None:
    assert parse('late "discharge letter" treatm* -ward').terms == ("late", "discharg", "letter", "treatm*")
