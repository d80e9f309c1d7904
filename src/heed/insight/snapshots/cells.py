"""Adds the facts of an organisation up, by day or month and the few codes that pages tell apart, so that most answers need
no scan of the facts. What changes is taken from the cells and added to them; they are never counted anew for it."""

from typing import Any

from heed.insight import compiling
from heed.insight.compiling import Family
from heed.insight.measures.declaration import Table
from heed.insight.snapshots import duck
from heed.insight.snapshots.manifest import FAMILIES, apart, family_name
from heed.insight.snapshots.parts import Writer

Source = tuple[str, tuple[Any, ...]]  # SQL with its parameters


def of(table: Table) -> list[Family]:
    """The families of a table."""
    return [family for family in FAMILIES if family[0] == table]


def make(writer: Writer, table: Table, organisation: str) -> None:
    """All cells of a table, from the facts of the organisation in the snapshot."""
    for family in of(table):
        _write(writer, family, organisation, [_added(writer, family, writer.facts(table, organisation))])


def change(writer: Writer, family: Family, organisation: str, *, came: str, gone: str) -> None:
    """The cells that stood, with what came and without what is gone (rows of facts, as FROM names them)."""
    sources = [_added(writer, family, came), _added(writer, family, gone, "-"), *_stood(writer, family, organisation)]
    _write(writer, family, organisation, sources)


def differ(writer: Writer, family: Family, organisation: str) -> bool:
    """Whether they are not what the facts add up to, month by month."""
    facts = _added(writer, family, writer.facts(family[0], organisation), "-")
    both, given = _all([facts, *_stood(writer, family, organisation)])
    month = f"date_trunc('month', {family[1]})"
    return (
        writer.number(
            f"SELECT count(*) FROM (SELECT 1 FROM ({both}) GROUP BY {_groups(family)}, {month} HAVING {_some(family)})",  # noqa: S608
            given,
        )
        > 0
    )


def _stood(writer: Writer, family: Family, organisation: str) -> list[Source]:
    stood = writer.made.places[organisation].cells.get(family_name(family))
    return [(f"FROM {duck.files([writer.folder / stood.name])}", ())] if stood else []


def _write(writer: Writer, family: Family, organisation: str, sources: list[Source]) -> None:
    both, given = _all(sources)
    sums = ", ".join(f"sum({column})::BIGINT AS {column}" for column in _columns(family))
    moment = compiling.moment(family[1], writer.made.daily_from)  # a month that is over by now is added up
    written = writer.write(
        f"SELECT {moment}, {_groups(family)}, {sums} FROM ({both}) GROUP BY ALL HAVING {_some(family)}",  # noqa: S608
        organisation, "cells", family_name(family), given,
    )  # fmt: skip
    cells = writer.made.places[organisation].cells
    cells.pop(family_name(family), None)
    if written:
        cells[family_name(family)] = written


def _added(writer: Writer, family: Family, source: str, sign: str = "") -> Source:
    statement = compiling.added_up(family, FAMILIES[family], apart(family), source, writer.made.daily_from)
    signed = ", ".join(f"{sign}{column} AS {column}" for column in _columns(family))
    sql = f"SELECT {family[1]}, {_groups(family)}, {signed} FROM ({statement.sql.replace('%s', '?')})"  # noqa: S608
    return sql, statement.parameters


def _all(sources: list[Source]) -> Source:
    both = " UNION ALL BY NAME ".join(f"({sql})" for sql, _ in sources)
    return both, tuple(value for _, given in sources for value in given)


def _columns(family: Family) -> list[str]:
    return [compiling.cell_column(place) for place in range(len(FAMILIES[family]))]


def _groups(family: Family) -> str:
    return ", ".join(["organisation", *apart(family), *([family[2]] if family[2] else [])])


def _some(family: Family) -> str:
    return " OR ".join(f"sum({column}) <> 0" for column in _columns(family))
