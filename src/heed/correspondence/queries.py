"""Reading threads, messages, letters before they go, and the demonstration's mailbox."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from heed.accounts import queries as accounts
from heed.correspondence import letters, rules
from heed.correspondence.letters import SEALED, Letter, Rendered
from heed.correspondence.models import Correspondent, MailboxItem, Message, OneTimeLink, State, Thread
from heed.correspondence.models.message import OUTBOX
from heed.organisations.models import Organisation


def messages(thread_id: int) -> QuerySet[Message]:
    """All that was written in a thread, oldest first, with its attachments. A secret that went out is not in it."""
    return (
        Message.objects.filter(thread_id=thread_id)
        .defer("sealed_body")
        .order_by("written_at", "pk")
        .prefetch_related("attachments")
    )


@dataclass(frozen=True)
class Composed:
    """A letter filled in for whom a thread is with. `kept`: the fields that may be kept, secrets left out."""

    template: Letter
    kept: dict[str, str | date]
    rendered: Rendered
    to_address: str


def composed(*, thread: Thread, letter: str, fields: Mapping[str, str | date | None], at: datetime) -> Composed | None:
    """The named letter as it would go at that time; None when we have no e-mail address of the person. Raises as
    `actions.notify`, which sends what this makes: so what is shown beforehand is what goes."""
    person = thread.correspondent
    template = letters.load(letter, timezone.localdate(at))
    if not person.email:
        return None
    told = {name: value for name, value in fields.items() if value}
    kept = {name: value for name, value in told.items() if template.kind(name) not in SEALED}
    sent = told if person.email_is_private else {n: value for n, value in told.items() if template.kind(n) != "secret"}
    rendered = template.render({**sent, **_standard(thread.organisation, person)})
    return Composed(template, kept, rendered, person.email)


def _standard(organisation: Organisation, person: Correspondent) -> dict[str, str | date]:
    contact = " or ".join(way for way in [organisation.contact_phone, organisation.contact_email] if way)
    return {
        "organisation": organisation.name,
        "address": f"{settings.PUBLIC_ADDRESS}/{organisation.code}/follow/",
        "dear": rules.greeting(person.address_as, person.name),
        "contact": contact,
    }


def failed(organisation_id: int) -> QuerySet[Message]:
    """E-mails of an organisation that could not be sent and will not be tried again, oldest first."""
    return (
        Message.objects.filter(thread__organisation_id=organisation_id, state=State.FAILED)
        .select_related("thread__correspondent")
        .order_by("written_at", "pk")
    )


def undelivered(thread_id: int) -> list[Message]:
    """The e-mails of a thread that failed for good and that nobody has dealt with, oldest first."""
    return list(
        Message.objects.filter(thread_id=thread_id, state=State.FAILED, handled_at=None).order_by("written_at", "pk")
    )


@dataclass(frozen=True)
class Outbox:
    """How many e-mails wait, and when the oldest of them was written (None: none waits)."""

    waiting: int
    oldest_at: datetime | None


def outbox() -> Outbox:
    """What waits to be sent, in all organisations together."""
    found = Message.objects.filter(state__in=OUTBOX).aggregate(waiting=Count("pk"), oldest_at=Min("written_at"))
    return Outbox(**found)


def who_changed(correspondent: Correspondent) -> str:
    """Who last changed how to reach this person, as a name or a few words that can begin a sentence."""
    if correspondent.changed_by_kind == "staff":
        person = int(correspondent.changed_by_id)
        return accounts.names([person]).get(person, "Somebody who no longer works here")
    return "The person themselves" if correspondent.changed_by_kind == "public" else "Heed itself"


def mailbox(address: str = "") -> QuerySet[MailboxItem]:
    """The demonstration's mailbox, newest first: all of it, or what one address got."""
    items = MailboxItem.objects.order_by("-arrived_at", "-pk")
    return items.filter(to_address__iexact=address) if address else items


def mailbox_item(pk: int) -> MailboxItem | None:
    """One e-mail of the demonstration's mailbox."""
    return MailboxItem.objects.filter(pk=pk).first()


def link_hash(text: str) -> str:
    """The keyed hash that is kept of a link's word and of its code."""
    return hmac.new(settings.CODE_KEY.encode(), b"link:" + text.encode(), hashlib.sha256).hexdigest()


def link_of(word: str, organisation_id: int, at: datetime) -> OneTimeLink | None:
    """The one-time link behind the word of an address, None when there is none, or none that still opens anything."""
    links = OneTimeLink.objects.select_related("organisation", "thread__correspondent")
    found = links.filter(word_hash=link_hash(word), organisation_id=organisation_id).first()
    return found if found and rules.link_holds(found, at) else None


def link_that_holds(link_id: int, at: datetime) -> OneTimeLink | None:
    """The same by its id, for a browser that has opened it."""
    found = OneTimeLink.objects.select_related("organisation", "thread__correspondent").filter(pk=link_id).first()
    return found if found and rules.link_holds(found, at) else None


def links_of(purpose: str, object_id: object) -> list[OneTimeLink]:
    """All links about one thing, newest first, each with whom it went to and the e-mail that carried it."""
    return list(
        OneTimeLink.objects.filter(purpose=purpose, object_id=str(object_id))
        .select_related("thread__correspondent", "message")
        .order_by("-made_at", "-pk")
    )
