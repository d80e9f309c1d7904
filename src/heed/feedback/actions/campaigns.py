"""Listening campaigns: opened for anybody, for a time, about the organisation or one service (R15, R16)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.feedback import codes, surveys
from heed.feedback.models import Campaign
from heed.feedback.rules import clean
from heed.organisations import queries as organisations
from heed.organisations.models import Organisation

LONGEST_DAYS = 366


@dataclass(frozen=True)
class Planned:
    """A campaign as it is planned. `about`: why it is asked, for the public to read."""

    title: str
    about: str
    opens_on: date
    closes_on: date
    service_id: int | None = None


@transaction.atomic
def open_campaign(*, organisation: Organisation, planned: Planned, by: Actor, at: datetime) -> Campaign:
    """Open it to anybody from its first day to its last. Raises Refused, with the field."""
    today = timezone.localdate(at)
    if planned.closes_on < max(planned.opens_on, today):
        raise Refused("The last day is not before the first, and not in the past.", "closes_on")
    if (planned.closes_on - planned.opens_on).days > LONGEST_DAYS:
        raise Refused("A campaign lasts a year at most: open another one then.", "closes_on")
    service = None
    if planned.service_id is not None:
        service = organisations.services(organisation.pk).filter(pk=planned.service_id).first()
        if service is None:
            raise Refused("Choose one of the organisation's services.", "service")
    campaign = Campaign.objects.create(
        organisation=organisation, service=service, code=codes.new_reference("L").lower(), title=clean(planned.title),
        about=clean(planned.about), questionnaire=surveys.load("anybody", today).version, opens_on=planned.opens_on,
        closes_on=planned.closes_on, made_by_id=by.member_id, made_at=at,
    )  # fmt: skip
    record(by=by, at=at, verb="campaign_opened", kind="campaign", object_id=campaign.pk)
    return campaign


@transaction.atomic
def end_campaign(*, organisation: Organisation, campaign_id: int, by: Actor, at: datetime) -> Campaign:
    """Close it before its last day; one that has not begun yet never opens."""
    campaign = Campaign.objects.select_for_update().get(organisation=organisation, pk=campaign_id)
    yesterday = date.fromordinal(timezone.localdate(at).toordinal() - 1)
    if campaign.closes_on <= yesterday:
        raise Refused("It is closed already.")
    campaign.closes_on = yesterday
    campaign.opens_on = min(campaign.opens_on, yesterday)
    campaign.save(update_fields=["closes_on", "opens_on"])
    record(by=by, at=at, verb="campaign_closed", kind="campaign", object_id=campaign.pk)
    return campaign
