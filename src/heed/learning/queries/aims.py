"""What actions should change, read."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from heed.accounts.permissions import Viewer
from heed.learning.models import Action, Aim


def aim_of(action_id: int) -> Aim | None:
    """What one action should change, with whoever chose it; None while nobody has said so."""
    return Aim.objects.select_related("chosen_by", "action__organisation").filter(action_id=action_id).first()


def aimed(viewer: Viewer) -> QuerySet[Aim]:
    """The aims of all actions that the person may see."""
    seen = Action.objects.visible_to(viewer).order_by().values("pk")
    return Aim.objects.filter(action__in=seen).select_related("action__service", "action__owner")


def of_completed(organisation_id: int, before: date) -> QuerySet[Aim]:
    """The aims of an organisation's actions that were completed before a day."""
    return Aim.objects.filter(
        action__organisation_id=organisation_id, action__state="completed", action__completed_on__lt=before
    ).select_related("action__organisation")


def of_actions(action_ids: Iterable[int]) -> dict[int, Aim]:
    """The aims of these actions, by the action."""
    return {aim.action_id: aim for aim in Aim.objects.filter(action_id__in=list(action_ids))}
