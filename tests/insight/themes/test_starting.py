"""The words that ship: they name subjects that exist, and point where they should."""

import pytest

from heed.insight.themes import starting
from heed.organisations import code_lists

LISTS = ["subjects-nhs", "subjects-council", "subjects-central"]


@pytest.mark.parametrize("key", LISTS)
def test_every_subject_but_other_has_words(key: str) -> None:
    listed = starting.load(key)
    assert listed is not None
    assert set(listed.terms) == set(code_lists.load(key).codes()) - {"other"}
    assert all(terms and all(terms) for terms in listed.terms.values())
    assert "Learned from nobody's texts" in listed.source


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("subjects-nhs", "We waited for hours, there was a queue.", "waiting_times"),
        ("subjects-nhs", "The nurse was rude and dismissive.", "values_and_behaviours"),
        ("subjects-council", "My bins were not collected, again.", "service_not_provided"),
        ("subjects-central", "The website showed an error message.", "online_service"),
    ],
)
def test_words_point_to_their_subject(key: str, text: str, code: str) -> None:
    listed = starting.load(key)
    assert listed is not None
    assert listed.found_in(text)[0][0] == code


def test_a_short_word_stands_for_itself_alone() -> None:
    listed = starting.load("subjects-council")
    assert listed is not None
    assert "service_not_provided" not in dict(listed.found_in("The binoculars are fine."))


def test_a_list_without_words_is_none() -> None:
    assert starting.load("subjects-elsewhere") is None
