"""Figures as they stood, so that what was shown once can be shown again."""

from django.db import models
from django.db.models import Q


class KeptFigures(models.Model):
    """All measures of an organisation over whole months, counted at one moment. Those that Heed keeps by itself each month
    have nobody as `kept_by`."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    first_month = models.DateField()
    last_month = models.DateField()
    computed_at = models.DateTimeField()
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-computed_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-computed_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "last_month"], condition=Q(kept_by=None), name="kept_by_itself_once_a_month"
            )
        ]


class KeptMeasure(models.Model):
    """One measure of them. `cells`: by "2026-04 service-code", what was counted: [n, of], and for middles how often each
    value stood there, {value: times}, as a third. `version` and `defined` say what the measure was then."""

    kept = models.ForeignKey(KeptFigures, models.CASCADE, related_name="measures")
    measure = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    defined = models.TextField()
    cells = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["kept", "measure"], name="kept_measure_once")]
