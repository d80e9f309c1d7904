"""Every morning whoever owes something of an action is reminded, an organisation at a time."""

from datetime import timedelta

from django.utils import timezone

from heed.audit.actor import system
from heed.jobs.work import Periodic, queue, task
from heed.learning.actions.chase import chase
from heed.learning.models import Action
from heed.organisations.models import Organisation

MORNING = 7  # o'clock in London, from which on a day's reminders may go out


@task
def chase_organisation(organisation_id: int) -> None:
    """The reminders of one organisation today; a second run reminds nobody twice."""
    now = timezone.now()
    organisation = Organisation.objects.get(pk=organisation_id)
    chase(organisation=organisation, on=timezone.localdate(now), by=system("chase", organisation.code), at=now)


@task
def chase_all() -> None:
    """Queue every organisation that has an action which owes something, once the morning has come."""
    if timezone.localtime().hour < MORNING:
        return
    owing = Action.objects.filter(owed_on__isnull=False).order_by().values("organisation_id")
    for organisation_id in Organisation.objects.filter(pk__in=owing).values_list("pk", flat=True):
        queue(chase_organisation, organisation_id=organisation_id)


CHASING = Periodic("remind people of actions", timedelta(hours=1), chase_all)
