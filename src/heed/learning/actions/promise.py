"""Promise a change, and keep the promise honest: another day or another owner only with the reason."""

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.models import Case, ComplainedAbout
from heed.design.text import clean_text
from heed.facts import actions as facts
from heed.learning import projections, rules
from heed.learning.actions import tell
from heed.learning.actions.log import Change, changing, refuse_if_complained_about, staff_id
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
    by: Actor,
    at: datetime,
) -> Action:
    """Promise one specific, owned, dated and checked change because of what was learned (R153-R160), and tell the
    person unless they asked not to be told. `message`: anything to add to what they are told, in our own words. The
    same promise, sent twice, is one.

    Raises Refused with a sentence and the field that it concerns."""
    point = LearningPoint.objects.select_related("organisation", "service").get(pk=learning_point_id)
    case = _locked(point, by)
    promised = _clean(promised)
    # What comes of many may have begun before anybody saw that they were many.
    first = timezone.localdate(case.received_at) if case else promised.start_on
    if refusal := rules.why_not_promise(promised, first, timezone.localdate(at)):
        raise Refused(*refusal)
    _check_owner(point, promised.owner_id)
    if case is None:
        tell_person, not_told_reason = False, NOBODY_ALONE
    if not tell_person and not not_told_reason.strip():
        raise Refused("Say how you know that they do not want to be told.", "not_told_reason")
    if already := Action.objects.filter(learning_point=point, **asdict(promised)).first():
        return already
    action = Action.objects.create(
        organisation=point.organisation, service=point.service, learning_point=point, by_id=staff_id(by), at=at,
        not_told_reason="" if tell_person else clean_text(not_told_reason).strip(), **asdict(promised),
    )  # fmt: skip
    change = Change(action, by, at)
    change.event("promised", owner_id=action.owner_id, **{name: getattr(action, name) for name in rules.DATE_FIELDS})
    tell.of_promise(change, clean_text(message))
    change.finish()
    if case:
        facts.count_learning(str(case.pk), projections.actions_on_case(case.pk))
    return action


def _locked(point: LearningPoint, by: Actor) -> Case | None:
    """The case that it was learned from, None where it was from many. What is locked makes that two promises at once are
    both counted, and a double click finds the first."""
    if point.case_id is None:
        LearningPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
        return None
    case = Case.objects.select_for_update(of=("self",)).select_related("feedback").get(pk=point.case_id)
    point.case = case
    refuse_if_complained_about(case.pk, by)
    return case


def _clean(promised: Promised) -> Promised:
    words: dict[str, Any] = {name: clean_text(getattr(promised, name)).strip() for name in rules.TEXT_FIELDS}
    return replace(promised, **words)


def _check_owner(point: LearningPoint, owner_id: int) -> None:
    owners = accounts.people_who_may(Permission.DO_ACTIONS, point.organisation_id, point.service_id)
    if not owners.filter(pk=owner_id).exists():
        raise Refused("Choose somebody of this organisation who carries out actions.", "owner_id")
    if point.case_id and ComplainedAbout.objects.filter(case_id=point.case_id, person_id=owner_id).exists():
        raise Refused("They are complained about in this case. Choose somebody else to own the action.", "owner_id")


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
        if name in moved and action.state == "completed":
            raise Refused("The action is completed. Only the days of its checks can change.", name)
    if "start_on" in moved and action.state != "promised":
        raise Refused("The action has started already.", "start_on")
    for name in moved:
        if new[name] < today:
            raise Refused("A day that is promised anew cannot be in the past.", name)
    if refusal := rules.why_not_dates(new, today):
        raise Refused(*refusal)


def give_to(*, action_id: int, owner_id: int, reason: str, by: Actor, at: datetime, version: int) -> Action:
    """Somebody else owns the action from now on."""
    if not reason.strip():
        raise Refused("Say why somebody else takes it over.", "reason")
    with changing(action_id, by=by, at=at, version=version) as change:
        action = change.action
        if owner_id == action.owner_id:
            raise Refused("They own this action already.", "owner_id")
        _check_owner(action.learning_point, owner_id)
        was = action.owner_id
        action.owner_id = owner_id
        change.event("owner_changed", owner_id=owner_id, owner_was=was, reason_id=change.reason(clean_text(reason)))
    return action
