"""The outbox's moves: who holds a message, what is recorded and when, what is tried again."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from heed.audit.actor import Actor
from heed.correspondence import actions, outbox, queries, rules
from heed.correspondence.models import Message, State, Thread

pytestmark = pytest.mark.django_db
LEASE = timedelta(minutes=2)
CODE = "KXPW-7N3M-QRTV"


@pytest.fixture
def message(thread: Thread, public: Actor, at: datetime) -> Message:
    queued = actions.notify(
        thread=thread, letter="receipt", fields={"reference": "R-4711", "code": CODE}, by=public, at=at
    )
    assert queued is not None
    return queued


def claim(at: datetime) -> Message:
    claimed = outbox.claim(at=at, lease=LEASE)
    assert claimed is not None
    return claimed


def test_a_claim_is_recorded_before_anything_is_sent(message: Message, at: datetime) -> None:
    claim(at)
    message.refresh_from_db()
    assert (message.state, message.sending_at, message.attempts) == (State.SENDING, at, 1)
    assert message.next_attempt_at == at + LEASE


def test_a_claimed_message_is_nobody_elses_until_the_lease_runs_out(message: Message, at: datetime) -> None:
    first = claim(at)
    assert outbox.claim(at=at + LEASE - timedelta(seconds=1), lease=LEASE) is None
    second = claim(at + LEASE)
    assert (second.pk, second.message_id, second.attempts) == (first.pk, first.message_id, 2)
    assert second.sealed_body == first.sealed_body


def test_of_two_that_claim_in_the_same_moment_one_has_it(
    message: Message, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other's claim falls between our reading and our writing."""
    others: list[Message] = []
    token_hex = outbox.secrets.token_hex

    def other_first(length: int) -> str:
        monkeypatch.setattr(outbox.secrets, "token_hex", token_hex)
        others.append(claim(at))
        return token_hex(length)

    monkeypatch.setattr(outbox.secrets, "token_hex", other_first)
    assert outbox.claim(at=at, lease=LEASE) is None
    message.refresh_from_db()
    assert (message.lease, message.attempts) == (others[0].lease, 1)


def test_a_claim_inside_a_transaction_is_refused(message: Message, at: datetime) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        outbox.claim(at=at, lease=LEASE)


def test_the_longest_waiting_goes_first(message: Message, thread: Thread, public: Actor, at: datetime) -> None:
    earlier = actions.notify(
        thread=thread, letter="message_waiting", fields={"reference": "R-1"}, by=public, at=at - timedelta(hours=1)
    )
    assert earlier is not None
    assert [claim(at).pk, claim(at).pk] == [earlier.pk, message.pk]


def test_nothing_goes_before_its_time(message: Message, at: datetime) -> None:
    assert outbox.claim(at=at - timedelta(seconds=1), lease=LEASE) is None


def test_what_was_sent_is_done_with_and_its_secret_forgotten(message: Message, at: datetime) -> None:
    assert outbox.mark_sent(claim(at), at=at + timedelta(seconds=3))
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (State.SENT, at + timedelta(seconds=3))
    assert (message.sealed_body, message.lease, message.next_attempt_at) == ("", "", None)
    assert outbox.claim(at=at + timedelta(days=9), lease=LEASE) is None


@pytest.mark.parametrize("finish", ["sent", "failed"])
def test_who_comes_back_after_the_lease_does_not_disturb_who_has_it_now(
    message: Message, at: datetime, finish: str
) -> None:
    late = claim(at)
    now = claim(at + LEASE)
    moves = {
        "sent": lambda: outbox.mark_sent(late, at=at + LEASE),
        "failed": lambda: outbox.mark_failed(late, at=at + LEASE, sentence="It is gone.", for_good=True),
    }
    assert moves[finish]() is False
    message.refresh_from_db()
    assert (message.state, message.lease) == (State.SENDING, now.lease)
    assert CODE in message.sealed_body


def test_a_failure_is_tried_again_after_longer_and_longer_and_then_no_more(message: Message, at: datetime) -> None:
    moment, waits = at, []
    while (claimed := outbox.claim(at=moment, lease=LEASE)) is not None:
        outbox.mark_failed(claimed, at=moment, sentence="The mail server is busy.", for_good=False)
        message.refresh_from_db()
        if message.state == State.QUEUED:
            assert message.next_attempt_at is not None
            assert outbox.claim(at=message.next_attempt_at - timedelta(seconds=1), lease=LEASE) is None
            waits.append(message.next_attempt_at - moment)
            moment = message.next_attempt_at
    assert waits == rules.BACKOFF == sorted(waits)
    assert timedelta(days=2) < moment - at < timedelta(days=4)
    assert (message.state, message.failure) == (State.FAILED, "The mail server is busy.")
    assert message.sealed_body == ""


def test_what_cannot_succeed_fails_at_once(message: Message, thread: Thread, at: datetime) -> None:
    outbox.mark_failed(claim(at), at=at, sentence="The mail server does not accept the address.", for_good=True)
    assert outbox.claim(at=at + timedelta(days=9), lease=LEASE) is None
    assert [found.pk for found in queries.failed(thread.organisation_id)] == [message.pk]
    assert not queries.failed(thread.organisation_id + 1).exists()


def test_what_waits_is_counted(message: Message, thread: Thread, public: Actor, at: datetime) -> None:
    fields: dict[str, str | date | None] = {"reference": "R-1"}
    for _ in range(2):
        actions.notify(thread=thread, letter="message_waiting", fields=fields, by=public, at=at + timedelta(hours=1))
    actions.write(thread=thread, direction="in", body="Nobody rang.", by=public, at=at - timedelta(days=1))
    assert queries.outbox() == queries.Outbox(waiting=3, oldest_at=at)
    outbox.mark_sent(claim(at), at=at)
    assert queries.outbox() == queries.Outbox(waiting=2, oldest_at=at + timedelta(hours=1))
