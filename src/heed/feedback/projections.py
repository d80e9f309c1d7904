"""What the fact row of an item of feedback says, worked out from the item."""

from typing import Any

from django.utils import timezone

from heed.feedback.models import Feedback


def fact(feedback: Feedback) -> dict[str, Any]:
    return {
        "organisation": feedback.organisation.code,
        "service": feedback.service.code if feedback.service else "",
        "kind": feedback.kind,
        "channel": feedback.channel,
        "subject": feedback.subject,
        "received_on": timezone.localdate(feedback.received_at),
        "imported": feedback.batch_id is not None,
    }


def search_title(feedback: Feedback) -> str:
    name = feedback.complainant.name if feedback.complainant else ""
    return f"{feedback.reference} {name}".strip()
