"""A handler's own figures: theirs alone, by the same definitions as everybody's, and seen by nobody else."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests import factories
from tests.insight.facts import invent

from heed.accounts.models import User
from heed.cases import rules
from heed.cases.models import Case, CaseEvent, Plan
from heed.facts.models import CaseFact, FeedbackFact
from heed.insight.figures import Tally
from heed.insight.measures import BY_KEY
from heed.insight.measures.declaration import AtLeast, By, Has, Is, NotBy
from heed.insight.periods import whole_months
from heed.insight.queries import own
from heed.insight.queries.counting import Where, tallies
from heed.organisations.models import Organisation

CALENDAR = rules.calendar_of("nhs-2009", "england", [])
MONDAY = timezone.make_aware(datetime(2026, 6, 1, 10))


def event(kind: str, day: int, **data: Any) -> rules.Logged:
    return rules.Logged(kind, MONDAY + timedelta(days=day), data)


PLAN = event("plan_agreed", 0, plan_id=1)


@pytest.mark.parametrize(
    ("log", "kept"),
    [
        ([], []),
        ([PLAN], [False]),
        ([PLAN, event("update_sent", 7)], [True, False]),
        ([PLAN, event("update_sent", 8)], [False, False]),
        ([PLAN, event("contact_logged", 3, is_update=True), event("response_sent", 9)], [True]),
        ([PLAN, event("contact_logged", 3, is_update=False), event("response_sent", 4)], []),
        ([PLAN, event("response_sent", 9)], [False]),
        ([PLAN, event("plan_agreed", 5, plan_id=2), event("update_sent", 30)], []),
        ([event("plan_agreed", 0, plan_id=3), event("update_sent", 30)], []),
        ([PLAN, event("update_sent", 4), event("update_sent", 8), event("closed", 10)], [True, True]),
    ],
)
def test_promised_updates_are_followed_through_the_log(log: list[rules.Logged], kept: list[bool]) -> None:
    """Plan 1 promises an update every five working days; plan 2 and 3 promise none."""
    found = own.promises(log, {1: 5, 2: None, 3: None}, CALENDAR, date(2026, 8, 1))
    assert [given for _, given in found] == kept
    assert not found or found[0][0] == date(2026, 6, 8)


def test_an_update_that_is_not_due_yet_is_not_counted() -> None:
    assert own.promises([PLAN], {1: 5}, CALENDAR, date(2026, 6, 8)) == []
    assert own.promises([PLAN], {1: 5}, CALENDAR, date(2026, 6, 9)) == [(date(2026, 6, 8), False)]


days = st.none() | st.integers(0, 3).map(lambda number: date(2026, 1, 1) + timedelta(days=number))


@given(days, days, st.none() | st.integers(0, 3))
def test_conditions_hold_as_they_read(one: date | None, limit: date | None, number: int | None) -> None:
    fact = SimpleNamespace(one=one, limit=limit, number=number)
    in_time = one is not None and limit is not None and one <= limit
    assert own.holds(By("one", "limit"), fact) is in_time
    assert own.holds(NotBy("one", "limit"), fact) is (one is None or (limit is not None and one > limit))
    assert own.holds(Has("one"), fact) is (one is not None)
    assert own.holds(Is("number", (1, 2)), fact) is (number in (1, 2))
    assert own.holds(AtLeast("number", 2), fact) is (number is not None and number >= 2)


@pytest.fixture
def body(db: None) -> Organisation:
    return factories.organisation()


def figures(person: User, body: Organisation, at: datetime | None = None) -> own.Own:
    return own.own_figures(factories.viewer(person, body), at or timezone.now())


def test_only_cases_that_the_person_looks_after_are_counted(body: Organisation) -> None:
    ann, ben = factories.person(body, "handler"), factories.person(body, "handler")
    _mine, closed, _theirs = (factories.registered(body, person) for person in (ann, ann, ben))
    Case.objects.filter(pk=closed.pk).update(status="closed", closed_at=factories.NOW)
    found = figures(ann, body, factories.NOW)
    assert (found.open_now, found.looked_after) == (1, 2)
    assert figures(ben, body).open_now == 1
    elsewhere = factories.organisation()
    factories.registered(elsewhere, factories.person(elsewhere, "handler"))
    assert figures(factories.person(body, "complaints_manager"), body).looked_after == 0


def test_the_figures_are_those_of_the_measures(body: Organisation) -> None:
    today = timezone.localdate()
    ann = factories.person(body, "handler")
    cases = [factories.registered(body, ann) for _ in range(25)]
    for facts in (CaseFact, FeedbackFact):
        facts.objects.all().delete()
    invent(body.code, ["first"], cases=25, today=today)
    for fact in CaseFact.objects.order_by("pk"):
        CaseFact.objects.filter(pk=fact.pk).update(case_id=f"invented-{fact.pk}")
    for fact, case in zip(CaseFact.objects.order_by("pk"), cases, strict=True):
        CaseFact.objects.filter(pk=fact.pk).update(case_id=str(case.pk))
    found, months = figures(ann, body), whole_months(15, today).months
    wanted = [BY_KEY[key] for key in own.MEASURES]
    counted = tallies(wanted, Where(body.code, None, whole_months(15, today)))
    for row, measure in zip(found.rows, wanted, strict=False):
        cells = counted[measure.key]
        recent, before = (
            own.said(measure, sum((tally for (month, _), tally in cells.items() if month in part), Tally()))
            for part in (months[12:], months[:12])
        )
        assert (row.name, row.recent, row.before) == (measure.name, recent, before)
    assert [row.name for row in found.rows] == [*(measure.name for measure in wanted), "Contact kept as agreed"]
    assert {row.before for row in found.rows[:4]} != {"None counted"}


def test_contact_is_read_from_plans_and_events(body: Organisation) -> None:
    ann, investigator = factories.person(body, "handler"), factories.person(body, "investigator")
    case = factories.investigated(body, ann, investigator)
    Plan.objects.filter(case=case).update(update_every_days=5)
    for number, day in ((90, 5), (91, 20)):
        at = factories.NOW + timedelta(days=day)
        CaseEvent.objects.create(case=case, number=number, kind="update_sent", at=at, recorded_at=at,
                                 actor_kind="staff", actor_id=str(ann.pk), data={})  # fmt: skip
    contact = figures(ann, body, factories.NOW + timedelta(days=60)).rows[-1]
    assert (contact.name, contact.recent) == ("Contact kept as agreed", "1 of 3")


def test_nobody_else_can_open_it(body: Organisation) -> None:
    ann, manager = factories.person(body, "handler"), factories.person(body, "complaints_manager")
    for _ in range(3):
        factories.registered(body, ann)
    address = f"/{body.code}/staff/my-figures/"

    def look(person: User, query: str = "") -> Any:
        client = Client()
        client.force_login(person)
        return client.get(address + query)

    assert "<strong>3 cases</strong> open with you now" in look(ann).content.decode()
    for query in ("", f"?person={ann.pk}", f"?handler={ann.pk}", f"?whose={ann.pk}"):
        assert "No case is with you yet" in look(manager, query).content.decode()
    for role in ("overseer", "administrator", "responsible_person", "service_manager", "investigator", "front_line"):
        assert look(factories.person(body, role)).status_code == 404
    assert Client().get(address).status_code == 302
    assert look(ann)["Cache-Control"] == "no-store, private"


def test_it_is_linked_from_the_worklist_of_handlers(body: Organisation) -> None:
    for role, links in (("handler", True), ("complaints_manager", True), ("responsible_person", False)):
        client = Client()
        client.force_login(factories.person(body, role))
        page = client.get(f"/{body.code}/staff/").content.decode()
        assert (f"/{body.code}/staff/my-figures/" in page) is links


def test_the_same_questions_however_many_cases(body: Organisation, django_assert_max_num_queries: Any) -> None:
    ann = factories.person(body, "handler")
    factories.registered(body, ann)
    client = Client()
    client.force_login(ann)
    client.get(f"/{body.code}/staff/my-figures/")
    with django_assert_max_num_queries(14) as asked:
        client.get(f"/{body.code}/staff/my-figures/")
    for _ in range(4):
        factories.registered(body, ann)
    with django_assert_max_num_queries(len(asked)):
        client.get(f"/{body.code}/staff/my-figures/")
