"""What handling cost: nothing until it is said, from the steps that happened, by the prices of their month."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import factories

from heed.accounts.models import User
from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.cases import sentences
from heed.cases.models import Case, CaseEvent
from heed.insight import costing
from heed.insight.actions import cost as actions
from heed.insight.costing import Cost, Price
from heed.insight.periods import whole_months
from heed.insight.queries import cost as queries
from heed.insight.queries.scope import scope_of
from heed.organisations.models import Organisation

JAN, MARCH, APRIL = date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 1)
PERIOD = whole_months(12, date(2026, 5, 20))
PRICES = [
    Price("plan", JAN, 30, 2000),
    Price("plan", APRIL, 45, 2400),
    Price("sign", JAN, 10, 6000),
    Price("sign", APRIL, 0, 0),
]


def test_every_step_is_a_kind_of_event_that_there_is() -> None:
    kinds = [kind for step in costing.STEPS.values() for kind in step.events]
    assert len(kinds) == len({*kinds})
    assert {*kinds} <= {*sentences.SENTENCES}
    assert all(len(step.key) <= 20 for step in costing.STEPS.values())


@pytest.mark.parametrize(
    ("step", "month", "times", "expected"),
    [
        ("plan", date(2025, 12, 1), 2, Cost()),
        ("plan", MARCH, 2, Cost(2, 60, 120_000)),
        ("plan", APRIL, 2, Cost(2, 90, 216_000)),
        ("sign", MARCH, 1, Cost(1, 10, 60_000)),
        ("sign", date(2026, 9, 1), 1, Cost()),
        ("find", MARCH, 1, Cost()),
    ],
)
def test_a_step_costs_what_was_said_of_its_month(step: str, month: date, times: int, expected: Cost) -> None:
    assert costing.cost(PRICES, step, month, times) == expected


def test_sums_are_rounded_at_the_end() -> None:
    third = Cost(1, 20, 20 * 100)
    assert third.pence == 33
    assert (third + third + third).pence == 100
    assert Cost(1, 61, 60 * 1_234_567).pounds == "£12,346"
    assert [Cost(minutes=minutes).time for minutes in (0, 1, 60, 125)] == [
        "0 minutes", "1 minute", "1 hour", "2 hours 5 minutes",
    ]  # fmt: skip


class Scene:
    def __init__(self) -> None:
        self.body: Organisation = factories.organisation()
        self.admin = factories.person(self.body, "administrator")
        self.handler = factories.person(self.body, "handler")
        self.other = factories.service(self.body, "other")

    def say(self, step: str = "plan", **more: Any) -> None:
        said = {"from_month": JAN, "minutes": 30, "pence_an_hour": 2000, "note": "Time study of January", **more}
        by = factories.actor(self.admin, self.body)
        actions.set_step_cost(organisation=self.body, step=step, by=by, at=factories.NOW, **said)

    def answered(self, **more: Any) -> Case:
        people = [factories.person(self.body, role) for role in ("investigator", "responsible_person")]
        return factories.answered(self.body, self.handler, *people, **more)

    def costs(self, person: User | None = None) -> queries.Costs:
        viewer = factories.viewer(person or self.handler, self.body)
        return queries.costs(scope_of(viewer, self.body), PERIOD)

    def look(self, person: User, page: str) -> str:
        client = Client()
        client.force_login(person)
        return client.get(f"/{self.body.code}/staff/{page}").content.decode()


pytestmark = pytest.mark.django_db


def test_nothing_is_shown_until_it_is_said() -> None:
    scene = Scene()
    case = scene.answered()
    assert not queries.is_set(scene.body.pk)
    assert "Heed assumes nothing" in scene.look(scene.handler, "insight/cost/")
    assert "Heed assumes nothing" in scene.look(scene.handler, f"cases/{case.reference}/cost/")
    assert "What handling this case cost" not in scene.look(scene.handler, f"cases/{case.reference}/history/")
    assert "Not set, so none is shown" in scene.look(scene.admin, "settings/")
    assert scene.costs().total == Cost()
    assert len(scene.costs().uncounted) == len(costing.STEPS)


def test_steps_are_counted_by_month_approach_and_stage() -> None:
    scene = Scene()
    case = scene.answered()
    scene.answered(at=factories.NOW - timedelta(days=40))
    scene.say("plan")
    scene.say("respond", minutes=60, pence_an_hour=3000)
    found = scene.costs()
    both = Cost(2, 90, 30 * 2000 + 60 * 3000)
    assert dict(found.months)[APRIL] == both
    assert dict(found.months)[date(2026, 2, 1)] == both
    assert dict(found.months)[date(2025, 12, 1)] is None
    assert dict(found.months)[MARCH] == Cost()
    assert [(part.approach, part.stage, part.cost.steps) for part in found.parts] == [("Closer look", 1, 4)]
    assert [name for name, _ in found.steps] == [
        "Writing a response, until it goes for sign-off",
        "Agreeing or changing the plan",
    ]
    assert found.total == both + both
    assert found.total.pounds == "£80"
    assert "Signing a response" in found.uncounted
    assert "Agreeing or changing the plan" not in found.uncounted
    of = queries.of_case(case)
    assert of.total == both
    assert [(name, one.pence) for name, one in of.steps] == [
        ("Agreeing or changing the plan", 1000), ("Writing a response, until it goes for sign-off", 3000),
    ]  # fmt: skip


def test_what_happens_after_the_case_goes_to_stage_2_is_of_stage_2() -> None:
    scene = Scene()
    case = scene.answered()
    scene.say("contact", minutes=15)
    for number, kind in ((90, "contact_logged"), (91, "escalated"), (92, "update_sent"), (93, "message_sent")):
        CaseEvent.objects.create(case=case, number=number, kind=kind, at=factories.NOW, recorded_at=factories.NOW,
                                 actor_kind="staff", actor_id=str(scene.handler.pk), data={})  # fmt: skip
    Case.objects.filter(pk=case.pk).update(stage=2)
    assert [(part.stage, part.cost.steps) for part in scene.costs().parts] == [(1, 1), (2, 2)]


def test_the_present_month_and_other_bodies_are_left_out() -> None:
    scene, elsewhere = Scene(), Scene()
    scene.say()
    elsewhere.say()
    elsewhere.answered()
    scene.answered(at=factories.NOW + timedelta(days=40))
    assert scene.costs().total == Cost()


def test_a_service_manager_sees_what_their_services_cost() -> None:
    scene = Scene()
    scene.say()
    scene.answered()
    assert scene.costs(factories.person(scene.body, "service_manager")).total.steps == 1
    assert scene.costs(factories.person(scene.body, "service_manager", service=scene.other)).total.steps == 0


def test_what_is_said_is_dated_kept_and_has_its_source() -> None:
    scene = Scene()
    scene.say()
    scene.say(minutes=40)
    scene.say(from_month=APRIL, minutes=0)
    rows = queries.said(scene.body.pk)
    assert [(name, row.from_month, row.minutes) for name, row in rows] == [
        ("Agreeing or changing the plan", APRIL, 0), ("Agreeing or changing the plan", JAN, 40),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="step_cost_set").count() == 3
    page = scene.look(scene.admin, "settings/costs/")
    assert "Time study of January" in page
    assert "Not counted" in page


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"step": "tea"}, "step"),
        ({"from_month": date(2026, 1, 2)}, "from_month"),
        ({"minutes": 3000}, "minutes"),
        ({"note": " "}, "note"),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        Scene().say(**given)
    assert refused.value.field == field


def test_the_pages_say_that_it_is_no_target() -> None:
    scene = Scene()
    case = scene.answered()
    scene.say()
    for person, page in [
        (scene.handler, "insight/cost/"), (scene.handler, f"cases/{case.reference}/cost/"), (scene.admin, "settings/costs/"),
    ]:  # fmt: skip
        assert "never a target" in scene.look(person, page)
    assert f"/cases/{case.reference}/cost/" in scene.look(scene.handler, f"cases/{case.reference}/history/")


def test_the_same_questions_however_much_there_is(django_assert_max_num_queries: Any) -> None:
    scene = Scene()
    scene.say()
    scene.answered()
    client = Client()
    client.force_login(scene.handler)
    address = f"/{scene.body.code}/staff/insight/cost/"
    client.get(address)
    with django_assert_max_num_queries(16) as asked:
        client.get(address)
    scene.answered()
    with django_assert_max_num_queries(len(asked)):
        client.get(address)
