"""Promise a change, and keep the promise honest: another day only with the reason."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.models import Case
from heed.design.text import clean_text
from heed.facts import actions as facts
from heed.learning import projections, rules, smart
from heed.learning.actions import tell
from heed.learning.actions.log import Change, changing, refuse_if_against, staff_id
from heed.learning.actions.own import ask_owner, check_owner, outside_owner, owner_of
from heed.learning.models import Action, LearningPoint
from heed.learning.rules import Promised

NOBODY_ALONE = "It comes of what many people told us, and of nobody’s complaint alone."


@transaction.atomic
def promise_action(
    *,
    learning_point_id: int,
    promised: Promised,
    tell_person: bool = True,
    not_told_reason: str = "",
    message: str = "",
    keep_reason: str = "",
    by: Actor,
    at: datetime,
) -> Action:
    """Promise one specific, owned, dated and checked change because of what was learned (R153-R160), and tell the
    person unless they asked not to be told. `message`: anything to add to what they are told, in our own words. The
    same promise, sent twice, is one. `keep_reason`: why the wording is kept although the check of it (`smart`) asks for more.

    Raises Refused with a sentence and the field that it concerns."""
    point = LearningPoint.objects.select_related("organisation", "service").get(pk=learning_point_id)
    case = _locked(point, by)
    promised = _clean(promised)
    _refuse(promised, case, point, at)
    if case is None:
        tell_person, not_told_reason = False, NOBODY_ALONE
    if not tell_person and not not_told_reason.strip():
        raise Refused("Say how you know that they do not want to be told.", "not_told_reason")
    if already := _same(point, promised):
        return already
    change = Change(_make(point, promised, "" if tell_person else clean_text(not_told_reason).strip(), by, at), by, at)
    _keep_wording(change, smart.questions(promised, learned=point.text), clean_text(keep_reason).strip())
    if change.action.outside_owner:
        ask_owner(change)
    tell.of_promise(change, clean_text(message))
    change.finish()
    if case:
        facts.count_learning(str(case.pk), projections.actions_on_case(case.pk))
    return change.action


def _refuse(promised: Promised, case: Case | None, point: LearningPoint, at: datetime) -> None:
    # What comes of many may have begun before anybody saw that they were many.
    first = timezone.localdate(case.received_at) if case else promised.start_on
    if refusal := rules.why_not_promise(promised, first, timezone.localdate(at)):
        raise Refused(*refusal)
    check_owner(point, promised)


def _make(point: LearningPoint, promised: Promised, not_told_reason: str, by: Actor, at: datetime) -> Action:
    """The row, with its first event, which keeps what was first promised."""
    action = Action.objects.create(
        organisation=point.organisation, service=point.service, learning_point=point, by_id=staff_id(by), at=at,
        outside_owner=outside_owner(point.organisation_id, promised, at), not_told_reason=not_told_reason,
        **_columns(promised),
    )  # fmt: skip
    dates = {name: getattr(action, name) for name in rules.DATE_FIELDS}
    Change(action, by, at).event("promised", **owner_of(action), **dates)
    return action


def _locked(point: LearningPoint, by: Actor) -> Case | None:
    """The case that it was learned from, None where it was from many. What is locked makes that two promises at once are
    both counted, and a double click finds the first."""
    refuse_if_against(by, point.case_ids)
    if point.case_id is None:
        LearningPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
        return None
    case = Case.objects.select_for_update(of=("self",)).select_related("feedback").get(pk=point.case_id)
    point.case = case
    return case


def _columns(promised: Promised) -> dict[str, Any]:
    return {name: value for name, value in asdict(promised).items() if name not in rules.OUTSIDE}


def _same(point: LearningPoint, promised: Promised) -> Action | None:
    """The same promise, sent before."""
    same = Action.objects.filter(learning_point=point, **_columns(promised))
    return same.filter(outside_owner__email=promised.outside_email or None).first()


def _keep_wording(change: Change, asked: Sequence[smart.Question], reason: str) -> None:
    """What was asked of the wording and kept all the same, with the reason."""
    if asked and reason:
        codes = " ".join(question.code for question in asked)
        change.event("kept_as_written", asked=codes.replace(" ", ","), reason_id=change.reason(reason))


def _clean(promised: Promised) -> Promised:
    words: dict[str, Any] = {name: clean_text(getattr(promised, name)).strip() for name in rules.TEXT_FIELDS}
    return replace(promised, **words)


def change_dates(
    *, action_id: int, dates: dict[str, date], reason: str, by: Actor, at: datetime, version: int
) -> Action:
    """Move the finish or the days of the checks. `dates` by name of the field; what is not named stays. A person who
    was told the finish is told the new one with the reason. The first promise stays what "on time" is measured by."""
    if not reason.strip():
        raise Refused("Say why the days change. The person reads it if the finish moves.", "reason")
    with changing(action_id, by=by, at=at, version=version) as change:
        action, today = change.action, timezone.localdate(at)
        new = {name: dates.get(name, getattr(action, name)) for name in rules.DATE_FIELDS}
        moved = [name for name in rules.DATE_FIELDS if new[name] != getattr(action, name)]
        _check_moves(action, moved, new, today)
        was_on = action.finish_on
        for name in moved:
            setattr(action, name, new[name])
        reason_id = change.reason(clean_text(reason))
        change.event(
            "dates_changed", reason_id=reason_id, finish_was=was_on, **{name: new[name] for name in rules.DATE_FIELDS}
        )
        tell.of_delay(change, was_on, clean_text(reason).strip())
    return action


def _check_moves(action: Action, moved: list[str], new: dict[str, date], today: date) -> None:
    if not moved:
        raise Refused("None of the days is another than before.")
    for name in ("start_on", "finish_on"):
        if name in moved and action.state in ("done", "completed"):
            raise Refused("The action is done. Only the days of its checks can change.", name)
    if "start_on" in moved and action.state != "promised":
        raise Refused("The action has started already.", "start_on")
    for name in moved:
        if new[name] < today:
            raise Refused("A day that is promised anew cannot be in the past.", name)
    if refusal := rules.why_not_dates(new, today):
        raise Refused(*refusal)
