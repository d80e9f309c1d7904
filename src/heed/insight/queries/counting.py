"""Counts measures: one statement for all measures that share a table and a date column, and one for each number column
of which a middle or an average is taken. Facts are all that is read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from heed.insight import compiling
from heed.insight.compiling import Conditions, Where
from heed.insight.engines.base import Engine
from heed.insight.engines.live import LIVE
from heed.insight.figures import Tally
from heed.insight.measures.declaration import Measure, Table
from heed.insight.queries.rates import rates

__all__ = ["LIVE", "Tallies", "Where", "tallies"]

Cell = tuple[
    date, str
]  # the first day of a month, and the code of what is told apart, a service say ("" where nothing is)
Tallies = dict[str, dict[Cell, Tally]]


def tallies(measures: Iterable[Measure], where: Where, *, by: str = "", engine: Engine = LIVE) -> Tallies:
    """What was counted for each measure, by its key, then by month and `by`, a column of the facts such as service,
    channel or subject ("": nothing is told apart). A cell without any row is left out.

    As many statements as there are tables with a date column, and number columns, whatever the amount of data."""
    counted: dict[tuple[Table, str], list[Measure]] = defaultdict(list)
    valued: dict[tuple[Table, str, str], list[Measure]] = defaultdict(list)
    fed = [measure for measure in measures if not measure.unfed]
    for measure in fed:
        if measure.value:
            valued[measure.table, measure.on, measure.value].append(measure)
        else:
            counted[measure.table, measure.on].append(measure)
    found: Tallies = {}
    for group in counted.values():
        found |= _count(group, where, by, engine)
    for group in valued.values():
        found |= _spread(group, where, by, engine)
    return found | rates((m for m in fed if m.shape == "rate"), found, where, engine, by=by)


def _cell(row: Sequence[Any], by: str) -> Cell:
    return compiling.month_of(row[0]), row[1] if by else ""


def _count(measures: Sequence[Measure], where: Where, by: str, engine: Engine) -> Tallies:
    """Counts and shares."""
    statement = compiling.counts(measures, where, engine.dialect, by=by)
    totals: dict[Cell, Counter[Conditions]] = defaultdict(Counter)
    for row in engine.rows(statement):
        total = totals[_cell(row, by)]
        for conditions, many in compiling.answers(statement, row):
            total[conditions] += many
    return {
        m.key: {
            cell: Tally(total[(*m.population, *m.among)], total[m.population])
            for cell, total in totals.items()
            if total[m.population]
        }
        for m in measures
    }


def _spread(measures: Sequence[Measure], where: Where, by: str, engine: Engine) -> Tallies:
    """How often each value stands in each cell."""
    statement = compiling.spreads(measures, where, engine.dialect, by=by)
    values: dict[Conditions, dict[Cell, Counter[int]]] = {c: defaultdict(Counter) for c in statement.counted}
    for row in engine.rows(statement):
        cell, value = _cell(row, by), row[2 if by else 1]
        for conditions, many in compiling.answers(statement, row):
            if many:
                values[conditions][cell][value] += many
    return {
        m.key: {cell: Tally(0, spread.total(), spread) for cell, spread in values[m.population].items()}
        for m in measures
    }
