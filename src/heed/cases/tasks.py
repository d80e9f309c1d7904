"""What the worker does for cases, and how it is set going."""

from datetime import date, datetime

from django.db import transaction

from heed.audit.actor import Actor
from heed.cases.actions.recount import recount, touched_by
from heed.jobs.work import queue, task
from heed.organisations import actions as organisations
from heed.organisations.models import Closure, Organisation

BATCH = 100  # cases a transaction


@transaction.atomic
def close_day(*, organisation: Organisation, on: date, reason: str, by: Actor, at: datetime) -> Closure:
    """Let a day count no more, and have the dates that it moves counted again. Pages of cases are right at once, for they
    count live; lists and figures follow when the worker has done it."""
    closure = organisations.add_closure(organisation=organisation, on=on, reason=reason, by=by, at=at)
    queue(recount_after, organisation_id=organisation.pk, on=on.isoformat())
    return closure


@transaction.atomic
def open_day(*, organisation: Organisation, closure_id: int, by: Actor, at: datetime) -> date:
    """Let a day count after all, and have the dates that it moves counted again. Returns the day."""
    on = organisations.remove_closure(organisation=organisation, closure_id=closure_id, by=by, at=at)
    queue(recount_after, organisation_id=organisation.pk, on=on.isoformat())
    return on


@task
def recount_after(organisation_id: int, on: str) -> int:
    """Count again what a change of that day touches, a batch at a time; how many cases. Doing it twice does no harm."""
    touched, last, counted = touched_by(organisation_id, date.fromisoformat(on)), 0, 0
    while ids := list(touched.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        counted += recount(case_ids=ids)
        last = ids[-1]
    return counted
