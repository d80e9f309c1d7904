"""Handing one e-mail to the mail server, or in the demonstration to the mailbox."""

import smtplib
from email.headerregistry import Address
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from heed.correspondence.models import Message


class Unreachable(Exception):
    """The mail server cannot be used now; it is no message's fault. `str()` is a sentence."""


class Undelivered(Exception):
    """This message could not be handed over. `str()` is a sentence; `for_good` says that trying again is useless."""

    def __init__(self, sentence: str, *, for_good: bool):
        super().__init__(sentence)
        self.for_good = for_good


class Postman:
    """One connection to the mail server, kept for a round of messages. Use as a context manager.

    Raises Unreachable from `open` and Undelivered from `deliver`."""

    def __init__(self) -> None:
        self._server: BaseEmailBackend = get_connection()

    def __enter__(self) -> "Postman":
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def open(self) -> None:
        """Connect, if that is still to be done."""
        try:
            self._server.open()
        except (OSError, smtplib.SMTPException) as fault:
            self._hang_up()
            raise Unreachable(_why_unreachable(fault)) from fault

    def deliver(self, message: Message) -> None:
        """Hand one message over, under its own Message-ID."""
        try:
            handed_over = self._server.send_messages([as_email(message)])
        except (OSError, smtplib.SMTPException, ValueError) as fault:
            self._hang_up()
            raise _undelivered(fault) from fault
        if not handed_over:
            raise Undelivered("The mail server took no message.", for_good=False)

    def _hang_up(self) -> None:
        try:
            self._server.close()
        except (OSError, smtplib.SMTPException):
            self._server = get_connection()


def as_email(message: Message) -> EmailMessage:
    """The e-mail as it leaves. All of it is fixed when it is queued, so that sending it twice sends the same."""
    local, _, domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")
    sender = Address(message.thread.organisation.name, local, domain)
    return EmailMessage(
        subject=message.subject,
        body=message.sealed_body or message.body,
        from_email=str(sender),
        to=[message.to_address],
        headers={
            "Message-ID": message.message_id,
            "Date": format_datetime(message.written_at),
            "Auto-Submitted": "auto-generated",  # RFC 3834: asks "I am on holiday" not to answer
        },
    )


def _why_unreachable(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return "The mail server does not accept our name and password."
    return f"The mail server cannot be reached ({fault.__class__.__name__})."


def _undelivered(fault: Exception) -> Undelivered:
    """Codes of 500 and more are the server's final word (RFC 5321, 4.2.1); anything else may pass."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in fault.recipients.values()]
        return Undelivered("The mail server does not accept the address.", for_good=min(codes) >= 500)
    if isinstance(fault, smtplib.SMTPDataError):
        return Undelivered("The mail server does not accept the message.", for_good=fault.smtp_code >= 500)
    if isinstance(fault, OSError) and not isinstance(fault, smtplib.SMTPNotSupportedError):
        return Undelivered(_why_unreachable(fault), for_good=False)
    # What is left is ours: an address or a header that no e-mail can have. Waiting does not mend it.
    return Undelivered(f"The message cannot be made into an e-mail ({fault.__class__.__name__}).", for_good=True)
