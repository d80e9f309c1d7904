from django.db import models
from django.db.models import Q


class Course(models.Model):
    """Something that people have to know, who needs it, and for how long it holds (R259). `roles` are codes parted by
    spaces, "" for everybody; `months` null: once is enough. `status` and `source` say where it comes from."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="courses")
    # Null, not "", for a course of the organisation's own: only so may there be many of them.
    key = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001
    name = models.CharField(max_length=120)
    what_for = models.CharField(max_length=400, blank=True)
    roles = models.CharField(max_length=300, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10)
    source = models.CharField(max_length=400)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="course_taken_over_once"),
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(ended_at__isnull=True), name="course_named_once"
            ),
            models.CheckConstraint(condition=Q(months__isnull=True) | Q(months__gte=1), name="course_holds_a_month"),
        ]


class Training(models.Model):
    """Who had it, when, and what shows it, in a line."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="trainings")
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="trainings")
    had_on = models.DateField()
    evidence = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "person", "had_on"], name="training_recorded_once")]


class TrainingReminder(models.Model):
    """The last day on which somebody was reminded by e-mail: once a month at most."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    person = models.ForeignKey("accounts.User", models.CASCADE)
    sent_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "person"], name="training_reminder_of_one")]
