"""Compares the snapshot with the database, row by row, and its cells with its parts."""

from collections.abc import Iterator

from heed.facts import queries
from heed.insight.measures.declaration import Table
from heed.insight.snapshots import cells, duck, exporting, manifest
from heed.insight.snapshots.columns import SHAPES
from heed.insight.snapshots.manifest import Place
from heed.insight.snapshots.parts import Writer
from heed.insight.snapshots.refreshing import Busy, claimed, folder


def problems() -> Iterator[str]:
    """A sentence for each difference; what has changed since the snapshot was made is none. Raises `Busy` when another
    process is writing the snapshot."""
    with claimed(folder()) as mine:
        if not mine:
            raise Busy
        found = manifest.current(folder())
        if found is None:
            yield "there is no snapshot of the facts"
            return
        if not queries.is_known(found.name):
            yield "the snapshot belongs to another state of the database"
        with duck.writing(folder()) as connection:
            yield from _differences(Writer(folder(), connection, found))


def _differences(writer: Writer) -> Iterator[str]:
    for table, shape in SHAPES.items():
        for organisation in sorted(exporting.organisations(shape) | writer.made.places.keys()):
            writer.made.places.setdefault(organisation, Place())
            if many := _rows(writer, table, organisation):
                yield f"{organisation}: {many} {table} facts differ between the database and the snapshot"
            for family in cells.of(table):
                if cells.differ(writer, family, organisation):
                    yield f"{organisation}: the cells of {manifest.family_name(family)} differ from the facts"


def _rows(writer: Writer, table: Table, organisation: str) -> int:
    """How many things have another fact in the snapshot than in the database, or are in one of them only. The log is
    read last: what is written meanwhile is in it."""
    shape, connection = SHAPES[table], writer.connection
    with exporting.of_organisation(writer.folder, shape, organisation) as source:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE live AS SELECT {shape.names} FROM {source}")  # noqa: S608
    kept = f"SELECT {shape.names} FROM {writer.facts(table, organisation)}"  # noqa: S608 (names of our own)
    return writer.number(
        f"SELECT count(DISTINCT {shape.key}) FROM ((FROM live EXCEPT ALL {kept}) UNION ALL ({kept} EXCEPT ALL FROM live)) "  # noqa: S608
        f"WHERE {shape.key}::VARCHAR NOT IN (SELECT unnest(?::VARCHAR[]))",
        [sorted(queries.changed_ids(table))],
    )
