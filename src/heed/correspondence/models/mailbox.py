from django.db import models


class MailboxItem(models.Model):
    """In the demonstration, what would have gone out by e-mail. The same Message-ID twice is kept once, as a good
    mail program would show it."""

    message_id = models.CharField(max_length=200, unique=True)
    to_address = models.EmailField(max_length=254)
    from_line = models.CharField(max_length=320)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    arrived_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-arrived_at", "-id"], name="mailbox_newest"),
            models.Index(fields=["to_address", "-arrived_at"], name="mailbox_of_address"),
        ]

    def __str__(self) -> str:
        return f"Mailbox item {self.pk}"
