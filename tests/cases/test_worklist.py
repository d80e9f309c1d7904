"""The counts beside the worklist's filters are those of a direct count, whatever is chosen."""

import random

import pytest
from tests import factories

from heed.accounts.permissions import Viewer
from heed.cases.models import Case
from heed.cases.queries import worklist
from heed.cases.queries.worklist import MINE, NONE, RISKS, UNASSIGNED, Chosen
from heed.cases.rules import STEPS
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy() -> tuple[Organisation, list[Viewer]]:
    """Forty cases scattered over steps, risks, services and people; some closed with nothing to do."""
    of = factories.organisation()
    services = [of.services.get(), factories.service(of), None]
    handler, other = factories.person(of, "handler"), factories.person(of, "complaints_manager")
    people = [handler, other, factories.person(of, "investigator"), factories.person(of, "service_manager"), None]
    chance = random.Random(4)
    for _ in range(40):
        made = factories.case(of)
        step = chance.choice([*STEPS, ""])
        Case.objects.filter(pk=made.pk).update(
            service=chance.choice(services), handler=chance.choice(people), investigator=chance.choice(people),
            risk=chance.choice(["", "low", "high"]), next_step=step, next_step_on=factories.NOW.date() if step else None,
        )  # fmt: skip
    return of, [factories.viewer(person, of) for person in people if person]


def test_counts_are_those_of_a_direct_count(busy: tuple[Organisation, list[Viewer]]) -> None:
    of, viewers = busy
    values = {
        "whose": ["", MINE, UNASSIGNED],
        "step": ["", *STEPS],
        "risk": ["", *RISKS],
        "service": ["", NONE, *(str(pk) for pk in of.services.values_list("pk", flat=True))],
    }
    chance = random.Random(5)
    for viewer in viewers:
        for _ in range(5):
            chosen = {name: chance.choice(["", chance.choice(known)]) for name, known in values.items()}
            counted = worklist.counts(viewer, Chosen(**chosen))
            for name, known in values.items():
                for value in known[1:]:
                    direct = worklist.worklist(viewer, Chosen(**{**chosen, name: value})).count()
                    assert counted.of(name, value) == direct, (viewer.role_names, chosen, name, value)
                assert counted.total(name) == worklist.worklist(viewer, Chosen(**{**chosen, name: ""})).count()


def test_each_filter_reads_an_index_and_sorts_nothing_for_who_sees_all(busy: tuple[Organisation, list[Viewer]]) -> None:
    """However many cases there are, a page of them is read off an index in its order."""
    of, viewers = busy
    service = str(of.services.first().pk)
    for chosen in (
        Chosen(),
        Chosen(step="register"),
        Chosen(risk="high"),
        Chosen(service=service),
        Chosen(whose=UNASSIGNED),
    ):
        plan = worklist.worklist(viewers[0], chosen).order_by("next_step_on", "pk")[:51].explain()
        assert "TEMP B-TREE FOR ORDER BY" not in plan, (chosen, plan)
        assert "SCAN cases_case" not in plan, (chosen, plan)
