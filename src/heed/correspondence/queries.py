"""Reading threads, messages and the demonstration's mailbox."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from heed.accounts import queries as accounts
from heed.correspondence.models import Correspondent, MailboxItem, Message, State
from heed.correspondence.models.message import OUTBOX


def messages(thread_id: int) -> QuerySet[Message]:
    """All that was written in a thread, oldest first, with its attachments. A secret that went out is not in it."""
    return (
        Message.objects.filter(thread_id=thread_id)
        .defer("sealed_body")
        .order_by("written_at", "pk")
        .prefetch_related("attachments")
    )


def failed(organisation_id: int) -> QuerySet[Message]:
    """E-mails of an organisation that could not be sent and will not be tried again, oldest first."""
    return (
        Message.objects.filter(thread__organisation_id=organisation_id, state=State.FAILED)
        .select_related("thread__correspondent")
        .order_by("written_at", "pk")
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
