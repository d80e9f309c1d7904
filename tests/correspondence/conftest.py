"""An organisation, a person who wrote to it, the thread between them, and a mail server."""

import logging
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from heed.audit.actor import Actor, system
from heed.correspondence import actions
from heed.correspondence.models import Correspondent, Thread
from heed.organisations.models import Organisation

AT = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
WORKER = system("worker")


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def public() -> Actor:
    return Actor("public", "7", "riverside-nhs")


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(
        code="riverside-nhs",
        name="Riverside NHS Trust",
        short_name="Riverside",
        sector="nhs",
        procedure="nhs-2009",
        subject_list="nhs",
        reference_prefix="R",
        contact_phone="01632 960001",
        contact_email="listen@riverside.example",
    )


@pytest.fixture
def person(public: Actor) -> Correspondent:
    return actions.add_correspondent(
        by=public, at=AT, name="Amina Ahmed", address_as="Mrs Ahmed", email="amina@example.org", email_is_private=True
    )


@pytest.fixture
def thread(organisation: Organisation, person: Correspondent) -> Thread:
    return actions.open_thread(organisation_id=organisation.pk, correspondent=person, at=AT)


def unused_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@dataclass
class Received:
    sender: str
    recipients: list[str]
    email: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.email["Message-ID"])

    @property
    def text(self) -> str:
        return str(self.email.get_content())


class Sink:
    """Use as a context manager; `port` is where it listens, `received` what was accepted.

    `answer` decides what the server says of a recipient: "250 OK" or a refusal. `accepted` is called after a message
    was kept and before the client hears of it, and may wait."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answer: Callable[[str], str] = lambda address: "250 OK"
        self.accepted: Callable[[int], None] = lambda count: None
        self.port = unused_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> "Sink":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_RCPT(  # noqa: N802 (the server's name for it)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answer(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        email = message_from_bytes(envelope.content, policy=default)
        self.received.append(Received(envelope.mail_from or "", list(envelope.rcpt_tos), email))
        self.accepted(len(self.received))
        return "250 Kept"


@pytest.fixture
def nobody_listens() -> int:
    """A port where no server is."""
    return unused_port()


@pytest.fixture
def sink() -> Iterator[Sink]:
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # its own account of every line
    with Sink() as sink:
        yield sink
