"""The pages of other voices, and of everything that is heard."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.staff.conftest import TODAY, Desk, words

from heed.feedback.actions import voices as actions
from heed.feedback.models import Voice
from heed.feedback.voices import Heard
from heed.learning.models import LearningPoint

RECORD = {
    "source": "advocacy", "heard_on_day": "1", "heard_on_month": "4", "heard_on_year": "2026", "number": "2",
    "words": "People do not know whom to ring.", "submission_key": "s" * 32,
}  # fmt: skip
MARCH = date(2026, 3, 15)


def test_what_was_heard_is_recorded_shown_and_taken_back(desk: Desk) -> None:
    assert "None yet" in words(desk.get("insight/everything/voices/"))
    page = desk.send("insight/everything/voices/record/", follow=True, **RECORD)
    assert "“People do not know whom to ring.”" in words(page)
    assert "Advocacy, Healthwatch and voluntary groups , 1 April 2026. How many: 2." in words(page)
    page = desk.send(f"insight/everything/voices/{Voice.objects.get().pk}/take-back/", follow=True)
    assert "its words are gone" in words(page)
    assert "whom to ring" not in words(page)


def test_what_was_heard_teaches_and_leads_to_an_action(desk: Desk) -> None:
    desk.send("insight/everything/voices/record/", **RECORD)
    place = f"insight/everything/voices/{Voice.objects.get().pk}/learning/"
    assert "People do not know whom to ring." in words(desk.get(place))
    lesson = {"text": "No letter has a number to ring.", "level": "organisation", "then": "promise"}
    assert "What exactly will be done?" in words(desk.send(place, follow=True, **lesson))
    listed = words(desk.get("insight/everything/voices/"))
    assert "Learned from it: No letter has a number to ring. No action promised yet." in listed
    point = words(desk.get(f"library/{LearningPoint.objects.get().pk}/"))
    assert "Another voice, such as a survey Advocacy, Healthwatch and voluntary groups, 1 April 2026" in point
    desk.send(f"insight/everything/voices/{Voice.objects.get().pk}/take-back/")
    assert desk.get(place).status_code == 404


def test_what_a_few_soon_recognised_taught_says_nothing_of_their_day_or_place(desk: Desk) -> None:
    heard(desk, "whistleblowing", 2, where="Night staff of Ward 4")
    lesson = {"text": "People fear to speak up.", "level": "organisation"}
    desk.send(f"insight/everything/voices/{Voice.objects.get().pk}/learning/", **lesson)
    assert LearningPoint.objects.get().origin_sentence == "Whistleblowing and speaking up"


def test_what_was_learned_before_is_shown_beside_both(desk: Desk) -> None:
    desk.send("insight/everything/voices/record/", **RECORD)
    desk.send("insight/everything/voices/record/", **{**RECORD, "submission_key": "t" * 32, "heard_on_day": "2"})
    first, second = Voice.objects.order_by("pk")
    lesson = {"text": "No letter has a number to ring.", "level": "organisation"}
    desk.send(f"insight/everything/voices/{first.pk}/learning/", **lesson)
    use = {**lesson, "use": LearningPoint.objects.get().pk}
    desk.send(f"insight/everything/voices/{second.pk}/learning/", **use)
    assert words(desk.get("insight/everything/voices/")).count("Learned from it: No letter has a number to ring.") == 2


@pytest.mark.parametrize("field", ["words", "where"])
def test_a_name_is_asked_about_and_nothing_is_lost(desk: Desk, field: str) -> None:
    named = {**RECORD, field: "Mrs Ahmed could not ring."}
    page = desk.send("insight/everything/voices/record/", **named)
    assert "tick the box if you are sure" in words(page)
    assert "Mrs Ahmed could not ring." in page.content.decode()
    assert not Voice.objects.exists()
    assert desk.send("insight/everything/voices/record/", **named, nobody_named="on").status_code == 302


def test_what_a_refusal_is_about_stands_beside_it(desk: Desk) -> None:
    page = desk.send("insight/everything/voices/record/", **{**RECORD, "source": "grievance"})
    assert "Of these only numbers are kept" in words(page)
    assert "whom to ring" in page.content.decode()


def test_a_table_lists_what_it_cannot_keep_and_keeps_the_rest_when_told(desk: Desk) -> None:
    table = "Date,Comment\n31/3/2026,The ward was cold.\n31/13/2026,No such month."
    sent = {"source": "friends_and_family", "where": "Wards, March", "dates": "dmy", "table": table}
    page = desk.send("insight/everything/voices/bring-in/", **sent)
    assert "1 row cannot be kept" in words(page)
    assert "“31/13/2026” is not a day that can be read" in words(page)
    assert not Voice.objects.exists()
    page = desk.send("insight/everything/voices/bring-in/", follow=True, leave_out="1", **sent)
    assert "1 row is kept." in words(page)
    assert "Wards, March, 8 April 2026: 1 row" in words(page)
    batch = Voice.objects.get().batch_id
    assert "1 row taken back" in words(desk.send(f"insight/everything/voices/files/{batch}/take-back/", follow=True))


def test_a_file_that_cannot_be_read_comes_back_with_the_reason(desk: Desk) -> None:
    sent = {"source": "claim", "where": "Claims", "dates": "iso"}
    file = SimpleUploadedFile("claims.csv", b"Reference\n17")
    assert "There is no column “date”" in words(desk.send("insight/everything/voices/bring-in/", file=file, **sent))
    assert "Paste a table, or choose a file" in words(desk.send("insight/everything/voices/bring-in/", **sent))


def test_what_comments_are_about_is_said_ten_at_a_time(desk: Desk) -> None:
    for number in range(11):
        factories.received(desk.of, kind="comment", text=f"We waited {number + 2} hours.")
    page = desk.get("insight/everything/voices/subjects/")
    fields = list(page.context["form"].fields)
    assert len(fields) == 10
    page = desk.send(
        "insight/everything/voices/subjects/", follow=True, **{fields[0]: "waiting_times", fields[1]: "waiting_times"}
    )
    assert "2 texts said what about." in words(page)
    assert len(page.context["form"].fields) == 9


def everything(desk: Desk, who: Any = None, asked: str = "") -> Any:
    return desk.get(f"insight/everything/{asked}", who)


def heard(desk: Desk, source: str, number: int, subject: str = "waiting_times", **more: Any) -> None:
    told = Heard(source, MARCH, number, subject=subject, **more)
    actions.record_voice(organisation=desk.of, heard=told, by=factories.actor(desk.handler, desk.of), at=TODAY)


def test_what_is_heard_elsewhere_and_not_complained_of_stands_out(desk: Desk) -> None:
    heard(desk, "advocacy", 6)
    heard(desk, "staff_survey", 30, of_how_many=90)
    heard(desk, "whistleblowing", 2, subject="communications")
    page = everything(desk)
    assert "Nobody complained about “Waiting times”, but it was heard elsewhere: advocacy, Healthwatch and " in words(
        page
    )
    assert "30 of 90" in words(page)
    assert "fewer than 5" in words(page)
    assert "Advocacy" in desk.get("insight/everything.csv").content.decode()


def test_a_number_leads_to_what_was_said(desk: Desk) -> None:
    ward = desk.of.services.get()
    heard(desk, "advocacy", 6, service_id=ward.pk, words="No seat in the corridor.")
    heard(desk, "advocacy", 7, subject="communications", words="No call for weeks.")
    for asked, other in (("?by=subject", "No call"), ("?by=service", "No call")):
        page = unescape(everything(desk, asked=asked).content.decode())
        (href,) = re.findall(r'href="[^"]*(insight/everything/voices/\?[^"]*(?:waiting_times|service=[a-z]+))"', page)
        listed = words(desk.get(href))
        assert "No seat in the corridor." in listed
        assert other not in listed
        assert "Only about" in listed
    manager = factories.person(desk.of, "service_manager", service=ward)
    assert "voices/?" not in everything(desk, manager).content.decode(), "who may not read them is not led there"


def test_complaints_stand_in_the_same_line(desk: Desk) -> None:
    factories.case(desk.of, at=TODAY - timedelta(days=30), subject="waiting_times")
    heard(desk, "advocacy", 6)
    page = everything(desk)
    (line,) = [line for line in page.context["page"].lines if line.code == "waiting_times"]
    assert (line.ways, line.number) == (2, 7)
    assert "Nobody complained" not in words(page)


def test_a_service_manager_sees_their_services_and_an_overseer_nothing(desk: Desk) -> None:
    mine, other = desk.of.services.get(), factories.service(desk.of, "other")
    boss = factories.person(desk.of, "service_manager", service=mine)
    heard(desk, "advocacy", 6, service_id=mine.pk)
    heard(desk, "advocacy", 9, service_id=other.pk)
    heard(desk, "advocacy", 40)
    (line,) = everything(desk, boss).context["page"].lines
    assert line.number == 6
    assert everything(desk, factories.person(desk.of, "overseer")).status_code == 404
    assert desk.get("insight/everything/voices/", boss).status_code == 404


def test_the_pages_ask_the_same_however_much_was_heard(desk: Desk) -> None:
    def asked(page: str) -> int:
        desk.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(page).status_code == 200
        return len(queries)

    pages = (
        "insight/everything/voices/",
        "insight/everything/",
        "insight/everything/?by=service",
        "insight/everything/voices/subjects/",
    )
    for number in (1, 8):
        for _ in range(number):
            heard(desk, "advocacy", 6)
            heard(desk, "claim", 1, subject="", words="A fall.")
            factories.received(desk.of, kind="comment")
        found = {page: asked(page) for page in pages}
        if number == 1:
            few = found
    assert found == few
    assert max(found.values()) <= 12
