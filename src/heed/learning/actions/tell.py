"""Tell the person what is promised because of them, that it will be later, that it is done, or that it did not last (R175),
as far as they wish to hear of it (R82)."""

from datetime import date

from heed.audit.actor import system
from heed.cases.actions.talk import message_to_person
from heed.learning import involvement, letters
from heed.learning.actions.log import Change
from heed.learning.models import Informing


def of_promise(change: Change, more: str) -> None:
    action = change.action
    body = letters.promised(
        step=action.step,
        owner=action.owner_title,
        start_on=action.start_on,
        finish_on=action.finish_on,
        involvement=action.involvement,
        more=more,
        later=involvement.may_tell(_wish(change), "completed"),
    )
    if _send(change, body, "promised"):
        action.told_at = change.at


def of_start(change: Change) -> None:
    """Whoever wishes to hear of each step hears of this one too."""
    action = change.action
    _send(change, letters.started(step=action.step, finish_on=action.finish_on), "started")


def of_delay(change: Change, was_on: date, reason: str) -> None:
    """Whoever read the first day on their page reads the other there too."""
    action = change.action
    if was_on != action.finish_on:
        _send(change, letters.moved(step=action.step, was=was_on, now=action.finish_on, reason=reason), "moved")


def of_completion(change: Change, done_on: date, more: str) -> None:
    action = change.action
    planned = [
        (action.maintenance_check_on, action.maintenance_check), (action.impact_check_on, action.impact_check),
    ]  # fmt: skip
    check_on, check = min(((on, how) for on, how in planned if on >= done_on), default=(None, ""))
    body = letters.completed(step=action.step, completed_on=done_on, check=check, check_on=check_on, more=more)
    if _send(change, body, "completed"):
        action.told_completed_at = change.at


def of_slip(change: Change, more: str) -> None:
    action = change.action
    _send(change, letters.slipped(step=action.step, finish_on=action.finish_on, more=more), "slipped")


def _wish(change: Change) -> str:
    if (case := change.case) is None:
        return ""
    return Informing.objects.filter(case_id=case.pk).values_list("wish", flat=True).first() or ""


def _send(change: Change, body: str, of: str) -> bool:
    """Write it on their page and let an e-mail say that it is there. False when they asked not to be told, or left no
    e-mail address; those read on their page, with reference and code, what is promised, and nothing leads them there."""
    case = change.case
    if case is None or change.action.not_told_reason or case.feedback.thread_id is None:
        return False
    if not involvement.may_tell(_wish(change), of):
        return False
    # An owner without an account never writes to the person: what they report goes out in the organisation's name.
    by = change.by if change.by.kind == "staff" else system("learning", change.action.organisation.code)
    message = message_to_person(
        case_id=case.pk, body=body, is_update=False, letter="learning_told", by=by, at=change.at
    )
    correspondent = message.thread.correspondent
    if correspondent is None or not correspondent.email:
        return False
    change.event("person_told", of=of, message_id=message.pk)
    return True
