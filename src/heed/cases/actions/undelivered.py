"""E-mails about a case that could not be delivered: sent again, or made good in another way."""

from datetime import datetime

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.actions.log import Change, changing
from heed.correspondence import actions as correspondence
from heed.correspondence.models import Message


def send_again(*, case_id: int, message_id: int, by: Actor, at: datetime) -> bool:
    """Put an e-mail that failed for good back into the outbox. False when somebody has dealt with it already, so that
    sending the form twice sends one e-mail."""
    with changing(case_id, by=by, at=at) as change:
        message = _of(change, message_id)
        done = correspondence.send_again(message_id=message.pk, by=by, at=at)
        if done:
            change.event("letter_sent_again", message_id=message.pk)
    return done


def told_otherwise(*, case_id: int, message_id: int, how: str, by: Actor, at: datetime) -> bool:
    """The person was told in another way what an e-mail that failed for good would have. False as in `send_again`."""
    if not how.strip():
        raise Refused("Say how they were told, or why they need not be.", "how")
    with changing(case_id, by=by, at=at) as change:
        message = _of(change, message_id)
        done = correspondence.mark_handled(message_id=message.pk, by=by, at=at)
        if done:
            change.event("letter_made_good", message_id=message.pk, reason_id=change.reason(how))
    return done


def _of(change: Change, message_id: int) -> Message:
    message = Message.objects.filter(pk=message_id, thread=change.case.feedback.thread).first()
    if message is None:
        raise Refused("This is no email of this case.")
    return message
