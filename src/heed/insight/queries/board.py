"""The insight page: every row of the default set, by month, for what the person may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from heed.design import words
from heed.facts import queries as facts
from heed.insight import reading
from heed.insight.engines.choice import chosen
from heed.insight.figures import Tally, shown
from heed.insight.measures import Measure, Row, rows_for
from heed.insight.periods import Period, whole_months
from heed.insight.queries.counting import Tallies, Where, tallies
from heed.insight.queries.rebasing import rebased_months
from heed.insight.queries.scope import Scope, applies
from heed.insight.series import KNOWN, Matter, Point, Series, finding, series, what_matters

NOT_HERE = {
    "pauses": "In this organisation’s procedure a pause moves no date, so there is nothing to show apart.",
    "stages": "This organisation’s procedure has one stage, so nothing goes to stage 2.",
    "activity": "No denominator: nobody has told Heed yet what this organisation counts as its activity, and how much it does.",
}


@dataclass(frozen=True)
class RowFigures:
    """One row: the measures that have figures here, and for each other why it has none."""

    row: Row
    series: tuple[Series, ...]
    without: tuple[tuple[Measure, str], ...]

    @property
    def lead(self) -> Series | None:
        return self.series[0] if self.series else None

    @property
    def finding(self) -> str:
        return finding(self.lead) if self.lead else ""

    @property
    def table(self) -> list[tuple[date, bool, list[str]]]:
        """(month, whether it is not over yet, the figure of each measure as shown), newest first."""
        columns = [(*one.points, one.part) for one in self.series]
        rows = [
            (points[0].month, points[0] is self.series[0].part, self._cells(points))
            for points in zip(*columns, strict=True)
        ]
        return rows[::-1]

    def _cells(self, points: Sequence[Point]) -> list[str]:
        return [shown(one.measure, point.value) for one, point in zip(self.series, points, strict=True)]


@dataclass(frozen=True)
class Board:
    """What the insight page shows. `service` is the code that it is narrowed to, None for all that may be seen."""

    scope: Scope
    service: str | None
    period: Period
    drawn: int
    computed_at: datetime
    rows: tuple[RowFigures, ...]
    matters: tuple[Matter, ...]
    together: reading.Together | None

    @property
    def place(self) -> str:
        return place_name(self.scope, self.service)

    @property
    def months(self) -> tuple[date, ...]:
        """The whole months that are drawn."""
        return self.period.months[-self.drawn :]

    @property
    def changed(self) -> list[Matter]:
        """What stands out beyond chance."""
        return [matter for matter in self.matters if matter.signal]

    @property
    def worse(self) -> list[Matter]:
        """What of it does so the worse way, where a direction is known."""
        return [m for m in self.changed if m.signal and m.signal.meaning == "special_cause_concern"]

    @property
    def as_usual(self) -> list[Matter]:
        """What everybody asks for first, where it does not stand out."""
        return [matter for matter in self.matters if not matter.signal]

    @property
    def is_empty(self) -> bool:
        """Nothing at all was received or closed in these months."""
        return not any(point.tally.of for row in self.rows for one in row.series for point in (*one.points, one.part))

    @property
    def made_from(self) -> str:
        """What the figures are made of, in words."""
        found = {one.measure.key: one for row in self.rows for one in row.series}
        parts = [
            words.count(many, *nouns)
            for key, nouns in _BASES.items()
            if key in found and (many := found[key].total.of + found[key].part.tally.of)
        ]
        return words.join(parts) if parts else "no facts yet"


_BASES = {
    "received": ("item of feedback received", "items of feedback received"),
    "closed": ("case closed", "cases closed"),
    "remedies_on_time": ("remedy due", "remedies due"),
    "actions_on_time": ("action due", "actions due"),
}


def place_name(scope: Scope, service: str | None) -> str:
    """What the figures are of, in words: a service, the whole organisation, or the services that the person sees."""
    if service is not None:
        return scope.services[service]
    if scope.whole:
        return f"all of {scope.organisation.name}"
    return words.join([name for code, name in scope.services.items() if code in scope.exact])


def board(scope: Scope, *, service: str | None, months: int, at: datetime) -> Board:
    """All rows for a service (None: all that the person may see), over whole months and the one that has begun.

    The same number of statements whatever the amount of data; facts are all that is read."""
    today = timezone.localdate(at)
    period = whole_months(max(months, KNOWN), today).since(facts.began_on(scope.organisation.code))
    where = Where(scope.organisation.code, scope.codes(service), period, activity=scope.activity)
    declared = rows_for(scope.organisation.activity_kind)
    wanted = {name: applies(name, scope.organisation) for name in NOT_HERE}
    here = [m for row in declared for m in row.measures if not m.unfed and wanted.get(m.only_where, True)]
    source = chosen(scope.organisation.code)
    counted = tallies(here, where, engine=source.engine)
    anew = rebased_months(scope.organisation.pk, service)
    found = {m.key: series(m, months_of(counted, m), period, months, anew.get(m.key, ())) for m in here}
    rows = tuple(_row(row, found) for row in declared)
    matters = what_matters([one for row in rows for one in row.series[:1]])
    return Board(scope, service, period, months, source.computed_at(at), rows, tuple(matters), reading.fault(found))


def _row(row: Row, by_key: Mapping[str, Series]) -> RowFigures:
    found = tuple(by_key[measure.key] for measure in row.measures if measure.key in by_key)
    without = tuple((m, m.unfed or NOT_HERE[m.only_where]) for m in row.measures if m.key not in by_key)
    return RowFigures(row, found, without)


def months_of(counted: Tallies, measure: Measure) -> dict[date, Tally]:
    """A measure by month, all services together."""
    found: dict[date, Tally] = {}
    for (month, _), tally in counted[measure.key].items():
        found[month] = found.get(month, Tally()) + tally
    return found
