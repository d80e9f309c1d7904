"""What was learned, read: on a case, and from what is no case."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from heed.accounts.permissions import Viewer
from heed.learning.models import Action, AnalysisCase, LearningPoint, Recurrence


def for_case(case_id: int) -> list[LearningPoint]:
    """What was learned from a case, newest first, each with its actions, in three queries."""
    actions = Action.objects.select_related("owner", "outside_owner").order_by("finish_on", "pk")
    points = LearningPoint.objects.filter(case_id=case_id).select_related("by", "issue", "service")
    return list(points.prefetch_related(Prefetch("actions", queryset=actions)))


def arising_from(viewer: Viewer, kind: str, object_id: object) -> list[LearningPoint]:
    """What was learned from something that is no case, such as an early warning, newest first, each with its actions: what
    the person may read and see of it, because what was learned again there may come of a case that they do not see."""
    actions = Action.objects.visible_to(viewer).select_related("owner", "outside_owner").order_by("finish_on", "pk")
    here = {"origin_kind": kind, "origin_id": str(object_id)}
    again = Recurrence.objects.filter(**here).values("point")
    points = (
        LearningPoint.objects.visible_to(viewer).filter(Q(**here) | Q(pk__in=again)).select_related("by", "service")
    )
    return list(points.prefetch_related(Prefetch("actions", queryset=actions)))


def arising_from_each(viewer: Viewer, kind: str, object_ids: Iterable[object]) -> dict[str, list[LearningPoint]]:
    """The same for several things of one kind, by their ids as text: what the person may read, in three queries."""
    wanted = {str(object_id) for object_id in object_ids}
    here = {"origin_kind": kind, "origin_id__in": wanted}
    again = Recurrence.objects.filter(**here)
    shown = Q(**here) | Q(pk__in=again.values("point"))
    points = LearningPoint.objects.visible_to(viewer).filter(shown)
    found: dict[str, list[LearningPoint]] = {object_id: [] for object_id in wanted}
    for point in points.prefetch_related("actions", Prefetch("recurrences", again, to_attr="again_here")):
        first = [point.origin_id] if point.origin_kind == kind else []
        for object_id in {*first, *(row.origin_id for row in point.again_here)} & wanted:
            found[object_id].append(point)
    return found


@dataclass(frozen=True)
class PlanPart:
    """One thing that was learned, and the actions of it that the person may see, the soonest finish first."""

    point: LearningPoint
    actions: list[Action]


def action_plan(viewer: Viewer, case_id: int) -> list[PlanPart]:
    """All that was learned from a case, by itself, with others or again, in the order in which it was learned. It may be sent
    to its person: what was kept to those who see another case, because it is about one person, is none of it."""
    own = Q(case_id=case_id)
    drawn_on = Q(analysis__in=AnalysisCase.objects.filter(case_id=case_id).values("analysis"))
    again = Q(pk__in=Recurrence.objects.filter(case_id=case_id).values("point"))
    seen = Action.objects.visible_to(viewer).select_related("owner", "outside_owner").order_by("finish_on", "pk")
    points = LearningPoint.objects.visible_to(viewer).filter(own | (drawn_on | again) & Q(is_shared=True))
    points = points.order_by("at", "pk")
    found = points.prefetch_related("factors", Prefetch("actions", seen, to_attr="seen_actions"))
    return [PlanPart(point, point.seen_actions) for point in found]
