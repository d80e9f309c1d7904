"""Who the person wants to look into it: a handler cannot miss it, and can record it (R32)."""

import pytest
from tests import factories
from tests.staff.conftest import Desk, words

from heed.audit.refusals import Refused
from heed.cases.actions import people
from heed.cases.models import CaseEvent

WANTED = "They would like the commissioner to look into it"
ROW = "Who they want to look into it"


@pytest.mark.parametrize("page", ["", "register/"])
def test_a_handler_cannot_miss_it_and_reads_what_to_do(desk: Desk, page: str) -> None:
    case = factories.case(desk.of, chosen_body="commissioner")
    shown = words(desk.get(desk.of_case(case, page)))
    for line in (WANTED, "Ask them whether you may pass it on.", "pass it on to the NHS organisation that pays",
                 "Tell them that you have, and who will answer them.", "Note each contact"):  # fmt: skip
        assert line in shown, line


@pytest.mark.parametrize(("chosen", "shown"), [("", "They do not mind, or did not say"),
                                               ("provider", "The organisation that provided the care"),
                                               ("commissioner", "The commissioner")])  # fmt: skip
def test_the_summary_says_what_they_chose(desk: Desk, chosen: str, shown: str) -> None:
    case = factories.case(desk.of, chosen_body=chosen)
    page = words(desk.get(desk.of_case(case)))
    assert f"{ROW} {shown}" in page
    assert (WANTED in page) is (chosen == "commissioner")


def test_staff_record_it_and_it_stands_in_the_history(desk: Desk) -> None:
    case = factories.case(desk.of, channel="phone")
    assert "Change who they want to look into it" in words(desk.get(desk.of_case(case)))
    assert desk.send_case(case, "commissioner/", body="commissioner").status_code == 302
    case = factories.fresh(case)
    assert case.feedback.chosen_body == "commissioner"
    assert CaseEvent.objects.get(case=case, kind="body_chosen").data == {"body": "commissioner"}
    assert WANTED in words(desk.get(desk.of_case(case)))
    desk.send_case(case, "commissioner/", body="provider")
    desk.send_case(case, "commissioner/", body="either")
    history = words(desk.get(desk.of_case(case, "history/")))
    for said in ("they would like the commissioner to look into it", "they would like us to look into it, not the commissioner",
                 "they do not mind whether we or the commissioner look into it"):  # fmt: skip
        assert f"Priya Shah recorded that {said}." in history
    assert factories.fresh(case).feedback.chosen_body == ""


def test_the_same_again_is_no_event(desk: Desk) -> None:
    case = factories.case(desk.of, chosen_body="provider")
    assert desk.get(desk.of_case(case, "commissioner/")).context["form"]["body"].value() == "provider"
    desk.send_case(case, "commissioner/", body="provider")
    assert not CaseEvent.objects.filter(case=case, kind="body_chosen").exists()


def test_nothing_chosen_is_asked_again(desk: Desk) -> None:
    case = factories.case(desk.of)
    page = desk.send_case(case, "commissioner/", body="")
    assert "Choose who they would like to look into it" in words(page)


def test_who_saw_an_older_page_is_told(desk: Desk) -> None:
    case = factories.case(desk.of)
    desk.send_case(case, "commissioner/", body="commissioner")
    page = desk.send_case(case, "commissioner/", version=case.version, body="provider")
    assert "recorded that they would like the commissioner to look into it" in words(page)
    assert factories.fresh(case).feedback.chosen_body == "commissioner"


def test_once_it_is_answered_there_is_nothing_to_do_first(desk: Desk) -> None:
    case = factories.answered(desk.of, desk.handler, desk.investigator, desk.signer)
    desk.send_case(case, "commissioner/", body="commissioner")
    page = words(desk.get(desk.of_case(case)))
    assert f"{ROW} The commissioner" in page
    assert WANTED not in page


def test_who_does_not_handle_sees_it_without_the_way_to_change_it(desk: Desk) -> None:
    case = factories.investigated(desk.of, desk.handler, desk.investigator, chosen_body="commissioner")
    page = words(desk.get(desk.of_case(case), desk.investigator))
    assert WANTED in page
    assert "Change who they want" not in page
    assert desk.get(desk.of_case(case, "commissioner/"), desk.investigator).status_code == 404


@pytest.mark.parametrize("procedure", ["lgsco-2024", "ukcg"])
def test_where_the_procedure_gives_no_choice_there_is_none(db: None, procedure: str) -> None:
    desk = Desk(procedure)
    case = factories.case(desk.of)
    assert ROW not in words(desk.get(desk.of_case(case)))
    assert desk.get(desk.of_case(case, "commissioner/")).status_code == 404
    frame = {"by": factories.actor(desk.handler, desk.of), "at": factories.NOW, "version": case.version}
    with pytest.raises(Refused, match="gives no choice of who looks into it"):
        people.choose_body(case_id=case.pk, body="commissioner", **frame)


def test_a_body_that_is_none_is_refused(desk: Desk) -> None:
    case = factories.case(desk.of)
    frame = {"by": factories.actor(desk.handler, desk.of), "at": factories.NOW, "version": case.version}
    with pytest.raises(Refused, match="Choose who they would like"):
        people.choose_body(case_id=case.pk, body="ombudsman", **frame)
