"""Say what a step of handling takes and costs."""

from datetime import date, datetime

from django.db import transaction

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.insight.costing import STEPS
from heed.insight.models import StepCost
from heed.organisations.models import Organisation

MOST_MINUTES = 60 * 40


def set_step_cost(
    *, organisation: Organisation, step: str, from_month: date, minutes: int, pence_an_hour: int, pay_band: str = "",
    note: str, by: Actor, at: datetime,
) -> StepCost:  # fmt: skip
    """From the first day of a month on, this is what a step takes; what was said of that very month is replaced. No minutes:
    the step is not counted any more."""
    if step not in STEPS:
        raise Refused("Choose a step.", "step")
    if from_month.day != 1:
        raise Refused("Choose a month.", "from_month")
    if not 0 <= minutes <= MOST_MINUTES:
        raise Refused(f"Enter between 0 and {MOST_MINUTES:,} minutes.", "minutes")
    if not note.strip():
        raise Refused("Say where the figures come from, so that they can be checked.", "note")
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        said = {
            "minutes": minutes, "pence_an_hour": pence_an_hour, "pay_band": pay_band.strip(), "note": note.strip(),
            "set_by_id": by.member_id, "set_at": at,
        }  # fmt: skip
        made, _ = StepCost.objects.update_or_create(
            organisation=organisation, step=step, from_month=from_month, defaults=said
        )
        detail = {"step": step, "from": from_month.isoformat(), "minutes": minutes, "pence_an_hour": pence_an_hour}
        record(
            by=by, at=at, verb="step_cost_set", kind="step_cost", object_id=made.pk, organisation=organisation.code,
            detail=detail,
        )  # fmt: skip
    return made
