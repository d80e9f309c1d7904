"""Whoever owes something is reminded once for each step, at most once a day, and then their manager."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests import factories
from tests.learning.scene import AT, JUNE_1, JUNE_30, Doing, noon

from heed.accounts.models import User
from heed.audit.actor import system
from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.learning import actions
from heed.learning.actions.chase import chase
from heed.learning.models import Action, LearningPoint, Reminder
from heed.learning.rules import Promised
from heed.learning.tasks import chase_organisation
from heed.organisations import chasing
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def mails(body: Organisation, on: date) -> list[tuple[str, str]]:
    """(address, text) of what a morning's run queued."""
    before = set(Message.objects.values_list("pk", flat=True))
    chase(organisation=body, on=on, by=system("chase", body.code), at=noon(on))
    found = Message.objects.exclude(pk__in=before).filter(channel="email").order_by("pk")
    return [(mail.to_address, mail.body) for mail in found]


def test_the_ladder_is_data_in_order() -> None:
    ladder = chasing.load()
    assert [(step.days, step.to) for step in ladder.steps] == [
        (-7, "owner"),
        (1, "owner"),
        (7, "owner"),
        (14, "manager"),
    ]
    assert ladder.reached(-8) is None
    assert [ladder.reached(days).key for days in (-7, 0, 1, 6, 7, 13, 14, 400)] == [
        "soon", "soon", "overdue", "overdue", "overdue_week", "overdue_week", "manager", "manager"
    ]  # fmt: skip


def test_each_step_is_told_once_and_then_the_manager(
    body: Organisation, action: Action, owner: User, case: Case
) -> None:
    boss = factories.person(body, "service_manager", service=case.service)
    assert mails(body, JUNE_1 - timedelta(days=8)) == []
    ((address, text),) = mails(body, JUNE_1 - timedelta(days=7))
    assert address == owner.email
    assert "1 action needs you." in text
    assert action.step not in text
    assert mails(body, JUNE_1 - timedelta(days=6)) == []
    ((address, text),) = mails(body, JUNE_1 + timedelta(days=1))
    assert "1 of them is overdue." in text
    assert [to for to, _ in mails(body, JUNE_1 + timedelta(days=8))] == [owner.email]
    assert [to for to, _ in mails(body, JUNE_1 + timedelta(days=14))] == [boss.email]
    assert mails(body, JUNE_1 + timedelta(days=30)) == []


def test_one_email_a_day_whatever_happens(
    body: Organisation, action: Action, owner: User, manager: User, point: LearningPoint, promised: Promised
) -> None:
    on = JUNE_1 + timedelta(days=1)
    assert len(mails(body, on)) == 1
    other = replace(promised, step="The clerk rings each family before a move at night.")
    actions.promise_action(learning_point_id=point.pk, promised=other, by=factories.actor(manager, body), at=AT)
    assert mails(body, on) == [], "they had one today"
    ((_, text),) = mails(body, on + timedelta(days=1))
    assert "1 action needs you." in text, "only what is new"
    assert Reminder.objects.filter(person=owner).count() == 2


def test_without_a_manager_of_the_service_those_of_complaints_are_told(
    body: Organisation, action: Action, manager: User
) -> None:
    assert [to for to, _ in mails(body, JUNE_1 + timedelta(days=14))] == [manager.email]


def test_a_check_by_somebody_else_is_owed_by_who_promised_it(body: Organisation, done: Action, manager: User) -> None:
    assert [to for to, _ in mails(body, date(2026, 7, 1))] == [manager.email]


def test_whoever_is_complained_about_hears_nothing(body: Organisation, action: Action, owner: User, case: Case) -> None:
    case.complained_about.create(person=owner, name=owner.name)
    assert mails(body, JUNE_1 + timedelta(days=1)) == []


def test_an_owner_without_an_account_gets_a_new_link(body: Organisation, looking: Doing, action: Action) -> None:
    looking(
        actions.give_to, date(2026, 5, 21), outside_name="Kit Rowe", outside_email="kit@care.example", reason="Home"
    )
    ((address, text),) = mails(body, JUNE_1 + timedelta(days=1))
    assert address == "kit@care.example"
    assert "This link opens the action" in text
    assert mails(body, JUNE_1 + timedelta(days=2)) == []


def test_whoever_waited_hears_that_they_can_go_on(
    body: Organisation, looking: Doing, doing: Doing, action: Action, manager: User, point: LearningPoint,
    promised: Promised,
) -> None:  # fmt: skip
    nia = factories.person(body, "action_owner", name="Nia Hughes")
    later = replace(promised, owner_id=nia.pk, step="Print the sheet for every ward.", start_on=date(2026, 8, 1),
                    finish_on=date(2026, 9, 1), progress_check_on=date(2026, 8, 15), impact_check_on=date(2027, 1, 1),
                    completion_check_on=date(2026, 9, 9), maintenance_check_on=date(2026, 12, 1))  # fmt: skip
    second = actions.promise_action(
        learning_point_id=point.pk, promised=later, by=factories.actor(manager, body), at=AT
    )
    Doing(second, body, manager)(actions.wait_for, JUNE_1, waits_for=action.pk)
    doing(actions.show_done, JUNE_30, done_on=JUNE_30, evidence="The sheet")
    july = date(2026, 7, 7)
    looking(actions.record_check, july, kind="completion", done_on=july, worked=True, note="Yes")
    told = dict(mails(body, date(2026, 7, 8)))
    assert "1 action can go on: what was waited for is done." in told[nia.email]


def test_the_job_of_an_organisation_may_run_twice(body: Organisation, action: Action) -> None:
    for _ in range(2):
        chase_organisation.call(body.pk)
    assert Reminder.objects.count() == Reminder.objects.values("action", "step", "person").distinct().count()
