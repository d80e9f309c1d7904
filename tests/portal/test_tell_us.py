"""Telling us, from the first question to the confirmation: who is who, nothing lost, sent once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import factories
from tests.portal.visitor import CODE_CHARACTERS, Visitor

from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.feedback.models import Draft, Feedback

YOU = {"name": "Amina Ahmed", "address_as": "Mrs Ahmed", "ways": ["email", "phone"], "email": "amina@post.example",
       "phone": "01632 960 001", "best": "phone", "may_leave_message": "no", "convenient_times": "After 4pm",
       "do_not": "Do not ring the house"}  # fmt: skip


def test_a_complaint_needs_no_more_than_the_words(visitor: Visitor) -> None:
    page = visitor.send()
    feedback = visitor.feedback()
    assert (feedback.kind, feedback.channel, feedback.narrative.text) == (
        "complaint",
        "online",
        "Nobody came when I called.",
    )
    assert feedback.case.status == "received"
    assert feedback.received_at == factories.NOW
    assert feedback.complainant.name == ""
    assert feedback.thread is not None, "they can still write to us on their page"
    assert Message.objects.count() == 0
    assert "This is the only place where you see the code" in page.content.decode()


def test_the_confirmation_says_things_in_order(visitor: Visitor) -> None:
    page = visitor.send(you=YOU).content.decode()
    case = visitor.feedback().case
    said = ["We have it. Thank you", visitor.reference, visitor.code, "Keep both", "What happens next", "9 April 2026",
            "Who to call", "01632 960 100", "Who can help you", "The Ombudsman"]  # fmt: skip
    places = [page.index(words) for words in said]
    assert places == sorted(places)
    assert case.acknowledge_by == date(2026, 4, 9)
    assert set(visitor.code) <= set(CODE_CHARACTERS)
    assert "The code is not in it" in page


def test_everything_that_was_said_is_kept(visitor: Visitor) -> None:
    service = visitor.of.services.get(code="emergency")
    visitor.send(
        place={"service": str(service.pk), "happened_on_day": "1", "happened_on_month": "March", "happened_on_year": "2026",
               "happened": "In the night"},
        affected={"date_of_birth_day": "27", "date_of_birth_month": "3", "date_of_birth_year": "1956",
                  "nhs_number": "943 476 5919", "local_identifier": "H 12"},
        outcome={"desired_outcomes": ["apology", "explanation"], "desired_outcome_text": "More nurses"},
        you=YOU,
        support={"needs": ["write", "know"], "adjustments_0": ["large_print"], "adjustments_4": ["bereaved"],
                 "adjustments_note": "16 point", "support_needs": "My sister helps me"},
    )  # fmt: skip
    feedback = visitor.feedback()
    person, reached = feedback.complainant, feedback.complainant.correspondent
    assert (feedback.service, feedback.happened_on, feedback.happened) == (service, date(2026, 3, 1), "In the night")
    assert (person.date_of_birth, person.nhs_number, person.local_identifier) == (
        date(1956, 3, 27),
        "9434765919",
        "H 12",
    )
    assert feedback.narrative.desired_outcomes == "apology explanation"
    assert feedback.narrative.desired_outcome_text == "More nurses"
    assert (person.name, reached.address_as, reached.email, reached.phone) == (
        "Amina Ahmed", "Mrs Ahmed", "amina@post.example", "01632 960 001",
    )  # fmt: skip
    assert (reached.preferred_channel, reached.may_leave_message, reached.email_is_private) == ("phone", False, False)
    assert (reached.convenient_times, reached.do_not) == ("After 4pm", "Do not ring the house")
    assert (reached.adjustments, reached.adjustments_note) == (["large_print", "bereaved"], "16 point")
    assert reached.support_needs == "My sister helps me"
    assert (feedback.person_affected, feedback.representative, feedback.status_code) == (person, None, "patient")


def test_somebody_complains_for_somebody_else(visitor: Visitor) -> None:
    visitor.send(
        who={"who": "other"},
        affected={"name": "Joan Ahmed", "status": "other", "relationship": "Daughter", "nhs_number": "9434765919"},
        you=YOU,
    )
    feedback = visitor.feedback()
    assert (feedback.complainant.name, feedback.person_affected.name) == ("Amina Ahmed", "Joan Ahmed")
    assert feedback.person_affected.nhs_number == "9434765919"
    assert feedback.complainant.nhs_number == ""
    assert (feedback.representative, feedback.status_code, feedback.relationship) == (None, "other", "Daughter")
    assert feedback.thread.correspondent == feedback.complainant.correspondent


def test_a_representative_acts_for_the_person_it_happened_to(visitor: Visitor) -> None:
    visitor.send(
        who={"who": "represent", "whom": "complainant"},
        complainant={"name": "Joan Ahmed", "address_as": "Mrs J Ahmed"},
        affected={"nhs_number": "9434765919"},
        you=YOU,
    )
    feedback = visitor.feedback()
    assert (feedback.complainant.name, feedback.complainant.nhs_number) == ("Joan Ahmed", "9434765919")
    assert feedback.person_affected == feedback.complainant
    assert feedback.representative.name == "Amina Ahmed"
    assert feedback.thread.correspondent == feedback.representative.correspondent


def test_complainant_person_affected_and_representative_are_three_people(visitor: Visitor) -> None:
    visitor.send(
        who={"who": "represent", "whom": "somebody_else"},
        complainant={"name": "Joan Ahmed"},
        affected={"name": "Yusuf Ahmed", "status": "parent"},
        you=YOU,
    )
    feedback = visitor.feedback()
    names = (feedback.complainant.name, feedback.person_affected.name, feedback.representative.name)
    assert names == ("Joan Ahmed", "Yusuf Ahmed", "Amina Ahmed")
    assert feedback.status_code == "parent"
    assert feedback.case.complainant_name == "Joan Ahmed"


@pytest.mark.parametrize(
    ("kind", "thanks"), [("comment", "Somebody will read it"), ("compliment", "pass your thanks on")]
)
def test_comments_and_compliments_need_only_the_words(visitor: Visitor, kind: str, thanks: str) -> None:
    page = visitor.send(kind={"kind": kind}, words={"text": "Thank you, Blossom ward."})
    feedback = visitor.feedback()
    assert feedback.kind == kind
    assert (feedback.complainant, feedback.thread) == (None, None)
    assert not Case.objects.exists()
    assert thanks in page.content.decode()
    assert "follow this here. " in page.content.decode()
    assert "write to us" not in page.content.decode(), "there is no page to write on"


def test_a_compliment_with_an_address_is_thanked_by_email(visitor: Visitor) -> None:
    visitor.send(kind={"kind": "compliment"}, you={"name": "Sam", "ways": ["email"], "email": "sam@post.example"})
    assert visitor.feedback().complainant.name == "Sam"
    assert Message.objects.get().letter == "thanks"


def test_the_email_has_the_code_only_if_the_address_is_theirs_alone(visitor: Visitor) -> None:
    visitor.send(you={**YOU, "email_is_private": "on"})
    message = Message.objects.get()
    assert visitor.code in message.sealed_body
    assert visitor.code not in message.body
    other = Visitor(visitor.of)
    other.send(you={**YOU, "email": "other@post.example"})
    assert other.code not in str(Message.objects.filter(to_address="other@post.example").values())


def test_sending_twice_sends_once(visitor: Visitor) -> None:
    visitor.answer_all()
    first = visitor.client.get(visitor.post("tell-us/check/").url)
    second = visitor.client.get(visitor.post("tell-us/check/").url)
    assert Feedback.objects.count() == 1
    assert first.context["sent"].code == second.context["sent"].code
    assert first.context["sent"].feedback == second.context["sent"].feedback


def test_the_confirmation_is_shown_for_an_hour_and_only_there(visitor: Visitor, clock: Any) -> None:
    visitor.send()
    clock.shift(timedelta(minutes=59))
    assert visitor.code in visitor.get("tell-us/sent/").content.decode()
    clock.shift(timedelta(minutes=2))
    later = visitor.get("tell-us/sent/")
    assert later.url == visitor.at("follow/")
    stranger = Client().get(visitor.at("tell-us/sent/"))
    assert stranger.url == visitor.at("follow/")


def test_what_was_sent_is_not_kept_in_the_draft(visitor: Visitor) -> None:
    visitor.send(you=YOU)
    assert "Nobody came" not in str(Draft.objects.get().answers)
    assert "Amina" not in str(Draft.objects.get().answers)
    assert visitor.get("tell-us/words/").url == visitor.at("tell-us/")
    assert "You have begun already" not in visitor.get("tell-us/").content.decode()


def test_after_sending_a_new_one_can_be_told(visitor: Visitor) -> None:
    first = visitor.send().context["sent"].feedback
    second = visitor.send(words={"text": "And another thing."}).context["sent"].feedback
    assert first != second
    assert second.narrative.text == "And another thing."


def test_it_can_be_left_and_taken_up_within_a_week(visitor: Visitor, clock: Any) -> None:
    visitor.answer_all(you=YOU)
    clock.shift(timedelta(days=6))
    page = visitor.get("tell-us/").content.decode()
    assert "You have begun already" in page
    assert "Nobody came when I called." in visitor.get("tell-us/words/").content.decode()
    assert "amina@post.example" in visitor.get("tell-us/check/").content.decode()


def test_starting_again_deletes_what_was_written(visitor: Visitor) -> None:
    visitor.answer_all(you=YOU)
    gone = visitor.post("tell-us/start-again/")
    assert gone.url == visitor.at("tell-us/")
    assert not Draft.objects.exists()
    assert "What you wrote is deleted. Nothing was sent." in visitor.get("tell-us/").content.decode()
    assert visitor.get("tell-us/check/").url == visitor.at("tell-us/")


def test_a_draft_is_of_one_organisation_only(visitor: Visitor, council: Any) -> None:
    visitor.answer_all()
    token = visitor.client.cookies["heed-draft"].value
    elsewhere = Client()
    elsewhere.cookies["heed-draft"] = token
    assert elsewhere.get(f"/{council.code}/tell-us/check/").url == f"/{council.code}/tell-us/"
    cookie = visitor.client.cookies["heed-draft"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (visitor.at("tell-us/"), True, "Lax")


def test_a_changed_answer_leads_back_to_the_check(visitor: Visitor) -> None:
    visitor.answer_all(you=YOU)
    check = visitor.get("tell-us/check/").content.decode()
    assert f"{visitor.at('tell-us/words/')}?change=1" in check
    back = visitor.post("tell-us/words/?change=1", {"text": "It was the night of the storm."})
    assert back.url == visitor.at("tell-us/check/")
    assert "night of the storm" in visitor.get("tell-us/check/").content.decode()


def test_a_change_that_asks_for_more_leads_there(visitor: Visitor) -> None:
    visitor.answer_all(kind={"kind": "compliment"})
    onward = visitor.post("tell-us/?change=1", {"kind": "complaint"})
    assert onward.url == visitor.at("tell-us/who/")
    visitor.answer("who", who="myself")
    assert "Nobody came when I called." in visitor.get("tell-us/words/").content.decode()


def test_the_first_question_points_elsewhere_and_is_no_barrier(visitor: Visitor) -> None:
    elsewhere = visitor.client.get(visitor.answer("kind", kind="elsewhere").url).content.decode()
    assert "Urgent help" in elsewhere
    assert "Call 999, or 111." in elsewhere
    assert f'href="{visitor.at("tell-us/")}"' in elsewhere
    assert not Draft.objects.exists()


def test_without_other_services_nothing_points_elsewhere(council: Any) -> None:
    page = Client().get(f"/{council.code}/tell-us/").content.decode()
    assert "I need something else" not in page
    assert "I want to say thank you" in page


def test_questions_are_counted_only_when_the_count_is_true(visitor: Visitor) -> None:
    assert "Question" not in visitor.get("tell-us/").content.decode()
    visitor.answer("kind", kind="complaint")
    assert "Question" not in visitor.get("tell-us/who/").content.decode()
    visitor.answer("who", who="represent", whom="complainant")
    assert "Question 3 of 10" in visitor.get("tell-us/words/").content.decode()
    visitor.answer("who", who="myself")
    assert "Question 3 of 9" in visitor.get("tell-us/words/").content.decode()
    visitor.answer("kind", kind="comment")
    assert "Question 2 of 3" in visitor.get("tell-us/words/").content.decode()


def test_the_count_is_the_number_of_pages_walked(visitor: Visitor) -> None:
    page = visitor.answer("kind", kind="complaint").url
    walked = 1
    answers = {"who": {"who": "other"}, "words": {"text": "Words"}}
    while not page.endswith("check/"):
        walked += 1
        shown = visitor.client.get(page)
        if shown.context["progress"]:
            assert shown.context["progress"] == f"Question {walked} of 9"
        page = visitor.client.post(page, answers.get(page.rstrip("/").rpartition("/")[2], {})).url
    assert walked == 9


def test_back_leads_through_the_same_pages(visitor: Visitor) -> None:
    visitor.answer_all(kind={"kind": "complaint"}, who={"who": "represent", "whom": "complainant"})
    address, seen = visitor.at("tell-us/check/"), []
    while address != visitor.at():
        seen.append(address.rstrip("/").rpartition("/")[2])
        address = visitor.client.get(address).context["back"]
    assert seen == ["check", "files", "support", "you", "outcome", "affected", "complainant", "place", "words", "who",
                    "tell-us"]  # fmt: skip


def test_nobody_is_asked_out_of_turn(visitor: Visitor) -> None:
    assert visitor.get("tell-us/affected/").url == visitor.at("tell-us/")
    visitor.answer("kind", kind="complaint")
    assert visitor.get("tell-us/affected/").url == visitor.at("tell-us/who/")
    assert visitor.get("tell-us/check/").url == visitor.at("tell-us/who/")
    visitor.answer("who", who="myself")
    assert visitor.get("tell-us/check/").url == visitor.at("tell-us/words/")
    assert visitor.get("tell-us/complainant/").url == visitor.at("tell-us/words/")
    assert visitor.get("tell-us/nonsense/").status_code == 404
    assert visitor.get("tell-us/kind/").status_code == 404


def test_identifiers_are_asked_as_the_organisation_uses_them(visitor: Visitor, council: Any) -> None:
    visitor.answer_all()
    here = visitor.get("tell-us/affected/").content.decode()
    assert "Your NHS number" in here
    assert "Your hospital number" in here
    there = Visitor(council)
    there.answer_all()
    page = there.get("tell-us/affected/").content.decode()
    assert "NHS number" not in page
    assert "Your date of birth" in page


def test_a_wrong_nhs_number_is_refused_and_kept(visitor: Visitor) -> None:
    visitor.answer_all()
    page = visitor.answer("affected", nhs_number="943 476 5918").content.decode()
    assert "is not a real NHS number" in page
    assert "943 476 5918" in page


def test_a_promise_of_a_private_address_needs_the_address(visitor: Visitor) -> None:
    visitor.answer_all()
    page = visitor.answer("you", ways=["email"], email="", email_is_private="on")
    assert "Enter email address" in page.content.decode()


def test_an_address_that_was_unticked_is_not_kept(visitor: Visitor) -> None:
    visitor.send(you={**YOU, "ways": ["portal"]})
    reached = visitor.feedback().complainant.correspondent
    assert (reached.email, reached.phone, reached.preferred_channel) == ("", "", "portal")
