"""What is learned from what many say together: it has no case, nobody alone to tell, and is otherwise learning like any other."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests import factories

from heed.accounts.models import User
from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.facts.models import ActionFact
from heed.learning import actions, checks, queries
from heed.learning.models import Action, LearningPoint
from heed.learning.rules import Promised
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
NOW = factories.NOW
ORIGIN = actions.Origin(
    "warning", "17", "In the week to 14 June 2026, 19 complaints and concerns, where 6 to 12 are usual."
)


@pytest.fixture
def body() -> Organisation:
    return factories.organisation()


@pytest.fixture
def manager(body: Organisation) -> User:
    return factories.person(body, "complaints_manager")


def learned(body: Organisation, by: User, **more: Any) -> LearningPoint:
    given = {
        "text": "The board shows the wrong wait.",
        "level": "service",
        "service_id": body.services.first().pk,
        **more,
    }
    return actions.learn_from(
        organisation_id=body.pk, origin=ORIGIN, by=factories.actor(by, body), at=NOW, **given
    )  # fmt: skip


def promised(owner: User) -> Promised:
    start = (NOW - timedelta(days=3)).date()
    days = {"progress": 10, "completion": 30, "impact": 60, "maintenance": 90}
    looks = {f"{kind}_check": f"Look at {kind}" for kind in days}
    on = {f"{kind}_check_on": start + timedelta(days=after) for kind, after in days.items()}
    return Promised(
        step="The board is switched off until it is right.", owner_id=owner.pk, start_on=start,
        finish_on=start + timedelta(days=20), standard_met="None", involvement="Two people try it out.", **looks, **on,
    )  # fmt: skip


def promise(point: LearningPoint, owner: User, by: User) -> Action:
    return actions.promise_action(
        learning_point_id=point.pk, promised=promised(owner), by=factories.actor(by, point.organisation), at=NOW
    )


def test_it_is_kept_with_its_origin_in_words_and_found_by_it(body: Organisation, manager: User) -> None:
    point, viewer = learned(body, manager), factories.viewer(manager, body)
    assert (point.case, point.origin_sentence) == (None, ORIGIN.sentence)
    assert queries.arising_from(viewer, "warning", 17) == [point]
    assert queries.arising_from(viewer, "warning", 18) == []
    assert learned(body, manager) == point
    assert LearningPoint.objects.count() == 1
    entry = Entry.objects.get(verb="learning_recorded")
    assert (entry.object_kind, entry.object_id, entry.detail) == ("warning", "17", {"learning_point": point.pk})


def test_what_is_missing_is_said(body: Organisation, manager: User) -> None:
    elsewhere = factories.organisation().services.first().pk
    for more, words in (({"text": " "}, "what was learned"), ({"level": "all"}, "who should learn"),
                        ({"service_id": elsewhere}, "organisation’s services")):  # fmt: skip
        with pytest.raises(Refused, match=words):
            learned(body, manager, **more)


def test_an_action_comes_of_it_and_goes_its_whole_way(body: Organisation, manager: User) -> None:
    owner = factories.person(body, "action_owner")
    action = promise(learned(body, manager), owner, manager)
    assert "nobody’s complaint alone" in action.not_told_reason
    assert ActionFact.objects.filter(action_id=str(action.pk)).exists()
    by, later = factories.actor(manager, body), NOW + timedelta(days=5)
    action = actions.start(action_id=action.pk, started_on=NOW.date(), by=by, at=later, version=action.version)
    action = actions.show_done(
        action_id=action.pk, done_on=later.date(), evidence="It is off.", by=by, at=later, version=action.version
    )
    looks = factories.actor(factories.person(body, "handler"), body)
    check = actions.record_check(
        action_id=action.pk, kind="completion", done_on=later.date(), worked=True, note="It is off.", by=looks, at=later,
        version=action.version,
    )  # fmt: skip
    action = check.action
    action = actions.give_to(
        action_id=action.pk,
        owner_id=manager.pk,
        reason="She looks after it now.",
        by=by,
        at=later,
        version=action.version,
    )
    found = queries.detail(factories.viewer(manager, body), action.pk)
    assert found is not None
    assert not queries.may_see_case(factories.viewer(manager, body), found)
    assert [lines for _, lines in checks.problems() if lines] == []


def test_who_sees_the_action(body: Organisation, manager: User) -> None:
    owner = factories.person(body, "action_owner")
    second = factories.service(body, "second")
    action = promise(learned(body, manager), owner, manager)
    sees = {
        person: queries.visible(factories.viewer(person, body)).filter(pk=action.pk).exists()
        for person in (
            manager, owner, factories.person(body, "service_manager"), factories.person(body, "action_owner"),
            factories.person(body, "service_manager", service=second), factories.person(body, "investigator"),
        )
    }  # fmt: skip
    assert list(sees.values()) == [True, True, True, False, False, False]


def test_owners_are_those_of_the_service_though_nobody_is_complained_about(body: Organisation, manager: User) -> None:
    manager_of = factories.person(body, "service_manager")
    against = factories.case(body)
    against.complained_about.create(person=manager_of, name="")
    names = [pk for pk, _ in queries.possible_owners(body.pk, body.services.first().pk, [])]
    assert set(names) == {manager.pk, manager_of.pk}


def test_it_has_a_case_or_an_origin_and_never_both(body: Organisation, manager: User) -> None:
    case = factories.case(body)
    for wrong in ({"case": case, "origin_kind": "warning"}, {"case": None, "origin_kind": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LearningPoint.objects.create(
                organisation=body, text="?", level="service", by=manager, at=NOW, **wrong
            )  # fmt: skip
