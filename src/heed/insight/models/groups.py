"""The figures about groups of people, as they were counted once."""

from django.db import models


class GroupFigures(models.Model):
    """What may be told of one period of an organisation, and nothing else: hidden numbers are not in it. It is never
    counted again, because two counts of the same period could be taken from each other (R256).

    `questions`: a list of {key, version, lines}, a line as [code, depth, people, {outcome: how many}]."""

    organisation = models.CharField(max_length=40, help_text="its code")
    first_on = models.DateField()
    last_on = models.DateField()
    counted_at = models.DateTimeField()
    asked_since = models.DateField()
    rule = models.PositiveSmallIntegerField(help_text="the version of the rule of disclosure")
    received = models.PositiveIntegerField()
    questions = models.JSONField()

    class Meta:
        ordering = ["-first_on"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "first_on"], name="groups_counted_once"),
            models.CheckConstraint(condition=models.Q(last_on__gt=models.F("first_on")), name="groups_period_runs_on"),
        ]
