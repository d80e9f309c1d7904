"""Pass a comment or compliment on to the people it is about."""

from datetime import datetime

from django.db import transaction

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.facts import actions as facts
from heed.feedback import projections
from heed.feedback.models import Feedback
from heed.organisations import queries as organisations


def pass_on(*, feedback_id: int, service_id: int, by: Actor, at: datetime) -> Feedback:
    """The service's own manager sees it from now on (R1, R40). It may be passed on again, to another service."""
    with transaction.atomic():
        feedback = Feedback.objects.select_for_update().get(pk=feedback_id)
        service = organisations.services(feedback.organisation_id).filter(pk=service_id).first()
        if service is None:
            raise Refused("Choose one of the organisation's services.", "service")
        feedback.service, feedback.passed_on_at = service, at
        feedback.save(update_fields=["service", "passed_on_at"])
        facts.put_feedback(str(feedback.pk), projections.fact(feedback))
        record(by=by, at=at, verb="feedback_passed_on", kind="feedback", object_id=feedback.pk,
               detail={"service": service.pk})  # fmt: skip
    return feedback
