"""An e-mail that could not be delivered stands on its case until somebody has dealt with it."""

from typing import Any

import pytest
from tests import factories
from tests.staff.conftest import TODAY, Desk, words

from heed.audit.models import Entry
from heed.cases.actions import triage
from heed.cases.models import Case
from heed.correspondence.models import Message

WHY = "The mail server does not accept the address."


@pytest.fixture
def failed(desk: Desk) -> tuple[Case, Message]:
    """An acknowledgement that did not arrive."""
    case = factories.registered(desk.of, desk.handler)
    Message.objects.all().delete()
    triage.acknowledge(
        case_id=case.pk, channel="email", acknowledged_at=TODAY, discussion_offered=True, discussion_result="waiting",
        by=factories.actor(desk.handler, desk.of), at=TODAY, version=case.version,
    )  # fmt: skip
    Message.objects.update(state="failed", next_attempt_at=None, attempts=9, failure=WHY)
    return case, Message.objects.get()


def page_of(case: Case, message: Message, what: str) -> str:
    return f"cases/{case.reference}/emails/{message.pk}/{what}/"


def test_it_says_on_every_page_of_the_case_to_whom_when_and_why(desk: Desk, failed: tuple[Case, Message]) -> None:
    case, _ = failed
    for page in ("", "issues/", "plan/", "evidence/", "response/", "learning/", "history/"):
        told = words(desk.get(desk.of_case(case, page)))
        assert "An email did not reach Sarah Whittaker." in told, page
        assert "to sarah@post.example, written 8 April 2026" in told, page
        assert WHY in told, page
    assert "An email did not reach" not in words(desk.get(desk.of_case(case, "plan/agree/")))


def test_it_is_sent_again_once_to_the_address_of_now(desk: Desk, failed: tuple[Case, Message]) -> None:
    case, message = failed
    person = message.thread.correspondent
    type(person).objects.filter(pk=person.pk).update(email="sarah.w@post.example")
    before = message.message_id
    assert "The email is on its way again." in words(desk.send(page_of(case, message, "again"), follow=True))
    message.refresh_from_db()
    assert (message.state, message.to_address, message.attempts) == ("queued", "sarah.w@post.example", 0)
    assert message.next_attempt_at == TODAY
    assert message.message_id != before
    assert "Priya Shah is looking after your case." in message.body
    events = case.events.filter(kind="letter_sent_again")
    assert events.count() == 1
    assert Entry.objects.filter(verb="message_queued_again", object_id=str(message.pk)).count() == 1
    assert "dealt with this email already" in words(desk.send(page_of(case, message, "again"), follow=True))
    assert events.count() == 1
    told = words(desk.get(desk.of_case(case, "history/")))
    assert "Priya Shah sent an email again that had not been delivered." in told
    assert "did not reach" not in told


def test_dates_in_it_are_kept(desk: Desk, failed: tuple[Case, Message]) -> None:
    case, message = failed
    Message.objects.update(fields={**message.fields, "respond_by": "2026-05-19"})
    desk.send(page_of(case, message, "again"))
    assert "You should have our answer by 19 May 2026." in Message.objects.get().body


def test_without_an_address_it_says_what_to_do_instead(desk: Desk, failed: tuple[Case, Message]) -> None:
    case, message = failed
    person = message.thread.correspondent
    type(person).objects.filter(pk=person.pk).update(email="", preferred_channel="")
    told = words(desk.send(page_of(case, message, "again"), follow=True))
    assert "We have no email address of them any more. Tell them in another way." in told
    assert Message.objects.get().state == "failed"


def test_it_is_dealt_with_in_another_way(desk: Desk, failed: tuple[Case, Message]) -> None:
    case, message = failed
    page = page_of(case, message, "otherwise")
    assert WHY in words(desk.get(page))
    assert "Enter how they were told" in words(desk.send(page, how=" "))
    assert "did not reach" not in words(desk.send(page, how="Rang her at noon.", follow=True))
    message.refresh_from_db()
    assert (message.state, message.handled_at) == ("failed", TODAY)
    assert "Rang her at noon." in words(desk.get(desk.of_case(case, "history/")))
    assert desk.get(page).status_code == 404
    desk.send(page_of(case, message, "again"))
    assert Message.objects.get().state == "failed", "what was dealt with is not sent as well"


def test_an_email_of_another_case_is_not_there(desk: Desk, failed: tuple[Case, Message]) -> None:
    _, message = failed
    other = factories.registered(desk.of, desk.handler)
    assert desk.get(page_of(other, message, "otherwise")).status_code == 404
    answer: Any = desk.send(page_of(other, message, "again"), follow=True)
    assert "This is no email of this case." in words(answer)
    assert Message.objects.filter(pk=message.pk, state="failed").exists()
