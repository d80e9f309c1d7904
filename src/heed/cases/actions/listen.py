"""What somebody answers in a listening campaign, and, if they want it, their words as a comment (R15, R16)."""

from datetime import datetime

from django.db import transaction

from heed.audit.actor import Actor
from heed.cases.actions.receive import receive
from heed.feedback.actions import answering
from heed.feedback.actions.answering import Told
from heed.feedback.given import Given
from heed.feedback.models import Campaign


@transaction.atomic
def answer_campaign(*, campaign_id: int, told: Told, as_comment: bool, by: Actor, at: datetime) -> None:
    """Keep the answers. With `as_comment`, the words become a comment of nobody by name; nothing leads from it to the
    answers. Raises Refused as `answering.answer_campaign`."""
    campaign = Campaign.objects.select_related("organisation").get(pk=campaign_id)
    answering.answer_campaign(campaign_id=campaign_id, told=told, keep_words=not as_comment, at=at)
    if as_comment:
        given = Given(kind="comment", channel="survey", text=told.text, service_id=campaign.service_id)
        receive(organisation=campaign.organisation, given=given, received_at=at, by=by, at=at)
