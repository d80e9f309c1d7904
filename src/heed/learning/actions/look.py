"""Look at what was promised: how it goes, whether it was done and worked, whether it lasts, what it changed (R157-R160)."""

from datetime import date, datetime

from django.utils import timezone

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.design.text import clean_text
from heed.learning import rules
from heed.learning.actions import tell
from heed.learning.actions.approve import slipped
from heed.learning.actions.log import Change, changing
from heed.learning.actions.wait import let_go_on
from heed.learning.models import Check


def record_check(
    *,
    action_id: int,
    kind: str,
    done_on: date,
    worked: bool,
    note: str,
    evidence: str = "",
    again_on: date | None = None,
    standing: str = "",
    message: str = "",
    by: Actor,
    at: datetime,
    version: int,
) -> Check:
    """Keep what a check found. One that is not as it should be names a day: when it is looked at again, or, where the
    action is done again because of it, by when that is. One that is may name the next look.

    A check of completion of what was shown to be done completes the action, or sends it back; a check of maintenance that
    finds that it is no longer done opens the action again. `standing`: of a review of progress (STANDINGS). `message`:
    anything to add to what the person is told. `evidence`: what the figures say of it, as a sentence that was worked out
    elsewhere; it is kept as it is with a check of impact.

    Raises Refused with a sentence and the field that it concerns."""
    if not note.strip():
        raise Refused("Write down what you looked at and what you found.", "note")
    with changing(action_id, by=by, at=at, version=version) as change:
        if kind == "progress":
            standing = standing or ("on_track" if worked else "late")
            worked = standing == "on_track"
        _refuse(change, kind, done_on, worked, again_on)
        action = change.action
        check = Check.objects.create(
            action=action, kind=kind, done_on=done_on, worked=worked, again_on=again_on, note=clean_text(note).strip(),
            evidence=clean_text(evidence).strip() if kind == "impact" else "",
            standing=standing if kind == "progress" else "", at=at,
            by_id=by.staff_id, outside_id=None if by.staff_id else action.outside_owner_id,
        )  # fmt: skip
        change.event(
            "check_recorded", check_id=check.pk, check=kind, worked=worked, again_on=again_on, standing=check.standing
        )
        _follow(change, check, clean_text(message))
    return check


def _refuse(change: Change, kind: str, done_on: date, worked: bool, again_on: date | None) -> None:
    action, today = change.action, timezone.localdate(change.at)
    refusal = rules.why_not_check(
        kind=kind, state=action.state, done_on=done_on, worked=worked, again_on=again_on, today=today,
        promised_on=min(timezone.localdate(action.at), action.start_on),
        shown_on=action.done_on if action.state == "done" else None,
    )  # fmt: skip
    if refusal is None and kind == "completion":
        refusal = rules.why_not_check_completion(
            by=change.by.staff_id, done_by=action.done_by_id, owner=action.owner_id
        )
    if refusal is None and kind == "completion" and worked and action.state == "done":
        refusal = rules.why_not_complete(
            planned={"maintenance": action.maintenance_check_on, "impact": action.impact_check_on},
            checked=set(action.checks.values_list("kind", flat=True)),
            today=today,
        )
    if refusal:
        raise Refused(*refusal)


def _follow(change: Change, check: Check, message: str) -> None:
    """What a check's result does to the action."""
    action = change.action
    if check.kind == "progress":
        action.standing, action.standing_on = check.standing, check.done_on
    if check.kind == "completion" and action.state == "done":
        if check.worked:
            _complete(change, message)
        else:
            _again(change, "sent_back", check)
    elif check.kind == "maintenance" and not check.worked:
        action.reopened_at = change.at
        _again(change, "slipped", check)
        slipped(action_id=action.pk, by=change.by, at=change.at)
        tell.of_slip(change, message)
    elif check.again_on:
        setattr(action, f"{check.kind}_check_on", check.again_on)


def _complete(change: Change, message: str) -> None:
    action = change.action
    if action.done_on is None:
        raise ValueError(f"action {action.pk} is done on no day")
    action.completed_on = action.done_on
    change.move("completed", completed_on=action.completed_on)
    let_go_on(change)
    tell.of_completion(change, action.completed_on, message)


def _again(change: Change, move: str, check: Check) -> None:
    """The action is done again by the day that was named; what showed it to be done stays in the history."""
    action, today = change.action, timezone.localdate(change.at)
    if check.again_on is None:
        raise ValueError(f"check {check.pk} names no day")
    before = {name: getattr(action, name) for name in rules.DATE_FIELDS}
    after = before | rules.replanned(before, check.again_on, max(today, action.start_on))
    if refusal := rules.why_not_dates(after, today):
        raise Refused(refusal[0], "again_on")
    for name, on in after.items():
        setattr(action, name, on)
    action.done_on = action.done_by_id = action.completed_on = None
    action.completion_evidence, action.told_completed_at = "", None
    action.standing, action.standing_on = "", None
    change.move(move, finish_was=before["finish_on"], **after)
