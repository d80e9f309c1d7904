"""Support that was offered to staff, for those who may see it."""

from django.db.models import QuerySet

from heed.accounts.permissions import Viewer
from heed.care.models import StaffSupport


def seen(viewer: Viewer) -> QuerySet[StaffSupport]:
    """All that the person may see, newest first."""
    rows = StaffSupport.objects.seen_by(viewer).select_related("person", "told_by", "offered_by")
    return rows.order_by("-told_on", "-pk")


def of_case(viewer: Viewer, reference: str) -> list[StaffSupport]:
    """Of those, who is part of one complaint."""
    return list(seen(viewer).filter(case_reference=reference))


def support(viewer: Viewer, support_id: int) -> StaffSupport | None:
    """One, with what they were told since (`updates`)."""
    return seen(viewer).prefetch_related("updates__by").filter(pk=support_id).first()


def mine(viewer: Viewer) -> list[StaffSupport]:
    """What was offered to the person themselves."""
    return list(seen(viewer).filter(person_id=viewer.person_id))
