"""Check what was said before it is sent: by what happened, and person by person."""

from typing import Any

import pytest
from tests.portal.visitor import Visitor

WHO = {
    "myself": {"who": "myself"},
    "other": {"who": "other"},
    "acts": {"who": "represent", "whom": "complainant"},
    "acts for another": {"who": "represent", "whom": "somebody_else"},
}


def parts_of(visitor: Visitor) -> dict[str, dict[str, str]]:
    """The check as it is shown: under each heading the labels with their answers."""
    parts = visitor.get("tell-us/check/").context["parts"]
    return {part.title: {line.label: line.value for _, line in part.lines} for part in parts}


@pytest.mark.parametrize(
    ("who", "headings"),
    [
        ("myself", ["What happened", "You"]),
        ("other", ["What happened", "The person it happened to", "You"]),
        ("acts", ["What happened", "The person you act for", "You, who speak for them"]),
        ("acts for another", ["What happened", "The person you act for", "The person it happened to", "You, who speak for them"]),
    ],
)  # fmt: skip
def test_each_person_stands_under_a_heading_once(visitor: Visitor, who: str, headings: list[str]) -> None:
    visitor.answer_all(who=WHO[who])
    page = visitor.get("tell-us/check/").content.decode()
    assert list(parts_of(visitor)) == headings
    places = [page.index(f'<h2 class="govuk-heading-m">{heading}</h2>') for heading in headings]
    assert places == sorted(places)


def test_two_names_are_told_apart(visitor: Visitor) -> None:
    visitor.answer_all(
        who=WHO["acts for another"],
        complainant={"name": "Joan Ahmed"},
        affected={"name": "Yusuf Ahmed"},
        you={"name": "Sam Lee"},
    )
    parts = parts_of(visitor)
    assert parts["The person you act for"] == {"Their full name": "Joan Ahmed"}
    assert parts["The person it happened to"] == {"Their full name": "Yusuf Ahmed"}
    assert parts["You, who speak for them"]["Your full name"] == "Sam Lee"
    page = visitor.get("tell-us/check/").content.decode()
    for whose in ("the person you act for", "the person it happened to"):
        assert f'Change<span class="govuk-visually-hidden"> their full name of {whose}</span>' in page


def test_what_happened_holds_no_person(visitor: Visitor) -> None:
    visitor.answer_all(place={"happened": "At night"}, outcome={"desired_outcome_text": "More nurses"})
    told = parts_of(visitor)["What happened"]
    assert told == {
        "This is": "A complaint",
        "Who it happened to": "It happened to me",
        "In your words": "Nobody came when I called.",
        "Service": "I am not sure",
        "When it happened": "At night",
        "Who looks into it": "Riverside NHS Trust. You did not choose",
        "In your own words": "More nurses",
        "Files": "None",
    }


def test_what_was_not_said_is_said_under_its_heading(visitor: Visitor) -> None:
    visitor.answer_all(who=WHO["acts"])
    assert parts_of(visitor)["The person you act for"] == {
        "Who they are": "You did not say",
        "Finding their records": "You did not say",
    }


@pytest.mark.parametrize(("kind", "heading"), [("comment", "What you want to say"), ("compliment", "What went well")])
def test_a_comment_or_compliment_has_two_parts(visitor: Visitor, kind: str, heading: str) -> None:
    visitor.answer_all(kind={"kind": kind})
    parts = parts_of(visitor)
    assert list(parts) == [heading, "You"]
    assert parts["You"] == {"How to reach you": "You did not say. You can follow it here with your reference and code."}


@pytest.mark.parametrize(
    ("who", "question", "heading"),
    [
        ("other", "Who are you worried about?", "The person you are worried about"),
        ("acts for another", "Who are they worried about?", "The person they are worried about"),
    ],
)
def test_a_worry_is_asked_about_as_a_worry(visitor: Visitor, who: str, question: str, heading: str) -> None:
    visitor.answer("kind", kind="concern")
    asked = visitor.get("tell-us/who/").content.decode()
    assert question in asked
    assert "complaint" not in asked.partition("<main")[2].partition("</main>")[0]
    assert "Choose who you are worried about" in visitor.answer("who").content.decode()
    visitor.answer_all(kind={"kind": "concern"}, who=WHO[who])
    parts = parts_of(visitor)
    assert next(iter(parts)) == "What you are worried about"
    assert heading in parts
    assert heading in visitor.get("tell-us/affected/").content.decode()


@pytest.mark.parametrize(
    ("you", "kept", "shown"),
    [
        ({"ways": ["email", "phone"], "best": ""}, "", "I do not mind"),
        ({"ways": ["email", "phone"], "best": "phone"}, "phone", "Phone"),
        ({"ways": ["email", "phone"], "best": "post"}, "", "Letter by post"),
        ({"ways": ["email"], "best": ""}, "email", None),
        ({"ways": ["portal"], "best": ""}, "portal", None),
        ({"ways": [], "best": ""}, "", None),
    ],
)
def test_who_does_not_mind_has_no_preference(
    visitor: Visitor, you: dict[str, Any], kept: str, shown: str | None
) -> None:
    you = {"name": "Amina Ahmed", "email": "amina@post.example", "phone": "01632 960 001", **you}
    visitor.answer_all(you=you)
    assert parts_of(visitor)["You"].get("Best way to reach you") == shown
    visitor.post("tell-us/check/")
    person = visitor.client.get(visitor.at("tell-us/sent/")).context["sent"].feedback.complainant
    assert person.correspondent.preferred_channel == kept
