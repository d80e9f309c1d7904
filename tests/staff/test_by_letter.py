"""Somebody who writes letters: what the pages say where no e-mail can tell them anything, and their answer on paper."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import factories
from tests.factories import PersonGiven
from tests.staff.conftest import TODAY, Desk, words
from tests.staff.test_log import typed

from heed.cases.models import Case
from heed.cases.parts import PARTS
from heed.staff.forms.respond import TALLEST

UNTOLD = "nothing tells them"


@pytest.fixture
def by_letter(desk: Desk) -> Case:
    """A case with a finding, of somebody who gave a postal address and no other."""
    writer = PersonGiven(name="Edith Rowe", postal_address="3 Mill Lane\nRiverside RV2 4AA", preferred_channel="post")
    return factories.investigated(desk.of, desk.handler, desk.investigator, complainant=writer)


def promise(desk: Desk, case: Case, **more: Any) -> None:
    due = timezone.localdate(TODAY + timedelta(days=30))
    when = {"due_on_day": due.day, "due_on_month": due.month, "due_on_year": due.year}
    sent = {"kind": "symbolic_payment", "description": "For the worry.", "recommended": "no", **when, **more}
    assert desk.send_case(case, "remedies/add/", **sent).status_code == 302


def sign(desk: Desk, case: Case) -> None:
    desk.send_case(case, "response/write/", **{part.code: f"About {part.label}." for part in PARTS})
    desk.send_case(case, "response/ready/")
    assert desk.send_case(case, "response/sign/", desk.signer, signed_as="Chief executive").status_code == 302


def test_what_came_in_writing_is_answered_in_writing(desk: Desk) -> None:
    page = words(desk.send("log/", **typed(desk, channel="letter", reach="3 Mill Lane, Riverside")))
    assert "Write to them" in page
    assert "The code is shown only now: put it into your answer." in page
    assert "Tell them" not in page


def test_they_are_rung_or_written_to_where_no_email_tells_them(desk: Desk, by_letter: Case) -> None:
    assert UNTOLD in words(desk.get(desk.of_case(by_letter, "plan/")))
    assert UNTOLD in words(desk.get(desk.of_case(by_letter, "message/")))
    assert UNTOLD in words(desk.get(desk.of_case(by_letter, "update/")))
    with_email = factories.investigated(desk.of, desk.handler, desk.investigator)
    assert UNTOLD not in words(desk.get(desk.of_case(with_email, "plan/")))


def test_nobody_is_said_to_be_told_of_a_promise_whom_no_email_reaches(desk: Desk, by_letter: Case) -> None:
    manager = factories.person(desk.of, "complaints_manager", name="Morag Ellis")
    desk.send(desk.of_case(by_letter, "learning/add/"), manager, text="Calls", level="service", source="complaint")
    page = desk.get(desk.of_case(by_letter, "learning/"), manager)
    point = page.context["points"][0]
    promised = {name: f"About {name}" for name in ("step", "standard_met", "involvement")}
    promised["step"] = "The nurse in charge takes over open calls at every change of shift."
    promised |= {
        f"{check}_check": "We count ten handover sheets"
        for check in ("progress", "completion", "maintenance", "impact")
    }
    days = {"start_on": 0, "finish_on": 30, "progress_check_on": 14, "completion_check_on": 37,
            "maintenance_check_on": 120, "impact_check_on": 90}  # fmt: skip
    for name, after in days.items():
        on = timezone.localdate(TODAY + timedelta(days=after))
        promised |= {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}
    sent = {**promised, "owner_id": manager.pk, "tell_person": "yes"}
    done = desk.send(desk.of_case(by_letter, f"learning/{point.pk}/action/"), manager, follow=True, **sent)
    assert UNTOLD in words(done)
    assert "The person is told" not in words(done)


def test_sending_says_which_way_reaches_them(desk: Desk, by_letter: Case) -> None:
    sign(desk, by_letter)
    page = words(desk.get(desk.of_case(by_letter, "response/send/")))
    assert UNTOLD in page
    assert "with an email that tells them so" not in page
    with_email = factories.investigated(desk.of, desk.handler, desk.investigator)
    sign(desk, with_email)
    page = words(desk.get(desk.of_case(with_email, "response/send/")))
    assert "The email goes to sarah@post.example" in page
    assert UNTOLD not in page


def test_the_answer_on_paper(desk: Desk, by_letter: Case) -> None:
    letter = desk.of_case(by_letter, "response/letter/")
    assert "It can be printed once the response is signed." in words(desk.get(letter))
    sign(desk, by_letter)
    sent = desk.send_case(by_letter, "response/send/", channel="letter")
    assert sent.url.endswith("/response/letter/")
    page = words(desk.get(letter))
    for part in ("Edith Rowe", "3 Mill Lane", "Riverside RV2 4AA", desk.of.name, by_letter.reference,
                 "8 April 2026", "About apology.", "Ruth Castellanos", "Chief executive"):  # fmt: skip
        assert part in page, part
    assert factories.fresh(by_letter).responses.get().sent_by_channel == "letter"


def test_the_letter_asks_for_an_address_that_is_missing(desk: Desk) -> None:
    case = factories.answered(desk.of, desk.handler, desk.investigator, desk.signer, at=TODAY - timedelta(days=6))
    assert "We have no postal address" in words(desk.get(desk.of_case(case, "response/letter/")))


def test_the_first_draft_names_the_amount(desk: Desk, by_letter: Case) -> None:
    promise(desk, by_letter, amount_pence="175")
    page = desk.get(desk.of_case(by_letter, "response/write/"))
    assert page.context["form"].initial["putting_right"] == "- Symbolic payment, £175: For the worry. (by 8 May 2026)"


def test_a_long_first_draft_can_be_read_without_scrolling_in_its_box(desk: Desk, by_letter: Case) -> None:
    finding = {"outcome": "upheld", "what_happened": "She waited. " * 60, "reasoning": "All agree. " * 600}
    desk.send_case(by_letter, "issues/1/finding/", desk.investigator, **finding)
    form = desk.get(desk.of_case(by_letter, "response/write/")).context["form"]
    rows = {name: int(form.fields[name].widget.attrs["rows"]) for name in ("facts", "conclusions", "next")}
    assert rows["next"] < rows["facts"] < rows["conclusions"] == TALLEST
