"""Invented weeks of cases in which nothing happens, and rises on top of them: for early warnings."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count

import numpy as np

from heed.facts.models import CaseFact

TODAY = date(2026, 11, 23)  # a Monday
LAST = date(2026, 11, 16)  # the first day of the latest whole week
_numbers = count(1_000_000)


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
