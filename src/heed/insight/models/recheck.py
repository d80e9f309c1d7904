"""A random sample of each month's closed cases, checked against the papers by somebody who had no part in them."""

from django.db import models

VERDICTS = {"right": "Right", "wrong": "Wrong", "cannot_tell": "Cannot tell from the papers"}


class Recheck(models.Model):
    """The sample of one month: of the `population` of cases closed in it, drawn with `seed` in the order of their ids."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    month = models.DateField(help_text="its first day")
    population = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["organisation", "month"], name="rechecked_once_a_month")]


class RecheckCase(models.Model):
    """One case of a sample, and who checked it."""

    recheck = models.ForeignKey(Recheck, models.CASCADE, related_name="cases")
    number = models.PositiveSmallIntegerField()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["recheck", "number"]
        constraints = [
            models.UniqueConstraint(fields=["recheck", "number"], name="recheck_case_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(checked_by__isnull=True, checked_at__isnull=True)
                | models.Q(checked_by__isnull=False, checked_at__isnull=False),
                name="recheck_by_somebody_at_a_time",
            ),
        ]


class RecheckAnswer(models.Model):
    """What stood on record for a field, and whether the papers say so. Days are kept as 2026-05-31, the rest as codes."""

    of = models.ForeignKey(RecheckCase, models.CASCADE, related_name="answers")
    field = models.CharField(max_length=20)
    recorded = models.CharField(max_length=60, blank=True)
    verdict = models.CharField(max_length=12, choices=list(VERDICTS.items()))
    should_be = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "field"], name="rechecked_once_a_field")]
