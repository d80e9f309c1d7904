"""Writing to people: words in the portal, and letters queued for the outbox."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.correspondence import queries
from heed.correspondence.models import Correspondent, Direction, Medium, Message, State, Thread
from heed.documents.models import Attachment


def open_thread(*, organisation_id: int, correspondent: Correspondent, at: datetime) -> Thread:
    """A new thread between an organisation and a person."""
    return Thread.objects.create(organisation_id=organisation_id, correspondent=correspondent, opened_at=at)


def turn_thread(*, thread: Thread, correspondent: Correspondent, by: Actor, at: datetime) -> Thread:
    """From now on the thread is with somebody else, such as a representative; what was written stays in it."""
    with transaction.atomic():
        thread.correspondent = correspondent
        thread.save(update_fields=["correspondent"])
        record(by=by, at=at, verb="thread_turned", kind="thread", object_id=thread.pk,
               detail={"correspondent": correspondent.pk})  # fmt: skip
    return thread


def write(
    *,
    thread: Thread,
    direction: str,
    body: str,
    by: Actor,
    at: datetime,
    attachments: Iterable[Attachment] = (),
) -> Message:
    """Keep words written in the portal, by the person ("in") or by staff ("out"). They are there at once; `notify`
    with the letter `message_waiting` tells the person so. Raises Refused for nothing at all."""
    files = list(attachments)
    if not body.strip() and not files:
        raise Refused("Write a message, or attach a file.", "body")
    with transaction.atomic():
        message = Message.objects.create(
            thread=thread,
            direction=direction,
            channel=Medium.PORTAL,
            state=State.RECEIVED if direction == Direction.IN else State.DELIVERED,
            body=body,
            by_kind=by.kind,
            by_id=by.id,
            written_at=at,
        )
        message.attachments.set(files)
    return message


def notify(
    *, thread: Thread, letter: str, fields: Mapping[str, str | date | None], by: Actor, at: datetime
) -> Message | None:
    """Queue an e-mail made from the named letter; None when we have no e-mail address of the person.

    `fields` are those of the letter's file; the standard fields (organisation, address, dear, contact) are filled
    here. An empty value counts as not given. A secret is left out unless the person said that the address is theirs
    alone and safe. Raises KeyError for a letter that does not exist and ValueError for fields that do not fit it.

    Nothing is sent here: `correspondence.tasks.send_waiting` does, after the caller's transaction has committed."""
    made = queries.composed(thread=thread, letter=letter, fields=fields, at=at)
    if made is None:
        return None
    return Message.objects.create(
        thread=thread,
        direction=Direction.OUT,
        channel=Medium.EMAIL,
        state=State.QUEUED,
        letter=made.template.key,
        letter_version=made.template.version,
        fields={name: str(value) for name, value in made.kept.items()},
        to_address=made.to_address,
        subject=made.rendered.subject,
        body=made.rendered.body,
        sealed_body=made.rendered.sealed_body,
        message_id=new_message_id(),
        by_kind=by.kind,
        by_id=by.id,
        written_at=at,
        next_attempt_at=at,
    )


def new_message_id() -> str:
    """An RFC 5322 Message-ID in our own domain. It says nothing of when, where or about what."""
    return f"<{secrets.token_hex(16)}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
