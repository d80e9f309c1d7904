"""Who was reminded of what, so that nobody is reminded of the same thing twice, nor more than once a day."""

from django.db import models
from django.db.models import Q

from heed.learning.models.outside import OutsideOwner
from heed.learning.models.plans import Action


class Reminder(models.Model):
    """One thing that an action owed by one day, told to one person at one step of the ladder: `step` is a key of the
    schedule in organisations/chasing.toml, or `go_on` for one that waited."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="reminders")
    owed_on = models.DateField()
    owed_what = models.CharField(max_length=12)
    step = models.CharField(max_length=20)
    person = models.ForeignKey("accounts.User", models.CASCADE, null=True, blank=True, related_name="+")
    outside = models.ForeignKey(OutsideOwner, models.CASCADE, null=True, blank=True, related_name="+")
    on = models.DateField(help_text="the day on which they were told")

    class Meta:
        indexes = [models.Index(fields=["person", "on"], name="reminder_by_person_and_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "owed_on", "owed_what", "step", "person"],
                condition=Q(person__isnull=False), name="reminded_once",
            ),
            models.UniqueConstraint(
                fields=["action", "owed_on", "owed_what", "step", "outside"],
                condition=Q(outside__isnull=False), name="reminded_outside_once",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, outside__isnull=True) | Q(person__isnull=True, outside__isnull=False),
                name="reminder_has_one_reader",
            ),
        ]  # fmt: skip


class ReaderThread(models.Model):
    """The thread in which an organisation reminds one of its people of their actions."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    thread = models.OneToOneField("correspondence.Thread", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_thread_of_actions_a_person")
        ]
