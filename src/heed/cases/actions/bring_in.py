"""Take in what a file holds: no message, no alarm, each row once however often it is read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.actions.receive import Received, take, write_down
from heed.feedback.actions.record import Source
from heed.feedback.given import Given, PersonGiven
from heed.feedback.importing.rows import Rejected, Row
from heed.feedback.importing.shape import Unreadable
from heed.feedback.models import Batch, Feedback
from heed.organisations import code_lists
from heed.organisations.models import Organisation, Service

COMMIT = 500  # rows a transaction at most
MIDDAY = time(12)
OLD = timedelta(days=30)


@dataclass
class Part:
    """What became of some of the rows. `keys` are those that were taken in; `unmatched` counts values of the file that
    Heed has no code for: they are kept as they stand."""

    keys: set[str] = field(default_factory=set)
    there: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    unmatched: Counter[tuple[str, str]] = field(default_factory=Counter)
    batch_id: int | None = None

    @property
    def taken(self) -> int:
        return len(self.keys)


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


@dataclass
class Run:
    """One reading of one file. `seen` are the keys of a dry run, which finds nothing of itself in the database."""

    organisation: Organisation
    kind: str
    file_name: str
    live: bool
    dry_run: bool
    by: Actor
    at: datetime
    known: Known
    batch: Batch | None = None
    seen: set[str] = field(default_factory=set)


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
) -> Iterator[Part]:
    """Take the rows in, at most 500 a transaction; yields what became of them after each. A second run after a kill
    takes in what is missing and nothing twice. A `dry_run` does all of it and takes every transaction back."""
    run = Run(organisation, kind, file_name[:255], live, dry_run, by, at, Known(organisation))
    for some in _batches(rows):
        with transaction.atomic():
            part = _take_in(run, some)
            transaction.set_rollback(dry_run)
        yield part


def finish(*, batch_id: int, at: datetime) -> None:
    """The file was read to its end."""
    Batch.objects.filter(pk=batch_id).update(finished_at=at)


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


def _take_in(run: Run, some: list[Row | Rejected]) -> Part:
    batch = _batch(run)
    keys = [row.key for row in some if isinstance(row, Row)]
    there = Feedback.objects.filter(organisation=run.organisation, import_key__in=keys)
    known = run.seen | {key for key in there.values_list("import_key", flat=True) if key}
    try:
        part = _together(run, batch, some, known)
    except Refused:  # the dates of one cannot be counted: which one, shows when they are taken one by one
        part = _one_by_one(run, batch, some, known)
    if run.dry_run:
        run.seen |= part.keys
    else:
        part.batch_id = batch.pk
    Batch.objects.filter(pk=batch.pk).update(
        rows_in=F("rows_in") + part.taken,
        rows_there=F("rows_there") + part.there,
        rows_rejected=F("rows_rejected") + len(part.rejected),
    )
    return part


def _batch(run: Run) -> Batch:
    """The row that says of this run what it did; of a dry run one a transaction, for each is taken back."""
    if run.batch is None or run.dry_run:
        run.batch = Batch.objects.create(organisation=run.organisation, file_name=run.file_name, started_at=run.at)
    return run.batch


@transaction.atomic
def _together(run: Run, batch: Batch, some: list[Row | Rejected], known: set[str]) -> Part:
    """All that is not known yet, with facts and search entries written at the end for all of them."""
    part, received = Part(), list[Received]()
    for row in some:
        if isinstance(row, Rejected):
            part.rejected.append(row)
        elif row.key in known or row.key in part.keys:
            part.there += 1
        elif kept := _one(run, batch, row, part):
            received.append(kept)
            part.keys.add(row.key)
    write_down(received, run.at)
    return part


def _one_by_one(run: Run, batch: Batch, some: list[Row | Rejected], known: set[str]) -> Part:
    whole = Part()
    for row in some:
        try:
            part = _together(run, batch, [row], known | whole.keys)
        except Refused as refused:
            part = Part(rejected=[Rejected(row.line, str(refused))])
        whole.keys |= part.keys
        whole.there += part.there
        whole.rejected += part.rejected
        whole.unmatched += part.unmatched
    return whole


def _one(run: Run, batch: Batch, row: Row, part: Part) -> Received | None:
    """Keep one row, unless it is refused or another run of the same file, beside this one, was quicker."""
    given = _given(row, run.kind, run.known, part.unmatched)
    received_at = _moment(row.received_on, run.at)
    age = timezone.localdate(run.at) - timezone.localdate(received_at)
    try:
        with transaction.atomic():
            return take(
                organisation=run.organisation,
                given=given,
                received_at=received_at,
                by=run.by,
                at=run.at,
                source=Source(batch, row.key, received_on_assumed=row.received_on is None),
                live=run.live or age <= OLD,
            )
    except Refused as refused:
        part.rejected.append(Rejected(row.line, str(refused)))
    except IntegrityError:
        if not Feedback.objects.filter(organisation=run.organisation, import_key=row.key).exists():
            raise
        part.there += 1
    return None


def _moment(on: date | None, at: datetime) -> datetime:
    """Midday of the day, because the file gives no hour; now for a row without a day, or of today's morning."""
    if on is None:
        return at
    return min(at, timezone.make_aware(datetime.combine(on, MIDDAY)))


def _given(row: Row, kind: str, known: Known, unmatched: Counter[tuple[str, str]]) -> Given:
    values = row.values

    def match(field_name: str, codes: dict[str, str] | dict[str, int]) -> tuple[object, str]:
        """The code of a value and what to keep as it stands."""
        value = values.get(field_name, "")
        code = codes.get(value.casefold())
        if value and code is None:
            unmatched[(field_name, value)] += 1
        return code, "" if code is not None else value

    service, service_as = match("service", known.services)
    subject, subject_as = match("subject", known.subjects)
    channel, channel_as = match("channel", known.channels)
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
        channel_at_source=channel_as,
    )
