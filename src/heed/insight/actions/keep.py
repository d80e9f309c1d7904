"""Keep all figures of an organisation as they stand."""

from datetime import date, datetime

from django.db import transaction

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.design import words
from heed.insight.definitions import facts_in_words
from heed.insight.figures import Tally
from heed.insight.measures import MEASURES
from heed.insight.models import KeptFigures, KeptMeasure
from heed.insight.queries.keeping import counted_now
from heed.organisations.models import Organisation

MONTHS = 12


def keep(*, organisation: Organisation, title: str, by: Actor, at: datetime) -> KeptFigures:
    """Every measure over the last twelve whole months, by service, counted now and written down with its definition.

    Refused without a title. Whoever keeps figures by hand may do so as often as they like; the worker's, once a month,
    are kept once (`keep_month`)."""
    if not title.strip():
        raise Refused("Say what the figures are kept for, such as “Board, November”.", "title")
    return _keep(organisation, title.strip(), by.member_id, by, at)


def keep_month(*, organisation: Organisation, by: Actor, at: datetime, last_month: date) -> KeptFigures | None:
    """What Heed keeps by itself once a month is over; None where it is kept already."""
    if KeptFigures.objects.filter(organisation=organisation, last_month=last_month, kept_by=None).exists():
        return None
    return _keep(organisation, f"As of the end of {words.month(last_month)}", None, by, at)


def _keep(organisation: Organisation, title: str, kept_by_id: int | None, by: Actor, at: datetime) -> KeptFigures:
    period, tallies = counted_now(organisation, months=MONTHS, at=at)
    with transaction.atomic():
        kept = KeptFigures.objects.create(
            organisation=organisation, title=title, first_month=period.first, last_month=period.months[-1],
            computed_at=at, kept_by_id=kept_by_id,
        )  # fmt: skip
        KeptMeasure.objects.bulk_create(
            KeptMeasure(
                kept=kept, measure=m.key, version=m.version, defined=facts_in_words(m), cells=_cells(tallies[m.key])
            )
            for m in MEASURES
            if m.key in tallies
        )
        record(
            by=by, at=at, verb="figures_kept", kind="kept_figures", object_id=kept.pk, organisation=organisation.code,
            detail={"last_month": kept.last_month.isoformat()},
        )  # fmt: skip
    return kept


def _cells(tallies: dict[tuple[date, str], Tally]) -> dict[str, list[object]]:
    return {
        f"{month:%Y-%m} {service}": [tally.n, tally.of, *([dict(tally.values)] if tally.values else [])]
        for (month, service), tally in tallies.items()
    }
