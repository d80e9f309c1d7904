"""Invented weeks of cases in which nothing happens, and rises on top of them: for early warnings."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import numpy as np
from django.utils import timezone
from tests import factories

from heed.audit.actor import system
from heed.facts.models import CaseFact
from heed.insight.actions.watching import Night, watch
from heed.insight.models import Alarm
from heed.organisations.models import Organisation

TODAY = date(2026, 11, 23)  # a Monday
LAST = date(2026, 11, 16)  # the first day of the latest whole week
MEANS = {("first", "appointments"): 4.0, ("first", "facilities"): 2.0, ("second", "appointments"): 3.0}
_numbers = count(1_000_000)


def riverside() -> Organisation:
    """Two services and two subjects with five and a half years in which nothing happened."""
    made = factories.organisation(name="Riverside")
    factories.service(made, "second")
    quiet(made.code, MEANS, weeks=5 * 52 + 30, seed=5)
    return made


def night(body: Organisation, on: date = TODAY, **more: Any) -> Night:
    """The run of a night, at 3 o'clock."""
    at = timezone.make_aware(datetime.combine(on, datetime.min.time()).replace(hour=3))
    return watch(organisation=body, on=on, by=system("test"), at=at, **more)


def alarm(body: Organisation, service: str = "first", subject: str = "appointments", every: str = "week") -> Alarm:
    """The one warning of a series."""
    return Alarm.objects.get(organisation=body, every=every, service=service, subject=subject)


def weeks_before(many: int, of: date = LAST) -> date:
    return of - timedelta(weeks=many)


def quiet(code: str, means: Mapping[tuple[str, str], float], *, weeks: int, seed: int = 1) -> None:
    """So many weeks up to the latest whole one, Poisson counts around the mean of each service and subject."""
    chance = np.random.default_rng(seed)
    rows = []
    for (service, subject), mean in means.items():
        for week, many in enumerate(chance.poisson(mean, weeks).tolist()):
            monday = weeks_before(weeks - 1 - week)
            rows += [_fact(code, service, subject, monday + timedelta(days=day % 5)) for day in range(many)]
    CaseFact.objects.bulk_create(rows, batch_size=2_000)


def add(code: str, service: str, subject: str, many: int, *, week: date = LAST, **columns: object) -> list[str]:
    """So many more in one week; the ids of their feedback."""
    rows = [_fact(code, service, subject, week + timedelta(days=number % 5), **columns) for number in range(many)]
    CaseFact.objects.bulk_create(rows)
    return [row.feedback_id for row in rows]


def _fact(code: str, service: str, subject: str, on: date, **columns: object) -> CaseFact:
    number = str(next(_numbers))
    values = {"kind": "complaint", "channel": "web", "procedure": "nhs-2009", "feedback_id": number, **columns}
    return CaseFact(case_id=number, organisation=code, service=service, subject=subject, received_on=on, **values)
