"""An action is completed with evidence, checked, and moved only with a reason; its fact follows."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests import factories
from tests.learning.scene import JULY_7, JUNE_1, JUNE_30, Doing, noon
from tests.learning.told import Telling

from heed.accounts.models import User
from heed.audit.refusals import Refused
from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.facts.models import ActionFact
from heed.learning import actions, projections, queries
from heed.learning.models import Action
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_every_change_leaves_a_fact_that_is_worked_out_again_alike(doing: Doing, looking: Doing, done: Action) -> None:
    looking(actions.record_check, JULY_7, kind="completion", done_on=JULY_7, worked=False, note="Two of three",
            again_on=date(2026, 7, 20))  # fmt: skip
    assert_fact_as_recomputed(done)
    assert (ActionFact.objects.get().verified_on, ActionFact.objects.get().completed_on) == (None, None)
    doing(actions.show_done, date(2026, 7, 20), done_on=date(2026, 7, 19), evidence="The third ward too")
    looking(actions.record_check, date(2026, 7, 20), kind="completion", done_on=date(2026, 7, 20), worked=True,
            note="Three of three")  # fmt: skip
    doing(actions.record_check, date(2026, 9, 1), kind="impact", done_on=date(2026, 9, 1), worked=False,
          note="Fewer, not yet half", again_on=date(2026, 12, 1))  # fmt: skip
    doing(
        actions.record_check, date(2026, 10, 1), kind="maintenance", done_on=date(2026, 10, 1), worked=True, note="Ten"
    )
    assert_fact_as_recomputed(done)
    fact = ActionFact.objects.get()
    assert (fact.completed_on, fact.verified_on, fact.impact_measured_on, fact.sustained_on) == (
        date(2026, 7, 19), date(2026, 7, 20), date(2026, 9, 1), date(2026, 10, 1)
    )  # fmt: skip
    assert fact.verify_due_on == JULY_7, "what was first promised stays what was due"


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


def test_it_is_not_done_without_evidence(doing: Doing) -> None:
    with pytest.raises(Refused, match="Show that it was done") as refused:
        doing(actions.show_done, JUNE_30, done_on=JUNE_30, evidence="  ")
    assert refused.value.field == "evidence"
    assert Action.objects.get().state == "promised"


def test_nobody_checks_what_they_did_or_own(doing: Doing, looking: Doing, body: Organisation) -> None:
    look = {"kind": "completion", "done_on": JULY_7, "worked": True, "note": "Yes"}
    with pytest.raises(Refused, match="once it is shown"):
        looking(actions.record_check, JULY_7, **look)
    looking(actions.show_done, JUNE_30, done_on=JUNE_30, evidence="I hung it up for Owen.")
    for by in (doing, looking):
        with pytest.raises(Refused, match="Somebody other"):
            by(actions.record_check, JULY_7, **look)
    other = Doing(Action.objects.get(), body, factories.person(body, "handler"))
    other(actions.record_check, JULY_7, **look)
    assert Action.objects.get().state == "completed"


def test_the_database_too_refuses_completion_without_evidence(action: Action) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(state="completed", completed_on=JUNE_30)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(state="done", done_on=JUNE_30)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(owner=None)


def test_it_is_not_completed_without_a_review_ahead(doing: Doing, looking: Doing) -> None:
    late = date(2026, 10, 2)
    doing(actions.show_done, late, done_on=late, evidence="The sheet")
    look = {"kind": "completion", "done_on": late, "worked": True, "note": "Watched three"}
    with pytest.raises(Refused, match="1 October 2026, which has passed"):
        looking(actions.record_check, late, **look)
    looking(actions.change_dates, late, dates={"impact_check_on": date(2026, 12, 1)}, reason="It is done late.")
    looking(actions.record_check, late, **look)
    assert Action.objects.get().state == "completed"


def test_the_person_is_told_of_completion_and_of_the_next_look(completed: Action, case: Case) -> None:
    last = Message.objects.filter(thread=case.feedback.thread, channel="portal").latest("pk")
    assert "30 June 2026" in last.body
    assert "On 1 September 2026 we will look again" in last.body
    assert Action.objects.get().told_completed_at == noon(JULY_7)
    assert queries.for_person(case.pk)[0].done_on == JUNE_30


def test_what_is_sent_back_is_done_again_by_the_day_that_is_named(looking: Doing, done: Action, owner: User) -> None:
    look = {"kind": "completion", "done_on": JULY_7, "worked": False, "note": "One ward has none."}
    with pytest.raises(Refused) as refused:
        looking(actions.record_check, JULY_7, **look)
    assert refused.value.field == "again_on"
    looking(actions.record_check, JULY_7, **look, again_on=date(2026, 8, 3))
    action = Action.objects.get()
    assert (action.state, action.finish_on, action.completion_check_on) == (
        "started", date(2026, 8, 3), date(2026, 8, 10)
    )  # fmt: skip
    assert (action.done_on, action.completion_evidence) == (None, "")
    assert (queries.owed(action), action.owed_by) == ((date(2026, 7, 20), "Review progress"), owner)
    told = [(line.sentence, line.words) for line in queries.history(action)]
    assert ("Owen Price showed that it was done on 30 June 2026.", "The new sheet hangs in the office.") in told
    assert told[0][0] == "Morag Ellis sent it back, to be done by 3 August 2026."


def test_one_that_slipped_begins_again_and_nobody_is_left_with_what_is_no_longer_true(
    looking: Doing, completed: Action, case: Case, body: Organisation, telling: Telling
) -> None:
    october = date(2026, 10, 1)
    telling.approved("line", [completed])
    assert queries.published(body.pk) != []
    looking(actions.record_check, october, kind="maintenance", done_on=october, worked=False,
            note="Four of ten sheets are empty.", again_on=date(2026, 10, 31))  # fmt: skip
    action = Action.objects.get()
    assert (action.state, action.finish_on, action.completed_on) == ("started", date(2026, 10, 31), None)
    assert action.maintenance_check_on == date(2027, 2, 1), "as long after the finish as it was first planned"
    assert queries.published(body.pk) == []
    told = Message.objects.filter(thread=case.feedback.thread, channel="portal").latest("pk").body
    assert "no longer done as it should be" in told
    assert "31 October 2026" in told
    fact = ActionFact.objects.get()
    assert (fact.completed_on, fact.verified_on, fact.sustained_on) == (JUNE_30, JULY_7, None)
    assert_fact_as_recomputed(action)
    assert "opened" not in queries.history(action)[0].sentence
    assert queries.for_person(case.pk)[0].done_on is None


def test_checks_from_before_it_slipped_do_not_settle_what_it_owes(
    doing: Doing, looking: Doing, completed: Action
) -> None:
    october, november = date(2026, 10, 1), date(2026, 11, 2)
    looking(actions.record_check, october, kind="impact", done_on=october, worked=True, note="Half as many")
    looking(actions.record_check, october, kind="maintenance", done_on=october, worked=False, note="Four of ten",
            again_on=date(2026, 10, 31))  # fmt: skip
    doing(actions.show_done, date(2026, 10, 30), done_on=date(2026, 10, 30), evidence="Ten of ten")
    looking(actions.record_check, november, kind="completion", done_on=november, worked=True, note="Ten of ten")
    action = Action.objects.get()
    assert action.state == "completed"
    assert queries.owed(action) == (action.impact_check_on, "Check what it changed")
    looking(actions.record_check, date(2027, 2, 1), kind="maintenance", done_on=date(2027, 2, 1), worked=True,
            note="Ten of ten")  # fmt: skip
    assert ActionFact.objects.get().sustained_on == date(2027, 2, 1)


def test_progress_is_reviewed_more_than_once(doing: Doing) -> None:
    first, second = date(2026, 6, 8), date(2026, 6, 22)
    doing(actions.start, JUNE_1, started_on=JUNE_1)
    doing(actions.record_check, first, kind="progress", done_on=first, worked=True, standing="on_track", note="Drafted",
          again_on=second)  # fmt: skip
    assert queries.owed(Action.objects.get()) == (second, "Review progress")
    doing(actions.record_check, second, kind="progress", done_on=second, worked=False, standing="blocked",
          note="The printer is broken.", again_on=date(2026, 6, 26))  # fmt: skip
    action = Action.objects.get()
    assert (action.standing, action.progress_check_on) == ("blocked", date(2026, 6, 26))
    assert queries.history(action)[0].sentence == "Owen Price reviewed progress: blocked, next on 26 June 2026."
    with pytest.raises(Refused, match="after today"):
        doing(actions.record_check, second, kind="progress", done_on=second, worked=True, note="Ok", again_on=first)


def test_who_cannot_do_it_says_why_and_who_promised_it_is_asked(doing: Doing, manager: User) -> None:
    with pytest.raises(Refused) as refused:
        doing(actions.cannot, JUNE_1, reason=" ")
    assert refused.value.field == "reason"
    doing(actions.cannot, JUNE_1, reason="I move to another ward.")
    action = Action.objects.get()
    assert (queries.owed(action), action.owed_by) == ((JUNE_1, "Give it to somebody else"), manager)
    assert queries.history(action)[0].words == "I move to another ward."


def test_an_owner_without_an_account_is_named_by_name_and_address(doing: Doing, looking: Doing) -> None:
    for named, field in (
        ({"outside_name": "Kit Rowe", "outside_email": ""}, "outside_email"),
        ({"outside_name": "Kit Rowe", "outside_email": "kit"}, "outside_email"),
        ({"outside_name": "", "outside_email": "kit@care.example"}, "outside_name"),
        ({}, "owner_id"),
    ):
        with pytest.raises(Refused) as refused:
            looking(actions.give_to, JUNE_1, reason="The home does it.", **named)
        assert refused.value.field == field
    kit = {"outside_name": "Kit Rowe", "outside_email": "kit@care.example"}
    looking(actions.give_to, JUNE_1, reason="The home does it.", **kit)
    action = Action.objects.get()
    assert (action.owner, action.owner_name, action.owed_by) == (None, "Kit Rowe", None)
    assert [line.sentence for line in queries.history(action)[:2]] == [
        "Morag Ellis sent Kit Rowe a link to answer through.", "Morag Ellis gave the action to Kit Rowe."
    ]  # fmt: skip
    with pytest.raises(Refused, match="already"):
        looking(actions.give_to, JUNE_1, reason="Again", **kit)


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
