"""Send in what somebody wrote on the portal: their unsent form becomes feedback, or a message, exactly once."""

from datetime import datetime

from django.db import transaction

from heed.audit.actor import Actor
from heed.cases.actions.receive import Received, receive
from heed.cases.actions.talk import message_from_person
from heed.correspondence.models import Message
from heed.feedback import queries
from heed.feedback.actions import draft as drafts
from heed.feedback.given import Given
from heed.feedback.models import Draft


def _unsent(draft_id: int) -> Draft | None:
    """The draft, locked, so that a second click waits for the first; None once it was sent, or thrown away."""
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    return None if draft is None or queries.was_sent(draft) else draft


@transaction.atomic
def send_feedback(*, draft_id: int, given: Given, by: Actor, at: datetime) -> Received | None:
    """Receive what the form says, with its files. None when it was sent already: nothing is added.

    Raises Refused with a sentence for the person; the draft and its files then stay as they were."""
    draft = _unsent(draft_id)
    if draft is None:
        return None
    received = receive(
        organisation=draft.organisation,
        given=given,
        received_at=at,
        by=by,
        at=at,
        submission_key=draft.submission_key,
        attachments=drafts.finish(draft_id=draft_id),
    )
    drafts.mark_sent(draft_id=draft_id, at=at)
    return received


@transaction.atomic
def send_message(*, draft_id: int, case_id: int, body: str, by: Actor, at: datetime) -> Message | None:
    """Give a person's message to their case, with its files. None when it was sent already: nothing is added.

    Raises Refused with a sentence for the person; the draft and its files then stay as they were."""
    if _unsent(draft_id) is None:
        return None
    message = message_from_person(
        case_id=case_id, body=body, attachments=drafts.finish(draft_id=draft_id), by=by, at=at
    )
    drafts.mark_sent(draft_id=draft_id, at=at)
    return message
