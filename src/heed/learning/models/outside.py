"""Who owns an action without an account, and which actions wait for which."""

from django.db import models
from django.db.models import F, Q


class OutsideOwner(models.Model):
    """Somebody who carries out an action and does not sign in: their name and their own work address. They answer through
    a one-time link. Kept apart from the log, so that they can be erased."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Dependency(models.Model):
    """An action that waits until another is completed. Never in a circle: its action sees to that."""

    action = models.ForeignKey("learning.Action", models.CASCADE, related_name="waits_for")
    waits_for = models.ForeignKey("learning.Action", models.CASCADE, related_name="lets_go_on")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "waits_for"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(action=F("waits_for")), name="dependency_on_another"),
        ]
