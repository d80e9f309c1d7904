"""Whether actions worked, as it was worked out: dated, kept with all that it rests on, and never written again."""

from django.db import models

from heed.audit import triggers

VERDICTS = [
    ("fall", "Real fall"),
    ("unclear", "No clear change"),
    ("rise", "Real rise"),
    ("early", "Too early"),
    ("never", "Cannot be shown"),
]


class Verdict(models.Model):
    """One answer to "did it work?", the latest of an action being that with the highest number. `sentence` holds no number of
    cases. `inputs`: the counts by month, the months that are left out, and what else it was worked out from; `found`: what
    came out. Nobody as `asked_by`: Heed, once enough months were over."""

    action = models.ForeignKey("learning.Action", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    reading = models.CharField(
        max_length=10, help_text="read with all that stands beside it: a key of `judging.READINGS`"
    )
    sentence = models.TextField()
    measure = models.CharField(max_length=60, help_text="a key")
    measure_version = models.PositiveSmallIntegerField()
    service = models.CharField(max_length=40, blank=True, help_text="a code; blank: the whole")
    subject = models.CharField(max_length=60, blank=True, help_text="a code; blank: all themes")
    method = models.CharField(max_length=10, help_text="of the method")
    software = models.CharField(max_length=20, help_text="version of Heed")
    inputs = models.JSONField()
    found = models.JSONField()
    again_on = models.DateField(null=True, help_text="where it is too early: when to ask again")
    computed_at = models.DateTimeField(help_text="the moment of the figures")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["action", "-number"]
        # What lists and counts ask for, so that they need not read past the inputs, which are long.
        indexes = [
            models.Index(fields=["action", "number", "verdict"], name="verdict_of_action"),
            models.Index(fields=["asked_at", "id", "verdict", "action", "number"], name="verdict_by_moment"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="verdict_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(verdict__in=[code for code, _ in VERDICTS]), name="verdict_is_one_of_five"
            ),
        ]


triggers.register(Verdict._meta.db_table)
