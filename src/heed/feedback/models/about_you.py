"""What people say about themselves."""

import uuid

from django.db import models


class AboutYouAnswer(models.Model):
    """What somebody said about themselves: kept apart from what they told us, and never shown to anybody as it is.

    `who` is a keyed hash of their feedback's id and no foreign key, so that nothing leads from a case to it or back;
    `told_in` is a month and no moment; the key is random, so that the order of rows tells nothing (R256)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=40, help_text="its code")
    who = models.CharField(max_length=64)
    question = models.CharField(max_length=40)
    answer = models.CharField(max_length=40)
    told_in = models.CharField(max_length=7, help_text="a month, as 2026-11")

    class Meta:
        indexes = [models.Index(fields=["organisation", "told_in"])]
        constraints = [models.UniqueConstraint(fields=["who", "question"], name="about_you_once")]
