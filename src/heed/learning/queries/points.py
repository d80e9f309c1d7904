"""What was learned, read: on a case, and from what is no case."""

from django.db.models import Prefetch, Q

from heed.learning.models import Action, LearningPoint, Recurrence


def for_case(case_id: int) -> list[LearningPoint]:
    """What was learned from a case, newest first, each with its actions, in three queries."""
    actions = Action.objects.select_related("owner", "outside_owner").order_by("finish_on", "pk")
    points = LearningPoint.objects.filter(case_id=case_id).select_related("by", "issue", "service")
    return list(points.prefetch_related(Prefetch("actions", queryset=actions)))


def arising_from(kind: str, object_id: object) -> list[LearningPoint]:
    """What was learned from something that is no case, such as an early warning, newest first, each with its actions."""
    actions = Action.objects.select_related("owner", "outside_owner").order_by("finish_on", "pk")
    here = {"origin_kind": kind, "origin_id": str(object_id)}
    again = Recurrence.objects.filter(**here).values("point")
    points = LearningPoint.objects.filter(Q(**here) | Q(pk__in=again)).select_related("by", "service")
    return list(points.prefetch_related(Prefetch("actions", queryset=actions)))
