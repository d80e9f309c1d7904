"""What is told of it."""

from django.db import models

from heed.learning.models.plans import Action


class Publication(models.Model):
    """A public line: you said, we did. Never names anybody (R9, R253)."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="publications")
    action = models.OneToOneField(Action, models.PROTECT, related_name="publication")
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    you_said = models.TextField()
    we_did = models.TextField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT)

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-published_at"])]
