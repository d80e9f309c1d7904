"""Taking down what somebody said: by phone, in person or by letter."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import factories
from tests.insight.groups_facts import ask
from tests.staff.conftest import TODAY, Desk, words

from heed.cases.models import Case
from heed.design import forms
from heed.feedback.models import Feedback
from heed.portal.forms.contact import YouForm
from heed.staff.forms.log import LogForm, read_reach


def typed(desk: Desk, **more: Any) -> dict[str, Any]:
    form = desk.get("log/").context["form"]
    return {
        "text": "Nobody came when I rang.", "name": "Nasreen Begum", "reach": "07700 900 789", "service": "",
        "kind": "complaint", "channel": "phone", "when": "now", "call_back": "no",
        "submission_key": form["submission_key"].value(), **more,
    }  # fmt: skip


def test_a_complaint_by_phone_becomes_a_case_received_now(desk: Desk) -> None:
    page = desk.send("log/", **typed(desk))
    case = Case.objects.get()
    assert (case.status, case.received_at, case.complainant_name) == ("received", TODAY, "Nasreen Begum")
    assert case.feedback.logged_by == desk.handler
    correspondent = case.feedback.complainant.correspondent
    assert (correspondent.phone, correspondent.preferred_channel) == ("07700 900 789", "phone")
    told = words(page)
    assert case.reference in told
    assert "your secret code is" in told
    assert "You will get a copy of what I wrote down" in told  # SI 2009/309 regulation 13: said in conversation
    assert "We will acknowledge it by 13 April 2026" in told
    assert "Register it" in told


def test_it_asks_at_most_eight_questions_and_one_tick() -> None:
    shown = {name for name, field in LogForm.base_fields.items() if not field.widget.is_hidden}
    ticks = {name for name in shown if isinstance(LogForm.base_fields[name], forms.TickField)}
    assert ticks == {"hear"}
    revealed = {
        name
        for field in LogForm.base_fields.values()
        for names in getattr(field, "reveals", {}).values()
        for name in names
    }
    assert len(shown - revealed - ticks) == 8


def test_whoever_says_so_is_told_of_changes_and_hears_how(desk: Desk) -> None:
    form = desk.get("log/").context["form"]
    assert form["hear"].label == YouForm.base_fields["hear"].label  # what the public's own form asks
    page = words(desk.send("log/", **typed(desk, hear="yes", reach="nasreen@post.example")))
    assert Feedback.objects.get().hear_of_changes_at == TODAY
    assert "If something changes because of this, we tell you on that page, and by an email that says so." in page
    desk.send("log/", **typed(desk, text="It was cold."))
    assert Feedback.objects.latest("pk").hear_of_changes_at is None


def test_a_compliment_whose_writer_wants_to_hear_has_a_page_to_hear_on(desk: Desk) -> None:
    told = words(desk.send("log/", **typed(desk, kind="compliment", name="", reach="", hear="yes")))
    item = Feedback.objects.get()
    assert item.thread is not None
    assert "your secret code is" in told
    assert "we tell you on that page." in told


def test_the_same_form_twice_keeps_one_and_says_the_same(desk: Desk) -> None:
    sent = typed(desk)
    first, second = desk.send("log/", **sent), desk.send("log/", **sent)
    assert Case.objects.count() == Feedback.objects.count() == 1
    assert first.context["code"] == second.context["code"]
    assert first.context["feedback"] == second.context["feedback"]


def test_a_letter_is_received_on_the_day_it_arrived(desk: Desk) -> None:
    arrived = {"received_on_day": "31", "received_on_month": "3", "received_on_year": "2026", "received_time": ""}
    desk.send("log/", **typed(desk, channel="letter", when="earlier", reach="1 High Street, Fenwick", **arrived))
    case = Case.objects.get()
    assert timezone.localtime(case.received_at).isoformat(timespec="minutes") == "2026-03-31T12:00+01:00"
    assert case.feedback.complainant.correspondent.postal_address == "1 High Street, Fenwick"
    assert str(case.acknowledge_by) == "2026-04-07"


def test_today_before_midday_is_not_taken_for_the_future(desk: Desk) -> None:
    early = {"received_on_day": "8", "received_on_month": "4", "received_on_year": "2026"}
    desk.send("log/", **typed(desk, when="earlier", received_time="9am", **early))
    assert Case.objects.get().received_at == TODAY.replace(hour=9, minute=0)


def test_a_promised_call_back_is_what_to_do_next(desk: Desk) -> None:
    page = desk.send("log/", **typed(desk, call_back="next"))
    case = Case.objects.get()
    assert case.feedback.call_back_by == (TODAY + timedelta(days=1)).replace(hour=17, minute=0)
    assert "Somebody will call you back by 9 April 2026 at 5pm" in words(page)
    assert (case.next_step, str(case.next_step_on)) == ("call_back", "2026-04-09")
    assert "Call back" in words(desk.get(""))


def test_to_call_back_there_has_to_be_a_number(desk: Desk) -> None:
    page = desk.send("log/", **typed(desk, call_back="next", reach="nasreen@post.example"))
    assert "Enter the phone number to call them back on" in words(page)
    assert 'value="nasreen@post.example"' in page.content.decode()
    assert not Feedback.objects.exists()


def test_a_compliment_opens_no_case_and_gives_no_code(desk: Desk) -> None:
    page = desk.send("log/", **typed(desk, kind="compliment", name="", reach=""))
    assert Feedback.objects.get().kind == "compliment"
    assert not Case.objects.exists()
    assert "secret code" not in words(page)


@pytest.mark.parametrize("role", ["front_line", "investigator", "service_manager", "action_owner"])
def test_anybody_who_takes_it_down_gets_an_answer_that_leads_nowhere_closed(desk: Desk, role: str) -> None:
    person = factories.person(desk.of, role)
    page = desk.send("log/", person, **typed(desk))
    assert page.status_code == 200
    client = desk.client(person)

    for address in set(re.findall(r'href="(/[^"]*/staff/[^"]*)"', page.content.decode())):
        assert client.get(address).status_code in (200, 302), address


def test_nothing_typed_is_lost_when_something_is_wrong(desk: Desk) -> None:
    wrong = {
        "received_on_day": "31",
        "received_on_month": "2",
        "received_on_year": "2026",
        "received_time": "quarter past",
    }
    page = desk.send("log/", **typed(desk, text="", when="earlier", **wrong))
    told, html = words(page), page.content.decode()
    assert "Enter what they said" in told
    assert "The day it was received must be a real date" in told
    assert 'value="quarter past"' in html
    assert 'value="Nasreen Begum"' in html
    assert "It is not logged yet" in told


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("", {}),
        ("sam@post.example", {"email": "sam@post.example", "preferred_channel": "email"}),
        ("+44 7700 900 789", {"phone": "+44 7700 900 789", "preferred_channel": "phone"}),
        ("01632 960 100 ext 12", {"phone": "01632 960 100 ext 12", "preferred_channel": "phone"}),
        (
            "Flat 2, 10 High Street, FW1 2AB",
            {"postal_address": "Flat 2, 10 High Street, FW1 2AB", "preferred_channel": "post"},
        ),
    ],
)
def test_one_box_takes_any_way_to_reach_them(text: str, fields: dict[str, str]) -> None:
    assert read_reach(text) == fields


def test_the_written_record_is_theirs_to_have(desk: Desk) -> None:
    desk.send("log/", **typed(desk, text="Nobody came.\n\nI rang <twice>."))
    record = desk.get(desk.of_case(Case.objects.get(), "record/"))
    assert "I rang <twice>." in words(record)
    assert "Written down by Priya Shah" in words(record)
    written = factories.case(desk.of)
    assert desk.get(desk.of_case(written, "record/")).status_code == 404


def test_who_takes_it_down_tells_of_the_page_about_them_and_does_not_ask(desk: Desk) -> None:
    line = "On the same page you can tell us a little about yourself"
    assert line not in words(desk.send("log/", **typed(desk)))
    ask(desk.of, "age", since=TODAY)
    told = words(desk.send("log/", **typed(desk)))
    assert line in told
    assert "do not ask them these questions" in told
    assert line not in words(desk.send("log/", **typed(desk, kind="compliment")))
