"""What was learned."""

from django.db import models
from django.db.models import Q


class LearningPoint(models.Model):
    """Something learned from a case (R148), or from what many cases say together: for one service, or wider. The origin of
    the latter is kept as text, because it lies above: its kind, its id there, and the sentence that it was learned from."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="learning_points")
    origin_kind = models.CharField(max_length=20, blank=True)
    origin_id = models.CharField(max_length=40, blank=True)
    origin_sentence = models.TextField(blank=True)
    issue = models.ForeignKey("cases.Issue", models.PROTECT, null=True, blank=True, related_name="learning_points")
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    text = models.TextField()
    reach = models.CharField(max_length=20, choices=[("service", "This service"), ("wider", "Other services too")])
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["origin_kind", "origin_id"], condition=~Q(origin_kind=""), name="learning_by_origin")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, origin_kind="") | Q(case__isnull=True) & ~Q(origin_kind=""),
                name="learning_has_one_origin",
            )
        ]
