"""What was promised because of it, and whether it was done and lasted."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from heed.accounts.permissions import Permission, Viewer
from heed.audit import triggers
from heed.learning import lifecycle
from heed.learning.models.outside import OutsideOwner
from heed.learning.models.points import LearningPoint, against


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one visibility function of actions: all for those who see all cases, those of their service for its
        manager, those of their cases for handler and investigator, and everybody's own. Nobody who is complained
        about in the case sees what came of it (R255)."""
        actions = self.filter(organisation_id=viewer.organisation_id)
        if not viewer.may(Permission.SEE_ALL_CASES):
            seen = Q(owner_id=viewer.person_id) | Q(by_id=viewer.person_id) | Q(owed_by_id=viewer.person_id)
            if services := viewer.services_for(Permission.SEE_SERVICE_CASES):
                seen |= Q(service_id__in=services)
            if viewer.may(Permission.SEE_ASSIGNED_CASES):
                seen |= Q(learning_point__case__handler_id=viewer.person_id)
                seen |= Q(learning_point__case__investigator_id=viewer.person_id)
            actions = actions.filter(seen)
        return actions.exclude(learning_point__in=LearningPoint.objects.filter(against(viewer.person_id)).values("pk"))


class Action(models.Model):
    """A promised change: specific, owned, dated, with how it will be checked (R153-R160)."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT)
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    learning_point = models.ForeignKey(LearningPoint, models.PROTECT, related_name="actions")
    step = models.TextField()
    owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="owned_actions")
    outside_owner = models.ForeignKey(
        OutsideOwner, models.PROTECT, null=True, blank=True, related_name="actions", help_text="in place of an account"
    )
    team = models.TextField(blank=True, help_text="who works on it with the owner")
    resources = models.TextField(blank=True, help_text="what it needs: time, money, people, rooms")
    embedded = models.TextField(blank=True, help_text="what it will look like once it is how things are done (R163)")
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
    state = models.CharField(max_length=20, default="promised", choices=list(lifecycle.STATES.items()))
    started_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True, help_text="the day that whoever did it says")
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    completed_on = models.DateField(null=True, blank=True, help_text="done_on, once somebody else has checked it")
    reopened_at = models.DateTimeField(null=True, blank=True, help_text="when it was last found to have slipped")
    standing = models.CharField(max_length=10, blank=True, help_text="what was last said of progress")
    standing_on = models.DateField(null=True, blank=True)
    owed_on = models.DateField(null=True, blank=True, help_text="cache: the soonest day that something is owed")
    owed_what = models.CharField(max_length=12, blank=True, help_text="cache: what is owed then")
    owed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", help_text="cache: who owes it"
    )
    completion_evidence = models.TextField(blank=True)
    not_told_reason = models.TextField(blank=True, help_text="how we know that the person asked not to be told")
    told_at = models.DateTimeField(null=True, blank=True)
    told_completed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="promised_actions")
    at = models.DateTimeField()

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["finish_on", "pk"]
        indexes = [
            models.Index(fields=["organisation", "state", "finish_on"]),
            models.Index(fields=["owner", "state", "finish_on"]),
            models.Index(fields=["organisation", "owed_on", "id"], name="action_by_what_is_owed"),
            models.Index(fields=["owed_by", "owed_on"], name="action_by_who_owes"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(lifecycle.STATES)), name="action_state_known"),
            models.CheckConstraint(condition=Q(finish_on__gte=F("start_on")), name="action_finishes_after_start"),
            models.CheckConstraint(
                condition=~Q(state="completed") | (Q(completed_on__isnull=False) & ~Q(completion_evidence="")),
                name="completed_action_has_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(done_on__isnull=False) & ~Q(completion_evidence="")),
                name="done_action_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, outside_owner__isnull=True)
                | Q(owner__isnull=True, outside_owner__isnull=False),
                name="action_has_one_owner",
            ),
        ]

    @property
    def owner_name(self) -> str:
        """Whoever owns it, with an account or without."""
        return str(self.owner or self.outside_owner)

    @property
    def owner_title(self) -> str:
        """The name with what they are, as others are told it."""
        title = self.owner.job_title if self.owner else ""
        return ", ".join(part for part in (self.owner_name, title) if part)


class ActionReason(models.Model):
    """Words that explain an event, kept apart from the log so that they can be erased."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="reasons")
    text = models.TextField()


class ActionFile(models.Model):
    """Evidence that the action was done."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="files")
    attachment = models.OneToOneField("documents.Attachment", models.PROTECT, related_name="action_file")


class Check(models.Model):
    """The result of one of the four planned checks, or of one of several reviews of progress (`standing` says how it
    goes). One that failed says when it is looked at again; one that did not may. `by` None: the owner without an account."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=20, choices=[(check.kind, check.name) for check in lifecycle.CHECKS.values()])
    done_on = models.DateField()
    worked = models.BooleanField()
    standing = models.CharField(max_length=10, blank=True, help_text="of progress only")
    again_on = models.DateField(null=True, blank=True)
    note = models.TextField()
    evidence = models.TextField(blank=True, help_text="what the figures said then, as it was worked out above")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True)
    outside = models.ForeignKey(OutsideOwner, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(outside__isnull=False), name="check_was_made_by_somebody"
            )
        ]

    @property
    def made_by(self) -> str:
        return str(self.by or self.outside)


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
