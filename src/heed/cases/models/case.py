"""The case and its append-only log."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from heed.accounts.permissions import Permission, Viewer
from heed.audit import triggers
from heed.cases import lifecycle
from heed.feedback.models import Feedback


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one visibility function of cases: list, count, search, page, file and export all ask it.

        Nobody who is complained about sees the case, whatever their role (R255)."""
        cases = self.filter(organisation_id=viewer.organisation_id)
        if not viewer.may(Permission.SEE_ALL_CASES):
            cases = cases.filter(pk__in=self._seen_by(viewer))
        # A list of ids, read once, rather than a question about each row.
        against = self.model.objects.filter(complained_about__person_id=viewer.person_id)
        return cases.exclude(pk__in=against.order_by().values("pk"))

    def _seen_by(self, viewer: Viewer) -> models.QuerySet[Any, Any]:
        """Ids of the cases that the person's roles show them, each part found by an index of its own: as one condition
        with `or`, a few rows would be looked for among all."""
        services = viewer.services_for(Permission.SEE_SERVICE_CASES)
        parts = []
        if services:
            parts.append(Q(service_id__in=services))
        if viewer.may(Permission.SEE_ASSIGNED_CASES) or services:
            parts += [Q(handler_id=viewer.person_id), Q(investigator_id=viewer.person_id)]
        if viewer.may(Permission.SEE_OWN_LOGGED):
            parts.append(Q(feedback_id__in=Feedback.objects.filter(logged_by_id=viewer.person_id).values("pk")))
        every = self.model.objects.order_by()
        return every.none().values("pk").union(*(every.filter(part).values("pk") for part in parts))


class Case(models.Model):
    """What we do about a complaint or concern. `status` is the truth of now; the dates below `version` are a cache of
    what the clock says of the events, and `heed check` compares them."""

    feedback = models.OneToOneField("feedback.Feedback", models.PROTECT, related_name="case")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT)
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    gist = models.CharField(max_length=160, blank=True, help_text="one line of their words, for lists")
    complainant_name = models.CharField(max_length=200, blank=True)
    complainant_folded = models.CharField(max_length=200, blank=True)
    procedure = models.CharField(max_length=40)
    nation = models.CharField(max_length=20)
    status = models.CharField(max_length=20, choices=list(lifecycle.STATUSES.items()), default="received")
    stage = models.PositiveSmallIntegerField(default=1)
    approach = models.CharField(
        max_length=20, blank=True, choices=[("early", "Early resolution"), ("closer", "Closer look")]
    )
    handler = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="handled_cases")
    investigator = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="investigated_cases"
    )
    investigator_reason = models.TextField(blank=True, help_text="why somebody of the service itself may answer")
    seriousness = models.CharField(max_length=20, blank=True)
    likelihood = models.CharField(max_length=20, blank=True)
    risk = models.CharField(max_length=20, blank=True)
    flags = models.CharField(max_length=200, blank=True, help_text="codes, parted by spaces")
    disposal = models.CharField(
        max_length=20,
        blank=True,
        choices=[
            ("findings", "Decided"),
            ("early", "Settled early"),
            ("withdrawn", "Withdrawn"),
            ("oral", "Settled in conversation"),
        ],
    )
    outcome = models.CharField(max_length=20, blank=True)
    statutory = models.BooleanField(default=True)
    imported = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    event_count = models.PositiveIntegerField(default=0)

    received_at = models.DateTimeField()
    acknowledge_by = models.DateField(null=True)
    respond_by = models.DateField(null=True)
    original_respond_by = models.DateField(null=True)
    review_by = models.DateField(null=True)
    stage_2_acknowledge_by = models.DateField(null=True)
    stage_2_respond_by = models.DateField(null=True)
    unpaused_respond_by = models.DateField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    responded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    next_update_on = models.DateField(null=True)
    next_step = models.CharField(max_length=30, blank=True)
    next_step_on = models.DateField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            # The worklist shows what has a next step, soonest promise first; the register shows all, newest first.
            models.Index(fields=["organisation", "next_step_on", "id"], name="case_worklist"),
            models.Index(fields=["organisation", "next_step", "next_step_on", "id"], name="case_by_step"),
            models.Index(fields=["organisation", "handler", "next_step_on", "id"], name="case_by_handler"),
            models.Index(fields=["organisation", "service", "next_step_on", "id"], name="case_by_service"),
            models.Index(fields=["organisation", "risk", "next_step_on", "id"], name="case_by_risk"),
            # Covers the counts beside the worklist's filters, which are grouped in its order.
            models.Index(
                fields=["organisation", "next_step", "risk", "service", "handler", "investigator"], name="case_counts"
            ),
            models.Index(fields=["organisation", "-received_at", "-id"], name="case_register"),
            models.Index(fields=["organisation", "status", "-received_at", "-id"], name="case_by_status"),
            models.Index(fields=["investigator", "next_step_on", "id"], name="case_by_investigator"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(lifecycle.STATUSES)), name="case_status_known"),
            models.CheckConstraint(condition=Q(stage__in=[1, 2]), name="case_stage_1_or_2"),
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(closed_at__isnull=False), name="closed_case_has_its_date"
            ),
        ]


class CaseEvent(models.Model):
    """What happened, in order. Codes, dates and ids only: never a name or anybody's words. Append-only, also below
    the ORM. `at` is when it happened; `recorded_at` when it was written here."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=20)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="case_event_numbered_once")]


triggers.register(CaseEvent._meta.db_table)
