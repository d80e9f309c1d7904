"""Do what was promised: start it, complete it with evidence, and record what each planned check found."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.design.text import clean_text
from heed.documents.models import Attachment
from heed.learning import rules
from heed.learning.actions import tell
from heed.learning.actions.log import changing, staff_id
from heed.learning.models import Action, ActionFile, Check


def start(*, action_id: int, started_on: date, by: Actor, at: datetime, version: int) -> Action:
    """The work has begun, on a day that is not in the future."""
    with changing(action_id, by=by, at=at, version=version) as change:
        action = change.action
        _refuse_future(started_on, at, "started_on")
        change.move("started", started_on=started_on)
        action.started_on = started_on
    return action


def complete(
    *,
    action_id: int,
    completed_on: date,
    evidence: str,
    attachments: Sequence[Attachment] = (),
    message: str = "",
    by: Actor,
    at: datetime,
    version: int,
) -> Action:
    """It is done, shown by words or files, and a check that it worked is planned or was made (R158). The person is
    told, unless they asked not to be. `message`: anything to add to what they are told.

    Raises Refused with a sentence and the field that it concerns."""
    with changing(action_id, by=by, at=at, version=version) as change:
        action, today = change.action, timezone.localdate(at)
        _refuse_future(completed_on, at, "completed_on")
        if completed_on < (action.started_on or completed_on):
            raise Refused("It cannot have been completed before it was started.", "completed_on")
        refusal = rules.why_not_complete(
            has_evidence=bool(evidence.strip() or attachments),
            planned={"completion": action.completion_check_on, "impact": action.impact_check_on},
            checked=set(action.checks.values_list("kind", flat=True)),
            today=today,
        )
        if refusal:
            raise Refused(*refusal)
        change.move("completed", completed_on=completed_on, files=len(attachments))
        for attachment in attachments:
            ActionFile.objects.create(action=action, attachment=attachment)
        action.completed_on = completed_on
        action.started_on = action.started_on or min(action.start_on, completed_on)
        action.completion_evidence = clean_text(evidence).strip() or _files_in_words(attachments)
        tell.of_completion(change, completed_on, clean_text(message))
    return action


def _files_in_words(attachments: Sequence[Attachment]) -> str:
    return f"Shown by: {', '.join(attachment.filename for attachment in attachments)}."


def record_check(
    *,
    action_id: int,
    kind: str,
    done_on: date,
    worked: bool,
    note: str,
    evidence: str = "",
    again_on: date | None = None,
    by: Actor,
    at: datetime,
    version: int,
) -> Check:
    """Keep what a check of progress, completion, maintenance or impact found. One that failed is made again on a day
    that has to be named, and that day becomes the planned one. `evidence`: what the figures say of it, as a sentence that
    was worked out elsewhere; it is kept as it is with a check of impact."""
    if not note.strip():
        raise Refused("Write down what you looked at and what you found.", "note")
    with changing(action_id, by=by, at=at, version=version) as change:
        action, again_on = change.action, None if worked else again_on
        refusal = rules.why_not_check(
            kind=kind, state=action.state, done_on=done_on, worked=worked, again_on=again_on,
            promised_on=min(timezone.localdate(action.at), action.start_on), today=timezone.localdate(at),
        )  # fmt: skip
        if refusal:
            raise Refused(*refusal)
        check = Check.objects.create(
            action=action, kind=kind, done_on=done_on, worked=worked, again_on=again_on,
            note=clean_text(note).strip(), evidence=clean_text(evidence).strip() if kind == "impact" else "",
            by_id=staff_id(by), at=at,
        )  # fmt: skip
        if again_on:
            setattr(action, f"{kind}_check_on", again_on)
        change.event("check_recorded", check_id=check.pk, check=kind, worked=worked, again_on=again_on)
    return check


def _refuse_future(on: date, at: datetime, field: str) -> None:
    if on > timezone.localdate(at):
        raise Refused("This day is in the future. Record it when it has happened.", field)
