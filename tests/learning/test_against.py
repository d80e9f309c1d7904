"""Whoever is complained about in any case of an analysis has no part in what is made of it: R255."""

from datetime import timedelta

import pytest
from tests import factories
from tests.learning.scene import AT, JUNE_1, Doing
from tests.learning.test_chasing import mails
from tests.learning.told import Telling
from tests.learning.why import Why, begun

from heed.accounts.models import User
from heed.audit.refusals import Refused
from heed.cases.models import Case
from heed.learning import actions, queries
from heed.learning.models import Action, LearningPoint
from heed.learning.queries import pieces
from heed.learning.rules import Promised
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(body: Organisation, manager: User) -> Case:
    return factories.registered(body, manager)


@pytest.fixture
def point(body: Organisation, manager: User, case: Case, other: Case) -> LearningPoint:
    """A lesson of an analysis of two cases."""
    analysis = begun(case, body, manager, other)
    why = Why(analysis, body, manager)
    why.look_at_all(organisational="yes")
    why.conclude()
    return actions.learn_from_analysis(
        analysis_id=analysis.pk, text="Calls are lost at the handover.", level="service",
        by=factories.actor(manager, body), at=AT,
    )  # fmt: skip


def test_they_are_not_offered_as_owner_and_cannot_be_given_it(
    body: Organisation, manager: User, owner: User, point: LearningPoint, other: Case, promised: Promised
) -> None:
    assert owner.pk in dict(queries.possible_owners(body.pk, point.service_id, point.case_ids))
    other.complained_about.create(person=owner, name=owner.name)
    assert owner.pk not in dict(queries.possible_owners(body.pk, point.service_id, point.case_ids))
    by = factories.actor(manager, body)
    with pytest.raises(Refused, match="complained about"):
        actions.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=AT)


def test_they_can_neither_promise_nor_carry_on_what_they_own_already(
    body: Organisation, manager: User, owner: User, action: Action, other: Case, promised: Promised
) -> None:
    other.complained_about.create(person=owner, name=owner.name)
    other.complained_about.create(person=manager, name=manager.name)
    with pytest.raises(Refused, match="one of these cases"):
        Doing(action, body, owner)(actions.start, JUNE_1, started_on=JUNE_1)
    with pytest.raises(Refused, match="one of these cases"):
        actions.promise_action(
            learning_point_id=action.learning_point_id, promised=promised, by=factories.actor(manager, body), at=AT
        )


def test_they_are_chased_no_more(body: Organisation, owner: User, action: Action, other: Case) -> None:
    assert [to for to, _ in mails(body, JUNE_1 + timedelta(days=1))] == [owner.email]
    other.complained_about.create(person=owner, name=owner.name)
    assert mails(body, JUNE_1 + timedelta(days=8)) == []


def test_what_is_told_of_it_is_hidden_from_them(
    body: Organisation, chief: User, telling: Telling, completed: Action, other: Case
) -> None:
    piece = telling.write("line", [completed])
    viewer = factories.viewer(chief, body)
    assert pieces.visible(viewer).filter(pk=piece.pk).exists()
    other.complained_about.create(person=chief, name=chief.name)
    assert not pieces.visible(viewer).filter(pk=piece.pk).exists()
