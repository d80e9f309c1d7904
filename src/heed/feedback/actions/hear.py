"""Whether somebody wants to hear what changes because of what they, and others, told us (R175)."""

from datetime import datetime

from django.db import transaction

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.feedback.models import Feedback


@transaction.atomic
def hear_of_changes(*, feedback_id: int, agrees: bool, by: Actor, at: datetime) -> Feedback:
    """Keep that they agree to be told, or no longer do. Saying the same again changes nothing."""
    item = Feedback.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=feedback_id)
    if agrees == (item.hear_of_changes_at is not None):
        return item
    item.hear_of_changes_at = at if agrees else None
    item.save(update_fields=["hear_of_changes_at"])
    verb = "agreed_to_hear" if agrees else "does_not_want_to_hear"
    record(by=by, at=at, verb=verb, kind="feedback", object_id=item.pk, organisation=item.organisation.code)
    return item
