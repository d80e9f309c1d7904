"""Once a day it is answered whether actions worked, for those after which enough months are over."""

from datetime import timedelta

from django.utils import timezone

from heed.audit.actor import system
from heed.insight.actions.proof import answer_due
from heed.jobs.work import Periodic, task
from heed.organisations.models import Organisation


@task(priority=-50)
def answer_all() -> None:
    """Every organisation's actions, some at a time; a second run changes nothing."""
    now = timezone.now()
    for organisation in Organisation.objects.all():
        answer_due(organisation_id=organisation.pk, by=system("proof", organisation.code), at=now)


DID_IT_WORK = Periodic("answer whether actions worked", timedelta(days=1), answer_all)
