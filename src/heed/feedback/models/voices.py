from django.db import models
from django.db.models import Q

from heed.feedback.models.received import Batch


class Voice(models.Model):
    """Something heard beside what people tell us themselves (R186): a claim, a comment in a survey, what an advocate passes
    on. Nobody's name; `number` is for how many it stands, null for "fewer than five". Taken back, it is counted no more."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="voices")
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    source = models.CharField(max_length=30)
    subject = models.CharField(max_length=60, blank=True)
    tone = models.CharField(max_length=10, blank=True)
    heard_on = models.DateField()
    from_on = models.DateField(null=True, blank=True, help_text="where it sums up a period, its first day")
    number = models.PositiveIntegerField(null=True, blank=True)
    of_how_many = models.PositiveIntegerField(null=True, blank=True)
    where = models.CharField(max_length=200, blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="voices")
    # Null, not "", where there is none: only so can the constraint let many rows have none.
    import_key = models.CharField(max_length=80, null=True, blank=True)  # noqa: DJ001
    submission_key = models.CharField(max_length=40, null=True, blank=True, unique=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-heard_on", "-pk"]
        indexes = [
            models.Index(
                fields=["organisation", "heard_on", "source", "subject", "service"],
                condition=Q(taken_back_at__isnull=True),
                name="voice_heard",
            ),
            models.Index(
                fields=["organisation", "heard_on", "id"],
                condition=Q(taken_back_at__isnull=True, subject=""),
                name="voice_not_coded",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "import_key"], name="voice_imported_once"),
            models.CheckConstraint(condition=Q(tone__in=["", "good", "mixed", "bad"]), name="voice_tone_known"),
            models.CheckConstraint(condition=Q(number__isnull=True) | Q(number__gte=1), name="voice_of_somebody"),
        ]


class VoiceWords(models.Model):
    """What was said. Kept apart, so that it can be erased and the voice still be counted."""

    voice = models.OneToOneField(Voice, models.CASCADE, related_name="words")
    text = models.TextField()
