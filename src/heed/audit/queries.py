"""Reading the audit trail. Newest first, always."""

from datetime import datetime

from django.db.models import QuerySet

from heed.audit.models import Entry


def of_object(*, kind: str, object_id: object) -> QuerySet[Entry]:
    """All that was done to one object."""
    return Entry.objects.filter(object_kind=kind, object_id=str(object_id)).order_by("-id")


def of_organisation(code: str, *, since: datetime, before: datetime) -> QuerySet[Entry]:
    """All that was done in one organisation, from the instant `since` to just before `before`."""
    return Entry.objects.filter(organisation=code, at__gte=since, at__lt=before).order_by("-at", "-id")


def by_actor(*, kind: str, actor_id: str) -> QuerySet[Entry]:
    """All that one actor did."""
    return Entry.objects.filter(actor_kind=kind, actor_id=actor_id).order_by("-at", "-id")
