"""A blob is content, kept once; an attachment is one use of it, by one organisation, under one name."""

import secrets
from pathlib import Path

from django.conf import settings
from django.db import models

from heed.audit.actor import Actor


def new_token() -> str:
    """192 random bits, safe in a URL: what a page's address carries in place of a number or a hash."""
    return secrets.token_urlsafe(24)


class Blob(models.Model):
    """Content by its SHA-256. The row is written only after the file is safely on disk."""

    class Scan(models.TextChoices):
        CLEAN = "clean", "Checked for viruses, none found"
        NOT_SCANNED = "not_scanned", "Not checked for viruses"
        INFECTED = "infected", "A virus was found"

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=100, help_text="found from the content, never from the name")
    scan = models.CharField(max_length=12, choices=Scan)
    scanned_at = models.DateTimeField(null=True, blank=True)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="blob_not_empty"),
            models.CheckConstraint(
                condition=models.Q(scan="not_scanned", scanned_at__isnull=True)
                | models.Q(scan__in=["clean", "infected"], scanned_at__isnull=False),
                name="blob_scanned_at_goes_with_scan",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> Path:
        """Where the content lies. Folders by the first four digits keep each folder small."""
        return settings.HEED_DATA / "documents" / self.sha256[:2] / self.sha256[2:4] / self.sha256


class Attachment(models.Model):
    """One file as somebody gave it. Permission is decided here, by whatever it is attached to; never by the hash."""

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="attachments")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=150, help_text="cleaned; its ending always fits the content")
    title = models.CharField(max_length=200, blank=True, help_text="what it is, in words, when somebody says")
    note = models.CharField(max_length=300, blank=True, help_text="what was changed about it, told to the person")
    uploaded_by_kind = models.CharField(max_length=10)
    uploaded_by_id = models.CharField(max_length=40)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["uploaded_at", "id"]

    def __str__(self) -> str:
        return self.filename

    @property
    def uploaded_by(self) -> Actor:
        """Who gave it; the organisation of the actor is not kept here."""
        return Actor(self.uploaded_by_kind, self.uploaded_by_id)  # type: ignore[arg-type]

    @property
    def is_checked(self) -> bool:
        """Whether a virus check found it clean; pages say so when it is not."""
        return self.blob.scan == Blob.Scan.CLEAN
