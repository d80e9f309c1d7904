"""Count dates again that are kept, after the calendar changed under them."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from heed.cases import projections
from heed.cases.models import Case
from heed.cases.whole import BEHIND_A_CASE, gather
from heed.facts import actions as facts

DATES = (*projections.DUE, "unpaused_respond_by")


def touched_by(organisation_id: int, on: date) -> QuerySet[Case]:
    """Cases, open or closed, whose dates or figures can change when that day begins or ceases to count: received by
    then, and with something counted that reaches it. Order by pk."""
    day_end = timezone.make_aware(datetime.combine(on, time.max))
    reaches = Q(closed_at=None) | Q(closed_at__date__gte=on)
    for name in DATES:
        reaches |= Q(**{f"{name}__gte": on})
    return Case.objects.filter(reaches, organisation_id=organisation_id, received_at__lte=day_end)


@transaction.atomic
def recount(*, case_ids: Sequence[int]) -> int:
    """Work the kept dates, next step and fact of some cases out again. It changes no version, for nobody changed the case:
    a page that is open stays good. How many were counted."""
    cases = Case.objects.select_for_update(of=("self",)).select_related(*BEHIND_A_CASE)
    rows = gather(list(cases.filter(pk__in=case_ids).order_by("pk")))
    for of in rows:
        for name, value in projections.columns(of).items():
            setattr(of.case, name, value)
        facts.put_case(str(of.case.pk), projections.fact(of))
    Case.objects.bulk_update([of.case for of in rows], [*DATES, "next_step", "next_step_on"])
    return len(rows)
