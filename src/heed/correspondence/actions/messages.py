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
from heed.correspondence import letters, rules
from heed.correspondence.letters import Letter
from heed.correspondence.models import Correspondent, Direction, Medium, Message, State, Thread
from heed.documents.models import Attachment
from heed.organisations.models import Organisation


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
    person = thread.correspondent
    template = letters.load(letter, timezone.localdate(at))
    if not person.email:
        return None
    told = {name: value for name, value in fields.items() if value}
    kept = {name: value for name, value in told.items() if not _is_secret(template, name)}
    values = told if person.email_is_private else kept
    rendered = template.render({**values, **_standard(thread.organisation, person)})
    return Message.objects.create(
        thread=thread,
        direction=Direction.OUT,
        channel=Medium.EMAIL,
        state=State.QUEUED,
        letter=template.key,
        letter_version=template.version,
        fields={name: str(value) for name, value in kept.items()},
        to_address=person.email,
        subject=rendered.subject,
        body=rendered.body,
        sealed_body=rendered.sealed_body,
        message_id=new_message_id(),
        by_kind=by.kind,
        by_id=by.id,
        written_at=at,
        next_attempt_at=at,
    )


def new_message_id() -> str:
    """An RFC 5322 Message-ID in our own domain. It says nothing of when, where or about what."""
    return f"<{secrets.token_hex(16)}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"


def _is_secret(template: Letter, name: str) -> bool:
    return name in template.fields and template.fields[name].kind == "secret"


def _standard(organisation: Organisation, person: Correspondent) -> dict[str, str | date]:
    contact = " or ".join(way for way in [organisation.contact_phone, organisation.contact_email] if way)
    return {
        "organisation": organisation.name,
        "address": f"{settings.PUBLIC_ADDRESS}/{organisation.code}/follow/",
        "dear": rules.greeting(person.address_as, person.name),
        "contact": contact,
    }
