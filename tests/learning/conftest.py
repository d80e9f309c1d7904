"""A case, what was learned from it, and an action that was promised because of it."""

from datetime import date

import pytest
from tests import factories
from tests.learning.scene import AT, JULY_7, JUNE_1, JUNE_30, Doing
from tests.learning.told import Telling

from heed.accounts.models import User
from heed.cases.models import Case
from heed.learning import actions
from heed.learning.models import Action, LearningPoint
from heed.learning.rules import Promised
from heed.organisations.models import Organisation


@pytest.fixture
def body() -> Organisation:
    return factories.organisation()


@pytest.fixture
def manager(body: Organisation) -> User:
    return factories.person(body, "complaints_manager", name="Morag Ellis")


@pytest.fixture
def owner(body: Organisation) -> User:
    return factories.person(body, "action_owner", name="Owen Price")


@pytest.fixture
def case(body: Organisation, manager: User) -> Case:
    return factories.registered(body, manager)


@pytest.fixture
def point(body: Organisation, manager: User, case: Case) -> LearningPoint:
    return actions.record_learning(
        case_id=case.pk, text="Nobody owns a call for help after the shift changes.", level="organisation",
        by=factories.actor(manager, body), at=AT,
    )  # fmt: skip


@pytest.fixture
def promised(owner: User) -> Promised:
    return Promised(
        step="The nurse in charge takes over open calls at every handover.",
        owner_id=owner.pk,
        start_on=JUNE_1,
        finish_on=JUNE_30,
        standard_met="The trust's handover policy, section 4",
        involvement="She reads the new handover sheet first.",
        progress_check="Ask the ward at the weekly meeting",
        progress_check_on=date(2026, 6, 15),
        completion_check="Watch three handovers",
        completion_check_on=date(2026, 7, 7),
        maintenance_check="Audit ten sheets",
        maintenance_check_on=date(2026, 10, 1),
        impact_check="Count calls that are answered late",
        impact_check_on=date(2026, 9, 1),
    )


@pytest.fixture
def action(body: Organisation, manager: User, point: LearningPoint, promised: Promised) -> Action:
    return actions.promise_action(
        learning_point_id=point.pk, promised=promised, by=factories.actor(manager, body), at=AT
    )


@pytest.fixture
def doing(action: Action, body: Organisation, owner: User) -> Doing:
    return Doing(action, body, owner)


@pytest.fixture
def looking(action: Action, body: Organisation, manager: User) -> Doing:
    """Somebody else than the owner."""
    return Doing(action, body, manager)


@pytest.fixture
def done(doing: Doing) -> Action:
    doing(actions.start, JUNE_1, started_on=JUNE_1)
    return doing(actions.show_done, JUNE_30, done_on=JUNE_30, evidence="The new sheet hangs in the office.")


@pytest.fixture
def completed(looking: Doing, done: Action) -> Action:
    looking(
        actions.record_check, JULY_7, kind="completion", done_on=JULY_7, worked=True, note="I watched three handovers."
    )
    return Action.objects.get(pk=done.pk)


@pytest.fixture
def chief(body: Organisation) -> User:
    return factories.person(body, "responsible_person", name="Ruth Castellanos")


@pytest.fixture
def telling(body: Organisation, manager: User, chief: User) -> Telling:
    return Telling(body, manager, chief)
