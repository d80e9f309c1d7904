"""What is promised is specific, owned, dated and checked; the person is told; the log holds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests import factories
from tests.learning.scene import AT, JUNE_1, JUNE_30, Doing

from heed.accounts.models import User
from heed.audit.refusals import Refused, Stale
from heed.cases.actions import triage
from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.facts.models import ActionFact, CaseFact
from heed.learning import actions, lifecycle, queries
from heed.learning.models import Action, LearningPoint
from heed.learning.rules import Promised
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_learning_needs_words_and_a_place(body: Organisation, manager: User, case: Case) -> None:
    by = factories.actor(manager, body)
    with pytest.raises(Refused, match="what was learned") as refused:
        actions.record_learning(case_id=case.pk, text=" \n", level="service", by=by, at=AT)
    assert refused.value.field == "text"
    with pytest.raises(Refused) as refused:
        actions.record_learning(case_id=case.pk, text="Calls", level="everywhere", by=by, at=AT)
    assert refused.value.field == "level"
    elsewhere = factories.service(factories.organisation())
    with pytest.raises(Refused) as refused:
        actions.record_learning(case_id=case.pk, text="Calls", level="service", service_id=elsewhere.pk, by=by, at=AT)
    assert refused.value.field == "service_id"
    assert not LearningPoint.objects.exists()


def test_an_issue_of_another_case_is_refused(body: Organisation, manager: User, case: Case) -> None:
    other = factories.registered(body, manager)
    issue = triage.add_issue(
        case_id=other.pk, summary="Waiting", subject="other", by=factories.actor(manager, body), at=AT,
        version=factories.fresh(other).version,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.record_learning(
            case_id=case.pk, text="Calls", level="service", issue_id=issue.pk, by=factories.actor(manager, body), at=AT
        )
    assert refused.value.field == "issue_id"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("step", "  "),
        ("step", "Train staff"),
        ("standard_met", ""),
        ("involvement", ""),
        ("progress_check", ""),
        ("completion_check", ""),
        ("maintenance_check", ""),
        ("impact_check", ""),
        ("start_on", date(2026, 4, 1)),
        ("start_on", date(2026, 7, 1)),
        ("finish_on", date(2026, 5, 19)),
        ("finish_on", date(2046, 5, 19)),
        ("progress_check_on", date(2026, 7, 1)),
        ("progress_check_on", date(2026, 5, 31)),
        ("completion_check_on", date(2026, 6, 29)),
        ("maintenance_check_on", date(2026, 7, 7)),
        ("impact_check_on", JUNE_30),
    ],
)
def test_a_promise_that_could_not_be_checked_is_refused_beside_its_question(
    body: Organisation, manager: User, point: LearningPoint, promised: Promised, field: str, value: Any
) -> None:
    with pytest.raises(Refused) as refused:
        actions.promise_action(
            learning_point_id=point.pk, promised=replace(promised, **{field: value}),
            by=factories.actor(manager, body), at=AT,
        )  # fmt: skip
    expected = "finish_on" if (field, value) == ("start_on", date(2026, 7, 1)) else field
    assert refused.value.field == expected
    assert str(refused.value).endswith(".")
    assert not Action.objects.exists()


def test_the_owner_must_be_somebody_who_carries_out_actions(
    body: Organisation, manager: User, point: LearningPoint, promised: Promised
) -> None:
    front_line = factories.person(body, "front_line")
    stranger = factories.person(factories.organisation(), "action_owner")
    for person in (front_line, stranger):
        with pytest.raises(Refused) as refused:
            actions.promise_action(
                learning_point_id=point.pk, promised=replace(promised, owner_id=person.pk),
                by=factories.actor(manager, body), at=AT,
            )  # fmt: skip
        assert refused.value.field == "owner_id"


def test_nobody_complained_about_owns_or_makes_an_action(
    body: Organisation, manager: User, owner: User, case: Case, point: LearningPoint, promised: Promised
) -> None:
    by = factories.actor(manager, body)
    learner = factories.person(body, "investigator")
    against = [triage.Against(person_id=owner.pk), triage.Against(person_id=learner.pk)]
    triage.record_against(case_id=case.pk, against=against, by=by, at=AT, version=factories.fresh(case).version)
    with pytest.raises(Refused, match="complained about") as refused:
        actions.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=AT)
    assert refused.value.field == "owner_id"
    with pytest.raises(Refused, match="You are complained about"):
        actions.record_learning(
            case_id=case.pk, text="Calls", level="service", by=factories.actor(learner, body), at=AT
        )
    assert owner.pk not in dict(queries.possible_owners(body.pk, None, [case.pk]))
    assert manager.pk in dict(queries.possible_owners(body.pk, None, [case.pk]))


def test_the_person_is_told_of_the_promise_in_the_same_transaction(action: Action, case: Case) -> None:
    written = Message.objects.get(thread=case.feedback.thread, direction="out", channel="portal")
    assert action.step in written.body
    assert "Owen Price" in written.body
    assert "30 June 2026" in written.body
    letter = Message.objects.get(thread=case.feedback.thread, letter="learning_told")
    assert action.step not in letter.body, "an e-mail never carries what it is about"
    assert Action.objects.get(pk=action.pk).told_at == AT
    assert [event.kind for event in action.events.all()] == ["promised", "person_told"]


def test_who_asked_not_to_be_told_is_not_told(
    body: Organisation, manager: User, case: Case, point: LearningPoint, promised: Promised
) -> None:
    by = factories.actor(manager, body)
    with pytest.raises(Refused) as refused:
        actions.promise_action(learning_point_id=point.pk, promised=promised, tell_person=False, by=by, at=AT)
    assert refused.value.field == "not_told_reason"
    before = Message.objects.count()
    action = actions.promise_action(
        learning_point_id=point.pk, promised=promised, tell_person=False,
        not_told_reason="She said so on the phone on 4 May.", by=by, at=AT,
    )  # fmt: skip
    Doing(action, body, manager)(actions.show_done, JUNE_30, done_on=JUNE_30, evidence="The sheet")
    Doing(action, body, factories.person(body, "handler"))(
        actions.record_check, JUNE_30, kind="completion", done_on=JUNE_30, worked=True, note="Seen"
    )
    action.refresh_from_db()
    assert (action.told_at, action.told_completed_at, Message.objects.count()) == (None, None, before)
    assert queries.for_person(case.pk) == []


def test_somebody_without_an_address_reads_it_on_their_page(
    body: Organisation, manager: User, promised: Promised
) -> None:
    case = factories.registered(body, manager, complainant=None)
    by = factories.actor(manager, body)
    point = actions.record_learning(case_id=case.pk, text="Calls", level="service", by=by, at=AT)
    action = actions.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=AT)
    assert action.told_at is None
    assert [change.step for change in queries.for_person(case.pk)] == [promised.step]


def test_somebody_who_writes_letters_is_not_said_to_be_told(
    body: Organisation, manager: User, promised: Promised
) -> None:
    """The words stand on their page, where nothing leads them; the next day promised stands there too."""
    case = factories.registered(
        body, manager, complainant=factories.PersonGiven(name="Edith Rowe", postal_address="3 Mill Lane")
    )
    by = factories.actor(manager, body)
    point = actions.record_learning(case_id=case.pk, text="Calls", level="service", by=by, at=AT)
    action = actions.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=AT)
    assert action.told_at is None
    assert [event.kind for event in action.events.all()] == ["promised"]
    Doing(action, body, manager)(
        actions.change_dates, JUNE_1, dates={"finish_on": date(2026, 7, 3)}, reason="The sheet is at the printer’s."
    )
    written = [message.body for message in Message.objects.filter(thread=case.feedback.thread).order_by("pk")]
    assert promised.step in written[0]
    assert "3 July 2026" in written[1]
    assert Action.objects.get(pk=action.pk).told_at is None


def test_facts_are_written_with_the_promise(action: Action, case: Case) -> None:
    fact = ActionFact.objects.get(action_id=str(action.pk))
    assert (fact.due_on, fact.verify_due_on, fact.impact_due_on, fact.sustain_due_on, fact.completed_on) == (
        JUNE_30, date(2026, 7, 7), date(2026, 9, 1), date(2026, 10, 1), None
    )  # fmt: skip
    assert CaseFact.objects.get(case_id=str(case.pk)).learning_actions == 1


def test_a_second_editor_is_told_who_changed_what(doing: Doing, action: Action) -> None:
    doing(actions.start, JUNE_1, started_on=JUNE_1)
    with pytest.raises(Stale, match="Owen Price started the action on 1 June 2026"):
        doing(actions.show_done, JUNE_30, done_on=JUNE_30, evidence="The sheet", version=action.version)


def test_the_log_is_append_only_below_the_orm(action: Action) -> None:
    for statement in ("UPDATE learning_actionevent SET kind = 'x'", "DELETE FROM learning_actionevent"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert action.events.count() == 2


def test_the_log_holds_no_words_and_leads_to_the_state(doing: Doing, completed: Action) -> None:
    october = date(2026, 10, 1)
    doing(actions.record_check, october, kind="impact", done_on=october, worked=True, note="Half as many")
    events = list(completed.events.order_by("number"))
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert lifecycle.replay([event.kind for event in events]) == Action.objects.get().state
    for event in events:
        for value in event.data.values():
            assert value is None or isinstance(value, int | bool) or " " not in value, event.data


def test_everything_is_undone_when_the_person_cannot_be_told(
    monkeypatch: pytest.MonkeyPatch, body: Organisation, manager: User, point: LearningPoint, promised: Promised
) -> None:
    def fails(**_: Any) -> None:
        raise RuntimeError("the letter is broken")

    monkeypatch.setattr("heed.learning.actions.tell.message_to_person", fails)
    with pytest.raises(RuntimeError):
        actions.promise_action(learning_point_id=point.pk, promised=promised, by=factories.actor(manager, body), at=AT)
    assert not Action.objects.exists()
    assert not ActionFact.objects.exists()
    assert CaseFact.objects.get().learning_actions == 0


def test_what_is_sent_twice_is_kept_once(
    body: Organisation, manager: User, case: Case, point: LearningPoint, action: Action, promised: Promised
) -> None:
    by = factories.actor(manager, body)
    again = actions.record_learning(case_id=case.pk, text=point.text, level=point.level, by=by, at=AT)
    assert again == point
    told = Message.objects.count()
    assert actions.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=AT) == action
    other = replace(promised, finish_on=date(2026, 7, 1))
    assert actions.promise_action(learning_point_id=point.pk, promised=other, by=by, at=AT) != action
    assert (Action.objects.count(), Message.objects.count() - told) == (2, 2)
