"""Who looks into it: where the procedure gives the choice, the person may have the commissioner do it (R32)."""

import pytest
from tests import factories
from tests.portal.visitor import Visitor

from heed.cases.actions import people
from heed.cases.models import CaseEvent
from heed.feedback.models import Draft
from heed.organisations.models import Organisation

QUESTION = "Who would you like to look into this?"


def line(visitor: Visitor) -> str | None:
    """What "check your answers" says of it."""
    told = visitor.get("tell-us/check/").context["parts"][0]
    return {line.label: line.value for _, line in told.lines}.get("Who looks into it")


@pytest.mark.parametrize(
    ("chosen", "kept", "said"),
    [
        ("commissioner", "commissioner", "The NHS organisation that pays for the care (the commissioner)"),
        ("provider", "provider", "Riverside NHS Trust, which provided the care"),
        ("either", "", "I do not mind"),
        ("", "", "Riverside NHS Trust. You did not choose"),
    ],
)
def test_the_choice_is_checked_and_kept(visitor: Visitor, chosen: str, kept: str, said: str) -> None:
    place = {"chosen_body": chosen} if chosen else {}
    visitor.answer_all(place=place)
    assert line(visitor) == said
    visitor.send(place=place)
    assert visitor.feedback().chosen_body == kept


def test_the_question_says_what_happens_then(visitor: Visitor) -> None:
    visitor.answer_all()
    page = visitor.get("tell-us/place/").content.decode()
    for words in (QUESTION, "You may choose either, but not both for the same thing. If you do not mind, we will do it.",
                  "We will ask you before we pass anything on to them.",
                  "Where and when was it, and who should look into it?"):  # fmt: skip
        assert words in page, words


def test_it_waits_in_the_draft_and_can_be_changed(visitor: Visitor) -> None:
    visitor.answer_all(place={"chosen_body": "commissioner"})
    assert Draft.objects.get().answers["place"]["chosen_body"] == ["commissioner"]
    form = visitor.get("tell-us/place/?change=1").context["form"]
    assert form["chosen_body"].value() == "commissioner"
    sent = visitor.post("tell-us/place/?change=1", {"chosen_body": "provider"})
    assert sent.url == visitor.at("tell-us/check/")
    assert line(visitor) == "Riverside NHS Trust, which provided the care"


def test_an_answer_that_is_none_is_asked_again(visitor: Visitor) -> None:
    visitor.answer_all()
    assert "chosen_body" in visitor.answer("place", chosen_body="ombudsman").context["form"].errors


@pytest.mark.parametrize("kind", ["complaint", "concern"])
def test_a_council_never_asks(council: Organisation, kind: str) -> None:
    there = Visitor(council)
    there.answer_all(kind={"kind": kind}, place={"chosen_body": "commissioner"})
    page = there.get("tell-us/place/")
    assert QUESTION not in page.content.decode()
    assert page.context["form"].page_title == "Where and when was it?"
    assert line(there) is None
    there.send(kind={"kind": kind}, place={"chosen_body": "commissioner"})
    assert there.feedback().chosen_body == ""


def test_a_council_that_follows_the_regulations_for_care_never_asks(of: Organisation, visitor: Visitor) -> None:
    of.sector = "council"
    of.save()
    visitor.answer_all()
    assert QUESTION not in visitor.get("tell-us/place/").content.decode()


def test_a_complaint_that_became_a_concern_loses_the_choice(visitor: Visitor) -> None:
    visitor.answer_all(place={"chosen_body": "commissioner"})
    visitor.answer("kind", kind="concern")
    assert QUESTION not in visitor.get("tell-us/place/").content.decode()
    assert line(visitor) is None


@pytest.mark.parametrize(("chosen", "told"), [("commissioner", True), ("provider", False), ("either", False)])
def test_who_chose_the_commissioner_reads_what_comes_next(visitor: Visitor, chosen: str, told: bool) -> None:
    page = visitor.send(place={"chosen_body": chosen}).content.decode()
    assert ("We will ask you before we pass anything on to them, and tell you who will answer." in page) is told
    assert ("We find out what happened. Our answer goes through each thing that you told us." in page) is not told
    theirs = visitor.client.get(visitor.follow_address()).content.decode()
    assert ("We ask you before we pass anything on to them." in theirs) is told
    assert ("You would like us to look into it, and not the commissioner." in theirs) is (chosen == "provider")


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("either", "commissioner", "We wrote down that you would like the commissioner to look into it."),
        ("either", "provider", "We wrote down that you would like us to look into it."),
        ("provider", "", "We wrote down that you do not mind who looks into it."),
    ],
)
def test_they_are_told_what_staff_wrote_down(visitor: Visitor, first: str, then: str, told: str) -> None:
    visitor.send(place={"chosen_body": first})
    case = visitor.feedback().case
    handler = factories.person(visitor.of, "handler")
    people.choose_body(case_id=case.pk, body=then, by=factories.actor(handler, visitor.of), at=factories.NOW,
                       version=case.version)  # fmt: skip
    assert CaseEvent.objects.get(kind="body_chosen").data == {"body": then}
    assert told in visitor.client.get(visitor.follow_address()).content.decode()
