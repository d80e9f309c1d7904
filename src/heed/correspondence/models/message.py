from django.db import models
from django.db.models import Q


class Direction(models.TextChoices):
    IN = "in", "From them to us"
    OUT = "out", "From us to them"


class Medium(models.TextChoices):
    """What carries the message."""

    PORTAL = "portal", "On the website"
    EMAIL = "email", "Email"


class State(models.TextChoices):
    """The outbox is the messages that are `queued` or `sending`."""

    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"
    DELIVERED = "delivered", "On their page"
    RECEIVED = "received", "Received"


OUTBOX = [State.QUEUED, State.SENDING]


class Message(models.Model):
    """One message. An e-mail is made from a named letter; words in the portal are a body without a letter."""

    thread = models.ForeignKey("correspondence.Thread", on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    channel = models.CharField(max_length=8, choices=Medium.choices)
    state = models.CharField(max_length=9, choices=State.choices)

    letter = models.CharField(max_length=40, blank=True)
    letter_version = models.PositiveIntegerField(null=True, blank=True)
    fields = models.JSONField(default=dict, help_text="What the letter was filled with, its secret field left out.")
    to_address = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    body = models.TextField(help_text="As it may be read later: a secret is replaced by a few words.")
    sealed_body = models.TextField(blank=True, help_text="As it is sent, if that holds a secret; emptied after it.")
    message_id = models.CharField(max_length=200, blank=True, help_text="RFC 5322 Message-ID, made once, when queued.")
    attachments = models.ManyToManyField("documents.Attachment", related_name="+", blank=True)

    by_kind = models.CharField(max_length=10)
    by_id = models.CharField(max_length=64)
    written_at = models.DateTimeField(help_text="When it was queued, written or received.")
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(
        null=True, blank=True, help_text="Queued: when to try. Sending: when the lease of who is sending it runs out."
    )
    lease = models.CharField(max_length=32, blank=True, help_text="Random, new at each claim.")
    sending_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True, help_text="A sentence: why the last attempt failed.")
    handled_at = models.DateTimeField(
        null=True, blank=True, help_text="Failed: when somebody told the person in another way."
    )

    class Meta:
        indexes = [
            models.Index(fields=["thread", "written_at", "id"], name="message_in_thread"),
            models.Index(fields=["next_attempt_at", "id"], condition=Q(state__in=OUTBOX), name="message_outbox"),
            models.Index(fields=["written_at", "id"], condition=Q(state=State.FAILED), name="message_failed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_state_fits_its_way",
                condition=Q(direction="in", state="received")
                | Q(direction="out", channel="portal", state="delivered")
                | Q(direction="out", channel="email", state__in=["queued", "sending", "sent", "failed"]),
            ),
            models.CheckConstraint(
                name="message_email_has_address_and_id",
                condition=~Q(direction="out", channel="email") | (~Q(to_address="") & ~Q(message_id="")),
            ),
            models.CheckConstraint(
                name="message_outbox_has_a_time",
                condition=~Q(state__in=OUTBOX) | Q(next_attempt_at__isnull=False),
            ),
            models.CheckConstraint(
                name="message_sent_has_a_time", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
            models.UniqueConstraint(fields=["message_id"], condition=~Q(message_id=""), name="message_id_once"),
        ]

    def __str__(self) -> str:
        return f"Message {self.pk} ({self.state})"
