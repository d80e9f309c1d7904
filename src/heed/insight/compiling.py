"""Measures into SQL, as text: the one place where the six shapes are compiled. SQLite, PostgreSQL and DuckDB take the
same statement; the little that they say otherwise is a `Dialect`, so that another engine needs no more than one (R183)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from heed.insight.measures.declaration import AtLeast, By, Condition, Has, Is, Measure, NotBy, Table
from heed.insight.periods import Period


@dataclass(frozen=True)
class Dialect:
    """What an engine says in its own way. `sources`: each table of facts, as FROM names it. `month`: SQL that makes
    "2026-04" of the day in a column. `day_first`: group counts by day, where the engine reads an index in its order, and
    let the caller add up the months; the answer is the same."""

    sources: dict[Table, str]
    month: str
    day_first: bool


@dataclass(frozen=True)
class Activity:
    """What rates are taken over: a kind of activity, and the services (codes) that must each have told theirs before they
    are added up to the whole."""

    kind: str
    needed: frozenset[str]


@dataclass(frozen=True)
class Where:
    """Which facts: of one organisation (its code), of these services (None: all), in a period, and `only` those that meet
    all of these conditions too. `activity`: what rates are taken over; without it, they have no figures."""

    organisation: str
    services: frozenset[str] | None
    period: Period
    only: tuple[Condition, ...] = ()
    activity: Activity | None = None


@dataclass(frozen=True)
class Statement:
    """SQL with a `%s` for each parameter. Columns of a row of the answer: the moment (a day, or a month as "2026-04"),
    what is told apart (the service, say) where something is, the value where values are, and then one for each of `counted`."""

    sql: str
    parameters: tuple[Any, ...]
    counted: tuple[tuple[Condition, ...], ...]


def counts(measures: Sequence[Measure], where: Where, dialect: Dialect, *, by: str = "") -> Statement:
    """One statement for counts and shares that share a table and a date column. `by`: a column that is told apart."""
    table, on = measures[0].table, measures[0].on
    by_day = dialect.day_first and not by
    moment = on if by_day else dialect.month.format(on)
    wanted = [conditions for m in measures for conditions in (m.population, (*m.population, *m.among))]
    return _grouped(table, on, [moment, *_told_apart(by)], wanted, where, dialect)


def spreads(measures: Sequence[Measure], where: Where, dialect: Dialect, *, by: str = "") -> Statement:
    """One statement for means, medians and percentiles over one number column: how often each value stands there, so
    that middles are exact on every engine."""
    first = measures[0]
    groups = [dialect.month.format(first.on), *_told_apart(by), first.value]
    wanted = [m.population for m in measures]
    return _grouped(first.table, first.on, groups, wanted, where, dialect, f"{first.value} IS NOT NULL")


# What a row of each table is told by: a remedy by its case.
IDS: dict[Table, str] = {"feedback": "feedback_id", "case": "case_id", "remedy": "case_id", "action": "action_id"}


def members(measure: Measure, where: Where, dialect: Dialect, *, counted: bool | None = None) -> Statement:
    """The ids of what a measure counts in the period, each once: of its population, or only of those that are counted
    among it (True), or of the others (False)."""
    limits, parameters = _limited(measure.on, where)
    population, values = _all_of(measure.population)
    limits, parameters = [*limits, *filter(None, [population])], [*parameters, *values]
    among, values = _all_of(measure.among)
    if counted is not None and among:
        limits.append(among if counted else f"NOT COALESCE(({among}), 1 = 0)")
        parameters += values
    source, key = dialect.sources[measure.table], IDS[measure.table]
    sql = f"SELECT DISTINCT {key} FROM {source} WHERE {' AND '.join(limits)}"  # noqa: S608 (our own names)
    return Statement(sql, tuple(parameters), ())


def activity(where: Where, dialect: Dialect) -> Statement:
    """How much was done in each whole month: (month, service, number), the whole organisation as the service ""."""
    parameters: list[Any] = [where.organisation, where.activity.kind if where.activity else ""]
    parameters += [where.period.first, where.period.part]
    limits = "organisation = %s AND kind = %s AND month >= %s AND month < %s"
    if where.services is not None:
        services = sorted(where.services)
        limits += f" AND service IN ({_places(services)})" if services else " AND 1 = 0"
        parameters += services
    sql = f"SELECT month, service, number FROM {dialect.sources['activity']} WHERE {limits}"  # noqa: S608 (our names)
    return Statement(sql, tuple(parameters), ())


def _told_apart(by: str) -> list[str]:
    return [by] if by else []


def _grouped(
    table: Table, on: str, groups: Sequence[str], wanted: Iterable[tuple[Condition, ...]], where: Where,
    dialect: Dialect, more: str = "",
) -> Statement:  # fmt: skip
    counted = tuple(dict.fromkeys(wanted))  # measures that count under the same conditions share a column
    columns, parameters = list(groups), list[Any]()
    for conditions in counted:
        sql, values = _all_of(conditions)
        columns.append(f"count(*) FILTER (WHERE {sql})" if sql else "count(*)")
        parameters += values
    limits, values = _limited(on, where)
    parameters += values
    if more:
        limits.append(more)
    numbers = ", ".join(str(number + 1) for number in range(len(groups)))
    sql = (
        f"SELECT {', '.join(columns)} FROM {dialect.sources[table]} "  # noqa: S608 (names from our own declarations)
        f"WHERE {' AND '.join(limits)} GROUP BY {numbers}"
    )
    return Statement(sql, tuple(parameters), counted)


def _limited(on: str, where: Where) -> tuple[list[str], list[Any]]:
    """What narrows the rows, each part true of all of them, and its parameters."""
    limits = ["organisation = %s", f"{on} >= %s", f"{on} <= %s"]
    parameters: list[Any] = [where.organisation, where.period.first, where.period.today]
    if where.services is not None:
        services = sorted(where.services)
        limits.append(f"service IN ({_places(services)})" if services else "1 = 0")
        parameters += services
    if where.only:
        sql, values = _all_of(where.only)
        limits.append(sql)
        parameters += values
    return limits, parameters


def _all_of(conditions: Iterable[Condition]) -> tuple[str, list[Any]]:
    parts, parameters = [], list[Any]()
    for sql, values in map(_one, conditions):
        parts.append(sql)
        parameters += values
    return " AND ".join(parts), parameters


def _one(condition: Condition) -> tuple[str, tuple[Any, ...]]:
    match condition:
        case Is(column, values):
            return f"{column} IN ({_places(values)})", values
        case Has(column):
            return f"{column} IS NOT NULL", ()
        case By(column, limit):
            return f"{column} <= {limit}", ()
        case NotBy(column, limit):
            return f"({column} IS NULL OR {column} > {limit})", ()
        case AtLeast(column, number):
            return f"{column} >= %s", (number,)


def _places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def month_of(moment: date | str) -> date:
    """The first day of the month that a row of an answer is of."""
    return moment.replace(day=1) if isinstance(moment, date) else date.fromisoformat(f"{moment[:7]}-01")


def answers(statement: Statement, row: Sequence[Any]) -> Iterator[tuple[tuple[Condition, ...], int]]:
    """The counts of a row, each with the conditions that it was counted under."""
    return zip(statement.counted, row[-len(statement.counted) :], strict=True)
