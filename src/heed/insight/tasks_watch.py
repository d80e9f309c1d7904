"""Every night the watched series are looked at, an organisation at a time."""

from datetime import timedelta

from django.utils import timezone

from heed.audit.actor import system
from heed.insight.actions.watching import watch
from heed.insight.models import WatchRun
from heed.jobs.work import Periodic, queue, task
from heed.organisations.models import Organisation

NIGHT = 2  # o'clock in London, from which on a day's run may begin


@task(priority=-50)
def watch_organisation(organisation_id: int) -> None:
    """One organisation's run of today; a second one changes nothing."""
    now = timezone.now()
    organisation = Organisation.objects.get(pk=organisation_id)
    watch(organisation=organisation, on=timezone.localdate(now), by=system("watch", organisation.code), at=now)


@task
def watch_all() -> None:
    """Queue the run of every organisation that was not looked at today, once the night has come."""
    now = timezone.localtime()
    if now.hour < NIGHT:
        return
    seen = set(WatchRun.objects.filter(on=now.date()).values_list("organisation_id", flat=True))
    for organisation_id in Organisation.objects.exclude(pk__in=seen).values_list("pk", flat=True):
        queue(watch_organisation, organisation_id=organisation_id)


EARLY_WARNING = Periodic("watch for early warnings", timedelta(hours=1), watch_all)
