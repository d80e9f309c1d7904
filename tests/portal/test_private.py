"""Nobody who comes next to the same computer, and nobody who sends forms by hand, gets at what somebody told us."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import factories
from tests.portal.visitor import Visitor

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.correspondence.models import Message
from heed.documents import actions as documents
from heed.documents.models import Attachment
from heed.feedback.actions import draft as drafts
from heed.feedback.models import Draft, DraftFile

BY = Actor("public", "", "")
CARD = SimpleUploadedFile("card.txt", b"Get well soon")


def test_leaving_shuts_every_page_that_leads_back(visitor: Visitor) -> None:
    visitor.send()
    first, second = visitor.follow_address(), visitor.follow_address()
    assert visitor.code in visitor.get("tell-us/sent/").content.decode(), "it is shown again for an hour"
    visitor.client.post(f"{first}leave/")
    for page in (first, second):
        assert visitor.client.get(page).url == visitor.at("follow/")
    assert visitor.get("tell-us/sent/").url == visitor.at("follow/")
    assert visitor.get("tell-us/check/").url == visitor.at("tell-us/")
    assert visitor.follow().status_code == 302, "with the code it opens again"


def test_leaving_leaves_what_others_write_there(visitor: Visitor) -> None:
    visitor.send()
    somebody = Visitor(visitor.of)
    somebody.send()
    begun = Visitor(visitor.of)
    begun.answer_all()
    visitor.client.post(f"{visitor.follow_address()}leave/")
    assert somebody.code in somebody.get("tell-us/sent/").content.decode()
    assert "Nobody came when I called." in begun.get("tell-us/words/").content.decode()


def test_words_that_wait_go_when_somebody_leaves(answered: tuple[Visitor, Any], clock: Any) -> None:
    visitor, _ = answered
    page = visitor.follow_address()
    clock.shift(timedelta(hours=1))
    visitor.client.post(f"{page}message/", {"body": "He shouted at me"})
    opened = visitor.follow(kept_field="body", kept_words="He shouted at me").url
    assert "He shouted at me" in visitor.client.get(opened).content.decode()
    visitor.client.post(f"{opened.removesuffix('message/')}leave/")
    assert "He shouted at me" not in str(dict(visitor.client.session))


def test_a_story_typed_while_the_page_shut_stands_in_its_form_again_and_in_no_other(
    answered: tuple[Visitor, Any], clock: Any
) -> None:
    visitor, _ = answered
    page = visitor.follow_address()
    clock.shift(timedelta(hours=1))
    asked = visitor.client.post(f"{page}story/", {"text": "I want others to know"})
    assert "I want others to know" in asked.content.decode()
    opened = visitor.follow(kept_field="text", kept_words="I want others to know").url
    assert opened.endswith("/story/")
    assert "I want others to know" in visitor.client.get(opened).content.decode()
    message = visitor.client.get(opened.replace("/story/", "/message/")).content.decode()
    assert "I want others to know" not in message


@pytest.mark.parametrize("page", ["tell-us/place/", "tell-us/words/"])
def test_a_field_that_no_page_has_is_kept_as_any_text(visitor: Visitor, page: str) -> None:
    answer = visitor.client.generic(
        "POST", visitor.at(page), "na%00me=a%00b", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    (kept,) = Draft.objects.get().answers.values()
    assert kept == {"na\ufffdme": ["a\ufffdb"]}


def test_a_file_that_is_none_of_theirs_cannot_be_taken_away(visitor: Visitor) -> None:
    other = Visitor(visitor.of)
    for person in (visitor, other):
        person.answer_all()
        person.post("tell-us/files/", {"upload": SimpleUploadedFile("card.txt", b"Get well soon")})
    theirs = DraftFile.objects.order_by("pk").last().attachment
    for token in (theirs.token, "a\0b", "x" * 5000):
        assert visitor.post("tell-us/files/", {"remove": token}).status_code == 200
    assert Attachment.objects.filter(pk=theirs.pk).exists()


def test_a_file_for_a_form_that_was_sent_meanwhile_is_refused_and_not_left_lying(visitor: Visitor) -> None:
    visitor.send()
    sent = Draft.objects.get()
    incoming = documents.take_in(content=CARD.open(), filename="card.txt")
    with pytest.raises(Refused, match="was sent or deleted"):
        drafts.add_file(draft_id=sent.pk, incoming=incoming, by=BY, at=factories.NOW)
    with pytest.raises(Refused, match="was sent or deleted"):
        drafts.add_file(draft_id=0, incoming=incoming, by=BY, at=factories.NOW)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "name", ["Win £500 at https://evil.example", "www.evil.example", "Call 07700 900123 now", "a@b.example", "x" * 120]
)
def test_our_email_carries_no_message_of_whoever_gave_somebody_elses_address(visitor: Visitor, name: str) -> None:
    visitor.send(you={"name": name, "ways": ["email"], "email": "victim@post.example"})
    email = Message.objects.get(channel="email")
    assert name not in f"{email.subject} {email.body} {email.sealed_body}"
    assert "evil" not in email.body


@pytest.mark.parametrize("name", ["Mrs Ahmed", "Dr. A. O'Neill-Kaya, MBE", "J.R. Ewing", "Siân ap Llywelyn"])
def test_names_stand_in_the_email_as_they_are(visitor: Visitor, name: str) -> None:
    visitor.send(you={"name": name, "ways": ["email"], "email": "somebody@post.example"})
    assert f"Dear {name}" in Message.objects.get(channel="email").body


@pytest.mark.parametrize("place", ["//evil.example/", "https://evil.example", "/\\evil.example", "sign_out", "nowhere"])
def test_signing_in_leads_to_no_other_place(visitor: Visitor, place: str) -> None:
    person = factories.person(visitor.of, "handler")
    asked = {"email": person.email, "password": "right-horse", "next": place}
    assert visitor.client.post("/sign-in/", asked).url == f"/{visitor.of.code}/staff/"
