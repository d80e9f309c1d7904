"""Figures that were kept, beside what is counted now."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from heed.facts import queries as facts
from heed.insight.figures import Tally, figure, shown
from heed.insight.measures import BY_KEY, GROUPS, MEASURES, Measure, row_of
from heed.insight.models import KeptFigures, KeptMeasure
from heed.insight.periods import Period, months_between, whole_months
from heed.insight.queries.board import NOT_HERE, months_of
from heed.insight.queries.counting import Tallies, Where, tallies
from heed.insight.queries.scope import Scope, applies, everything
from heed.organisations.models import Organisation

Cells = dict[tuple[date, str], Tally]


WHOLE = "*"  # in place of the code of a service: all of them together


def counted_now(organisation: Organisation, *, months: int, at: datetime) -> tuple[Period, Tallies]:
    """Every measure that is fed and applies here over whole months, by month and service, and of all services together
    (WHOLE): a rate of the whole is more than the sum of its parts."""
    period = whole_months(months, timezone.localdate(at)).since(facts.began_on(organisation.code))
    wanted = {name: applies(name, organisation) for name in NOT_HERE}
    here = [m for m in MEASURES if not m.unfed and wanted.get(m.only_where, True)]
    where = Where(organisation.code, None, period, activity=everything(organisation).activity)
    apart, together = tallies(here, where, by="service"), tallies(here, where)
    found: Tallies = {}
    for measure in here:
        cells = {**apart[measure.key], **{(month, WHOLE): tally for (month, _), tally in together[measure.key].items()}}
        found[measure.key] = {(month, of): tally for (month, of), tally in cells.items() if month in period.months}
    return period, found


def listed(organisation_id: int) -> QuerySet[KeptFigures]:
    """What was kept, newest first. Order by computed_at, pk."""
    return KeptFigures.objects.filter(organisation_id=organisation_id).select_related("kept_by")


@dataclass(frozen=True)
class Line:
    """A measure as it was kept, by month, oldest first, and as it is counted now, where that differs. changed: the measure
    has another definition since."""

    key: str
    name: str
    kept: tuple[str, ...]
    now: tuple[str, ...]
    version: int
    changed: bool

    @property
    def differs(self) -> bool:
        return self.now != self.kept


@dataclass(frozen=True)
class Kept:
    """Figures that were kept, for what the person may see of them, in the groups of the figures' page."""

    kept: KeptFigures
    months: tuple[date, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def differing(self) -> int:
        return sum(line.differs for _, lines in self.groups for line in lines)


def kept_figures(scope: Scope, kept_id: int, *, at: datetime) -> Kept | None:
    """Those of the organisation, beside today's; None where there are none by that number."""
    kept = listed(scope.organisation.pk).filter(pk=kept_id).first()
    if kept is None:
        return None
    months = months_between(kept.first_month, kept.last_month)
    rows = {row.measure: row for row in kept.measures.all()}
    now = _now(scope, months, [BY_KEY[key] for key in rows if key in BY_KEY], at)
    lines = {key: _line(scope, row, months, now.get(key, {})) for key, row in rows.items() if key in BY_KEY}
    groups = tuple(
        (name, tuple(lines[key] for key in lines if row_of(BY_KEY[key]).group == group))
        for group, name in GROUPS.items()
    )
    return Kept(kept, months, groups)


def _now(scope: Scope, months: tuple[date, ...], measures: list[Measure], at: datetime) -> dict[str, dict[date, Tally]]:
    period = replace(whole_months(1, timezone.localdate(at)), months=months)
    where = Where(scope.organisation.code, scope.codes(None), period, activity=scope.activity)
    found = tallies([m for m in measures if not m.unfed], where)
    return {key: months_of(found, BY_KEY[key]) for key in found}


def _line(scope: Scope, row: KeptMeasure, months: tuple[date, ...], now: Mapping[date, Tally]) -> Line:
    measure, visible = BY_KEY[row.measure], scope.codes(None)
    then: dict[date, Tally] = {}
    for (month, service), tally in cells_of(row).items():
        if service == WHOLE if visible is None else service in visible:
            then[month] = then.get(month, Tally()) + tally

    def told(of: Mapping[date, Tally]) -> tuple[str, ...]:
        return tuple(shown(measure, figure(measure, of.get(month, Tally()))) for month in months)

    return Line(measure.key, measure.name, told(then), told(now), row.version, row.version != measure.version)


def cells_of(row: KeptMeasure) -> Cells:
    """What was counted, by month and service."""
    found: Cells = {}
    for key, (n, of, *values) in row.cells.items():
        month, _, service = key.partition(" ")
        spread = Counter({int(value): times for value, times in values[0].items()}) if values else None
        found[date.fromisoformat(f"{month}-01"), service] = Tally(n, of, spread) if spread else Tally(n, of)
    return found
