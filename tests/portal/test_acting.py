"""What the person can do on their page: write, ask for the next stage, change how we reach them; sent once, lost never."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import factories
from tests.portal.conftest import answered_at
from tests.portal.visitor import NOW, Visitor

from heed.cases.models import CaseEvent
from heed.correspondence.actions import update_correspondent
from heed.correspondence.models import Message
from heed.feedback.models import Draft


@pytest.fixture
def told(visitor: Visitor) -> Visitor:
    visitor.send(
        you={"name": "Amina Ahmed", "ways": ["email"], "email": "amina@post.example", "email_is_private": "on"}
    )
    return visitor


def key_of(visitor: Visitor, address: str) -> str:
    return str(visitor.client.get(address).context["form"]["key"].value())


def test_a_message_is_sent_and_shown(told: Visitor) -> None:
    base = told.follow_address()
    sent = told.client.post(f"{base}message/", {"body": "Has somebody looked?", "key": key_of(told, f"{base}message/")})
    assert sent.url == base
    message = Message.objects.get(direction="in")
    assert message.body == "Has somebody looked?"
    assert (message.by_kind, message.by_id) == ("public", str(told.feedback().pk))
    page = told.client.get(base).content.decode()
    assert "We have your message." in page
    assert "Has somebody looked?" in page


def test_a_message_sent_twice_is_one_message(told: Visitor) -> None:
    base = told.follow_address()
    data = {"body": "Has somebody looked?", "key": key_of(told, f"{base}message/")}
    assert told.client.post(f"{base}message/", data).url == base
    assert told.client.post(f"{base}message/", data).url == base
    assert Message.objects.filter(direction="in").count() == 1
    assert CaseEvent.objects.filter(kind="message_received").count() == 1
    assert "Has somebody" not in str(list(Draft.objects.values()))


def test_the_same_words_in_a_new_form_are_a_new_message(told: Visitor) -> None:
    base = told.follow_address()
    for _ in range(2):
        told.client.post(f"{base}message/", {"body": "Hello?", "key": key_of(told, f"{base}message/")})
    assert Message.objects.filter(direction="in").count() == 2


def test_a_refused_file_costs_neither_the_words_nor_the_other_files(told: Visitor) -> None:
    base = told.follow_address()
    key = key_of(told, f"{base}message/")
    files = [SimpleUploadedFile("photo.txt", b"words"), SimpleUploadedFile("run.exe", b"MZ\x90\x00" + b"\0" * 200)]
    page = told.client.post(f"{base}message/", {"body": "See these", "key": key, "upload": files})
    shown = page.content.decode()
    assert "We cannot take “run.exe”" in shown
    assert "photo.txt" in shown
    assert "See these" in shown
    assert not Message.objects.filter(direction="in").exists()
    told.client.post(f"{base}message/", {"body": "See these", "key": key})
    assert [file.filename for file in Message.objects.get(direction="in").attachments.all()] == ["photo.txt"]


def test_a_file_of_a_message_can_be_taken_away_before_it_is_sent(told: Visitor) -> None:
    base = told.follow_address()
    key = key_of(told, f"{base}message/")
    page = told.client.post(
        f"{base}message/", {"body": "", "key": key, "upload": [SimpleUploadedFile("wrong.txt", b"words")]}
    )
    token = page.context["files"][0].token
    page = told.client.post(f"{base}message/", {"body": "Never mind", "key": key, "remove": token})
    assert page.status_code == 200
    assert page.context["files"] == []
    assert "Never mind" in page.content.decode()
    assert not page.context["form"].errors


@pytest.mark.parametrize(("body", "sentence"), [("", "Write your message first"), ("x" * 50_001, "You wrote 50,001")])
def test_a_message_that_cannot_be_taken_is_shown_again(told: Visitor, body: str, sentence: str) -> None:
    base = told.follow_address()
    page = told.client.post(f"{base}message/", {"body": body, "key": "k"})
    assert sentence in page.content.decode()
    assert page.context["form"]["body"].value() == body


def test_words_typed_while_the_page_shut_are_carried_through(told: Visitor, clock: Any) -> None:
    base = told.follow_address()
    key = key_of(told, f"{base}message/")
    clock.shift(timedelta(minutes=31))
    page = told.client.post(f"{base}message/", {"body": "All that\nI wrote", "key": key})
    assert page.status_code == 403
    assert "Nothing is lost" in page.content.decode()
    kept = {"kept_field": "body", "kept_words": page.context["kept"].words}
    wrong = told.follow(code="BCDFG-HJKMN-PQRST", **kept)
    assert "All that\nI wrote" in wrong.content.decode()
    opened = told.follow(**kept)
    assert opened.url.endswith("message/")
    form = told.client.get(opened.url)
    assert form.context["form"]["body"].value() == "All that\nI wrote"
    told.client.post(opened.url, {"body": "All that\nI wrote", "key": form.context["form"]["key"].value()})
    assert Message.objects.get(direction="in").body == "All that\nI wrote"
    assert told.client.get(opened.url).context["form"]["body"].value() == ""


def test_a_shut_page_without_words_just_asks_again(told: Visitor) -> None:
    assert told.post("follow/nothing/message/", {"body": "  "}).url == told.at("follow/")


def test_the_next_stage_is_asked_for_once(council: Any, clock: Any) -> None:
    visitor, case = answered_at(council, clock)
    base = visitor.follow_address()
    assert "Ask for the next stage" in visitor.client.get(base).content.decode()
    page = visitor.client.get(f"{base}next-stage/").content.decode()
    assert "Within 5 working days" in page
    assert "Within 20 working days" in page
    assert visitor.client.post(f"{base}next-stage/", {"reason": "They did not ask my sister."}).url == base
    assert visitor.client.post(f"{base}next-stage/", {"reason": "They did not ask my sister."}).url == base
    case = factories.fresh(case)
    assert (case.stage, case.status) == (2, "registered")
    event = case.events.get(kind="escalated")
    assert (event.actor_kind, event.actor_id) == ("public", str(case.feedback_id))
    assert "They did not ask my sister." not in str(event.data)


def test_the_next_stage_needs_no_reason(council: Any, clock: Any) -> None:
    visitor, case = answered_at(council, clock)
    visitor.client.post(f"{visitor.follow_address()}next-stage/", {"reason": ""})
    assert factories.fresh(case).stage == 2


def test_there_is_no_next_stage_before_an_answer_or_where_there_is_one_stage(
    told: Visitor, answered: tuple[Visitor, Any]
) -> None:
    for visitor in (told, answered[0]):
        base = visitor.follow_address()
        assert "next-stage" not in visitor.client.get(base).content.decode()
        assert visitor.client.post(f"{base}next-stage/", {"reason": "x"}).url == base
    assert not CaseEvent.objects.filter(kind="escalated").exists()


def test_how_we_reach_them_can_be_changed(told: Visitor) -> None:
    base = told.follow_address()
    form = told.client.get(f"{base}contact/").context["form"]
    assert form["email"].value() == "amina@post.example"
    assert form["ways"].value() == ["email"]
    data = {"version": form["version"].value(), "name": "Amina Ahmed", "address_as": "Amina", "ways": ["phone"],
            "phone": "07700 900 982", "may_leave_message": "yes", "do_not": "No letters"}  # fmt: skip
    assert told.client.post(f"{base}contact/", data).url == base
    reached = told.feedback().complainant.correspondent
    assert reached.name == "Amina Ahmed"
    assert (reached.address_as, reached.email, reached.phone) == ("Amina", "", "07700 900 982")
    assert (reached.preferred_channel, reached.may_leave_message, reached.do_not) == ("phone", True, "No letters")
    assert reached.changed_by_kind == "public"


def test_a_stale_change_is_told_who_was_quicker_and_loses_nothing(told: Visitor) -> None:
    base = told.follow_address()
    version = told.client.get(f"{base}contact/").context["form"]["version"].value()
    handler = factories.person(told.of, "handler", name="Priya Shah")
    reached = told.feedback().complainant.correspondent
    update_correspondent(correspondent=reached, phone="01632 960 002", by=factories.actor(handler, told.of), at=NOW)
    data = {"version": version, "name": "Amina Ahmed", "ways": ["post"], "postal_address": "1 Mill Lane"}
    page = told.client.post(f"{base}contact/", data)
    assert page.status_code == 200
    assert "Priya Shah changed this while you were working: phone number." in page.content.decode()
    assert page.context["form"]["postal_address"].value() == "1 Mill Lane"
    again = told.client.post(f"{base}contact/", {**data, "version": page.context["form"]["version"].value()})
    assert again.url == base
    reached.refresh_from_db()
    assert reached.postal_address == "1 Mill Lane"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 400])
def test_a_version_that_is_none_changes_nothing(told: Visitor, version: str) -> None:
    base = told.follow_address()
    page = told.client.post(f"{base}contact/", {"version": version, "address_as": "Somebody Else", "ways": ["portal"]})
    assert page.status_code == 200
    assert told.feedback().complainant.correspondent.address_as == ""
    assert told.feedback().complainant.correspondent.email == "amina@post.example"
