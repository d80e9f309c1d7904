"""Measures into SQL, as text: the one place where the six shapes are compiled. SQLite, PostgreSQL and DuckDB take the
same statement; the little that they say otherwise is a `Dialect`, so that another engine needs no more than one (R183)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from heed.insight.measures.declaration import AtLeast, By, Condition, Has, Is, Measure, NotBy, Table
from heed.insight.periods import Period

Conditions = tuple[Condition, ...]
Family = tuple[Table, str, str]  # a table, a date column, and a number column ("": what is counted has none)


@dataclass(frozen=True)
class Cells:
    """The facts of a family, added up: a row for each day or month and each of the columns `apart`, and a number column
    for each condition. `source`: as FROM names it; the date and what is told apart are named as in the facts. Days
    before `daily_from` are added up by month, so they cannot be cut off within one."""

    source: str
    columns: Mapping[Conditions, str]
    apart: frozenset[str]
    daily_from: date

    def hold(self, counted: Iterable[Conditions], where: "Where", groups: Iterable[str]) -> bool:
        """Whether they say the same as the facts."""
        told_apart = {*groups, *(condition.column for condition in where.only)}
        return (
            told_apart <= self.apart
            and where.period.today >= self.daily_from
            and all(c in self.columns for c in counted)
        )


@dataclass(frozen=True)
class Dialect:
    """What an engine says in its own way. `sources`: each table of facts, as FROM names it. `month`: SQL that makes
    "2026-04", or the first day of the month, of the day in a column. `day_first`: group counts by day, where the engine
    reads an index in its order, and let the caller add up the months; the answer is the same. `cells`: what the engine
    has added up already; each answer that they hold is taken from them. `week`: SQL that makes of the
    day in a column how many whole weeks it lies after Monday 3 January 2000."""

    sources: Mapping[Table, str]
    month: str
    day_first: bool
    cells: Mapping[Family, Cells] = field(default_factory=dict)
    week: str = ""


@dataclass(frozen=True)
class Activity:
    """What rates are taken over: a kind of activity, and the services (codes) that must each have told theirs before they
    are added up to the whole."""

    kind: str
    needed: frozenset[str]


@dataclass(frozen=True)
class Where:
    """Which facts: of one organisation (its code), of these services (None: all), in a period, and `only` those that meet
    all of these conditions too. `activity`: what rates are taken over; without it, they have no figures. `among`: of these
    organisations instead, to be told apart by the column `organisation`."""

    organisation: str
    services: frozenset[str] | None
    period: Period
    only: tuple[Condition, ...] = ()
    activity: Activity | None = None
    among: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Statement:
    """SQL with a `%s` for each parameter. Columns of a row of the answer: the moment (a day, or a month as "2026-04"),
    what is told apart (the service, say) where something is, the value where values are, and then one for each of `counted`."""

    sql: str
    parameters: tuple[Any, ...]
    counted: tuple[Conditions, ...]


def counts(measures: Sequence[Measure], where: Where, dialect: Dialect, *, by: str = "") -> Statement:
    """One statement for counts and shares that share a table and a date column. `by`: a column that is told apart."""
    table, on = measures[0].table, measures[0].on
    by_day = dialect.day_first and not by
    moment = on if by_day else dialect.month.format(on)
    return _grouped((table, on, ""), moment, _told_apart(by), _conditions(measures), where, dialect)


def spreads(measures: Sequence[Measure], where: Where, dialect: Dialect, *, by: str = "") -> Statement:
    """One statement for means, medians and percentiles over one number column: how often each value stands there, so
    that middles are exact on every engine."""
    first = measures[0]
    moment = dialect.month.format(first.on)
    family = (first.table, first.on, first.value)
    known = f"{first.value} IS NOT NULL"
    return _grouped(family, moment, _told_apart(by), _conditions(measures), where, dialect, known)


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


def families(measures: Iterable[Measure]) -> dict[Family, tuple[Conditions, ...]]:
    """What is counted of each family by any of the measures."""
    found: dict[Family, list[Measure]] = {}
    for measure in measures:
        if not measure.unfed:
            found.setdefault((measure.table, measure.on, measure.value), []).append(measure)
    return {family: tuple(dict.fromkeys(_conditions(group))) for family, group in found.items()}


def added_up(
    family: Family, counted: Sequence[Conditions], apart: Sequence[str], source: str, daily_from: date
) -> Statement:
    """`Cells` of a family, in the SQL of snapshots: the date, the columns `apart`, the value where there is one, and a
    column for each of `counted`, named by `cell_column`."""
    _, on, value = family
    numbers, parameters = _counting(counted)
    named = [f"{sql} AS {cell_column(place)}" for place, sql in enumerate(numbers)]
    groups = [moment(on, daily_from), "organisation", *apart, *([value] if value else [])]
    known = f" AND {value} IS NOT NULL" if value else ""
    sql = (
        f"SELECT {', '.join([*groups, *named])} FROM {source} "  # noqa: S608 (names from our own declarations)
        f"WHERE {on} IS NOT NULL{known} GROUP BY {', '.join(str(place + 1) for place in range(len(groups)))}"
    )
    return Statement(sql, tuple(parameters), tuple(counted))


def moment(on: str, daily_from: date) -> str:
    """In the SQL of snapshots: the first day of the month that a date lies in; from `daily_from` on, the date itself."""
    return f"CASE WHEN {on} < DATE '{daily_from}' THEN date_trunc('month', {on})::DATE ELSE {on} END AS {on}"


def cell_column(place: int) -> str:
    return f"counted_{place}"


def _conditions(measures: Iterable[Measure]) -> list[Conditions]:
    """What the measures count: each their population, shares also those singled out among it."""
    return [
        conditions
        for m in measures
        for conditions in ((m.population,) if m.value else (m.population, (*m.population, *m.among)))
    ]


def activity(where: Where, dialect: Dialect) -> Statement:
    """How much was done in each whole month: (month, organisation, service, number), the whole as the service ""."""
    organisations, parameters = _organisations(where)
    limits = [organisations, "kind = %s", "month >= %s", "month < %s"]
    parameters += [where.activity.kind if where.activity else "", where.period.first, where.period.part]
    if where.services is not None:
        services = sorted(where.services)
        limits.append(f"service IN ({_places(services)})" if services else "1 = 0")
        parameters += services
    sql = (
        f"SELECT month, organisation, service, number FROM {dialect.sources['activity']} "  # noqa: S608 (our own names)
        f"WHERE {' AND '.join(limits)}"
    )
    return Statement(sql, tuple(parameters), ())


def grid(table: Table, on: str, moment: str, columns: Sequence[str], where: Where, dialect: Dialect) -> Statement:
    """How many there are of every moment (`day`, `week` or `month`) and every value of the columns together, in one
    statement: what is watched for early warnings."""
    said = {"day": "{}", "week": dialect.week, "month": dialect.month}[moment].format(on)
    return _grouped((table, on, ""), said, columns, [()], where, dialect)


def _organisations(where: Where) -> tuple[str, list[Any]]:
    codes = sorted(where.among)
    return (f"organisation IN ({_places(codes)})", [*codes]) if codes else ("organisation = %s", [where.organisation])


def _told_apart(by: str) -> list[str]:
    return [by] if by else []


def _grouped(
    family: Family, moment: str, apart: Sequence[str], wanted: Iterable[Conditions], where: Where,
    dialect: Dialect, more: str = "",
) -> Statement:  # fmt: skip
    table, on, value = family
    counted = tuple(dict.fromkeys(wanted))  # measures that count under the same conditions share a column
    groups = [name for name in (moment, *apart, value) if name]
    cells = dialect.cells.get(family)
    if cells and cells.hold(counted, where, apart):
        source, numbers, parameters = cells.source, [f"sum({cells.columns[c]})" for c in counted], list[Any]()
    else:
        source, (numbers, parameters) = dialect.sources[table], _counting(counted)
    limits, values = _limited(on, where)
    if more:
        limits.append(more)
    sql = (
        f"SELECT {', '.join([*groups, *numbers])} FROM {source} "  # noqa: S608 (names from our own declarations)
        f"WHERE {' AND '.join(limits)} GROUP BY {', '.join(str(place + 1) for place in range(len(groups)))}"
    )
    return Statement(sql, (*parameters, *values), counted)


def _counting(counted: Iterable[Conditions]) -> tuple[list[str], list[Any]]:
    columns, parameters = [], list[Any]()
    for conditions in counted:
        sql, values = _all_of(conditions)
        columns.append(f"count(*) FILTER (WHERE {sql})" if sql else "count(*)")
        parameters += values
    return columns, parameters


def _limited(on: str, where: Where) -> tuple[list[str], list[Any]]:
    """What narrows the rows, each part true of all of them, and its parameters."""
    organisations, codes = _organisations(where)
    limits = [organisations, f"{on} >= %s", f"{on} <= %s"]
    parameters: list[Any] = [*codes, where.period.first, where.period.today]
    if where.services is not None:
        services = sorted(where.services)
        limits.append(f"service IN ({_places(services)})" if services else "1 = 0")
        parameters += services
    if where.only:
        sql, values = _all_of(where.only)
        limits.append(sql)
        parameters += values
    return limits, parameters


def _all_of(conditions: Conditions) -> tuple[str, list[Any]]:
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


def answers(statement: Statement, row: Sequence[Any]) -> Iterator[tuple[Conditions, int]]:
    """The counts of a row, each with the conditions that it was counted under."""
    return zip(statement.counted, row[-len(statement.counted) :], strict=True)
