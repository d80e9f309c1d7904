"""Forms that are not sent yet, and tries that are counted."""

from django.db import models


class Attempt(models.Model):
    """A try that is counted, to slow it down: a reference and a code that did not match, a form begun, a file sent. Only
    a keyed hash of where it came from, for a day."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]


class Draft(models.Model):
    """A form that is not sent yet. Its token is the sender's cookie; only a hash of it is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    answers = models.JSONField(default=dict)
    submission_key = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)


class DraftFile(models.Model):
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    attachment = models.OneToOneField("documents.Attachment", models.PROTECT, related_name="draft_file")
