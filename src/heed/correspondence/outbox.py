"""The outbox's three moves. Each is one conditional UPDATE, committed at once, that says by its row count whether it
happened: so two workers never hold the same message, on SQLite (which has no SKIP LOCKED) as on PostgreSQL."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from heed.correspondence import rules
from heed.correspondence.models import Message, State
from heed.correspondence.models.message import OUTBOX


def waiting(*, at: datetime) -> QuerySet[Message]:
    """Messages that may be taken: queued ones whose time has come, and ones that somebody began to send and did not
    finish before the lease ran out. Those are sent again, under the same Message-ID."""
    return Message.objects.filter(state__in=OUTBOX, next_attempt_at__lte=at)


def claim(*, at: datetime, lease: timedelta) -> Message | None:
    """Take the message that has waited longest and record that it is being sent; None if none waits.

    Until `at + lease` nobody else takes it. Refuses (RuntimeError) to work inside a transaction: the network is used
    next, and what was recorded must be there after a kill."""
    while found := waiting(at=at).order_by("next_attempt_at", "pk").values_list("pk", "lease").first():
        pk, former = found
        mine = secrets.token_hex(8)
        with transaction.atomic(durable=True):
            taken = (
                waiting(at=at)
                .filter(pk=pk, lease=former)
                .update(
                    state=State.SENDING,
                    sending_at=at,
                    next_attempt_at=at + lease,
                    lease=mine,
                    attempts=F("attempts") + 1,
                )
            )
        if taken == 1:
            return Message.objects.select_related("thread__organisation").get(pk=pk)
    return None


def mark_sent(message: Message, *, at: datetime) -> bool:
    """Record that a claimed message was sent, and forget its secret. False if the lease had run out and somebody
    else took it: then it is theirs to finish."""
    return _finish(message, state=State.SENT, sent_at=at, sealed_body="", next_attempt_at=None, failure="")


def mark_failed(message: Message, *, at: datetime, sentence: str, for_good: bool) -> bool:
    """Record why a claimed message could not be sent. It is tried again later, unless `for_good` or tried enough.
    False as in `mark_sent`."""
    wait = None if for_good else rules.wait_after(message.attempts)
    if wait is None:
        return _finish(message, state=State.FAILED, sealed_body="", next_attempt_at=None, failure=sentence[:300])
    return _finish(message, state=State.QUEUED, next_attempt_at=at + wait, failure=sentence[:300])


def _finish(message: Message, **changes: object) -> bool:
    held = Message.objects.filter(pk=message.pk, state=State.SENDING, lease=message.lease)
    return held.update(lease="", **changes) == 1
