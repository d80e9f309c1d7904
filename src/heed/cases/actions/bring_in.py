"""Take in what a file holds: no message, no alarm, each row once however often it is read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.actions.receive import OLD, receive
from heed.feedback.actions.record import Source
from heed.feedback.given import Given, PersonGiven
from heed.feedback.importing.files import Unreadable
from heed.feedback.importing.rows import Rejected, Row
from heed.feedback.models import Batch, Feedback
from heed.organisations import code_lists
from heed.organisations.models import Organisation, Service

COMMIT = 500  # rows a transaction at most
MIDDAY = time(12)


@dataclass
class Tally:
    """How it went so far. `unmatched` counts values of the file that Heed has no code for; they are kept as they
    stand."""

    taken: int = 0
    there: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    unmatched: Counter[tuple[str, str]] = field(default_factory=Counter)


class Known:
    """What the organisation calls its services, subjects and channels."""

    def __init__(self, organisation: Organisation):
        self.services: dict[str, int] = {}
        for service in Service.objects.filter(organisation=organisation):
            self.services |= {service.name.casefold(): service.pk, service.code.casefold(): service.pk}
        self.subjects = self._codes(organisation.subject_list)
        self.channels = self._codes("channels")

    @staticmethod
    def _codes(key: str) -> dict[str, str]:
        items = code_lists.load(key).choices()
        return {name.casefold(): code for code, label in items for name in (code, label)}


def bring_in(
    rows: Iterable[Row | Rejected],
    *,
    organisation: Organisation,
    kind: str,
    file_name: str,
    live: bool,
    dry_run: bool,
    by: Actor,
    at: datetime,
) -> Iterator[Tally]:
    """Take the rows in, at most 500 a transaction; yields the tally after each. A second run after a kill takes in what
    is missing and nothing twice. With `dry_run` nothing is written, and `taken` says what would be."""
    tally, known, seen = Tally(), Known(organisation), set[str]()
    batch = None
    if not dry_run:
        batch = Batch.objects.create(organisation=organisation, file_name=file_name[:255], started_at=at)
    for some in _batches(rows):
        _take(some, tally, known, seen, organisation, kind, live, batch, by, at)
        yield tally
    if batch:
        Batch.objects.filter(pk=batch.pk).update(finished_at=at)


def _batches(rows: Iterable[Row | Rejected]) -> Iterator[list[Row | Rejected]]:
    """Up to 500 rows each. Where reading fails, what was read before it still comes first."""
    some: list[Row | Rejected] = []
    remaining = iter(rows)
    while True:
        try:
            row = next(remaining, None)
        except Unreadable:
            if some:
                yield some
            raise
        if row is not None:
            some.append(row)
        if some and (row is None or len(some) == COMMIT):
            yield some
            some = []
        if row is None:
            return


def _take(
    some: list[Row | Rejected],
    tally: Tally,
    known: Known,
    seen: set[str],
    organisation: Organisation,
    kind: str,
    live: bool,
    batch: Batch | None,
    by: Actor,
    at: datetime,
) -> None:
    keys = [row.key for row in some if isinstance(row, Row)]
    before = (tally.taken, tally.there, len(tally.rejected))
    with transaction.atomic():
        there = set(
            Feedback.objects.filter(organisation=organisation, import_key__in=keys).values_list("import_key", flat=True)
        )
        for row in some:
            if isinstance(row, Rejected):
                tally.rejected.append(row)
            elif row.key in there or row.key in seen:
                tally.there += 1
            else:
                _one(row, tally, known, organisation, kind, live, batch, by, at)
                seen.add(row.key)
        if batch:
            Batch.objects.filter(pk=batch.pk).update(
                rows_in=F("rows_in") + tally.taken - before[0],
                rows_there=F("rows_there") + tally.there - before[1],
                rows_rejected=F("rows_rejected") + len(tally.rejected) - before[2],
            )


def _one(
    row: Row,
    tally: Tally,
    known: Known,
    organisation: Organisation,
    kind: str,
    live: bool,
    batch: Batch | None,
    by: Actor,
    at: datetime,
) -> None:
    received_at = _moment(row.received_on, at)
    given = _given(row, kind, known, tally)
    if batch is None:
        tally.taken += 1
        return
    try:
        with transaction.atomic():
            receive(
                organisation=organisation,
                given=given,
                received_at=received_at,
                by=by,
                at=at,
                source=Source(batch, row.key, received_on_assumed=row.received_on is None),
                live=live or at - received_at <= OLD,
            )
    except Refused as refused:
        tally.rejected.append(Rejected(row.line, str(refused)))
    else:
        tally.taken += 1


def _moment(on: date | None, at: datetime) -> datetime:
    """Midday of the day, because the file gives no hour; now for a row without a day, or of today's morning."""
    if on is None:
        return at
    return min(at, timezone.make_aware(datetime.combine(on, MIDDAY)))


def _given(row: Row, kind: str, known: Known, tally: Tally) -> Given:
    values = row.values

    def match(field_name: str, codes: dict[str, str] | dict[str, int]) -> tuple[object, str]:
        """The code of a value and what to keep as it stands."""
        value = values.get(field_name, "")
        code = codes.get(value.casefold())
        if value and code is None:
            tally.unmatched[(field_name, value)] += 1
        return code, "" if code is not None else value

    service, service_as = match("service", known.services)
    subject, subject_as = match("subject", known.subjects)
    channel, _ = match("channel", known.channels)
    person = PersonGiven(name=values.get("name", ""), email=values.get("email", ""), phone=values.get("phone", ""))
    return Given(
        kind=kind,
        channel=str(channel or "import"),
        text=values["text"],
        service_id=service if isinstance(service, int) else None,
        subject=str(subject or ""),
        complainant=person if person.name or person.email or person.phone else None,
        outcome_at_source=values.get("outcome", ""),
        service_at_source=service_as,
        subject_at_source=subject_as,
    )
