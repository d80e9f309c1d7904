"""What would make this easier: first whether there is a need, then what would help."""

from typing import Any

import pytest
from tests.portal.visitor import Visitor

from heed.organisations import code_lists


def kept(visitor: Visitor, **support: Any) -> tuple[list[str], str, str]:
    visitor.send(support=support)
    reached = visitor.feedback().complainant.correspondent
    return reached.adjustments, reached.adjustments_note, reached.support_needs


def test_the_page_asks_six_things_at_first_and_all_of_the_list_behind_them(visitor: Visitor) -> None:
    visitor.answer_all()
    form = visitor.get("tell-us/support/").context["form"]
    assert len(form.fields["needs"].choices) == 6
    behind = [code for names in form.fields["needs"].reveals.values() for name in names if name in form.asked
              for code, _ in form.fields[name].choices]  # fmt: skip
    assert behind == [item.code for item in code_lists.load("adjustments").items]
    assert set(form.hidden_by_choice()) == {*form.asked, "support_needs"}


def test_nothing_need_be_said(visitor: Visitor) -> None:
    assert kept(visitor) == ([], "", "")


def test_no_is_an_answer(visitor: Visitor) -> None:
    visitor.answer_all(support={"needs": ["nothing"]})
    assert "You did not ask for anything" in visitor.get("tell-us/check/").content.decode()


def test_no_and_a_need_contradict_each_other(visitor: Visitor) -> None:
    visitor.answer_all()
    page = visitor.answer("support", needs=["nothing", "write"], adjustments_0=["braille"]).content.decode()
    assert "Choose “No, nothing” by itself, or take it away" in page


@pytest.mark.parametrize("need", ["write", "talk", "meet", "help", "know"])
def test_a_need_without_what_would_help_is_asked_again(visitor: Visitor, need: str) -> None:
    visitor.answer_all()
    page = visitor.answer("support", needs=[need])
    assert page.status_code == 200
    assert "or say it in your own words" in page.content.decode()
    assert visitor.answer("support", needs=[need], adjustments_note="I stammer").status_code == 302


def test_what_we_should_know_may_be_said_in_words_alone(visitor: Visitor) -> None:
    assert kept(visitor, needs=["know"], support_needs="My sister helps me") == ([], "", "My sister helps me")


def test_what_stands_under_a_need_that_was_taken_away_is_not_kept(visitor: Visitor) -> None:
    answers = {"needs": ["talk"], "adjustments_0": ["braille"], "adjustments_1": ["bsl"], "support_needs": "Secret"}
    assert kept(visitor, **answers) == (["bsl"], "", "")


def test_the_check_names_each_need(visitor: Visitor) -> None:
    visitor.answer_all(support={"needs": ["write", "help"], "adjustments_0": ["large_print", "easy_read"],
                                "adjustments_3": ["advocate"]})  # fmt: skip
    page = visitor.get("tell-us/check/")
    lines = {line.label: line.value for part in page.context["parts"] for _, line in part.lines}
    assert lines["How to write to you"] == "Large print, Easy Read"
    assert lines["Help that you would like"] == "An advocate"
