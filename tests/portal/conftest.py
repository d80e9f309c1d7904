"""An organisation, somebody at its pages, and time that stands still."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from tests import factories
from tests.portal.visitor import NOW, Visitor, answer

from heed.cases.models import Case
from heed.organisations.models import Organisation


@pytest.fixture
def clock() -> Iterator[Any]:
    """Time stands still at NOW; `clock.shift(timedelta)` moves it."""
    with time_machine.travel(NOW, tick=False) as travelled:
        yield travelled


@pytest.fixture
def of(db: None, clock: Any) -> Organisation:
    """An NHS body with two services and other places to turn to."""
    made = factories.organisation(
        code="riverside-nhs", name="Riverside NHS Trust", reference_prefix="RV", uses_nhs_number=True,
        local_identifier_name="Hospital number", contact_address="Mill Lane, Riverside",
        other_services="Urgent help: call 999, or 111.\nChange an appointment: call the number on your letter.",
    )  # fmt: skip
    factories.service(made, "emergency", name="Emergency department", group="Hospital")
    return made


@pytest.fixture
def council(db: None, clock: Any) -> Organisation:
    return factories.organisation("lgsco-2024", code="fenwick-council", name="Fenwick Council")


@pytest.fixture
def visitor(of: Organisation) -> Visitor:
    return Visitor(of)


@pytest.fixture
def answered(of: Organisation, clock: Any) -> tuple[Visitor, Case]:
    """A visitor whose complaint was answered a day later, and its case. The clock stands a week after that."""
    return answered_at(of, clock)


def answered_at(of: Organisation, clock: Any) -> tuple[Visitor, Case]:
    person = Visitor(of)
    person.send(
        place={"service": str(of.services.order_by("pk").last().pk)},
        you={
            "name": "Amina Ahmed",
            "address_as": "Mrs Ahmed",
            "ways": ["email"],
            "email": "amina@post.example",
            "email_is_private": "on",
        },
    )
    case = answer(person.feedback().case, NOW + timedelta(days=1))
    clock.shift(timedelta(days=7))
    return person, case
