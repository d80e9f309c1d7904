"""The one way to write the audit trail."""

from datetime import datetime
from typing import Any

from heed.audit.actor import Actor
from heed.audit.models import Entry


def record(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    kind: str,
    object_id: object,
    organisation: str = "",
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Keep that `by` did `verb` to the object (`kind`, `object_id`; the id is kept as text).

    `organisation` is a code; without one, the actor's own is kept. `detail` holds codes, ids and names of fields
    that JSON can carry, never a person's name or anybody's words. It writes in the caller's transaction."""
    return Entry.objects.create(
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        organisation=organisation or by.organisation,
        verb=verb,
        object_kind=kind,
        object_id=str(object_id),
        detail=detail or {},
    )
