"""One row for each thing that somebody did or saw, kept for accountability and read by no feature."""

from django.db import models

from heed.audit import triggers


class Entry(models.Model):
    """What was done, by whom, to what. Text only: an entry outlives everything that it speaks of.

    `detail` holds codes, ids and names of fields, never a person's name or words, and is never filtered on."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=64)
    organisation = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["object_kind", "object_id", "id"], name="audit_entry_object"),
            models.Index(fields=["organisation", "at", "id"], name="audit_entry_organisation"),
            models.Index(fields=["actor_kind", "actor_id", "at"], name="audit_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_kind} {self.actor_id} {self.verb} {self.object_kind} {self.object_id}"


triggers.register(Entry._meta.db_table)
