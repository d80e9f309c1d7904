"""What an organisation says that a step of handling takes and costs. Nothing is assumed for it."""

from django.db import models
from django.db.models import Q


class StepCost(models.Model):
    """The minutes that a step takes and what an hour of it costs, from the first day of a month until another is said.
    No minutes: from then on the step is not counted. `note` is where the organisation has it from."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    step = models.CharField(max_length=20)
    from_month = models.DateField(help_text="the first day of a month")
    minutes = models.PositiveSmallIntegerField()
    pence_an_hour = models.PositiveIntegerField()
    pay_band = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["step", "-from_month"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "step", "from_month"], name="step_cost_once_a_month"),
            models.CheckConstraint(condition=Q(from_month__day=1), name="step_cost_from_a_first"),
        ]
