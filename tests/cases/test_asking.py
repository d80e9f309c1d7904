"""Who is asked how it was, when and by which way, over the life of real cases."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import factories

from heed.audit.actor import system
from heed.audit.refusals import Refused
from heed.cases.actions import close, remedy, triage
from heed.cases.actions.ask import ask_due, ask_one
from heed.cases.models import Case
from heed.cases.queries import asking as queries
from heed.correspondence.models import Message, OneTimeLink
from heed.feedback.actions import asking
from heed.feedback.actions.answering import Told, answer
from heed.feedback.given import PersonGiven
from heed.feedback.models import SurveyRequest
from heed.feedback.queries import surveys as asked
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
NOW = factories.NOW
WORKER = system("worker")
RIGHT = PersonGiven(name="Sam Reed", email="sam@post.example")


@pytest.fixture
def org() -> Organisation:
    made = factories.organisation()
    asking.set_asking(organisation=made, asks=True, by=WORKER, at=NOW - timedelta(days=10))
    return made


@pytest.fixture
def people(org: Organisation) -> dict[str, Any]:
    roles = ("handler", "investigator", "responsible_person")
    return {role: factories.person(org, role) for role in roles}


def acknowledged(org: Organisation, people: dict[str, Any], **fields: Any) -> Case:
    made = factories.registered(org, people["handler"], **fields)
    return triage.acknowledge(
        case_id=made.pk, channel="phone", acknowledged_at=NOW + timedelta(days=1), discussion_offered=True,
        discussion_result="declined", by=factories.actor(people["handler"], org), at=NOW + timedelta(days=1),
        version=made.version,
    )  # fmt: skip


def due(org: Organisation, days: int) -> list[tuple[str, str, str]]:
    """What is asked so many days after receipt, besides those who handle complaints."""
    ask_due(organisation_id=org.pk, by=WORKER, at=NOW + timedelta(days=days))
    rows = SurveyRequest.objects.exclude(audience="handler")
    return list(rows.order_by("pk").values_list("audience", "occasion", "way"))


def test_making_is_asked_a_week_after_the_acknowledgement_once_by_a_link_without_a_code(
    org: Organisation, people: dict[str, Any]
) -> None:
    acknowledged(org, people)
    assert due(org, 7) == []
    assert due(org, 8) == due(org, 9) == [("complainant", "making", "email")]
    link = OneTimeLink.objects.get(
        purpose="survey", object_id=str(SurveyRequest.objects.get(audience="complainant").pk)
    )
    assert not link.needs_code
    body = Message.objects.get(pk=link.message_id).body
    assert "You do not have to answer" in body
    assert "If you want to complain" in body
    assert "never came back" not in body  # their words


def test_nobody_is_asked_before_somebody_decided_to_nor_about_the_time_before(people: dict[str, Any]) -> None:
    quiet = factories.organisation()
    acknowledged(quiet, {"handler": factories.person(quiet, "handler")})
    assert due(quiet, 9) == []
    asking.set_asking(organisation=quiet, asks=True, by=WORKER, at=NOW + timedelta(days=12))
    assert due(quiet, 13) == []


@pytest.mark.parametrize(
    ("fields", "way"),
    [
        ({"complainant": None}, None),  # anonymous
        ({"complainant": PersonGiven(name="Sam")}, "page"),
        ({"complainant": PersonGiven(name="Sam", phone="01632 960 1", preferred_channel="phone")}, "phone"),
        ({"complainant": PersonGiven(name="Sam", postal_address="1 High Street", post_is_safe=True)}, "post"),
        ({"complainant": PersonGiven(name="Sam", email="sam@post.example", do_not="Do not write")}, None),
        ({"complainant": PersonGiven(name="Sam", email="sam@post.example", adjustments=("easy_read",))}, None),
    ],
)
def test_people_are_asked_their_way_or_not_at_all(
    org: Organisation, people: dict[str, Any], fields: dict[str, Any], way: str | None
) -> None:
    acknowledged(org, people, **fields)
    assert due(org, 9) == ([("complainant", "making", way)] if way else [])


def test_who_supports_somebody_is_asked_as_such(org: Organisation, people: dict[str, Any]) -> None:
    acknowledged(org, people, complainant=PersonGiven(name="Ann", preferred_channel="representative"),
                 representative=RIGHT, relationship="advocate")  # fmt: skip
    assert due(org, 9) == [("supporter", "making", "email")]


def test_while_something_is_owed_nobody_is_asked(org: Organisation, people: dict[str, Any]) -> None:
    case = acknowledged(org, people)
    Case.objects.filter(pk=case.pk).update(next_update_on=date(2026, 4, 8))
    assert due(org, 8) == []
    Case.objects.filter(pk=case.pk).update(next_update_on=date(2026, 5, 8))
    assert due(org, 8) == [("complainant", "making", "email")]


def answered(org: Organisation, people: dict[str, Any], **fields: Any) -> Case:
    return factories.answered(org, people["handler"], people["investigator"], people["responsible_person"], **fields)


def test_the_outcome_is_asked_when_every_remedy_is_delivered(org: Organisation, people: dict[str, Any]) -> None:
    case = answered(org, people)
    by = factories.actor(people["handler"], org)
    later = NOW + timedelta(days=6)
    owed = remedy.agree_remedy(case_id=case.pk, kind="apology", description="Say sorry", due_on=date(2026, 6, 1), by=by,
                               at=later, version=case.version)  # fmt: skip
    assert due(org, 27) == []
    remedy.deliver_remedy(remedy_id=owed.pk, delivered_on=date(2026, 4, 20), note="By letter", by=by, at=NOW + timedelta(days=27),
                          version=factories.fresh(case).version)  # fmt: skip
    assert due(org, 28) == [("complainant", "outcome", "email")]


def test_staff_complained_about_are_asked_and_the_letter_names_no_case(
    org: Organisation, people: dict[str, Any]
) -> None:
    nurse = factories.person(org, "front_line", name="Nia Price")
    case = answered(org, people, at=NOW)
    against = [triage.Against(person_id=nurse.pk), triage.Against(name="Somebody without an account")]
    triage.record_against(case_id=case.pk, against=against, by=factories.actor(people["handler"], org),
                          at=NOW + timedelta(days=6), version=case.version)  # fmt: skip
    assert due(org, 20) == [("staff-involved", "outcome", "email")]
    letter = Message.objects.filter(letter="survey_staff", thread__correspondent__email=nurse.email).get()
    assert case.reference not in letter.body + letter.subject
    assert "Whittaker" not in letter.body


def test_those_who_handle_complaints_are_asked_once_in_a_half_year(org: Organisation, people: dict[str, Any]) -> None:
    april, may, october = (timezone.make_aware(datetime(2026, month, 12, 9)) for month in (4, 5, 10))
    many = [ask_due(organisation_id=org.pk, by=WORKER, at=at) for at in (april, april, may, october, october)]
    assert many == [1, 0, 0, 1, 0]
    assert {one.person_id for one in SurveyRequest.objects.all()} == {people["handler"].pk}
    assert [one.asked_on.month for one in asked.own(people["handler"], org.pk, october.date())] == [10]


def test_one_reminder_and_then_it_is_over(org: Organisation, people: dict[str, Any]) -> None:
    acknowledged(org, people)
    letters = Message.objects.filter(letter="survey")
    found = []
    for days in (8, 17, 18, 19, 30, 40):
        due(org, days)
        found.append(letters.count())
    assert found == [1, 1, 2, 2, 2, 2]
    assert "only time that we remind you" in letters.latest("pk").body
    assert SurveyRequest.objects.get(audience="complainant").state == "over"


def test_a_reminder_waits_while_something_is_owed(org: Organisation, people: dict[str, Any]) -> None:
    case = acknowledged(org, people)
    due(org, 8)
    Case.objects.filter(pk=case.pk).update(next_update_on=date(2026, 4, 15))
    due(org, 19)
    assert Message.objects.filter(letter="survey").count() == 1


def test_who_answered_or_does_not_want_to_hears_no_more(org: Organisation, people: dict[str, Any]) -> None:
    acknowledged(org, people)
    due(org, 8)
    request = SurveyRequest.objects.get(audience="complainant")
    asking.refuse(request_id=request.pk, by=factories.PUBLIC, at=NOW + timedelta(days=9))
    again = acknowledged(org, people)  # another case of the same person
    assert again.feedback_id != request.feedback_id
    assert due(org, 30) == [("complainant", "making", "email")]
    assert Message.objects.filter(letter="survey").count() == 1


def test_the_same_person_is_asked_about_one_of_two_cases_at_a_time(org: Organisation, people: dict[str, Any]) -> None:
    acknowledged(org, people)
    acknowledged(org, people)
    assert due(org, 9) == [("complainant", "making", "email")]
    assert due(org, 12) == [("complainant", "making", "email")]


def test_a_person_decides_where_the_calendar_must_not(org: Organisation, people: dict[str, Any]) -> None:
    case = acknowledged(org, people)
    Case.objects.filter(pk=case.pk).update(flags="death")
    at = NOW + timedelta(days=9)
    settings, viewer = asked.settings_of(org.pk), factories.viewer(people["handler"], org)
    assert settings is not None
    assert due(org, 9) == []
    (held,) = queries.held_back(settings, viewer, at.date())
    assert (held.case.pk, held.occasion.key, held.candidate.audience) == (case.pk, "making", "complainant")
    made = ask_one(case_id=case.pk, audience="complainant", by=factories.actor(people["handler"], org), at=at)
    assert made.way == "email"
    with pytest.raises(Refused, match="not the time"):
        ask_one(case_id=case.pk, audience="complainant", by=factories.actor(people["handler"], org), at=at)
    assert not queries.held_back(settings, viewer, at.date())


def test_reflecting_is_asked_three_months_after_it_was_closed(org: Organisation, people: dict[str, Any]) -> None:
    case = answered(org, people)
    by, at = factories.actor(people["handler"], org), NOW + timedelta(days=6)
    close.close(case_id=case.pk, by=by, at=at, version=case.version)
    assert due(org, 95) == []
    assert due(org, 97) == [("complainant", "reflecting", "email")]


def test_the_number_of_questions_does_not_grow_with_the_cases(org: Organisation, people: dict[str, Any]) -> None:
    settings = asked.settings_of(org.pk)
    assert settings is not None

    def questions() -> int:
        with CaptureQueriesContext(connection) as found:
            list(queries.candidates(settings, date(2026, 4, 20)))
        return len(found)

    acknowledged(org, people)
    one = questions()
    for number in range(3):
        acknowledged(org, people, complainant=PersonGiven(name="Sam", email=f"sam{number}@post.example"))
    assert questions() == one


def test_answers_stop_the_reminder(org: Organisation, people: dict[str, Any]) -> None:
    acknowledged(org, people)
    due(org, 8)
    request = SurveyRequest.objects.get(audience="complainant")
    answer(request_id=request.pk, told=Told({"simple": "agree"}), by=factories.PUBLIC, at=NOW + timedelta(days=9))
    due(org, 20)
    assert Message.objects.filter(letter="survey").count() == 1
