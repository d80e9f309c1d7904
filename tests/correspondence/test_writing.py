"""Words in the portal, and letters queued for the outbox."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.correspondence import actions, queries
from heed.correspondence.models import Correspondent, Message, State, Thread
from heed.documents.models import Attachment, Blob

pytestmark = pytest.mark.django_db
HANDLER = Actor("staff", "42", "riverside-nhs")
CODE = "KXPW-7N3M-QRTV"


def receipt(thread: Thread, by: Actor, at: datetime, **fields: str | date | None) -> Message | None:
    return actions.notify(thread=thread, letter="receipt", fields={"reference": "R-4711", **fields}, by=by, at=at)


class TestWordsInThePortal:
    def test_they_are_there_at_once_in_order(self, thread: Thread, public: Actor, at: datetime) -> None:
        actions.write(thread=thread, direction="in", body="Nobody rang.", by=public, at=at)
        actions.write(thread=thread, direction="out", body="We are sorry.", by=HANDLER, at=at)
        found = [(message.direction, message.state, message.body) for message in queries.messages(thread.pk)]
        assert found == [("in", "received", "Nobody rang."), ("out", "delivered", "We are sorry.")]

    def test_a_file_alone_is_a_message_too(self, thread: Thread, public: Actor, at: datetime) -> None:
        blob = Blob.objects.create(sha256="0" * 64, size=17, media_type="text/plain", scan="not_scanned", stored_at=at)
        file = Attachment.objects.create(
            blob=blob,
            organisation=thread.organisation,
            filename="note.txt",
            uploaded_by_kind=public.kind,
            uploaded_by_id=public.id,
            uploaded_at=at,
        )
        actions.write(thread=thread, direction="in", body="", by=public, at=at, attachments=[file])
        assert list(queries.messages(thread.pk)[0].attachments.all()) == [file]

    def test_nothing_at_all_is_refused(self, thread: Thread, public: Actor, at: datetime) -> None:
        with pytest.raises(Refused, match="Write a message, or attach a file") as refusal:
            actions.write(thread=thread, direction="in", body=" \n ", by=public, at=at)
        assert refusal.value.field == "body"


class TestLetters:
    def test_a_letter_is_queued_as_it_will_be_sent(self, thread: Thread, public: Actor, at: datetime) -> None:
        message = receipt(thread, public, at, acknowledge_by=date(2026, 5, 8))
        assert message is not None
        message.refresh_from_db()
        assert (message.state, message.channel, message.direction) == (State.QUEUED, "email", "out")
        assert (message.letter, message.letter_version) == ("receipt", 1)
        assert (message.to_address, message.subject) == ("amina@example.org", "We have what you told us: R-4711")
        assert message.fields == {"reference": "R-4711", "acknowledge_by": "2026-05-08"}
        for words in [
            "Dear Mrs Ahmed\n",
            "Riverside NHS Trust has it",
            "by 8 May 2026 we will be in touch",
            "http://127.0.0.1:8000/riverside-nhs/",
            "01632 960001 or listen@riverside.example",
        ]:
            assert words in message.body

    def test_each_has_a_message_id_of_its_own_that_rfc_5322_allows(
        self, thread: Thread, public: Actor, at: datetime
    ) -> None:
        for _ in range(20):
            receipt(thread, public, at)
        ids = set(Message.objects.values_list("message_id", flat=True))
        assert len(ids) == 20
        assert all(name.startswith("<") and name.endswith("@localhost>") and name.isascii() for name in ids)
        assert not any("4711" in name for name in ids)

    def test_nobody_is_written_to_without_an_address(self, thread: Thread, public: Actor, at: datetime) -> None:
        actions.update_correspondent(correspondent=thread.correspondent, by=public, at=at, email="")
        thread.refresh_from_db()
        assert receipt(thread, public, at) is None
        assert not Message.objects.exists()

    def test_who_gave_no_name_is_greeted_all_the_same(self, thread: Thread, public: Actor, at: datetime) -> None:
        actions.update_correspondent(correspondent=thread.correspondent, by=public, at=at, name="", address_as="")
        thread.refresh_from_db()
        message = receipt(thread, public, at)
        assert message is not None
        assert message.body.startswith("Hello\n")

    def test_the_code_goes_only_to_an_address_that_is_theirs_alone(
        self, thread: Thread, person: Correspondent, public: Actor, at: datetime
    ) -> None:
        private = receipt(thread, public, at, code=CODE)
        actions.update_correspondent(correspondent=person, by=public, at=at, email_is_private=False)
        thread.refresh_from_db()
        shared = receipt(thread, public, at, code=CODE)
        assert private is not None
        assert shared is not None
        assert CODE in private.sealed_body
        assert CODE not in private.body + str(private.fields)
        assert CODE not in shared.sealed_body + shared.body + str(shared.fields)
        assert "Your secret code is not in this email" in shared.body

    def test_the_code_is_not_in_what_a_page_may_read(self, thread: Thread, public: Actor, at: datetime) -> None:
        receipt(thread, public, at, code=CODE)
        message = queries.messages(thread.pk)[0]
        assert message.get_deferred_fields() == {"sealed_body"}
        assert CODE not in message.body

    def test_it_is_undone_with_what_it_speaks_of(self, thread: Thread, public: Actor, at: datetime) -> None:
        with transaction.atomic():
            receipt(thread, public, at)
            transaction.set_rollback(True)
        assert not Message.objects.exists()

    def test_names_cannot_write_headers(self, thread: Thread, public: Actor, at: datetime) -> None:
        message = actions.notify(
            thread=thread,
            letter="next_stage",
            fields={"reference": "R-1\r\nBcc: all@example.org", "stage": "stage 2"},
            by=public,
            at=at,
        )
        assert message is not None
        assert message.subject == "The next stage: R-1 Bcc: all@example.org"

    def test_the_letter_is_that_of_the_day_in_london(self, thread: Thread, public: Actor) -> None:
        with pytest.raises(KeyError, match="1999-12-31"):
            receipt(thread, public, datetime(1999, 12, 31, 23, 59, tzinfo=UTC))
        assert receipt(thread, public, datetime(2000, 1, 1, tzinfo=UTC)) is not None


@pytest.mark.parametrize(
    "fault",
    [
        {"direction": "in"},
        {"direction": "out", "channel": "portal"},
        {"state": "delivered"},
        {"to_address": ""},
        {"message_id": ""},
        {"next_attempt_at": None},
        {"state": "sent"},
    ],
    ids=str,
)
def test_the_database_refuses_a_message_that_cannot_be(
    thread: Thread, public: Actor, at: datetime, fault: dict[str, str | None]
) -> None:
    message = receipt(thread, public, at)
    assert message is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**fault)


def test_and_two_with_one_message_id(thread: Thread, public: Actor, at: datetime) -> None:
    first, second = receipt(thread, public, at), receipt(thread, public, at)
    assert first is not None
    assert second is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=second.pk).update(message_id=first.message_id)
