"""The demonstration's mail server: a Django e-mail backend that keeps what it is given, for the mailbox page."""

from collections.abc import Sequence
from email.utils import parsedate_to_datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from heed.correspondence.models import MailboxItem


class MailboxBackend(BaseEmailBackend):
    """Keeps each Message-ID once, however often it is sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for email in email_messages:
            email.message()  # Refuses line breaks in headers, as sending it would.
            MailboxItem.objects.get_or_create(
                message_id=email.extra_headers["Message-ID"],
                defaults={
                    "to_address": email.to[0],
                    "from_line": email.from_email,
                    "subject": str(email.subject),
                    "body": str(email.body),
                    "arrived_at": parsedate_to_datetime(email.extra_headers["Date"]),
                },
            )
        return len(email_messages)
