"""How a case is answered and put right."""

from django.db import models

from heed.cases.models.case import Case
from heed.cases.models.work import Issue


class Remedy(models.Model):
    """What will put it right, by when, and when it was done. Money is whole pence. Of one that the Ombudsman recommended (R123):
    `decision` names their decision, `show_to` whom it has to be shown to, and `shown` says how and when it was."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="remedies")
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="remedies")
    kind = models.CharField(max_length=40)
    description = models.TextField()
    amount_pence = models.PositiveIntegerField(null=True, blank=True)
    due_on = models.DateField()
    delivered_on = models.DateField(null=True, blank=True)
    delivery_note = models.TextField(blank=True)
    decision = models.CharField(max_length=80, blank=True)
    show_to = models.CharField(max_length=200, blank=True)
    shown = models.TextField(blank=True)
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(delivered_on__isnull=True), name="remedy_owed")]


class Response(models.Model):
    """The answer at a stage: drafted, signed, sent. A reopened case gets a new one; the old stays as it was."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="responses")
    stage = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(
        max_length=20,
        default="draft",
        choices=[("draft", "Draft"), ("sign_off", "Waiting for sign-off"), ("signed", "Signed"), ("sent", "Sent")],
    )
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="drafted_responses")
    requested_at = models.DateTimeField(null=True)
    returned_note = models.TextField(blank=True)
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="signed_responses")
    signed_as = models.CharField(max_length=200, blank=True, help_text="the capacity, and for whom if delegated")
    signed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by_channel = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="response_numbered_once")]


class ResponsePart(models.Model):
    """One of the ten parts of a response (R110)."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="parts")
    part = models.CharField(max_length=30)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "part"], name="response_part_once")]
