"""What was learned, what was promised because of it, and whether it was done and lasted."""

from django.db import models
from django.db.models import F, Q

from heed.audit import triggers


class LearningPoint(models.Model):
    """Something learned from a case (R148): for this person's service, or wider."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="learning_points")
    issue = models.ForeignKey("cases.Issue", models.PROTECT, null=True, blank=True, related_name="learning_points")
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    text = models.TextField()
    reach = models.CharField(max_length=20, choices=[("service", "This service"), ("wider", "Other services too")])
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class Action(models.Model):
    """A promised change: specific, owned, dated, with how it will be checked (R153-R160)."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT)
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    learning_point = models.ForeignKey(LearningPoint, models.PROTECT, related_name="actions")
    step = models.TextField()
    owner = models.ForeignKey("accounts.User", models.PROTECT, related_name="owned_actions")
    start_on = models.DateField()
    finish_on = models.DateField()
    standard_met = models.TextField()
    involvement = models.TextField(help_text="how the complainant is involved")
    progress_check = models.TextField()
    progress_check_on = models.DateField()
    completion_check = models.TextField()
    completion_check_on = models.DateField()
    maintenance_check = models.TextField()
    maintenance_check_on = models.DateField()
    impact_check = models.TextField()
    impact_check_on = models.DateField()
    state = models.CharField(
        max_length=20, default="promised", choices=[("promised", "Promised"), ("started", "Started"), ("completed", "Completed")]
    )
    started_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    completion_evidence = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_completed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="promised_actions")
    at = models.DateTimeField()

    class Meta:
        ordering = ["finish_on", "pk"]
        indexes = [
            models.Index(fields=["organisation", "state", "finish_on"]),
            models.Index(fields=["owner", "state", "finish_on"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(finish_on__gte=F("start_on")), name="action_finishes_after_start"),
            models.CheckConstraint(
                condition=~Q(state="completed") | (Q(completed_on__isnull=False) & ~Q(completion_evidence="")),
                name="completed_action_has_evidence",
            ),
        ]


class ActionFile(models.Model):
    """Evidence that the action was done."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="files")
    attachment = models.OneToOneField("documents.Attachment", models.PROTECT, related_name="action_file")


class Check(models.Model):
    """The result of one of the four planned checks."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="checks")
    kind = models.CharField(
        max_length=20,
        choices=[("progress", "Progress"), ("completion", "Completion"), ("maintenance", "Maintenance"), ("impact", "Impact")],
    )
    done_on = models.DateField()
    worked = models.BooleanField()
    note = models.TextField()
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


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


class ActionEvent(models.Model):
    """What happened to an action, in order: codes, dates and ids only, append-only."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=20)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["action", "number"]
        constraints = [models.UniqueConstraint(fields=["action", "number"], name="action_event_numbered_once")]


triggers.register(ActionEvent._meta.db_table)
