"""What the worker does for correspondence."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from heed.correspondence import outbox
from heed.correspondence.delivery import Postman, Undelivered, Unreachable
from heed.correspondence.models import Message

log = logging.getLogger(__name__)


@dataclass
class Round:
    """What became of one round: how many went, how many did not, and the sentence for a server that is away."""

    sent: int = 0
    failed: int = 0
    unreachable: str = ""


def send_waiting(*, clock: Callable[[], datetime], stop: Callable[[], bool] = lambda: False) -> Round:
    """Send what waits, until nothing does, `stop()` says so, or the mail server cannot be reached.

    Each message is recorded as `sending` and committed before the network is used, and as `sent` after. No
    transaction is open meanwhile, so it must not be called inside one (RuntimeError). `clock` gives the time now,
    aware; each step asks it again."""
    outcome = Round()
    lease = timedelta(seconds=settings.MAIL_LEASE)
    with Postman() as postman:
        while not stop() and outbox.waiting(at=clock()).exists():
            try:
                postman.open()
            except Unreachable as fault:
                outcome.unreachable = str(fault)
                break
            message = outbox.claim(at=clock(), lease=lease)
            if message:
                _send(message, postman, clock, outcome)
    return outcome


def _send(message: Message, postman: Postman, clock: Callable[[], datetime], outcome: Round) -> None:
    try:
        postman.deliver(message)
    except Undelivered as fault:
        # Neither the address nor the server's answer, which repeats it: logs go to more people than the message does.
        log.warning("Message %s was not sent: %s", message.pk, fault)
        outbox.mark_failed(message, at=clock(), sentence=str(fault), for_good=fault.for_good)
        outcome.failed += 1
    else:
        outbox.mark_sent(message, at=clock())
        outcome.sent += 1
