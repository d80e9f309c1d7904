"""Measures into SQL: one statement for all measures that share a table and a date column, and one for each number
column of which a middle or an average is taken. Facts are all that is read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, F, Func, Q, QuerySet, Value

from heed.facts.models import ActionFact, CaseFact, FeedbackFact, RemedyFact
from heed.insight.figures import Tally
from heed.insight.measures.declaration import AtLeast, By, Condition, Has, Is, Measure, NotBy, Table
from heed.insight.periods import Period

TABLES: dict[Table, type[models.Model]] = {
    "feedback": FeedbackFact,
    "case": CaseFact,
    "remedy": RemedyFact,
    "action": ActionFact,
}
Cell = tuple[date, str]  # the first day of a month, and the code of a service ("" where services are not told apart)
Tallies = dict[str, dict[Cell, Tally]]


class Month(Func):
    """ "2026-04" of a day. Much quicker on SQLite than Django's own, which calls back into Python for every row."""

    output_field = models.CharField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, template="to_char(%(expressions)s, 'YYYY-MM')", **extra)


@dataclass(frozen=True)
class Where:
    """Which facts: of one organisation (its code), of these services (None: all), in a period."""

    organisation: str
    services: frozenset[str] | None
    period: Period

    def facts(self, table: Table, on: str) -> QuerySet[Any]:
        days = {f"{on}__gte": self.period.first, f"{on}__lte": self.period.today}
        rows: QuerySet[Any] = TABLES[table]._default_manager.filter(organisation=self.organisation, **days)
        return rows.all() if self.services is None else rows.filter(service__in=sorted(self.services))


def tallies(measures: Iterable[Measure], where: Where, *, by_service: bool = False) -> Tallies:
    """What was counted for each measure, by its key, then by month and service. A cell without any row is left out.

    As many statements as there are tables with a date column, and number columns, whatever the amount of data."""
    counted: dict[tuple[Table, str], list[Measure]] = defaultdict(list)
    valued: dict[tuple[Table, str, str], list[Measure]] = defaultdict(list)
    for measure in measures:
        if measure.unfed:
            continue
        if measure.value:
            valued[measure.table, measure.on, measure.value].append(measure)
        else:
            counted[measure.table, measure.on].append(measure)
    found: Tallies = {}
    for (table, on), group in counted.items():
        found |= _count(group, where.facts(table, on), on, by_service)
    for (table, on, value), group in valued.items():
        found |= _spread(group, where.facts(table, on), on, value, by_service)
    return found


def _by_month(rows: QuerySet[Any], on: str, by_service: bool, *more: str) -> Any:
    place = ("service",) if by_service else ()
    return rows.order_by().annotate(month=Month(F(on))).values("month", *place, *more)


def _by_day(rows: QuerySet[Any], on: str) -> Any:
    """In the order of the index, so nothing is sorted: twice as quick as by month, and few rows still."""
    return rows.order_by().annotate(month=F(on)).values("month")


def _cell(row: Mapping[str, Any]) -> Cell:
    month = row["month"]
    return month.replace(day=1) if isinstance(month, date) else date.fromisoformat(f"{month}-01"), row.get(
        "service", ""
    )


def _count(measures: Sequence[Measure], rows: QuerySet[Any], on: str, by_service: bool) -> Tallies:
    """Counts and shares. Measures that count under the same conditions share a column."""
    columns = _Columns()
    wanted = {m.key: (columns.of(m.population), columns.of((*m.population, *m.among))) for m in measures}
    grouped = _by_month(rows, on, by_service) if by_service else _by_day(rows, on)
    totals: dict[Cell, Counter[str]] = defaultdict(Counter)
    for row in grouped.annotate(**columns.counts()):
        total = totals[_cell(row)]
        for name in columns:
            total[name] += row[name]
    return {
        key: {cell: Tally(total[n], total[of]) for cell, total in totals.items() if total[of]}
        for key, (of, n) in wanted.items()
    }


def _spread(measures: Sequence[Measure], rows: QuerySet[Any], on: str, value: str, by_service: bool) -> Tallies:
    """How often each value stands in each cell: exact middles on both databases, from few rows."""
    columns = _Columns()
    wanted = {measure.key: columns.of(measure.population) for measure in measures}
    values: dict[str, dict[Cell, Counter[int]]] = {measure.key: defaultdict(Counter) for measure in measures}
    known = rows.filter(**{f"{value}__isnull": False})
    for row in _by_month(known, on, by_service, value).annotate(**columns.counts()):
        cell = _cell(row)
        for key, column in wanted.items():
            if row[column]:
                values[key][cell][row[value]] += row[column]
    return {
        key: {cell: Tally(0, spread.total(), spread) for cell, spread in cells.items()} for key, cells in values.items()
    }


class _Columns:
    """The conditions that one statement counts, each once."""

    def __init__(self) -> None:
        self._names: dict[tuple[Condition, ...], str] = {}

    def of(self, conditions: tuple[Condition, ...]) -> str:
        return self._names.setdefault(conditions, f"counted_{len(self._names)}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names.values())

    def counts(self) -> dict[str, Count]:
        return {name: Count(Value(1), filter=all_of(conditions)) for conditions, name in self._names.items()}


def all_of(conditions: Iterable[Condition]) -> Q:
    """The conditions together, as the database takes them."""
    together = Q()
    for condition in conditions:
        together &= _one(condition)
    return together


def _one(condition: Condition) -> Q:
    match condition:
        case Is(column, values):
            return Q(**{f"{column}__in": values}) if len(values) > 1 else Q(**{column: values[0]})
        case Has(column):
            return Q(**{f"{column}__isnull": False})
        case By(column, limit):
            return Q(**{f"{column}__lte": F(limit)})
        case NotBy(column, limit):
            return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gt": F(limit)})
        case AtLeast(column, number):
            return Q(**{f"{column}__gte": number})


def split(measure: Measure, column: str, where: Where) -> list[tuple[str, int]]:
    """(code, how many) of a measure's population in the whole months of the period, by one more column; most first."""
    rows = where.facts(measure.table, measure.on).filter(**{f"{measure.on}__lt": where.period.part})
    counted = rows.filter(all_of(measure.population)).order_by().values(column).annotate(many=Count(Value(1)))
    return sorted(((row[column], row["many"]) for row in counted), key=lambda pair: (-pair[1], pair[0]))
