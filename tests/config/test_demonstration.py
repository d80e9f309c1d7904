"""The demonstration: whoever steps in finds something to do."""

import pytest
from tests import factories

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission
from heed.cases.queries import worklist
from heed.config.demonstration.fill import fill
from heed.learning import queries as learning
from heed.learning.models import Action
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_each_of_the_cast_finds_something_to_do() -> None:
    fill(factories.NOW)
    for of in Organisation.objects.all():
        for person in accounts.members(of.pk):
            viewer = accounts.viewer(person, of)
            assert viewer is not None
            steps = worklist.counts(viewer, worklist.EVERYTHING).by["step"]
            if viewer.may(Permission.SIGN):
                assert steps["sign"], (of.code, person.name)
            elif viewer.may(Permission.SEE_ASSIGNED_CASES) or viewer.may(Permission.DO_ACTIONS):
                assert steps or learning.counts(viewer)[True, "open"], (of.code, person.name)
            elif viewer.may(Permission.LOG_FEEDBACK):
                assert steps, (of.code, person.name)
    slipped = Action.objects.get(step__startswith="Put a box with a lid", reopened_at__isnull=False)
    assert (slipped.state, slipped.checks.filter(worked=False).count()) == ("started", 1)
