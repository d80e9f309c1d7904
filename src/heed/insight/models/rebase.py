"""From which month on a measure's limits begin anew, who said so and why. Never by itself."""

from django.db import models
from django.db.models import Q


class Rebase(models.Model):
    """New limits for a measure, of one service or, with no service, of the whole organisation. One that was taken back
    stays, with who took it back and why."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    measure = models.CharField(max_length=60, help_text="a key")
    service = models.CharField(max_length=40, blank=True, help_text="a code; blank: the whole")
    month = models.DateField(help_text="the first day of the month that the new limits begin with")
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    taken_back_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "measure", "service", "month"],
                condition=Q(taken_back_at=None),
                name="rebase_once",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="rebase_from_a_first"),
        ]
