"""Who sees which actions, what a list owes next, and what is told in a case's timeline."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests import factories
from tests.learning.scene import AT, JUNE_1, Doing

from heed.accounts.models import Membership, User
from heed.cases.actions import triage
from heed.cases.models import Case
from heed.learning import actions, lifecycle, queries, rules
from heed.learning.models import Action, LearningPoint
from heed.learning.queries import pieces
from heed.learning.rules import Promised
from heed.organisations.models import Organisation


def seen(person: User, body: Organisation) -> set[int]:
    """The ids in the list, which must be exactly those whose page opens."""
    viewer = factories.viewer(person, body)
    listed = {line.action.pk for line in queries.listed(viewer, mine=False, state="all")}
    opened = {pk for pk in Action.objects.values_list("pk", flat=True) if queries.detail(viewer, pk)}
    assert listed == opened
    return listed


@pytest.mark.django_db
def test_who_sees_an_action(body: Organisation, action: Action, owner: User, case: Case) -> None:
    other_service = factories.service(body, "other")
    sees = [
        owner,
        *(factories.person(body, role) for role in ("handler", "complaints_manager", "responsible_person")),
        factories.person(body, "service_manager", service=case.service),
    ]
    blind = [
        factories.person(body, "action_owner"),
        factories.person(body, "front_line"),
        factories.person(body, "investigator"),
        factories.person(body, "overseer"),
        factories.person(body, "administrator"),
        factories.person(body, "service_manager", service=other_service),
    ]
    assert [seen(person, body) for person in sees] == [{action.pk}] * len(sees)
    assert [seen(person, body) for person in blind] == [set()] * len(blind)


@pytest.mark.django_db
def test_an_action_is_not_seen_from_another_organisation(body: Organisation, action: Action, manager: User) -> None:
    elsewhere = factories.organisation()
    Membership.objects.create(user=manager, organisation=elsewhere, role="complaints_manager")
    assert seen(manager, body) == {action.pk}
    assert seen(manager, elsewhere) == set()


@pytest.mark.django_db
def test_who_is_complained_about_loses_sight_of_what_came_of_it(
    body: Organisation, manager: User, action: Action, owner: User, case: Case
) -> None:
    handler = factories.person(body, "handler")
    against = [triage.Against(person_id=owner.pk), triage.Against(person_id=handler.pk)]
    triage.record_against(
        case_id=case.pk, against=against, by=factories.actor(manager, body), at=AT,
        version=factories.fresh(case).version,
    )  # fmt: skip
    assert (seen(owner, body), seen(handler, body), seen(manager, body)) == (set(), set(), {action.pk})


@pytest.mark.django_db
def test_owner_and_manager_may_work_on_it_and_only_who_sees_the_case_is_led_to_it(
    body: Organisation, manager: User, action: Action, owner: User
) -> None:
    reader = factories.person(body, "overseer", "handler")
    for person, works, sees_case in ((owner, True, False), (manager, True, True), (reader, True, True)):
        viewer = factories.viewer(person, body)
        found = queries.detail(viewer, action.pk)
        assert found is not None
        assert (queries.may_work_on(viewer, found), queries.may_see_case(viewer, found)) == (works, sees_case)


@pytest.mark.django_db
def test_the_list_puts_what_is_owed_soonest_first(
    body: Organisation, manager: User, owner: User, point: LearningPoint, promised: Promised
) -> None:
    by = factories.actor(manager, body)
    later = actions.promise_action(
        learning_point_id=point.pk, promised=replace(promised, start_on=date(2026, 6, 3)), by=by, at=AT
    )
    sooner = actions.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=AT)
    lines = queries.listed(factories.viewer(owner, body), mine=True)
    assert [(line.action.pk, line.next_on, line.next_what) for line in lines] == [
        (sooner.pk, JUNE_1, "Start"), (later.pk, date(2026, 6, 3), "Start")
    ]  # fmt: skip
    assert queries.counts(factories.viewer(owner, body))[True, "open"] == 2
    assert queries.counts(factories.viewer(manager, body)) == {
        (True, "open"): 0, (True, "completed"): 0, (False, "open"): 2, (False, "completed"): 0
    }  # fmt: skip


@pytest.mark.django_db
def test_an_action_owes_something_until_every_check_was_good(
    body: Organisation, manager: User, completed: Action
) -> None:
    doing, steps = Doing(completed, body, manager), []
    while (owed := queries.owed(Action.objects.get()))[0]:
        steps.append(owed)
        kind = Action.objects.get().owed_what
        doing(actions.record_check, owed[0], kind=kind, done_on=owed[0], worked=True, note="Looked")
    assert steps == [
        (date(2026, 9, 1), "Check what it changed"), (date(2026, 10, 1), "Check that it lasts")
    ]  # fmt: skip


@pytest.mark.django_db
def test_who_only_carries_it_out_does_not_read_what_is_about_one_person(
    body: Organisation, manager: User, case: Case, promised: Promised, owner: User
) -> None:
    by, words = factories.actor(manager, body), "Sarah is phoned before each visit."
    point = actions.record_learning(case_id=case.pk, text=words, level="person", by=by, at=AT)
    action = actions.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=AT)
    for person, reads in ((manager, True), (owner, False)):
        client = Client()
        client.force_login(person)
        answer = client.get(f"/{body.code}/staff/actions/{action.pk}/")
        assert answer.status_code == 200
        assert (words in answer.content.decode()) is reads
        drafted = pieces.drafted(factories.viewer(person, body), "briefing", [action.pk])
        assert (words in drafted["learned"]) is reads
        assert promised.step.rstrip(".") in drafted["questions"]


@pytest.mark.django_db
def test_the_timeline_of_the_case_tells_it_in_sentences(case: Case, body: Organisation, completed: Action) -> None:
    assert [sentence for _, sentence in queries.timeline_for_case(case.pk)] == [
        "Morag Ellis recorded what was learned.",
        "Morag Ellis promised an action by 30 June 2026, owned by Owen Price.",
        "Owen Price started the action on 1 June 2026.",
        "Owen Price showed that it was done on 30 June 2026.",
        "Morag Ellis checked that it was done: it is as it should be.",
        "Morag Ellis completed the action, done on 30 June 2026 with evidence.",
    ]
    assert queries.timeline_for_case(case.pk + 1) == []


@pytest.mark.django_db
def test_a_case_shows_its_lessons_in_the_same_few_queries(
    case: Case,
    body: Organisation,
    manager: User,
    point: LearningPoint,
    promised: Promised,
    django_assert_num_queries: Any,
) -> None:
    for number in range(3):
        another = replace(promised, impact_check=f"Count {number}")
        actions.promise_action(learning_point_id=point.pk, promised=another, by=factories.actor(manager, body), at=AT)
    with django_assert_num_queries(2):
        points = queries.for_case(case.pk)
        assert [len(point.actions.all()) for point in points] == [3]


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(dates=st.fixed_dictionaries(dict.fromkeys(rules.DATE_FIELDS, days)))
def test_dates_that_pass_are_in_the_order_in_which_things_happen(dates: dict[str, date]) -> None:
    refusal = rules.why_not_dates(dates, date(2026, 1, 1))
    ordered = (
        dates["start_on"] <= dates["progress_check_on"] <= dates["finish_on"] <= dates["completion_check_on"]
        < dates["maintenance_check_on"] and dates["finish_on"] < dates["impact_check_on"]
    )  # fmt: skip
    assert (refusal is None) == ordered
    assert refusal is None or refusal[1] in rules.DATE_FIELDS


def test_the_lifecycle_table_leads_only_where_it_says() -> None:
    for move in lifecycle.MOVES.values():
        assert move.after in lifecycle.STATES
        assert set(move.before) <= set(lifecycle.STATES)
    kinds = ["promised", "person_told", "started", "shown_done", "check_recorded", "completed"]
    assert lifecycle.replay(kinds) == "completed"
    assert lifecycle.replay([*kinds, "slipped"]) == "started"
    assert lifecycle.replay(["promised", "completed"]) == "completed", "as it was before somebody else had to check"
    assert lifecycle.replay(["person_told"]) is None
