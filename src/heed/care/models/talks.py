"""Supervision and reflection. What was said stands in tables of its own, apart from when it was said (R140, R147)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from heed.accounts.permissions import Viewer


class Supervision(models.Model):
    """Two people who agreed to talk regularly about the work. When one of the pair changes, it ends and another begins, so
    that whoever comes after reads nothing of what was said before."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    supervisor = models.ForeignKey("accounts.User", models.PROTECT, related_name="supervises")
    supervised = models.ForeignKey("accounts.User", models.PROTECT, related_name="supervised_in")
    every_weeks = models.PositiveSmallIntegerField()
    next_on = models.DateField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(supervisor=F("supervised")), name="supervision_of_two_people"),
            models.UniqueConstraint(
                fields=["organisation", "supervised"],
                condition=Q(ended_at__isnull=True),
                name="supervision_one_at_once",
            ),
        ]


class Talk(models.Model):
    """That the two talked, and when: nothing of what was said. This is what assurance needs."""

    supervision = models.ForeignKey(Supervision, models.CASCADE, related_name="talks")
    held_on = models.DateField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["supervision", "held_on"], name="talk_recorded_once")]


class TalkNoteQuerySet(models.QuerySet["TalkNote"]):
    def seen_by(self, viewer: Viewer) -> Self:
        """The one visibility function of notes: exactly the two whom the talk was between, whatever anybody's roles."""
        two = Q(talk__supervision__supervisor_id=viewer.person_id) | Q(
            talk__supervision__supervised_id=viewer.person_id
        )
        return self.filter(two, talk__supervision__organisation_id=viewer.organisation_id)


class TalkNote(models.Model):
    """What the two want to remember of their talk."""

    talk = models.OneToOneField(Talk, models.CASCADE, related_name="note")
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = TalkNoteQuerySet.as_manager()


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    def seen_by(self, viewer: Viewer) -> Self:
        """The one visibility function of reflections: their writer, and the supervisor with whom they shared one."""
        one = Q(writer_id=viewer.person_id) | Q(shared_with_id=viewer.person_id)
        return self.filter(one, organisation_id=viewer.organisation_id)


class Reflection(models.Model):
    """What somebody thought about their own work. Theirs alone, until they share it; they can take that back."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    writer = models.ForeignKey("accounts.User", models.CASCADE, related_name="reflections")
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    shared_with = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="reflections_shared"
    )
    shared_at = models.DateTimeField(null=True, blank=True)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["writer", "organisation", "written_at"], name="reflection_of_writer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(shared_with__isnull=True) | ~Q(shared_with=F("writer")),
                name="reflection_shared_with_another",
            ),
        ]
