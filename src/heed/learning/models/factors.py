"""Why it happened: whether a case deserves an analysis, and the analysis of what in the system made it likely."""

from typing import Self

from django.db import models
from django.db.models import Q

from heed.accounts.permissions import Permission, Viewer
from heed.audit import triggers
from heed.cases.models import Case
from heed.learning import proportion

WORK = frozenset({Permission.SEE_ALL_CASES, Permission.SEE_SERVICE_CASES, Permission.SEE_ASSIGNED_CASES})


def at_work(viewer: Viewer) -> Viewer:
    """The person with only those roles by which they work on cases: who took something down does not see, by that, what
    was thought of it."""
    return viewer.only(lambda permissions, _: bool(permissions & WORK))


class AnalysisDecision(models.Model):
    """Whether a case deserves a detailed analysis, why, and who decided it (R149). The last one stands, all are kept."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="analysis_decisions")
    wanted = models.BooleanField()
    ground = models.CharField(max_length=20, blank=True, choices=list(proportion.GROUNDS.items()))
    reason = models.TextField()
    stands = models.BooleanField(default=True)
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(stands=True), name="one_analysis_decision_stands"),
            models.CheckConstraint(condition=Q(wanted=False) | ~Q(ground=""), name="wanted_analysis_has_its_ground"),
        ]


class AnalysisQuerySet(models.QuerySet["Analysis"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one visibility function of analyses: whoever sees every case that it draws on. So nobody who is complained
        about in one of them sees it (R255)."""
        visible = Case.objects.visible_to(at_work(viewer)).order_by().values("pk")
        hidden = AnalysisCase.objects.filter(analysis__organisation_id=viewer.organisation_id).exclude(case__in=visible)
        return self.filter(organisation_id=viewer.organisation_id).exclude(pk__in=hidden.order_by().values("analysis"))


class Analysis(models.Model):
    """One question of why something happened, and what was found (R150-R152). It draws on at least one case."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="analyses")
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    question = models.CharField(max_length=200, help_text="what it asks, of the system and of nobody")
    state = models.CharField(max_length=20, default="begun", choices=list(proportion.STATES.items()))
    prescribed = models.TextField(blank=True, help_text="how the work should be done")
    done = models.TextField(blank=True, help_text="how the work is done")
    extent = models.CharField(max_length=20, blank=True, choices=list(proportion.EXTENTS.items()))
    extent_reason = models.TextField(blank=True)
    not_asked_reason = models.TextField(blank=True, help_text="why front-line staff or the person were not asked")
    conclusions = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True, blank=True)

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state", "-at"], name="analysis_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(proportion.STATES)), name="analysis_state_known"),
            models.CheckConstraint(
                condition=~Q(state="concluded") | (Q(concluded_at__isnull=False) & ~Q(extent="")),
                name="concluded_analysis_says_how_far",
            ),
        ]


class AnalysisCase(models.Model):
    """A case that an analysis draws on."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="drawn_on")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="in_analyses")
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["analysis", "case"], name="case_once_in_analysis")]


class FactorFinding(models.Model):
    """What was found of one of the six groups of factors. `workload`: too much work or stress was part of it, which is a
    cause in the system and leads to an action, never a mark against a person (R146)."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="factors")
    factor = models.CharField(max_length=40)
    found = models.TextField(blank=True)
    contributed = models.CharField(max_length=20, choices=list(proportion.CONTRIBUTED.items()))
    workload = models.BooleanField(default=False)
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["analysis", "factor"], name="factor_once_in_analysis")]


class Contribution(models.Model):
    """Somebody who was asked what they think made it likely, and their own words (R152). They read the question, the
    extract that was chosen for them, and what happens with what they write. Their words can be erased."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="contributions")
    voice = models.CharField(max_length=20, choices=list(proportion.VOICES.items()))
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="contributions")
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="contributions")
    name = models.CharField(max_length=200, blank=True)
    question = models.TextField()
    extract = models.TextField(blank=True, help_text="what they are shown, chosen by who asks")
    state = models.CharField(max_length=20, default="asked", choices=list(proportion.ANSWERS.items()))
    words = models.TextField(blank=True)
    way = models.CharField(max_length=20, blank=True, choices=list(proportion.WAYS.items()))
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="asked_contributions")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "state"], name="contribution_asked_of")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(proportion.ANSWERS)), name="contribution_state_known"),
            models.CheckConstraint(
                condition=~Q(state="answered") | (Q(answered_at__isnull=False) & ~Q(way="")),
                name="answered_contribution_has_its_way",
            ),
        ]


class AnalysisReason(models.Model):
    """Words that explain an event, kept apart from the log so that they can be erased."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="reasons")
    text = models.TextField()


class AnalysisEvent(models.Model):
    """What happened to an analysis, in order: codes and ids only, append-only."""

    analysis = models.ForeignKey(Analysis, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=20)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["analysis", "number"]
        constraints = [models.UniqueConstraint(fields=["analysis", "number"], name="analysis_event_numbered_once")]


triggers.register(AnalysisEvent._meta.db_table)
