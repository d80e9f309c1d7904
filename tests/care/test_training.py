"""The training register: what is due, for whom, recorded for several at once, and reminded of once a month."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests import factories

from heed.accounts.models import User
from heed.audit.refusals import Refused
from heed.care import courses, rules
from heed.care.actions import training
from heed.care.models import Course, Training
from heed.care.queries import training as queries
from heed.correspondence.models import Message
from heed.organisations.models import Organisation

AT = factories.NOW
TODAY = AT.date()


def test_the_courses_that_heed_proposes_say_where_they_come_from() -> None:
    listed = courses.proposed()
    assert {"data_protection", "health_and_safety", "human_rights"} <= set(listed)  # R259
    assert all(len(one.source) > 20 for one in listed.values())
    # No source that was read says how often, so none may look as if one did.
    assert {str(one.months.status) for one in listed.values() if one.months} == {"INFERRED"}


@pytest.mark.parametrize(
    ("had_on", "months", "state"),
    [
        (None, 12, "missing"),
        (date(2020, 1, 1), None, "had"),
        (date(2025, 4, 1), 12, "overdue"),  # it held until 1 April, and today is the 2nd
        (date(2025, 4, 2), 12, "soon"),
        (date(2025, 6, 1), 12, "soon"),
        (date(2025, 6, 2), 12, "had"),
    ],
)
def test_what_is_due(had_on: date | None, months: int | None, state: str) -> None:
    assert rules.state(had_on, months, TODAY) == state


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 120))
def test_it_holds_for_whole_months(had_on: date, months: int) -> None:
    until = rules.runs_out_on(had_on, months)
    assert until is not None
    years = (until.year - had_on.year) * 12 + until.month - had_on.month
    assert years == months
    assert until.day == had_on.day or (until + timedelta(days=1)).day == 1


@pytest.fixture
def org(db: None) -> Organisation:
    return factories.organisation()


@pytest.fixture
def manager(org: Organisation) -> User:
    return factories.person(org, "complaints_manager", name="Mo")


def lines(org: Organisation, person: User | None = None) -> list[tuple[str, str, str]]:
    found = queries.lines(org.pk, TODAY, person.pk if person else None)
    return [(line.name, line.course, line.state) for line in found]


def test_roles_say_who_needs_what_and_an_overseer_needs_nothing(org: Organisation, manager: User) -> None:
    by = factories.actor(manager, org)
    handler, _ = factories.person(org, "handler", name="Priya"), factories.person(org, "overseer", name="Watcher")
    training.set_course(organisation=org, name="Letters", what_for="", roles=["handler"], months=12, by=by, at=AT)
    training.set_course(organisation=org, name="Fire", what_for="", roles=[], months=None, by=by, at=AT)
    assert lines(org) == [("Mo", "Fire", "missing"), ("Priya", "Fire", "missing"), ("Priya", "Letters", "missing")]
    assert lines(org, handler) == [("Priya", "Fire", "missing"), ("Priya", "Letters", "missing")]


def test_several_are_recorded_at_once_and_twice_is_once(org: Organisation, manager: User) -> None:
    by = factories.actor(manager, org)
    people = [manager.pk, factories.person(org, "handler", name="Priya").pk]
    course = training.set_course(organisation=org, name="Fire", what_for="", roles=[], months=12, by=by, at=AT)

    def record(had_on: date, who: list[int]) -> int:
        return training.record_training(
            organisation=org, course_id=course.pk, people=who, had_on=had_on, evidence="Register", by=by, at=AT
        )

    assert record(date(2025, 1, 5), people) == 2
    assert record(date(2025, 1, 5), people) == 0
    assert {state for _, _, state in lines(org)} == {"overdue"}
    assert record(TODAY, people) == 2
    assert {state for _, _, state in lines(org)} == {"had"}
    assert Training.objects.count() == 4  # what was had before stays on record
    with pytest.raises(Refused, match="belong to this organisation"):
        record(TODAY, [factories.person(factories.organisation(), "handler").pk])
    with pytest.raises(Refused, match="still to come"):
        record(TODAY + timedelta(days=1), people)


def test_a_course_of_another_organisation_is_out_of_reach(org: Organisation, manager: User) -> None:
    elsewhere = factories.organisation()
    theirs = Course.objects.create(organisation=elsewhere, name="Theirs", status="INFERRED", source="own")
    by = factories.actor(manager, org)
    with pytest.raises(Refused, match="not on the list"):
        training.end_course(organisation=org, course_id=theirs.pk, by=by, at=AT)
    with pytest.raises(Refused, match="not on the list"):
        training.record_training(organisation=org, course_id=theirs.pk, people=[manager.pk], had_on=TODAY, by=by, at=AT)


def test_what_was_taken_over_stands_once_and_comes_back(org: Organisation, manager: User) -> None:
    by = factories.actor(manager, org)
    codes = ["data_protection", "mediation"]
    assert training.take_over(organisation=org, codes=codes, by=by, at=AT) == 2
    assert training.take_over(organisation=org, codes=codes, by=by, at=AT) == 0
    one = Course.objects.get(key="mediation")
    training.end_course(organisation=org, course_id=one.pk, by=by, at=AT)
    assert len(queries.courses(org.pk)) == 1
    assert training.take_over(organisation=org, codes=codes, by=by, at=AT) == 1
    with pytest.raises(Refused, match="already"):
        training.set_course(organisation=org, name=one.name, what_for="", roles=[], months=1, by=by, at=AT)


def test_people_are_reminded_once_a_month_with_a_count_and_a_link(org: Organisation, manager: User) -> None:
    by = factories.actor(manager, org)
    training.set_course(organisation=org, name="Fire drill", what_for="", roles=[], months=12, by=by, at=AT)

    def remind(days: int) -> int:
        return training.remind(organisation=org, at=AT + timedelta(days=days))

    assert [remind(0), remind(1), remind(29), remind(30)] == [1, 0, 0, 1]
    body = Message.objects.latest("pk").body
    assert "1 course" in body
    assert f"/{org.code}/staff/care/training/" in body
    assert "Fire drill" not in body
    course = queries.courses(org.pk)[0]
    training.record_training(organisation=org, course_id=course.pk, people=[manager.pk], had_on=TODAY, by=by, at=AT)
    assert remind(90) == 0


def test_the_register_asks_the_same_however_many_there_are(org: Organisation, manager: User) -> None:
    by = factories.actor(manager, org)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            queries.lines(org.pk, TODAY)
        return len(found)

    training.take_over(organisation=org, codes=["data_protection"], by=by, at=AT)
    few = asked()
    training.take_over(organisation=org, codes=list(courses.proposed()), by=by, at=AT)
    for _ in range(8):
        factories.person(org, "handler", "front_line")
    assert asked() == few <= 3
