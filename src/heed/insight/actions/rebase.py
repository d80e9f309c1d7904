"""Begin a measure's limits anew, or take that back."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.design import words
from heed.insight.measures import BY_KEY
from heed.insight.models import Rebase
from heed.organisations.models import Organisation

LEAST_WORDS = 3


def rebase(
    *, organisation: Organisation, measure: str, service: str, month: date, reason: str, by: Actor, at: datetime
) -> Rebase:
    """From this month on the measure (a key) of this service (a code, "": the whole) has limits of its own. Refused without
    a reason that others can follow, and for a month with which they begin already (R191; statistics 1.1)."""
    if measure not in BY_KEY:
        raise Refused("Choose a figure.")
    if month.day != 1 or month > at.date():
        raise Refused("Choose a month that has begun.", "month")
    if len(reason.split()) < LEAST_WORDS:
        raise Refused("Say what changed, so that others can follow why the limits begin anew.", "reason")
    try:
        with transaction.atomic():
            made = Rebase.objects.create(
                organisation=organisation, measure=measure, service=service, month=month, reason=reason.strip(),
                made_by_id=by.member_id, made_at=at,
            )  # fmt: skip
            _note(made, "limits_begun_anew", by, at)
    except IntegrityError:
        raise Refused(f"New limits begin with {words.month(month)} already.", "month") from None
    return made


def take_back_rebase(*, organisation: Organisation, rebase_id: int, reason: str, by: Actor, at: datetime) -> Rebase:
    """The limits run on as if they had not begun anew. It stays to be read, with who took it back and why."""
    if len(reason.split()) < LEAST_WORDS:
        raise Refused("Say why it is taken back, so that others can follow.", "reason")
    with transaction.atomic():
        found = Rebase.objects.select_for_update().filter(
            organisation=organisation, pk=rebase_id, taken_back_at=None
        ).first()  # fmt: skip
        if found is None:
            raise Refused("It was taken back already.")
        found.taken_back_by_id, found.taken_back_at, found.taken_back_reason = by.member_id, at, reason.strip()
        found.save()
        _note(found, "new_limits_taken_back", by, at)
    return found


def _note(of: Rebase, verb: str, by: Actor, at: datetime) -> None:
    detail = {"measure": of.measure, "service": of.service, "month": of.month.isoformat()}
    record(by=by, at=at, verb=verb, kind="rebase", object_id=of.pk, organisation=of.organisation.code, detail=detail)
