"""What was learned, from what, which factors made it likely, what else it touches, and where it showed again."""

from typing import Self

from django.db import models
from django.db.models import Q, QuerySet

from heed.accounts.permissions import Permission, Viewer
from heed.cases.models import Case, ComplainedAbout
from heed.feedback import queries as feedback
from heed.learning import library
from heed.learning.models.factors import Analysis, AnalysisCase, at_work

READERS = (Permission.RECORD_LEARNING, Permission.DO_ACTIONS, Permission.PUBLISH)


def against(person_id: int) -> Q:
    """Learning points that come of a case in which the person is complained about (R255)."""
    cases = ComplainedAbout.objects.filter(person_id=person_id).values("case_id")
    return Q(case_id__in=cases) | Q(
        analysis_id__in=AnalysisCase.objects.filter(case_id__in=cases).values("analysis_id")
    )


class LearningPointQuerySet(models.QuerySet["LearningPoint"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one visibility function of what was learned. What was checked to name nobody can be read by all who learn,
        promise or publish in the organisation; what is about one person, or was not checked, only by those who see where
        it comes from. Nobody reads what comes of a case in which they are complained about (R255)."""
        points = self.filter(organisation_id=viewer.organisation_id)
        if not any(viewer.may(permission) for permission in READERS):
            return points.none()
        if not viewer.may(Permission.SEE_ALL_CASES):
            points = points.filter(self._seen_by(viewer))
        return points.exclude(against(viewer.person_id))

    def cases(self) -> QuerySet[Case]:
        """The cases that they were learned from: their own, and those that their analyses draw on."""
        points = self.order_by()
        drawn_on = AnalysisCase.objects.filter(analysis__in=points.values("analysis")).order_by()
        return Case.objects.filter(Q(pk__in=points.values("case")) | Q(pk__in=drawn_on.values("case")))

    def complained_about(self) -> set[tuple[int, int]]:
        """Who is complained about in the cases that they were learned from: (point, person), both primary keys."""
        points = self.order_by().values("pk")
        found: set[tuple[int, int]] = set()
        for way in ("case__learning_points", "case__in_analyses__analysis__learning_points"):
            rows = ComplainedAbout.objects.filter(person__isnull=False, **{f"{way}__in": points})
            found.update(rows.values_list(way, "person_id"))
        return found

    def _seen_by(self, viewer: Viewer) -> Q:
        cases = Case.objects.visible_to(at_work(viewer)).order_by().values("pk")
        return (
            Q(is_shared=True)
            | Q(case_id__in=cases)
            | Q(feedback_id__in=feedback.visible_to(at_work(viewer)).order_by().values("pk"))
            | Q(case=None, analysis_id__in=Analysis.objects.visible_to(viewer).order_by().values("pk"))
            | (~Q(origin_kind="") & Q(service_id__in=viewer.services_for(Permission.SEE_SERVICE_CASES)))
        )


class LearningPoint(models.Model):
    """Something learned (R148, R166): from a case, from how it was handled, from feedback without a case, from an
    analysis, or from what lies above or outside, of which kind, id and sentence are kept as text.

    `is_shared`: it was checked to name nobody, so that the whole organisation can learn from it. `source` says from what
    it was learned, as a code of `library.SOURCES`; `subject` is that of what it was learned from."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="learning_points")
    feedback = models.ForeignKey("feedback.Feedback", models.PROTECT, null=True, blank=True, related_name="learning")
    analysis = models.ForeignKey(Analysis, models.PROTECT, null=True, blank=True, related_name="learning_points")
    origin_kind = models.CharField(max_length=20, blank=True)
    origin_id = models.CharField(max_length=40, blank=True)
    origin_sentence = models.TextField(blank=True)
    issue = models.ForeignKey("cases.Issue", models.PROTECT, null=True, blank=True, related_name="learning_points")
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    source = models.CharField(max_length=20, default="complaint")
    subject = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    level = models.CharField(max_length=20, choices=list(library.LEVELS.items()))
    is_shared = models.BooleanField(default=False)
    taken_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="taken_up")
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    objects = LearningPointQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["origin_kind", "origin_id"], condition=~Q(origin_kind=""), name="learning_by_origin"),
            models.Index(fields=["organisation", "-at", "-id"], name="learning_newest"),
            models.Index(fields=["organisation", "service", "-at", "-id"], name="learning_by_service"),
            models.Index(fields=["organisation", "source", "-at", "-id"], name="learning_by_source"),
            models.Index(fields=["organisation", "subject", "-at", "-id"], name="learning_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    (Q(case__isnull=False) | Q(analysis__isnull=False)) & Q(feedback__isnull=True, origin_kind="")
                    | Q(case__isnull=True, analysis__isnull=True, feedback__isnull=False, origin_kind="")
                    | Q(case__isnull=True, analysis__isnull=True, feedback__isnull=True) & ~Q(origin_kind="")
                ),
                name="learning_has_one_origin",
            ),
            models.CheckConstraint(condition=Q(level__in=list(library.LEVELS)), name="learning_level_known"),
            models.CheckConstraint(
                condition=~Q(level="person") | Q(is_shared=False), name="learning_for_one_person_is_not_shared"
            ),
        ]

    @property
    def case_ids(self) -> list[int]:
        """The cases that it was learned from: its own, and those that its analysis draws on."""
        return list(LearningPoint.objects.filter(pk=self.pk).cases().order_by("pk").values_list("pk", flat=True))


class PointFactor(models.Model):
    """One of the six groups of factors that made it likely (R150)."""

    point = models.ForeignKey(LearningPoint, models.CASCADE, related_name="factors")
    factor = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["factor", "point"], name="point_by_factor")]
        constraints = [models.UniqueConstraint(fields=["point", "factor"], name="factor_once_on_point")]


class PointLink(models.Model):
    """A risk in the register, a policy, a contract or training that should change because of it (R168, R171)."""

    point = models.ForeignKey(LearningPoint, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=20, choices=list(library.LINKS.items()))
    name = models.CharField(max_length=200)
    reference = models.CharField(max_length=80, blank=True)
    change = models.TextField(help_text="what should change in it")
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "point"], name="point_by_link")]


class Recurrence(models.Model):
    """It was learned again: another case, comment or compliment shows the same. `analysis`: the one that drew on it."""

    point = models.ForeignKey(LearningPoint, models.CASCADE, related_name="recurrences")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="learned_again")
    feedback = models.ForeignKey(
        "feedback.Feedback", models.PROTECT, null=True, blank=True, related_name="learned_again"
    )
    analysis = models.ForeignKey(Analysis, models.PROTECT, null=True, blank=True, related_name="learned_again")
    origin_kind = models.CharField(max_length=20, blank=True)
    origin_id = models.CharField(max_length=40, blank=True)
    origin_sentence = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["origin_kind", "origin_id"], condition=~Q(origin_kind=""), name="again_by_origin")
        ]
        constraints = [
            models.UniqueConstraint(fields=["point", "case"], name="case_once_on_point"),
            models.UniqueConstraint(fields=["point", "feedback"], name="feedback_once_on_point"),
            models.CheckConstraint(
                condition=(
                    Q(case__isnull=False, feedback__isnull=True, origin_kind="")
                    | Q(case__isnull=True, feedback__isnull=False, origin_kind="")
                    | Q(case__isnull=True, feedback__isnull=True) & ~Q(origin_kind="")
                ),
                name="recurrence_has_one_origin",
            ),
        ]
