"""From what was learned straight to the promise, and the action plan that is printed and sent."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.learning.scene import AT, Doing

from heed.accounts.models import User
from heed.cases.actions import triage
from heed.cases.models import Case
from heed.learning import actions, queries
from heed.learning.actions import shelve
from heed.learning.models import Action, LearningPoint
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def at_desk(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(response: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def lesson(text: str = "Calls are lost at the handover") -> dict[str, str]:
    return {"text": text, "level": "service", "source": "complaint", "then": "promise"}


def test_one_button_leads_on_to_the_promise(manager: User, case: Case, body: Organisation) -> None:
    base = f"/{body.code}/staff/cases/{case.reference}/learning/"
    answer = at_desk(manager).post(f"{base}add/", lesson(), follow=True)
    point = LearningPoint.objects.get()
    assert answer.redirect_chain[-1][0] == f"{base}{point.pk}/action/"
    assert "What was learned is recorded. Now the action that comes of it." in words(answer)
    assert "What exactly will be done?" in words(answer)


def test_what_was_learned_before_is_used_and_its_case_is_shown(
    manager: User, case: Case, body: Organisation, point: LearningPoint
) -> None:
    other = factories.registered(body, manager)
    place = f"/{body.code}/staff/cases/{other.reference}/learning/"
    answer = at_desk(manager).post(f"{place}add/", {**lesson(point.text), "use": str(point.pk)})
    assert (answer.status_code, answer["Location"]) == (302, place)


def test_what_a_compliment_taught_leads_on_too(manager: User, body: Organisation) -> None:
    item = factories.received(body, kind="compliment").feedback
    path = f"/{body.code}/staff/feedback/{item.reference}/learning/"
    answer = at_desk(manager).post(
        path, {"text": "A nurse sat down beside people.", "level": "service", "then": "promise"}
    )
    assert answer["Location"].endswith(f"/library/{LearningPoint.objects.get().pk}/action/")


def test_the_plan_says_who_does_what_by_when_and_how_it_is_watched(
    manager: User, owner: User, case: Case, body: Organisation, action: Action, doing: Doing
) -> None:
    User.objects.filter(pk=owner.pk).update(job_title="Matron")
    client, place = at_desk(manager), f"/{body.code}/staff/cases/{case.reference}/learning/"
    assert "Print the action plan" in words(client.get(place))
    plan = words(client.get(f"{place}plan/"))
    for told in (
        body.name, case.reference, "Nobody owns a call for help after the shift changes.", action.step, "Matron",
        "1 June 2026 to 30 June 2026", "Not begun yet", "Audit ten sheets (1 October 2026)", "Count calls that are answered late",
    ):  # fmt: skip
        assert told in plan
    assert owner.name not in plan
    actions.record_learning(
        case_id=case.pk,
        text="Nobody rang.",
        level="person",
        by=factories.actor(manager, body),
        at=AT - timedelta(days=1),
    )
    assert "1. What was learned Nobody owns a call" in words(client.get(f"{place}plan/")), (
        "what has no action is left out"
    )
    doing(actions.start, date(2026, 6, 1), started_on=date(2026, 6, 1))
    assert "Begun on 1 June 2026" in words(client.get(f"{place}plan/"))


def test_the_plan_of_a_case_without_actions_says_how_it_begins(manager: User, case: Case, body: Organisation) -> None:
    place = f"/{body.code}/staff/cases/{case.reference}/learning/"
    client = at_desk(manager)
    assert "Print the action plan" not in words(client.get(place))
    assert "No action promised yet" in words(client.get(f"{place}plan/"))


def test_the_plan_of_one_person_holds_nothing_that_is_about_another(
    manager: User, case: Case, body: Organisation, promised: Any
) -> None:
    """What another case taught of its own person shows again in this one."""
    by, other = factories.actor(manager, body), factories.registered(body, manager)
    about_one = actions.record_learning(
        case_id=other.pk, text="Sarah is phoned before each visit.", level="person", by=by, at=AT
    )
    actions.promise_action(learning_point_id=about_one.pk, promised=promised, by=by, at=AT)
    shelve.learn_again(point_id=about_one.pk, case_id=case.pk, by=by, at=AT)
    plans = [queries.action_plan(factories.viewer(manager, body), one.pk) for one in (case, other)]
    assert [[part.point for part in plan] for plan in plans] == [[], [about_one]]


def test_whoever_is_complained_about_sees_no_plan(
    manager: User, owner: User, case: Case, body: Organisation, action: Action
) -> None:
    handler = factories.person(body, "handler")
    triage.record_against(
        case_id=case.pk, against=[triage.Against(person_id=handler.pk)], by=factories.actor(manager, body),
        at=timezone.now(), version=factories.fresh(case).version,
    )  # fmt: skip
    path = f"/{body.code}/staff/cases/{case.reference}/learning/plan/"
    assert at_desk(handler).get(path).status_code == 404
    assert at_desk(owner).get(path).status_code == 404, "an owner of an action sees no cases"
    assert at_desk(manager).get(path).status_code == 200


def test_the_plan_asks_no_more_for_many_lessons(
    manager: User, case: Case, body: Organisation, action: Action, django_assert_max_num_queries: Any
) -> None:
    client, path = at_desk(manager), f"/{body.code}/staff/cases/{case.reference}/learning/plan/"
    client.get(path)
    for number in range(5):
        actions.record_learning(
            case_id=case.pk,
            text=f"Lesson {number} of the night.",
            level="service",
            by=factories.actor(manager, body),
            at=AT,
        )
    with django_assert_max_num_queries(24):
        client.get(path)
