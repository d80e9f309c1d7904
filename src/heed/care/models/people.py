"""What somebody can carry and is good at, and when they ask for time or a talk."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from heed.accounts.permissions import Viewer


class Capacity(models.Model):
    """How much somebody can carry, as one proposed and the other agreed (R139). The newest that was agreed counts."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="capacities")
    hours_a_week = models.PositiveSmallIntegerField()
    most_cases = models.PositiveSmallIntegerField()
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "person", "-id"], name="capacity_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("proposed_by")), name="capacity_agreed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True)
                | (Q(agreed_at__isnull=False) & (Q(agreed_by=F("person")) | Q(proposed_by=F("person")))),
                name="capacity_agreed_with_the_person",
            ),
        ]


class Skill(models.Model):
    """Something that somebody is good at and can be asked for: a code, and where it needs one, a detail ("Urdu")."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="skills")
    code = models.CharField(max_length=40)
    detail = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "person", "code"], name="skill_once")]


class AskingQuerySet(models.QuerySet["Asking"]):
    def seen_by(self, viewer: Viewer) -> Self:
        """The one visibility function: who asked, and whom they asked; nobody else, whatever their roles."""
        two = Q(person_id=viewer.person_id) | Q(to_id=viewer.person_id)
        return self.filter(two, organisation_id=viewer.organisation_id)


class Asking(models.Model):
    """Somebody asked for time or a talk, after a hard contact or on a hard day. No reason is needed and no case is named."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="askings")
    to = models.ForeignKey("accounts.User", models.PROTECT, related_name="asked_of")
    helps = models.CharField(max_length=200, help_text="codes, parted by spaces")
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = AskingQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "asked_at"], name="asking_by_time")]
        constraints = [models.CheckConstraint(condition=~Q(to=F("person")), name="asking_somebody_else")]


class CareThread(models.Model):
    """Where somebody is written to about looking after each other: apart from all that concerns cases and figures."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    person = models.ForeignKey("accounts.User", models.CASCADE)
    thread = models.ForeignKey("correspondence.Thread", models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "person"], name="care_thread_once")]
