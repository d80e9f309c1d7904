"""Two people code the same texts, neither seeing what the other or the record says."""

from django.db import models

CANNOT_TELL = "cannot_tell"


class CodingRound(models.Model):
    """One round: `asked` texts drawn with `seed` from the `population` of cases that the starter and both coders might
    see, in the order of their ids. It ends when both have coded everything, or when somebody ends it."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    which = models.CharField(
        max_length=10, choices=[("closed", "Closed"), ("open", "Open"), ("both", "Open and closed")]
    )
    since = models.DateField(help_text="cases received on this day or later")
    asked = models.PositiveSmallIntegerField()
    population = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    first = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    second = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    started_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="coding_round_numbered_once"),
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="coded_by_two_people"),
        ]


class CodingText(models.Model):
    """One case whose text is coded."""

    round = models.ForeignKey(CodingRound, models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="coding_text_numbered_once")]


class Coding(models.Model):
    """What one of the two made of a text: codes of the lists, or CANNOT_TELL."""

    text = models.ForeignKey(CodingText, models.CASCADE, related_name="codings")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    risk = models.CharField(max_length=20)
    subject = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "by"], name="coded_once_each")]
