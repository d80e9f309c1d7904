"""Somebody who is asked by post how it was, a handler who is asked how it is, and an open campaign."""

from typing import Any

from django.utils import timezone
from tests import factories

from heed.accounts.models import User
from heed.cases.models import Case
from heed.feedback.actions import asking, campaigns
from heed.organisations.models import Organisation


def survey_things(org: Organisation, case: Case, handler: User) -> dict[str, int]:
    """What addresses call them."""
    at = timezone.now()
    frame: dict[str, Any] = {"organisation": org, "by": factories.actor(handler, org), "at": at}
    asking.set_asking(asks=True, **frame)
    asked = asking.ask(audience="complainant", occasion="making", way="post", feedback=case.feedback, **frame)
    own = asking.ask(audience="handler", occasion="half_year", way="email", person=handler, **frame)
    assert asked is not None
    assert own is not None
    planned = campaigns.Planned("The new desk", "", timezone.localdate(at), timezone.localdate(at))
    campaign = campaigns.open_campaign(planned=planned, **frame)
    return {"request_id": asked.pk, "own_request_id": own.pk, "campaign_id": campaign.pk}
