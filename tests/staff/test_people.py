"""Who the people behind a complaint are, and how they wish to be reached."""

from typing import Any

import pytest
from tests import factories
from tests.staff.conftest import Desk, words

from heed.cases.models import Case
from heed.correspondence.actions import update_correspondent
from heed.feedback.models import Feedback, Person
from heed.search.models import Entry


@pytest.fixture
def case(desk: Desk) -> Case:
    desk.of.uses_nhs_number = True
    desk.of.save()
    return factories.case(
        desk.of, channel="phone", complainant=factories.PersonGiven(name="Sara Whitaker", phone="07700 900 456")
    )


def birth(day: int, month: int, year: int) -> dict[str, int]:
    return {"date_of_birth_day": day, "date_of_birth_month": month, "date_of_birth_year": year}


def test_a_name_taken_down_wrongly_is_put_right_everywhere(desk: Desk, case: Case) -> None:
    desk.send_case(case, "people/complainant/", name="Sarah Whittaker", **birth(1, 2, 1960), nhs_number="943 476 5919")
    case = factories.fresh(case)
    person = Feedback.objects.get().complainant
    assert (case.complainant_name, case.complainant_folded) == ("Sarah Whittaker", "sarah whittaker")
    assert (person.name, person.nhs_number, str(person.date_of_birth)) == (
        "Sarah Whittaker",
        "9434765919",
        "1960-02-01",
    )
    assert person.correspondent.name == "Sarah Whittaker"
    assert person.correspondent.phone == "07700 900 456"
    assert "Sarah Whittaker" in Entry.objects.get(kind="case", object_id=case.pk).title
    shown = words(desk.get(desk.of_case(case)))
    assert "NHS number 943 476 5919" in shown
    assert "Born 1 February 1960" in shown


def test_somebody_else_was_affected(desk: Desk, case: Case) -> None:
    assert "makes the person affected somebody else" in words(desk.get(desk.of_case(case, "people/person_affected/")))
    desk.send_case(case, "people/person_affected/", name="Jean Whitaker")
    feedback = Feedback.objects.get()
    assert (feedback.person_affected.name, feedback.complainant.name) == ("Jean Whitaker", "Sara Whitaker")
    desk.send_case(case, "people/person_affected/", name="Jean Whittaker", relationship="child")
    assert Person.objects.count() == 2
    assert "Son or daughter of the person affected" in words(desk.get(desk.of_case(case)))
    assert "Priya Shah wrote down who the person affected is." in words(desk.get(desk.of_case(case, "history/")))


def test_letters_go_to_the_representative_from_then_on(desk: Desk, case: Case) -> None:
    desk.send_case(case, "people/representative/", name="Dawn Price", relationship="advocate")
    feedback = Feedback.objects.get()
    assert feedback.thread.correspondent == feedback.representative.correspondent
    assert feedback.relationship == "advocate"
    assert "Dawn Price" in words(desk.get(desk.of_case(case)))


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        ({"name": ""}, "Enter name"),
        ({"name": "Jean", "nhs_number": "9434765918"}, "is not a real NHS number"),
        ({"name": "Jean", **birth(1, 1, 1066)}, "Date of birth must be on or after 1 January 1900"),
        ({"name": "Jean", **birth(1, 1, 2030)}, "Date of birth must be today or in the past"),
    ],
)
def test_what_cannot_be_is_said_beside_its_question(desk: Desk, case: Case, entered: dict[str, Any], told: str) -> None:
    page = desk.send_case(case, "people/person_affected/", **entered)
    assert told in words(page)
    assert Person.objects.count() == 1


def test_there_are_three_parts_and_no_more(desk: Desk, case: Case) -> None:
    assert desk.get(desk.of_case(case, "people/neighbour/")).status_code == 404
    assert desk.get(desk.of_case(case, "people/representative/reach/")).status_code == 404  # there is none to reach


def wishes(desk: Desk, case: Case) -> dict[str, Any]:
    form = desk.get(desk.of_case(case, "people/complainant/reach/")).context["form"]
    return {"phone": "07700 900 456", "version": form["version"].value()}


def test_wishes_are_kept_and_stand_in_the_rail(desk: Desk, case: Case) -> None:
    entered = {
        "address_as": "Mrs Whittaker", "preferred_channel": "phone", "may_leave_message": "no", "do_not": "Write to her.",
        "convenient_times": "after four", "adjustments": ["large_print", "bereaved"],
    }  # fmt: skip
    desk.send(desk.of_case(case, "people/complainant/reach/"), **wishes(desk, case), **entered)
    shown = words(desk.get(desk.of_case(case)))
    for line in ("Address as Mrs Whittaker", "Leave no message", "Convenient: after four", "Large print", "Recently bereaved",
                 "Do not: Write to her."):  # fmt: skip
        assert line in shown, line


def test_a_way_that_cannot_reach_them_is_refused_beside_its_box(desk: Desk, case: Case) -> None:
    page = desk.send(desk.of_case(case, "people/complainant/reach/"), **wishes(desk, case), preferred_channel="email")
    form = page.context["form"]
    assert form.errors["email"] == ["Enter an email address, or choose another way of hearing from us."]


def test_a_second_editor_of_wishes_is_told(desk: Desk, case: Case) -> None:
    old = wishes(desk, case)
    other = factories.person(desk.of, "handler", name="Tom Okafor")
    correspondent = Feedback.objects.get().complainant.correspondent
    update_correspondent(
        correspondent=correspondent, phone="01632 960 001", by=factories.actor(other, desk.of), at=factories.NOW
    )
    page = desk.send(desk.of_case(case, "people/complainant/reach/"), **old, convenient_times="evenings")
    assert "Tom Okafor changed this while you were working: phone number." in words(page)
    assert 'value="evenings"' in page.content.decode()
    again = {**old, "version": page.context["form"]["version"].value()}
    assert (
        desk.send(desk.of_case(case, "people/complainant/reach/"), **again, convenient_times="evenings").status_code
        == 302
    )
