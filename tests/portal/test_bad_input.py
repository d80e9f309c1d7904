"""Whatever is typed or sent: a clear answer, and nothing lost, doubled or run."""

from io import BytesIO
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.portal.visitor import Visitor

from heed.audit.refusals import Refused
from heed.documents.models import Attachment
from heed.feedback import rules
from heed.feedback.models import Draft, DraftFile, Feedback

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE feedback_feedback; --",
    "{{ settings.SECRET_KEY }}{% debug %}",
    "${jndi:ldap://x}",
    "=cmd|'/C calc'!A0",
    "\u202eright to left \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "👩‍👩‍👧‍👦 🏳️‍🌈 Z̸̧a̷l̴g̵o̶",
    "%n%s%x\\u0000",
    "𝕿𝖍𝖊 ﷽ ﬀ",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_kept_as_text(visitor: Visitor, text: str) -> None:
    page = visitor.send(
        who={"who": "represent", "whom": "somebody_else"},
        words={"text": text},
        place={"happened": text},
        complainant={"name": text, "address_as": text},
        affected={"name": text, "status": "other", "relationship": text[:40], "local_identifier": text},
        outcome={"desired_outcome_text": text},
        you={
            "name": text,
            "address_as": text,
            "do_not": text,
            "ways": ["post"],
            "postal_address": text,
            "best": "post",
        },
        support={"needs": ["know"], "adjustments_note": text, "support_needs": text},
    )
    feedback = visitor.feedback()
    assert feedback.narrative.text == text
    assert feedback.complainant.name == text
    assert page.status_code == 200
    shown = visitor.client.get(visitor.follow_address()).content.decode()
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert settings.SECRET_KEY not in shown


def test_hostile_text_is_escaped_on_the_check(visitor: Visitor) -> None:
    visitor.answer_all(words={"text": HOSTILE[0]}, you={"name": HOSTILE[1]})
    page = visitor.get("tell-us/check/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<img src=x" not in page


def test_nul_and_lone_surrogates_are_replaced(visitor: Visitor) -> None:
    visitor.answer_all()
    body = "text=before%00after%ED%A0%80end"
    answer = visitor.client.generic(
        "POST", visitor.at("tell-us/words/"), body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    visitor.post("tell-us/check/")
    kept = Feedback.objects.get().narrative.text
    assert kept.startswith("before\ufffdafter")
    assert "\x00" not in kept
    assert kept.endswith("end")


@pytest.mark.parametrize("page", ["", "tell-us/", "tell-us/words/", "follow/"])
def test_nul_in_the_address_is_not_understood(visitor: Visitor, page: str) -> None:
    assert visitor.get(f"{page}?x=%00").status_code == 400


LONG = "word " * 50_000


def test_fifty_thousand_words_are_refused_before_any_is_lost(visitor: Visitor) -> None:
    visitor.answer_all()
    page = visitor.answer("words", text=LONG)
    shown = page.content.decode()
    assert page.status_code == 200
    assert "must be 100,000 characters or fewer" in shown
    assert "Keep all my words as a file" in shown
    assert page.context["form"]["text"].value() == LONG
    assert len(Draft.objects.get().answers["words"]["text"][0]) == len(LONG)
    assert visitor.get("tell-us/check/").url == visitor.at("tell-us/words/")
    assert "word word" in visitor.get("tell-us/words/").content.decode(), "still there when they come back"


def test_fifty_thousand_words_can_go_as_a_file(visitor: Visitor) -> None:
    visitor.answer_all()
    onward = visitor.answer("words", text=LONG, as_file="yes")
    assert onward.status_code == 302
    file = DraftFile.objects.get().attachment
    assert file.blob.path.read_text() == LONG
    visitor.post("tell-us/check/")
    feedback = Feedback.objects.get()
    assert feedback.files.get().attachment == file
    assert feedback.narrative.text.startswith("word word")
    assert "what-i-want-to-say.txt" in feedback.narrative.text


def test_as_much_as_we_keep_is_kept_whole(visitor: Visitor) -> None:
    text = "ä" * rules.LONGEST_TEXT
    visitor.send(words={"text": text})
    assert visitor.feedback().narrative.text == text


DATES = [
    ("1", "1", "2027", "must be today or in the past"),
    ("14", "10", "1066", "must be on or after 1 January 1900"),
    ("31", "2", "2026", "must be a real date"),
    ("x", "<b>", "year", "must have a year of 4 numbers"),
    ("", "3", "2026", "must include a day"),
]


@pytest.mark.parametrize(("day", "month", "year", "sentence"), DATES)
def test_impossible_dates_are_refused_and_shown_again(
    visitor: Visitor, day: str, month: str, year: str, sentence: str
) -> None:
    visitor.answer_all()
    for step, name in (("place", "happened_on"), ("affected", "date_of_birth")):
        page = visitor.answer(step, **{f"{name}_day": day, f"{name}_month": month, f"{name}_year": year})
        assert page.status_code == 200
        assert sentence in page.content.decode()
        assert page.context["form"][name].value() == [day, month, year]


def test_a_service_of_another_organisation_is_no_answer(visitor: Visitor, council: Any) -> None:
    visitor.answer_all()
    page = visitor.answer("place", service=str(council.services.get().pk))
    assert "Choose one of the answers shown" in page.content.decode()


def test_a_service_that_closed_meanwhile_is_asked_again(visitor: Visitor) -> None:
    service = visitor.of.services.get(code="emergency")
    visitor.answer_all(place={"service": str(service.pk)})
    service.is_active = False
    service.save()
    assert visitor.get("tell-us/check/").url == visitor.at("tell-us/place/")
    assert visitor.post("tell-us/check/").url == visitor.at("tell-us/place/")
    assert not Feedback.objects.exists()


def test_a_refusal_at_the_end_says_why_and_loses_nothing(visitor: Visitor) -> None:
    visitor.answer_all(you={"name": "Amina Ahmed"})
    with patch("heed.portal.views.sent.send_feedback", side_effect=Refused("We are closed for the storm.")):
        page = visitor.post("tell-us/check/")
    assert page.status_code == 200
    assert "We are closed for the storm." in page.content.decode()
    assert "Amina Ahmed" in page.content.decode()
    assert visitor.post("tell-us/check/").status_code == 302


def test_answers_that_were_never_asked_are_not_kept(visitor: Visitor) -> None:
    visitor.answer_all()
    visitor.answer("words", text="Words", csrfmiddlewaretoken="x", password="y", kind="compliment")
    assert Draft.objects.get().answers["words"] == {"text": ["Words"]}


def test_without_cookies_the_words_come_back(visitor: Visitor) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(
        visitor.at("tell-us/words/"), {"text": "All of this was typed, and it is longer than sixty characters, so it is seen."},
        headers={"origin": "http://testserver", "sec-fetch-site": "same-origin"},
    )  # fmt: skip
    assert page.status_code == 403
    assert "All of this was typed" in page.content.decode()


def test_a_draft_that_ran_out_in_the_middle_keeps_what_is_sent(visitor: Visitor) -> None:
    """The cookie is gone, the page is still open: the answer begins a new draft, and the first question comes again."""
    visitor.answer_all()
    visitor.client.cookies.clear()
    assert visitor.answer("words", text="My last\x00 words", as_file="no").url == visitor.at("tell-us/")
    assert "We kept what you just wrote" in visitor.get("tell-us/").content.decode()
    visitor.answer("kind", kind="complaint")
    visitor.answer("who", who="myself")
    assert "My last\ufffd words" in visitor.get("tell-us/words/").content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(visitor: Visitor, method: str) -> None:
    for page in ("", "tell-us/", "tell-us/check/", "follow/"):
        assert getattr(visitor.client, method)(visitor.at(page)).status_code == 405


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


PNG = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
    "0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def test_each_refused_file_says_why_and_the_others_stay(visitor: Visitor) -> None:
    visitor.answer_all()
    page = visitor.post(
        "tell-us/files/",
        {
            "upload": [
                upload("scan.png", PNG),
                upload("nothing.pdf", b""),
                upload("holiday.jpg", b"MZ\x90\x00" + b"\0" * 512),
                upload("letter.txt", b"Dear Mrs Ahmed"),
            ]
        },
    )
    shown = page.content.decode()
    assert page.status_code == 200
    assert "“nothing.pdf” is empty" in shown
    assert "We cannot take “holiday.jpg”" in shown
    kept = [file.attachment.filename for file in DraftFile.objects.order_by("pk")]
    assert kept == ["scan.png", "letter.txt"]
    visitor.post("tell-us/check/")
    assert [file.attachment.filename for file in Feedback.objects.get().files.order_by("pk")] == kept


def test_a_file_whose_name_lies_about_its_type_is_kept_under_a_true_one(visitor: Visitor) -> None:
    visitor.answer_all()
    visitor.post("tell-us/files/", {"upload": [upload("report.pdf", PNG)]})
    file = DraftFile.objects.get().attachment
    assert file.filename.endswith(".png")
    assert file.note in visitor.get("tell-us/files/").content.decode()


def test_a_file_of_100_megabytes_is_refused_and_the_rest_kept(visitor: Visitor) -> None:
    visitor.answer_all()
    large = BytesIO(b"\xff\xd8\xff\xe0" + b"\0" * (100 * 10**6))
    large.name = "film.jpg"
    page = visitor.post("tell-us/files/", {"upload": [upload("letter.txt", b"Dear Mrs Ahmed"), large]})
    assert page.status_code == 200
    assert "film.jpg" in page.content.decode()
    assert "25 MB" in page.content.decode()
    assert [file.attachment.filename for file in DraftFile.objects.all()] == ["letter.txt"]


def test_more_than_ten_files_are_not_kept(visitor: Visitor) -> None:
    visitor.answer_all()
    page = visitor.post("tell-us/files/", {"upload": [upload(f"{n}.txt", b"words %d" % n) for n in range(12)]})
    assert DraftFile.objects.count() == 10
    assert "“10.txt” was not kept" in page.content.decode()
    assert "“11.txt” was not kept" in page.content.decode()


def test_the_same_file_twice_is_kept_once(visitor: Visitor) -> None:
    visitor.answer_all()
    for _ in range(2):
        visitor.post("tell-us/files/", {"upload": [upload("a.txt", b"the same")]})
    visitor.post("tell-us/files/", {"upload": [upload("b.txt", b"the same")]})
    assert [file.attachment.filename for file in DraftFile.objects.order_by("pk")] == ["a.txt", "b.txt"]
    assert Attachment.objects.count() == 2


def test_a_file_can_be_taken_away_again(visitor: Visitor) -> None:
    visitor.answer_all()
    visitor.post("tell-us/files/", {"upload": [upload("a.txt", b"first"), upload("b.txt", b"second")], "add": "yes"})
    first = DraftFile.objects.order_by("pk").first().attachment
    page = visitor.post("tell-us/files/", {"remove": first.token})
    assert page.status_code == 200
    assert [file.attachment.filename for file in DraftFile.objects.all()] == ["b.txt"]
    assert not Attachment.objects.filter(token=first.token).exists()


def test_files_wait_for_the_first_question(visitor: Visitor) -> None:
    assert visitor.get("tell-us/files/").url == visitor.at("tell-us/")


def test_a_file_of_somebody_elses_draft_cannot_be_taken_away(visitor: Visitor) -> None:
    visitor.answer_all()
    visitor.post("tell-us/files/", {"upload": [upload("a.txt", b"first")]})
    other = Visitor(visitor.of)
    other.answer_all()
    other.post("tell-us/files/", {"remove": DraftFile.objects.get().attachment.token})
    assert DraftFile.objects.count() == 1
