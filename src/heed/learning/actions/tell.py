"""Tell the person what is promised because of them, that it will be later, and that it is done (R175)."""

from datetime import date

from heed.cases.actions.talk import message_to_person
from heed.learning import letters
from heed.learning.actions.log import Change
from heed.learning.models import Action


def of_promise(change: Change, more: str) -> None:
    action = change.action
    body = letters.promised(
        step=action.step,
        owner=_owner(action),
        start_on=action.start_on,
        finish_on=action.finish_on,
        involvement=action.involvement,
        more=more,
    )
    if _send(change, body, "promised"):
        action.told_at = change.at


def of_delay(change: Change, was_on: date, reason: str) -> None:
    """Whoever read the first day on their page reads the other there too."""
    action = change.action
    if was_on != action.finish_on:
        _send(change, letters.moved(step=action.step, was=was_on, now=action.finish_on, reason=reason), "moved")


def of_completion(change: Change, done_on: date, more: str) -> None:
    action = change.action
    planned = [(action.completion_check_on, action.completion_check), (action.impact_check_on, action.impact_check)]
    check_on, check = next(((on, how) for on, how in planned if on >= done_on), (None, ""))
    body = letters.completed(step=action.step, completed_on=done_on, check=check, check_on=check_on, more=more)
    if _send(change, body, "completed"):
        action.told_completed_at = change.at


def _send(change: Change, body: str, of: str) -> bool:
    """Write it on their page and let an e-mail say that it is there. False when they asked not to be told, or left no
    e-mail address; those read on their page, with reference and code, what is promised, and nothing leads them there."""
    case = change.case
    if case is None or change.action.not_told_reason or case.feedback.thread_id is None:
        return False
    message = message_to_person(
        case_id=case.pk, body=body, is_update=False, letter="learning_told", by=change.by, at=change.at
    )
    correspondent = message.thread.correspondent
    if correspondent is None or not correspondent.email:
        return False
    change.event("person_told", of=of, message_id=message.pk)
    return True


def _owner(action: Action) -> str:
    return ", ".join(part for part in (action.owner.name, action.owner.job_title) if part)
