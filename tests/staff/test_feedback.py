"""Comments and compliments: read, passed on, or taken for the complaint that one is."""

from datetime import date

import pytest
from tests import factories
from tests.staff.conftest import TODAY, Desk, words

from heed.audit.actor import system
from heed.cases.actions.bring_in import bring_in
from heed.cases.models import Case
from heed.facts.models import FeedbackFact
from heed.feedback.importing.rows import Row
from heed.feedback.importing.shape import Line
from heed.feedback.models import Feedback


@pytest.fixture
def comment(desk: Desk) -> Feedback:
    return factories.received(desk.of, kind="comment", text="The chairs are <hard>.").feedback


def test_they_are_listed_newest_first_and_by_kind(desk: Desk, comment: Feedback) -> None:
    praise = factories.received(desk.of, kind="compliment", at=TODAY).feedback
    factories.case(desk.of)
    assert [item.pk for item in desk.get("feedback/").context["page"].rows] == [praise.pk, comment.pk]
    assert [item.pk for item in desk.get("feedback/?kind=comment").context["page"].rows] == [comment.pk]
    assert "None of this kind" in words(desk.get("feedback/?kind=concern"))
    assert len(desk.get("feedback/?kind=nothing").context["page"].rows) == 2


def test_an_empty_list_says_what_will_appear(desk: Desk) -> None:
    assert "Comments and compliments appear here" in words(desk.get("feedback/"))


def test_passing_it_on_shows_it_to_the_service(desk: Desk, comment: Feedback) -> None:
    second = factories.service(desk.of, name="The bus garage")
    manager = factories.person(desk.of, "service_manager", service=second)
    assert desk.get(f"feedback/{comment.reference}/", manager).status_code == 404
    desk.send(f"feedback/{comment.reference}/pass-on/", service=second.pk)
    comment.refresh_from_db()
    assert (comment.service, comment.passed_on_at) == (second, TODAY)
    assert FeedbackFact.objects.get(feedback_id=str(comment.pk)).service == second.code
    shown = words(desk.get(f"feedback/{comment.reference}/", manager))
    assert "The chairs are <hard>." in shown
    assert "Pass it on to" not in shown


def test_passing_on_to_nobody_is_put_right(desk: Desk, comment: Feedback) -> None:
    page = desk.send(f"feedback/{comment.reference}/pass-on/", service="")
    assert "Choose the service to pass it on to" in words(page)
    elsewhere = factories.organisation().services.get()
    desk.send(f"feedback/{comment.reference}/pass-on/", service=elsewhere.pk)
    comment.refresh_from_db()
    assert comment.passed_on_at is None


def test_it_becomes_a_case_received_when_it_truly_was(desk: Desk, comment: Feedback) -> None:
    answer = desk.send(f"feedback/{comment.reference}/complaint/", kind="concern")
    case = Case.objects.get()
    assert answer["Location"] == desk.at(desk.of_case(case))
    assert (case.kind, case.received_at, case.reference) == ("concern", comment.received_at, comment.reference)
    assert desk.get(f"feedback/{comment.reference}/").status_code == 404  # it is seen through its case now
    assert not desk.get("feedback/").context["page"].rows


def test_twice_makes_one_case(desk: Desk, comment: Feedback) -> None:
    desk.send(f"feedback/{comment.reference}/complaint/", kind="concern")
    assert desk.send(f"feedback/{comment.reference}/complaint/", kind="concern").status_code == 404
    assert Case.objects.count() == 1


def brought_in(desk: Desk, kind: str, **said: str) -> Feedback:
    """One row of a file, long ago."""
    line = Line(["x"], "", 2)
    row = Row(line, "a" * 64, {"text": "The soup was cold.", **said}, date(2020, 3, 2))
    for _ in bring_in([row], organisation=desk.of, kind=kind, file_name="cards.csv", live=False, dry_run=False,
                      by=system("import", desk.of.code), at=TODAY):  # fmt: skip
        pass
    return Feedback.objects.get(batch__isnull=False)


def test_what_the_file_said_is_shown_where_heed_has_no_word_for_it(desk: Desk) -> None:
    said = {"service": "Ward <9>", "subject": "Soup", "channel": "Pigeon", "outcome": "Closed with monetary relief"}
    item = brought_in(desk, "complaint", **said)
    page = words(desk.get(f"feedback/{item.reference}/"))
    for value in said.values():
        assert value in page
    assert "2 March 2020, brought in from a file" in page, "no hour, for the file gave none"
    assert "Make it a case" in page
    assert "Ward <9>" in words(desk.get("feedback/")), "in the list, rather than that nobody knows the service"
    desk.send(f"feedback/{item.reference}/complaint/", kind="complaint")
    page = words(desk.get(f"cases/{item.reference}/"))
    for value in said.values():
        assert value in page


def test_a_subject_that_heed_knows_is_shown_by_its_name(desk: Desk) -> None:
    item = brought_in(desk, "comment", subject="waiting times")
    page = words(desk.get(f"feedback/{item.reference}/"))
    assert "About Waiting times" in page
    assert "As the file said" not in page
