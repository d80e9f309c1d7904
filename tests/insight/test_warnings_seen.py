"""Early warnings: whom they are for, what the budget is, and what is said of young series."""

from datetime import timedelta
from typing import Any

import pytest
from tests import factories
from tests.insight.rises import TODAY, add, alarm, night, quiet, riverside

from heed.accounts.permissions import Viewer
from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.insight.actions import warnings
from heed.insight.models import Alarm, WatchCalibration
from heed.insight.queries import budget, watching
from heed.insight.queries import warnings as queries
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Organisation:
    return riverside()


def test_a_young_organisation_is_told_as_young() -> None:
    body = factories.organisation()
    quiet(body.code, {("first", "appointments"): 4.0}, weeks=40, seed=2)
    add(body.code, "first", "appointments", 20)
    night(body)
    raised = alarm(body)
    assert raised.young
    line = queries.lines(body, [raised])[0]
    assert any(note.startswith("A young series") for note in line.notes)
    empty = factories.organisation()
    assert night(empty).looks == []
    assert budget.promise(empty).looked_at is None


def test_the_budget_is_kept_with_who_and_when_and_counts_from_the_next_night(body: Organisation) -> None:
    admin = factories.person(body, "administrator")
    night(body)
    by = factories.actor(admin, body)
    with pytest.raises(Refused, match="cannot have more"):
        warnings.set_budget(organisation=body, budget=5, wide_budget=50, by=by, at=factories.NOW)
    with pytest.raises(Refused, match="one of the budgets"):
        warnings.set_budget(organisation=body, budget=7, wide_budget=5, by=by, at=factories.NOW)
    warnings.set_budget(organisation=body, budget=10, wide_budget=5, by=by, at=factories.NOW)
    entry = Entry.objects.get(verb="warning_budget_set")
    assert (entry.actor_id, entry.detail) == (str(admin.pk), {"budget": 10, "wide_budget": 5})
    assert budget.promise(body).changed.startswith(admin.name)
    night(body, TODAY + timedelta(days=1))
    assert set(WatchCalibration.objects.values_list("budget", flat=True)) == {50, 10}


def viewer_of(body: Organisation, *roles: str, **more: Any) -> Viewer:
    return factories.viewer(factories.person(body, *roles, **more), body)


def test_who_sees_which(body: Organisation) -> None:
    add(body.code, "first", "appointments", 20)
    night(body)
    every = Alarm.objects.count()
    for role in ("handler", "complaints_manager", "responsible_person"):
        assert queries.visible(viewer_of(body, role)).count() == every
    own = queries.visible(viewer_of(body, "service_manager"))
    assert set(own.values_list("service", flat=True)) == {"first"}
    assert queries.counts(viewer_of(body, "service_manager"))["open"] == 1
    second = viewer_of(body, "service_manager", service=body.services.get(code="second"))
    assert not queries.visible(second).exists()
    for role in ("overseer", "front_line", "investigator", "action_owner", "administrator"):
        seen = viewer_of(body, role)
        assert not queries.visible(seen).exists()
        assert queries.open_line(seen) is None
    assert queries.open_line(viewer_of(body, "overseer", "handler")) == 1


def test_as_many_questions_however_many_series(body: Organisation, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(6):
        watching.series(body, "week", TODAY)
    quiet(body.code, {("first", f"subject_{number}"): 0.5 for number in range(40)}, weeks=200, seed=9)
    with django_assert_num_queries(6):
        found, _ = watching.series(body, "week", TODAY)
    assert len(found.keys) == 8 + 2 * 40
