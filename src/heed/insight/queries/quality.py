"""What facts can tell of their own quality: gaps and contradictions that a figure should be read with (R194)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, Q
from django.utils import timezone

from heed.feedback.models import Batch, Feedback
from heed.insight.engines.choice import chosen
from heed.insight.figures import Tally
from heed.insight.gaps import CHECKS, Check, sentence
from heed.insight.measures import Measure
from heed.insight.measures.declaration import By, NotBy, Table
from heed.insight.periods import Period
from heed.insight.queries.counting import Where, tallies
from heed.organisations.models import Organisation

ASSUMED = "no_date"


@dataclass(frozen=True)
class Note:
    """`counted` of `of` rows; `text` is the whole sentence."""

    key: str
    counted: int
    of: int
    text: str


def used(measure: Measure) -> frozenset[str]:
    """The columns of facts that a measure reads."""
    conditions = (*measure.population, *measure.among)
    columns = {condition.column for condition in conditions}
    limits = {condition.limit for condition in conditions if isinstance(condition, By | NotBy)}
    return frozenset({measure.on, measure.value, *columns, *limits, *measure.splits} - {""})


def notes(
    organisation: Organisation, measure: Measure, *, period: Period, services: frozenset[str] | None = None
) -> list[Note]:
    """What to know of the quality of a measure's facts: of those whose date column lies in the period, the month that has
    begun included. `services`: codes of those that are counted, as `Scope.codes` gives them; None: all. Two or three
    statements at most; nothing for a measure that nothing feeds."""
    if measure.unfed:
        return []
    columns = used(measure)
    wanted = [
        check for check in CHECKS if check.table == measure.table and (not check.columns or check.columns & columns)
    ]
    found = _count(organisation, measure.on, wanted, period, services)
    if measure.table in ("feedback", "case"):
        found += _assumed(organisation, period, services)
    return found


def all_notes(organisation: Organisation, *, period: Period, services: frozenset[str] | None = None) -> list[Note]:
    """All that facts tell of their quality: of feedback and cases received in the period, and of what fell due in it."""
    days: dict[Table, str] = {"feedback": "received_on", "case": "received_on", "remedy": "due_on", "action": "due_on"}
    found = _assumed(organisation, period, services)
    for table, on in days.items():
        wanted = [check for check in CHECKS if check.table == table]
        found += _count(organisation, on, wanted, period, services)
    return found


def _count(
    organisation: Organisation, on: str, checks: Iterable[Check], period: Period, services: frozenset[str] | None
) -> list[Note]:
    """In one statement, for the checks are of one table."""
    shares = {check: check.as_share(on) for check in checks}
    engine = chosen(organisation.code).engine
    counted = tallies(shares.values(), Where(organisation.code, services, period), engine=engine)
    totals = {check: sum(counted[check.key].values(), Tally()) for check in shares}
    return [
        Note(check.key, total.n, total.of, check.sentence(total.n, total.of))
        for check, total in totals.items()
        if total.n
    ]


def _assumed(organisation: Organisation, period: Period, services: frozenset[str] | None) -> list[Note]:
    """Rows of a file that named no date count as received on the day they were brought in. Asked only where a file was."""
    if not Batch.objects.filter(organisation=organisation).exists():
        return []
    start = timezone.make_aware(datetime.combine(period.first, time.min))
    rows = Feedback.objects.filter(organisation=organisation, received_at__gte=start)
    if services is not None:
        rows = rows.filter(service__code__in=services)
    counted = rows.aggregate(
        counted=Count("pk", filter=Q(received_on_assumed=True)), of=Count("pk", filter=Q(batch__isnull=False))
    )
    many, of = counted["counted"], counted["of"]
    says = "came without a date, and {count} as received on the day {they} {was} brought in"
    nouns = ("row of a file", "rows of files")
    return [Note(ASSUMED, many, of, sentence(many, of, nouns, says))] if many else []
