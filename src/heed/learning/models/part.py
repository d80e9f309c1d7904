"""The part that the person takes in what changes because of them: how they wish to be kept informed, what they agreed to,
and whether they are satisfied that it will not happen again (R82, R161, R165). Kept by their case, apart from any action."""

from django.db import models
from django.db.models import Q

from heed.learning.involvement import HOW, INFORM, SATISFIED


class Informing(models.Model):
    """How the person wishes to hear of the actions. No row: nobody has asked them yet."""

    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="informing")
    wish = models.CharField(max_length=10, choices=list(INFORM.items()))
    how = models.CharField(max_length=10, choices=list(HOW.items()), help_text="how they said so")
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.CharField(max_length=20)


class Part(models.Model):
    """Something that the person agreed to do, when and how they agreed, and whether they took it back."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="parts_taken")
    option = models.CharField(max_length=40, help_text="code of the list involvement")
    agreed_at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=list(HOW.items()))
    by_kind = models.CharField(max_length=10)
    by_id = models.CharField(max_length=20)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_how = models.CharField(max_length=10, choices=list(HOW.items()), blank=True)

    class Meta:
        ordering = ["agreed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "option"], condition=Q(withdrawn_at__isnull=True), name="part_agreed_once"
            )
        ]


class Satisfaction(models.Model):
    """What the person says of whether it can happen again to somebody else; the latest counts. Their words are erasable."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="satisfactions")
    answer = models.CharField(max_length=10, choices=list(SATISFIED.items()))
    words = models.TextField(blank=True)
    how = models.CharField(max_length=10, choices=list(HOW.items()))
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
