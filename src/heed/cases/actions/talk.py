"""Words between the person and us, on the case's page."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.actions.letters import tell
from heed.cases.actions.log import TWICE, changing
from heed.cases.actions.plan import keep_update_promise
from heed.cases.models import Case
from heed.correspondence import actions as correspondence
from heed.correspondence.models import Message, Thread
from heed.documents.models import Attachment
from heed.feedback.models import Feedback

LONGEST = 50_000


def _checked(body: str) -> str:
    if not body.strip():
        raise Refused("Write your message first.", "body")
    if len(body) > LONGEST:
        raise Refused(f"This is longer than {LONGEST:,} characters. Send the rest as a file.", "body")
    return body


def _thread(case: Case, by: Actor, at: datetime) -> Thread:
    """The case's thread. Somebody who gave no address, nor a name, can still talk on the page."""
    if case.feedback.thread is None:
        nobody = correspondence.add_correspondent(by=by, at=at)
        case.feedback.thread = correspondence.open_thread(
            organisation_id=case.organisation_id, correspondent=nobody, at=at
        )
        Feedback.objects.filter(pk=case.feedback_id).update(thread=case.feedback.thread)
    return case.feedback.thread


def message_from_person(
    *, case_id: int, body: str, attachments: Sequence[Attachment] = (), by: Actor, at: datetime
) -> Message:
    """The person writes to us on their page."""
    with changing(case_id, by=by, at=at) as change:
        message = correspondence.write(
            thread=_thread(change.case, by, at), direction="in", body=_checked(body), by=by, at=at,
            attachments=attachments,
        )  # fmt: skip
        change.event("message_received", message_id=message.pk)
    return message


@transaction.atomic
def message_to_person(
    *,
    case_id: int,
    body: str,
    is_update: bool,
    attachments: Sequence[Attachment] = (),
    letter: str = "message_waiting",
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Message:
    """We write to the person: it waits on their page, and an e-mail without its words tells them so. `letter` is that
    e-mail, where it is not an update."""
    with changing(case_id, by=by, at=at, version=version) as change:
        case, thread = change.case, _thread(change.case, by, at)
        just_now = Message.objects.filter(thread=thread, direction="out", written_at__gt=at - TWICE)
        if already := just_now.filter(body=_checked(body), by_kind=by.kind, by_id=by.id, channel="portal").first():
            return already
        message = correspondence.write(thread=thread, direction="out", body=body, by=by, at=at, attachments=attachments)
        change.event("update_sent" if is_update else "message_sent", message_id=message.pk)
        if is_update:
            keep_update_promise(change)
    if is_update:
        tell(case, "update_told", by=by, at=at, respond_by=case.respond_by, next_update_by=case.next_update_on)
    else:
        tell(case, letter, by=by, at=at)
    return message
