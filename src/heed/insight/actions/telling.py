"""Whoever a warning may concern is told of it by e-mail, once: how many and where to look, never what anybody said."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from heed.accounts import queries as accounts
from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.correspondence import actions as correspondence
from heed.design import words
from heed.insight.models import Alarm, AlarmTold, StaffThread
from heed.organisations.models import Organisation, Service

MANAGER, OF_SERVICE = "complaints_manager", "service_manager"


def tell(*, organisation: Organisation, alarms: Iterable[Alarm], by: Actor, at: datetime) -> int:
    """One e-mail to each person, however many warnings there are; how many e-mails were queued. In the caller's transaction.

    The manager of a service is told of those of the service. Complaints managers are told of those that keep to the
    stricter budget, without those that belong to one that they are told of."""
    concerned = _concerned(organisation, list(alarms))
    return sum(_tell(organisation, person, told, by, at) for person, told in concerned.items())


def _concerned(organisation: Organisation, alarms: list[Alarm]) -> dict[User, list[Alarm]]:
    found: dict[User, list[Alarm]] = defaultdict(list)
    managers = list(accounts.people_in_role(MANAGER, organisation.pk)) if alarms else []
    wide = {alarm.pk for alarm in alarms if alarm.wide}
    services = dict(Service.objects.filter(organisation=organisation).values_list("code", "pk"))
    for alarm in alarms:
        if alarm.wide and alarm.parent_id not in wide:
            for person in managers:
                found[person].append(alarm)
        if alarm.service in services:
            for person in accounts.people_in_role(OF_SERVICE, organisation.pk, services[alarm.service]):
                if alarm not in found[person]:
                    found[person].append(alarm)
    return {person: told for person, told in found.items() if told}


def _tell(organisation: Organisation, person: User, alarms: list[Alarm], by: Actor, at: datetime) -> int:
    new = [
        alarm for alarm in alarms
        if AlarmTold.objects.get_or_create(alarm=alarm, person=person, round=alarm.told, defaults={"at": at})[1]
    ]  # fmt: skip
    if not new:
        return 0
    again = sum(alarm.told > 1 for alarm in new)
    fields = {
        "count": words.count(len(new), "early warning"),
        "again": f"{words.count(again, 'of them is', 'of them are')} back: further out than before." if again else "",
        "page": f"{settings.PUBLIC_ADDRESS}/{organisation.code}/staff/insight/warnings/",
    }
    thread = correspondence.staff_thread(
        StaffThread.objects.all(), organisation=organisation, person=person, by=by, at=at
    )
    made = correspondence.notify(thread=thread, letter="early_warning", fields=fields, by=by, at=at)
    return 1 if made else 0
