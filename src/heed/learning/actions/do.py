"""Do what was promised: start it, show that it is done, or say that it cannot be."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.design.text import clean_text
from heed.documents.models import Attachment
from heed.learning import lifecycle, rules
from heed.learning.actions import tell
from heed.learning.actions.log import changing
from heed.learning.models import Action, ActionFile


def start(*, action_id: int, started_on: date, by: Actor, at: datetime, version: int) -> Action:
    """The work has begun, on a day that is not in the future."""
    with changing(action_id, by=by, at=at, version=version) as change:
        action = change.action
        refuse_future(started_on, at, "started_on")
        change.move("started", started_on=started_on)
        action.started_on = started_on
        action.standing, action.standing_on = "", None
        tell.of_start(change)
    return action


def show_done(
    *,
    action_id: int,
    done_on: date,
    evidence: str,
    attachments: Sequence[Attachment] = (),
    by: Actor,
    at: datetime,
    version: int,
) -> Action:
    """Whoever did it says so and shows it, by words or files (R158). It is completed once somebody else has checked it
    (`record_check`).

    Raises Refused with a sentence and the field that it concerns."""
    with changing(action_id, by=by, at=at, version=version) as change:
        action = change.action
        refuse_future(done_on, at, "done_on")
        if done_on < (action.started_on or done_on):
            raise Refused("It cannot have been done before it was started.", "done_on")
        if refusal := rules.why_not_shown_done(has_evidence=bool(evidence.strip() or attachments)):
            raise Refused(*refusal)
        words = clean_text(evidence).strip() or _files_in_words(attachments)
        change.move("shown_done", done_on=done_on, files=len(attachments), reason_id=change.reason(words))
        for attachment in attachments:
            ActionFile.objects.create(action=action, attachment=attachment)
        action.done_on, action.done_by_id, action.completion_evidence = done_on, by.staff_id, words
        action.started_on = action.started_on or min(action.start_on, done_on)
        action.standing, action.standing_on = "", None
    return action


def cannot(*, action_id: int, reason: str, by: Actor, at: datetime, version: int) -> Action:
    """The owner says that they cannot do it, and why. Whoever promised it gives it to somebody else, or helps."""
    if not reason.strip():
        raise Refused("Say what is in the way, so that somebody can help or take it over.", "reason")
    with changing(action_id, by=by, at=at, version=version) as change:
        action = change.action
        if action.state not in ("promised", "started"):
            raise Refused(f"This action is “{lifecycle.STATES[action.state].lower()}” already.")
        action.standing, action.standing_on = lifecycle.CANNOT, timezone.localdate(at)
        change.event("cannot", reason_id=change.reason(clean_text(reason)))
    return action


def refuse_future(on: date, at: datetime, field: str) -> None:
    if on > timezone.localdate(at):
        raise Refused("This day is in the future. Record it when it has happened.", field)


def _files_in_words(attachments: Sequence[Attachment]) -> str:
    return f"Shown by: {', '.join(attachment.filename for attachment in attachments)}."
