"""What an action should change, said before it starts: the outcome that is to move, which way, and what it is held beside."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from heed.learning.aiming import CONTROLS, DIRECTIONS, MOST_PHASE_IN
from heed.learning.models.plans import Action


class Aim(models.Model):
    """The outcome of one action. What is measured is kept as text, because measures lie above: a key, and codes of a service
    and a subject ("": all of them). The months of a peak that led to the action are left out of what it is compared with, and
    so are the months of bedding-in after its completion. `control`: what nothing was done to, or why there is nothing."""

    action = models.OneToOneField(Action, models.CASCADE, related_name="aim")
    measure = models.CharField(max_length=60, help_text="a key")
    service = models.CharField(max_length=40, blank=True, help_text="a code; blank: the whole")
    subject = models.CharField(max_length=60, blank=True, help_text="a code; blank: all themes")
    direction = models.CharField(max_length=10, choices=list(DIRECTIONS.items()))
    control = models.CharField(max_length=10, choices=list(CONTROLS.items()))
    control_service = models.CharField(max_length=40, blank=True, help_text="a code, where the control is one service")
    no_control_reason = models.TextField(blank=True)
    phase_in = models.PositiveSmallIntegerField(default=0, help_text="months after completion that are left out")
    peak_first = models.DateField(null=True, blank=True, help_text="the first day of the first month")
    peak_last = models.DateField(null=True, blank=True, help_text="the first day of the last month")
    late_reason = models.TextField(blank=True, help_text="why it was chosen, or changed, after the start")
    chosen_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(help_text="when it was last chosen anew")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=list(DIRECTIONS)), name="aim_direction_known"),
            models.CheckConstraint(condition=Q(control__in=list(CONTROLS)), name="aim_control_known"),
            models.CheckConstraint(
                condition=~Q(control="none") | ~Q(no_control_reason=""), name="aim_without_control_says_why"
            ),
            models.CheckConstraint(condition=Q(phase_in__lte=MOST_PHASE_IN), name="aim_phase_in_in_months"),
            models.CheckConstraint(
                condition=Q(peak_first=None, peak_last=None) | Q(peak_last__gte=F("peak_first")),
                name="aim_peak_in_order",
            ),
        ]

    @property
    def is_late(self) -> bool:
        """Whether it was chosen, or changed, on a day after the action had started."""
        started_on = self.action.started_on
        return started_on is not None and timezone.localdate(self.chosen_at) > started_on
