"""Writing to people: words in the portal, and letters queued for the outbox."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.correspondence import letters, queries
from heed.correspondence.letters import Letter
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


@transaction.atomic
def send_again(*, message_id: int, by: Actor, at: datetime) -> bool:
    """Put an e-mail that failed for good back into the outbox: the same letter, as it is worded now, to the address that
    we have now, without a secret, which was forgotten when it failed. False when there is nothing to do, because somebody
    did already. Raises Refused when we have no address any more."""
    message = _failed(message_id)
    if message is None:
        return False
    template = letters.load(message.letter, timezone.localdate(at))
    if any(field.kind == "once" for field in template.fields.values()):
        raise Refused("The link that it carried is kept nowhere. Send a new one instead.")
    fields = {name: _value(template, name, text) for name, text in message.fields.items()}
    made = queries.composed(thread=message.thread, letter=message.letter, fields=fields, at=at)
    if made is None:
        raise Refused("We have no email address of them any more. Tell them in another way.")
    _record("message_queued_again", message, by, at)
    message.state, message.attempts, message.next_attempt_at, message.failure = State.QUEUED, 0, at, ""
    message.letter_version, message.to_address = made.template.version, made.to_address
    message.subject, message.body, message.sealed_body = made.rendered.subject, made.rendered.body, ""
    message.message_id = new_message_id()
    message.save()
    return True


@transaction.atomic
def mark_handled(*, message_id: int, by: Actor, at: datetime) -> bool:
    """Somebody told the person in another way what an e-mail that failed for good would have. False as in `send_again`."""
    message = _failed(message_id)
    if message is None:
        return False
    _record("message_handled", message, by, at)
    message.handled_at = at
    message.save(update_fields=["handled_at"])
    return True


def _failed(message_id: int) -> Message | None:
    """The message, locked, if it failed for good and nobody has dealt with that."""
    rows = Message.objects.select_for_update(of=("self",)).select_related(
        "thread__correspondent", "thread__organisation"
    )
    return rows.filter(pk=message_id, state=State.FAILED, handled_at=None).first()


def _value(template: Letter, name: str, text: str) -> str | date:
    return date.fromisoformat(text) if template.fields[name].kind == "date" else text


def _record(verb: str, message: Message, by: Actor, at: datetime) -> None:
    record(by=by, at=at, verb=verb, kind="message", object_id=message.pk,
           detail={"letter": message.letter, "attempts": message.attempts})  # fmt: skip


def new_message_id() -> str:
    """An RFC 5322 Message-ID in our own domain. It says nothing of when, where or about what."""
    return f"<{secrets.token_hex(16)}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
