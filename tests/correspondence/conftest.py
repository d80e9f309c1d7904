"""An organisation, a person who wrote to it, and the thread between them."""

from datetime import UTC, datetime

import pytest

from heed.audit.actor import Actor, system
from heed.correspondence import actions
from heed.correspondence.models import Correspondent, Thread
from heed.organisations.models import Organisation

AT = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
WORKER = system("worker")


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def public() -> Actor:
    return Actor("public", "7", "riverside-nhs")


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(
        code="riverside-nhs",
        name="Riverside NHS Trust",
        short_name="Riverside",
        sector="nhs",
        procedure="nhs-2009",
        subject_list="nhs",
        reference_prefix="R",
        contact_phone="01632 960001",
        contact_email="listen@riverside.example",
    )


@pytest.fixture
def person(public: Actor) -> Correspondent:
    return actions.add_correspondent(
        by=public, at=AT, name="Amina Ahmed", address_as="Mrs Ahmed", email="amina@example.org", email_is_private=True
    )


@pytest.fixture
def thread(organisation: Organisation, person: Correspondent) -> Thread:
    return actions.open_thread(organisation_id=organisation.pk, correspondent=person, at=AT)
