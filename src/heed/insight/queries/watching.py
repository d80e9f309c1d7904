"""What a night's run reads: the facts in a few statements, however many series there are, and what earlier runs left."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from heed.cases import rules
from heed.facts.models import CaseFact
from heed.feedback import queries as feedback
from heed.insight import compiling
from heed.insight.compiling import Where
from heed.insight.engines.live import LIVE
from heed.insight.measures.declaration import Is
from heed.insight.models import Alarm, NewLevel, Rebase, Repeated, Watch, WatchCalibration, WatchRun
from heed.insight.periods import Period
from heed.insight.warning.grid import ALL, Grid, Key, Row, grid
from heed.insight.warning.judging import Calibration
from heed.insight.warning.periods import Every, Span, exposure, number, quiet_share, span, start_of
from heed.insight.warning.wording import KINDS, as_key
from heed.organisations import queries as organisations
from heed.organisations.models import Organisation
from heed.statistics.arrays import Floats
from heed.statistics.detector import Thresholds

# A concern is what a complaint is before anybody calls it so: counted together, neither hides the other. Comments and
# compliments are asked for, so that their numbers say how often somebody asked.
WATCHED = Is("kind", KINDS)
RECEIVED = ("received", "received_complaints", "received_concerns")  # measures of the same counts


def _where(organisation: Organisation, first: date, last: date) -> Where:
    return Where(organisation.code, None, Period((first,), first, last), (WATCHED,))


def _rows(organisation: Organisation, of: Span) -> Iterator[Row]:
    """How many cases were received in each period, by service, subject (the first of a case) and whether from a file."""
    where, columns = _where(organisation, of.first, of.last_day), ("service", "subject", "imported")
    statement = compiling.grid("case", "received_on", of.every, columns, where, LIVE.dialect)
    for moment, service, subject, imported, many in LIVE.stream(statement):
        period = moment if of.every == "week" else number("month", compiling.month_of(moment))
        yield period, service, subject, imported, many


def _by_day(organisation: Organisation, first: date, last: date) -> dict[date, int]:
    statement = compiling.grid("case", "received_on", "day", (), _where(organisation, first, last), LIVE.dialect)
    rows = LIVE.rows(statement)
    return {day if isinstance(day, date) else date.fromisoformat(day): many for day, many in rows}


def series(organisation: Organisation, every: Every, on: date) -> tuple[Grid, Floats]:
    """All series of an organisation as they were before `on`, and the working days of their periods. Six statements."""
    of = span(every, on)
    rows = Repeated.objects.filter(organisation=organisation, every=every, start__gte=of.first)
    repeated = {((row.service, row.subject), row.start): row.many for row in rows}
    since = _since(organisation)
    closed = organisations.closures(organisation.pk)
    calendar = rules.calendar_of(organisation.procedure, organisation.nation, closed)
    quiet = quiet_share(_by_day(organisation, of.first, of.last_day), calendar)
    return grid(of, _rows(organisation, of), repeated).begun_anew(since), exposure(of, calendar, quiet)


def _since(organisation: Organisation) -> dict[Key, date]:
    """From when on each series that was begun anew is known: said of a warning, or of a measure of what is received."""
    rows = [(as_key(row.service, row.subject), row.since) for row in NewLevel.objects.filter(organisation=organisation)]
    rebased = Rebase.objects.filter(organisation=organisation, measure__in=RECEIVED, taken_back_at=None)
    rows += [(as_key(row.service, ""), row.month) for row in rebased]
    return dict(sorted(rows, key=lambda row: row[1]))


def repeats(
    organisation: Organisation, every: Every, first: date, last: date, keys: Collection[Key]
) -> dict[tuple[Key, date], int]:
    """How many cases of some series, received from `first` to `last`, only repeat others: by cell and first day of the
    period. One of each group is left to be counted."""
    received = CaseFact.objects.filter(
        organisation=organisation.code, kind__in=KINDS, received_on__gte=first, received_on__lte=last, imported=False
    )
    cells: dict[int, dict[str, Key]] = defaultdict(dict)
    for day, service, subject, item in received.values_list("received_on", "service", "subject", "feedback_id"):
        if {(ALL, ALL), (service, ALL), (ALL, subject), (service, subject)} & set(keys):
            cells[number(every, day)][item] = (service, subject)
    return _repeats(every, cells)


def _repeats(every: Every, cells: Mapping[int, Mapping[str, Key]]) -> dict[tuple[Key, date], int]:
    found: dict[tuple[Key, date], int] = defaultdict(int)
    for period, items in cells.items():
        for group in feedback.repeated(list(items)):
            for item in group[1:]:
                found[items[item], start_of(every, period)] += 1
    return dict(found)


def repeats_known(organisation: Organisation, every: Every, start: date, cell: Key) -> int:
    """How many of a cell and period were found to repeat before."""
    rows = Repeated.objects.filter(
        organisation=organisation, every=every, start=start, service=cell[0], subject=cell[1]
    )
    return next(iter(rows.values_list("many", flat=True)), 0)


def seen(organisation: Organisation, every: Every) -> WatchRun | None:
    """The latest run."""
    return WatchRun.objects.filter(organisation=organisation, every=every).order_by("-on").first()


def watch_of(organisation: Organisation) -> Watch:
    """The budgets: an organisation's own, or those that stand until it has any (unsaved)."""
    return Watch.objects.filter(organisation=organisation).first() or Watch(organisation=organisation)


def calibration(organisation: Organisation, every: Every) -> WatchCalibration | None:
    """The latest."""
    return WatchCalibration.objects.filter(organisation=organisation, every=every).order_by("-on").first()


def in_force(row: WatchCalibration) -> Calibration:
    """A kept calibration as the run uses it."""
    return Calibration(
        row.budget / 10_000, row.wide_budget / 10_000, Thresholds(row.single, row.sustained),
        Thresholds(row.wide_single, row.wide_sustained), row.points, row.series, row.alarms, row.wide_alarms, row.left_out,
    )  # fmt: skip


def known_rises(organisation: Organisation, every: Every, today: date) -> dict[Key, list[tuple[date, date]]]:
    """Rises of which somebody said that something was behind them, or that they had another reason: from and to."""
    found: dict[Key, list[tuple[date, date]]] = defaultdict(list)
    rows = Alarm.objects.filter(organisation=organisation, every=every, verdict__in=("real", "explained"))
    for row in rows:
        found[as_key(row.service, row.subject)].append((row.start, row.ended_on or today))
    return dict(found)
