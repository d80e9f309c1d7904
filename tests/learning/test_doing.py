"""An action is completed with evidence, checked, and moved only with a reason; its fact follows."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests import factories
from tests.learning.scene import JUNE_1, JUNE_30, Doing, noon

from heed.accounts.models import User
from heed.audit.refusals import Refused
from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.facts.models import ActionFact
from heed.learning import actions, projections, queries
from heed.learning.models import Action
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_every_change_leaves_a_fact_that_is_worked_out_again_alike(doing: Doing, completed: Action) -> None:
    doing(actions.record_check, date(2026, 7, 7), kind="completion", done_on=date(2026, 7, 7), worked=False,
          note="Two of three", again_on=date(2026, 7, 20))  # fmt: skip
    assert_fact_as_recomputed(completed)
    assert ActionFact.objects.get().verified_on is None
    doing(actions.record_check, date(2026, 7, 20), kind="completion", done_on=date(2026, 7, 20), worked=True,
          note="Three of three")  # fmt: skip
    doing(actions.record_check, date(2026, 9, 1), kind="impact", done_on=date(2026, 9, 1), worked=False,
          note="Fewer, not yet half", again_on=date(2026, 12, 1))  # fmt: skip
    doing(
        actions.record_check, date(2026, 10, 1), kind="maintenance", done_on=date(2026, 10, 1), worked=True, note="Ten"
    )
    assert_fact_as_recomputed(completed)
    fact = ActionFact.objects.get()
    assert (fact.verified_on, fact.impact_measured_on, fact.sustained_on) == (
        date(2026, 7, 20), date(2026, 9, 1), date(2026, 10, 1)
    )  # fmt: skip
    assert fact.verify_due_on == date(2026, 7, 7), "what was first promised stays what was due"


def assert_fact_as_recomputed(action: Action) -> None:
    kept = ActionFact.objects.values().get(action_id=str(action.pk))
    expected = projections.fact(projections.with_all_for_facts(Action.objects.all()).get(pk=action.pk))
    assert expected == projections.fact(Action.objects.get(pk=action.pk))
    assert {name: kept[name] for name in expected} == expected


def test_starting_and_starting_again(doing: Doing) -> None:
    with pytest.raises(Refused, match="future") as refused:
        doing(actions.start, JUNE_1, started_on=JUNE_30)
    assert refused.value.field == "started_on"
    doing(actions.start, JUNE_1, started_on=JUNE_1)
    with pytest.raises(Refused, match="started"):
        doing(actions.start, JUNE_1, started_on=JUNE_1)


def test_it_is_not_completed_without_evidence(doing: Doing) -> None:
    with pytest.raises(Refused, match="Show that it was done") as refused:
        doing(actions.complete, JUNE_30, completed_on=JUNE_30, evidence="  ")
    assert refused.value.field == "evidence"
    assert Action.objects.get().state == "promised"


def test_the_database_too_refuses_completion_without_evidence(action: Action) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(state="completed", completed_on=JUNE_30)


def test_it_is_not_completed_once_every_check_has_passed_unmade(doing: Doing) -> None:
    late = date(2026, 9, 2)
    with pytest.raises(Refused, match="1 September 2026, which has passed"):
        doing(actions.complete, late, completed_on=late, evidence="The sheet")
    doing(actions.record_check, late, kind="completion", done_on=late, worked=True, note="Watched three")
    doing(actions.complete, late, completed_on=late, evidence="The sheet")
    assert Action.objects.get().state == "completed"


def test_the_person_is_told_of_completion_and_of_the_check(completed: Action, case: Case) -> None:
    last = Message.objects.filter(thread=case.feedback.thread, channel="portal").latest("pk")
    assert "30 June 2026" in last.body
    assert "On 7 July 2026 we will check" in last.body
    assert Action.objects.get().told_completed_at == noon(JUNE_30)
    assert queries.for_person(case.pk)[0].done_on == JUNE_30


def test_a_failed_check_has_to_be_made_again(doing: Doing, completed: Action) -> None:
    with pytest.raises(Refused) as refused:
        doing(
            actions.record_check, date(2026, 7, 7), kind="completion", done_on=date(2026, 7, 7), worked=False, note="No"
        )
    assert refused.value.field == "again_on"
    doing(actions.record_check, date(2026, 7, 7), kind="completion", done_on=date(2026, 7, 7), worked=False, note="No",
          again_on=date(2026, 8, 3))  # fmt: skip
    assert Action.objects.get().completion_check_on == date(2026, 8, 3)
    assert queries.owed(Action.objects.get()) == (date(2026, 8, 3), "Check completion")


def test_whether_it_lasts_is_asked_after_completion_only(doing: Doing) -> None:
    for kind in ("maintenance", "impact"):
        with pytest.raises(Refused) as refused:
            doing(actions.record_check, JUNE_30, kind=kind, done_on=JUNE_30, worked=True, note="Yes")
        assert refused.value.field == "kind"


def test_days_move_only_with_a_reason_and_the_person_reads_it(doing: Doing, case: Case) -> None:
    later = date(2026, 7, 3)
    with pytest.raises(Refused) as refused:
        doing(actions.change_dates, JUNE_1, dates={"finish_on": later}, reason=" ")
    assert refused.value.field == "reason"
    doing(actions.change_dates, JUNE_1, dates={"finish_on": later}, reason="The new sheet is at the printer’s.")
    told = Message.objects.filter(thread=case.feedback.thread, channel="portal").latest("pk")
    assert "30 June 2026" in told.body
    assert "3 July 2026" in told.body
    assert "printer" in told.body
    assert ActionFact.objects.get().due_on == JUNE_30, "a promise that moved was not kept"


def test_a_check_that_moves_tells_nobody_anything(doing: Doing, case: Case) -> None:
    before = Message.objects.count()
    doing(actions.change_dates, JUNE_1, dates={"impact_check_on": date(2026, 11, 1)}, reason="Figures come in October.")
    assert Message.objects.count() == before
    with pytest.raises(Refused, match="None of the days"):
        doing(actions.change_dates, JUNE_1, dates={"impact_check_on": date(2026, 11, 1)}, reason="Again")


def test_another_owner_needs_a_reason_and_the_right_to_act(doing: Doing, body: Organisation, owner: User) -> None:
    other = factories.person(body, "action_owner", name="Nia Hughes")
    with pytest.raises(Refused) as refused:
        doing(actions.give_to, JUNE_1, owner_id=other.pk, reason="")
    assert refused.value.field == "reason"
    with pytest.raises(Refused, match="already"):
        doing(actions.give_to, JUNE_1, owner_id=owner.pk, reason="Leave")
    doing(actions.give_to, JUNE_1, owner_id=other.pk, reason="Owen is on leave.")
    action = Action.objects.get()
    assert action.owner == other
    assert queries.history(action)[0].sentence == "Owen Price gave the action to Nia Hughes."
    assert queries.history(action)[0].words == "Owen is on leave."
