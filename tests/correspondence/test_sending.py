"""Sending what waits, to a real mail server of the test's own and to the demonstration's mailbox."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

if TYPE_CHECKING:
    from tests.correspondence.conftest import Sink

from heed.audit.actor import Actor
from heed.correspondence import actions, queries
from heed.correspondence.models import Correspondent, MailboxItem, Message, State, Thread
from heed.correspondence.tasks import Round, send_waiting

pytestmark = [pytest.mark.django_db, pytest.mark.network]
CODE = "KXPW-7N3M-QRTV"


@pytest.fixture(autouse=True)
def _mail_goes_to_the_sink(sink: Sink, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port


def queue(thread: Thread, by: Actor, at: datetime, *references: str) -> list[Message]:
    queued = [
        actions.notify(thread=thread, letter="receipt", fields={"reference": name, "code": CODE}, by=by, at=at)
        for name in references
    ]
    return [message for message in queued if message]


def send(at: datetime) -> Round:
    return send_waiting(clock=lambda: at)


def test_it_arrives_as_it_was_queued(sink: Sink, thread: Thread, public: Actor, at: datetime) -> None:
    (message,) = queue(thread, public, at, "R-4711")
    assert send(at + timedelta(minutes=1)) == Round(sent=1)
    (received,) = sink.received
    assert received.recipients == ["amina@example.org"]
    assert received.message_id == message.message_id
    assert received.email["Subject"] == "We have what you told us: R-4711"
    assert received.email["From"] == "Riverside NHS Trust <heed@localhost>"
    assert received.email["Date"] == "Tue, 05 May 2026 09:00:00 +0000"
    assert received.email["Auto-Submitted"] == "auto-generated"
    assert received.text.replace("\r\n", "\n") == message.sealed_body
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.sealed_body) == (
        State.SENT,
        at + timedelta(minutes=1),
        "",
    )


def test_no_transaction_is_open_and_sending_is_on_record_while_the_network_is_used(
    sink: Sink, thread: Thread, public: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(thread, public, at, "R-1")
    depth = len(connection.savepoint_ids)
    seen: list[tuple[str, int]] = []
    deliver = "heed.correspondence.delivery.Postman.deliver"

    def watching(postman: object, claimed: Message) -> None:
        seen.append((Message.objects.get(pk=claimed.pk).state, len(connection.savepoint_ids)))

    monkeypatch.setattr(deliver, watching)
    assert send(at).sent == 1
    assert seen == [(State.SENDING, depth)]


def test_every_letter_of_every_alphabet_arrives(sink: Sink, thread: Thread, public: Actor, at: datetime) -> None:
    person = actions.update_correspondent(
        correspondent=thread.correspondent, by=public, at=at, address_as="Łukasz 李 🙂 مريم"
    )
    thread.organisation.name = "Ymddiriedolaeth Iechyd Glan yr Afon – Ŵyl, “Test”"
    thread.organisation.save()
    thread.correspondent = person
    queue(thread, public, at, "R-1")
    send(at)
    (received,) = sink.received
    assert received.text.startswith("Dear Łukasz 李 🙂 مريم")
    sender = received.email["From"].addresses[0].display_name
    assert sender.split() == thread.organisation.name.split()  # a long name is folded, which may double a space


def test_one_bad_address_holds_up_nobody(
    sink: Sink, thread: Thread, public: Actor, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    other = actions.add_correspondent(by=public, at=at, name="Bob", email="gone@example.org")
    to_bob = actions.open_thread(organisation_id=thread.organisation_id, correspondent=other, at=at)
    (gone,) = queue(to_bob, public, at, "R-1")
    queue(thread, public, at, "R-2")
    sink.answer = lambda address: "550 No such person" if address.startswith("gone") else "250 OK"
    with caplog.at_level(logging.DEBUG):
        assert send(at) == Round(sent=1, failed=1)
    gone.refresh_from_db()
    assert (gone.state, gone.failure) == (State.FAILED, "The mail server does not accept the address.")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("heed")]
    assert ours == [f"Message {gone.pk} was not sent: The mail server does not accept the address."]


def test_a_server_that_is_busy_is_asked_again(sink: Sink, thread: Thread, public: Actor, at: datetime) -> None:
    (message,) = queue(thread, public, at, "R-1")
    sink.answer = lambda address: "450 Try later"
    assert send(at) == Round(failed=1)
    assert send(at + timedelta(seconds=59)) == Round()
    sink.answer = lambda address: "250 OK"
    assert send(at + timedelta(seconds=60)) == Round(sent=1)
    assert [received.message_id for received in sink.received] == [message.message_id]
    message.refresh_from_db()
    assert (message.state, message.failure) == (State.SENT, "")


def test_a_server_that_is_away_is_no_messages_fault(
    settings: Settings, nobody_listens: int, thread: Thread, public: Actor, at: datetime
) -> None:
    (message,) = queue(thread, public, at, "R-1")
    settings.EMAIL_PORT = nobody_listens
    outcome = send(at)
    assert outcome == Round(unreachable="The mail server cannot be reached (ConnectionRefusedError).")
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.QUEUED, 0)


def test_a_message_that_no_mail_can_be_made_of_fails_and_holds_up_nobody(
    sink: Sink, thread: Thread, public: Actor, at: datetime
) -> None:
    forged, sound = queue(thread, public, at, "R-1", "R-2")
    Message.objects.filter(pk=forged.pk).update(subject="Hello\nBcc: all@example.org")
    assert send(at) == Round(sent=1, failed=1)
    forged.refresh_from_db()
    assert (forged.state, forged.failure) == (
        State.FAILED,
        "The message cannot be made into an e-mail (BadHeaderError).",
    )
    assert [received.message_id for received in sink.received] == [sound.message_id]


def test_it_stops_between_two_messages_when_told(sink: Sink, thread: Thread, public: Actor, at: datetime) -> None:
    queue(thread, public, at, "R-1", "R-2", "R-3")
    assert send_waiting(clock=lambda: at, stop=lambda: len(sink.received) == 2) == Round(sent=2)
    assert send(at) == Round(sent=1)


def test_one_found_half_sent_goes_again_under_the_same_message_id(
    sink: Sink, thread: Thread, public: Actor, at: datetime, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies after the server has accepted the message and before that is recorded."""
    (message,) = queue(thread, public, at, "R-1")
    with monkeypatch.context() as dying:
        dying.setattr("heed.correspondence.outbox.mark_sent", _die)
        with pytest.raises(KeyboardInterrupt):
            send(at)
    message.refresh_from_db()
    assert message.state == State.SENDING
    assert send(at + timedelta(seconds=settings.MAIL_LEASE - 1)) == Round()
    assert send(at + timedelta(seconds=settings.MAIL_LEASE)) == Round(sent=1)
    assert [received.message_id for received in sink.received] == [message.message_id] * 2
    first, second = sink.received
    assert (first.text, first.email.items()) == (second.text, second.email.items())


def _die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


class TestTheDemonstrationsMailbox:
    @pytest.fixture(autouse=True)
    def _in_the_demonstration(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "heed.correspondence.mailbox.MailboxBackend"

    def test_what_would_go_out_lands_in_it(self, thread: Thread, public: Actor, at: datetime) -> None:
        (message,) = queue(thread, public, at, "R-1")
        assert send(at + timedelta(hours=1)) == Round(sent=1)
        (item,) = queries.mailbox()
        assert (item.message_id, item.to_address) == (message.message_id, "amina@example.org")
        assert (item.subject, item.body) == (message.subject, message.sealed_body)
        assert (item.from_line, item.arrived_at) == ("Riverside NHS Trust <heed@localhost>", at)
        assert queries.mailbox_item(item.pk) == item

    def test_the_same_message_id_twice_is_one_mail(
        self, thread: Thread, public: Actor, at: datetime, settings: Settings
    ) -> None:
        (message,) = queue(thread, public, at, "R-1")
        send(at)
        Message.objects.filter(pk=message.pk).update(
            state=State.SENDING, sent_at=None, next_attempt_at=at, sealed_body=message.sealed_body
        )
        assert send(at) == Round(sent=1)
        assert MailboxItem.objects.count() == 1

    def test_one_persons_mail_newest_first(
        self, thread: Thread, person: Correspondent, public: Actor, at: datetime
    ) -> None:
        other = actions.add_correspondent(by=public, at=at, email="bob@example.org")
        to_bob = actions.open_thread(organisation_id=thread.organisation_id, correspondent=other, at=at)
        queue(to_bob, public, at, "R-0")
        queue(thread, public, at, "R-1")
        queue(thread, public, at + timedelta(minutes=1), "R-2")
        send(at + timedelta(hours=1))
        assert [item.subject[-3:] for item in queries.mailbox("Amina@example.org")] == ["R-2", "R-1"]
        assert queries.mailbox().count() == 3
        assert queries.mailbox_item(0) is None

    def test_a_forged_header_is_refused_here_too(self, thread: Thread, public: Actor, at: datetime) -> None:
        (message,) = queue(thread, public, at, "R-1")
        Message.objects.filter(pk=message.pk).update(subject="Hello\nBcc: all@example.org")
        assert send(at) == Round(failed=1)
        assert not queries.mailbox().exists()
