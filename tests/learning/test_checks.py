"""`heed check` finds an action whose log, fact or case says something else."""

from datetime import date

import pytest
from tests.learning.scene import JUNE_1, Doing

from heed.cases.models import Case
from heed.facts.models import ActionFact, CaseFact
from heed.learning import actions, checks
from heed.learning.models import Action

pytestmark = pytest.mark.django_db


def lines(sample: int | None = None) -> list[str]:
    return [line for _, found in checks.problems(sample) for line in found]


def test_what_the_actions_wrote_agrees(completed: Action, doing: Doing) -> None:
    doing(actions.record_check, date(2026, 9, 7), kind="impact", done_on=date(2026, 9, 7), worked=True, note="Yes")
    assert lines() == []
    assert lines(sample=5) == []
    assert sum(compared for compared, _ in checks.problems()) == 1


def test_each_kind_of_difference_is_a_line(action: Action, case: Case) -> None:
    Action.objects.filter(pk=action.pk).update(state="started", started_on=JUNE_1)
    CaseFact.objects.update(learning_actions=2)
    assert lines() == [
        f"action {action.pk} is started, its events lead to promised",
        f"action {action.pk}: owed_on is 2026-06-01, worked out again it is 2026-06-15",
        f"action {action.pk}: owed_what is start, worked out again it is progress",
        f"action {action.pk}: fact started_on is None, worked out again it is 2026-06-01",
        f"case {case.pk}: fact learning_actions is 2, counted again it is 1",
    ]


def test_a_missing_fact_is_found(action: Action) -> None:
    ActionFact.objects.all().delete()
    assert lines() == [f"action {action.pk} has no fact row", "there are 0 fact rows for 1 actions"]
