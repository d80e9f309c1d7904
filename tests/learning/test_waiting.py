"""Actions that wait for others, never in a circle; and random lives of an action, whose log always leads to its state."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.learning.scene import AT, JUNE_1, Doing

from heed.accounts.models import User
from heed.audit.refusals import Refused
from heed.learning import actions, checks, lifecycle, queries
from heed.learning.models import Action, Dependency, LearningPoint
from heed.learning.rules import Promised
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(body: Organisation, manager: User, point: LearningPoint, promised: Promised) -> list[Doing]:
    by = factories.actor(manager, body)
    made = [
        actions.promise_action(
            learning_point_id=point.pk, promised=replace(promised, impact_check=f"Count {n} kinds"), by=by, at=AT
        )
        for n in range(3)
    ]
    return [Doing(action, body, manager) for action in made]


def test_nothing_waits_in_a_circle(three: list[Doing], body: Organisation) -> None:
    first, second, third = three
    first(actions.wait_for, JUNE_1, waits_for=second.pk)
    second(actions.wait_for, JUNE_1, waits_for=third.pk)
    for doing, on in ((third, first.pk), (third, third.pk), (first, second.pk), (second, first.pk)):
        with pytest.raises(Refused) as refused:
            doing(actions.wait_for, JUNE_1, waits_for=on)
        assert refused.value.field == "waits_for"
    assert Dependency.objects.count() == 2
    first(actions.wait_no_more, JUNE_1, waits_for=second.pk)
    third(actions.wait_for, JUNE_1, waits_for=first.pk)
    with pytest.raises(Refused):
        first(actions.wait_no_more, JUNE_1, waits_for=second.pk)
    viewer = factories.viewer(User.objects.get(name="Morag Ellis"), body)
    sentences = [line.sentence for line in queries.history(Action.objects.get(pk=first.pk), viewer)]
    assert sentences[0].startswith("Morag Ellis said that it no longer waits for “The nurse in charge")


def test_an_action_of_elsewhere_is_not_waited_for(three: list[Doing]) -> None:
    with pytest.raises(Refused):
        three[0](actions.wait_for, JUNE_1, waits_for=99_999)


def test_a_list_says_what_each_waits_for(three: list[Doing], body: Organisation, manager: User) -> None:
    three[0](actions.wait_for, JUNE_1, waits_for=three[1].pk)
    lines = queries.listed(factories.viewer(manager, body), mine=False)
    step = Action.objects.get(pk=three[1].pk).step
    assert {line.action.pk: line.waits_for for line in lines}[three[0].pk] == [step]


def test_of_an_action_that_somebody_does_not_see_they_read_only_that_there_is_one(
    three: list[Doing], body: Organisation, manager: User, promised: Promised
) -> None:
    """The other comes of a case in which the owner of the first is complained about."""
    owner = User.objects.get(pk=promised.owner_id)
    case, by = factories.registered(body, manager), factories.actor(manager, body)
    point = actions.record_learning(case_id=case.pk, text="Bells break.", level="organisation", by=by, at=AT)
    secret = replace(promised, step="Give Ward 4 another bell.", owner_id=manager.pk)
    other = actions.promise_action(learning_point_id=point.pk, promised=secret, by=by, at=AT)
    three[0](actions.wait_for, JUNE_1, waits_for=other.pk)
    Doing(other, body, manager)(actions.wait_for, JUNE_1, waits_for=three[1].pk)
    case.complained_about.create(person=owner)
    for person, sees in ((manager, True), (owner, False)):
        viewer = factories.viewer(person, body)
        shown = Client()
        shown.force_login(person)
        for page in ("actions/?whose=all", *(f"actions/{three[number].pk}/" for number in (0, 1))):
            answer = shown.get(f"/{body.code}/staff/{page}").content.decode()
            assert (secret.step in answer) is sees, page
        beside = queries.beside(viewer, Action.objects.get(pk=three[0].pk))
        assert (len(beside.waits_for), beside.unseen) == ((1, 0) if sees else (0, 1))


Move = tuple[str, dict[str, Any]]
moves = st.lists(
    st.sampled_from(
        [
            ("start", {}), ("show", {}), ("progress", {"standing": "late"}), ("progress", {"standing": "on_track"}),
            ("completion", {"worked": True}), ("completion", {"worked": False}), ("maintenance", {"worked": True}),
            ("maintenance", {"worked": False}), ("impact", {"worked": True}), ("cannot", {}), ("dates", {}),
        ]
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=moves)
def test_whatever_is_tried_the_log_leads_to_the_state(
    body: Organisation, manager: User, owner: User, point: LearningPoint, promised: Promised, path: list[Move]
) -> None:
    words = replace(promised, impact_check=f"Count calls of {Action.objects.count()} wards")
    action = actions.promise_action(
        learning_point_id=point.pk, promised=words, by=factories.actor(manager, body), at=AT
    )
    doing, looking, day = Doing(action, body, owner), Doing(action, body, manager), JUNE_1
    for move, more in path:
        day += timedelta(days=2)
        before = Action.objects.get(pk=action.pk).state
        with suppress(Refused):
            tried(move, more, doing, looking, day)
            continue
        assert Action.objects.get(pk=action.pk).state == before, "what is refused changes nothing"
    action = Action.objects.get(pk=action.pk)
    assert lifecycle.replay([event.kind for event in action.events.order_by("number")]) == action.state
    assert (action.state == "completed") == (action.completed_on is not None)
    assert action.state == "completed" or action.owed_on is not None
    assert [line for _, lines in checks.problems() for line in lines] == []


def tried(move: str, more: dict[str, Any], doing: Doing, looking: Doing, day: date) -> None:
    check = {"done_on": day, "note": "Looked", "again_on": day + timedelta(days=20), **more}
    if move == "start":
        doing(actions.start, day, started_on=day)
    elif move == "show":
        doing(actions.show_done, day, done_on=day, evidence="The sheet")
    elif move == "progress":
        doing(actions.record_check, day, kind=move, worked=True, **check)
    elif move == "cannot":
        doing(actions.cannot, day, reason="Leave")
    elif move == "dates":
        looking(actions.change_dates, day, dates={"impact_check_on": day + timedelta(days=300)}, reason="Later")
    else:
        looking(actions.record_check, day, kind=move, **check)
