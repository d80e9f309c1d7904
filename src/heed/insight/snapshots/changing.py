"""Takes changed facts into a snapshot: only the parts in which something is different are written again."""

from typing import TYPE_CHECKING

from heed.facts.queries import Changes
from heed.insight.measures.declaration import Table
from heed.insight.snapshots import cells, exporting
from heed.insight.snapshots.columns import SHAPES
from heed.insight.snapshots.manifest import Place
from heed.insight.snapshots.parts import Writer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def change(writer: Writer, changes: Changes) -> None:
    """Take them in, as the things stand now. `writer.made` holds the snapshot before."""
    for table, shape in SHAPES.items():
        ids = changes.ids.get(table)
        if not ids:
            continue
        _stage_ids(writer.connection, ids)
        with exporting.of_things(writer.folder, shape, ids) as source:
            writer.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE came AS SELECT *, {shape.month} AS part FROM {source}"  # noqa: S608
            )
        touched = {(organisation, f"{month:%Y-%m}") for organisation, month in changes.parts[table]}
        touched |= set(writer.connection.execute("SELECT DISTINCT organisation, part FROM came").fetchall())
        for organisation in sorted({organisation for organisation, _ in touched}):
            _change(writer, table, organisation, {month for of, month in touched if of == organisation})


def _stage_ids(connection: "DuckDBPyConnection", ids: set[str]) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE changed AS SELECT unnest(?::VARCHAR[]) AS id", [sorted(ids)])


def _change(writer: Writer, table: Table, organisation: str, months: set[str]) -> None:
    """One organisation's part of a table. `gone` is what the snapshot holds of the changed things, `now` what is true."""
    shape, connection = SHAPES[table], writer.connection
    place = writer.made.places.setdefault(organisation, Place())
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE gone AS SELECT {shape.names}, {shape.month} AS part "  # noqa: S608 (own names)
        f"FROM {writer.facts(table, organisation, sorted(months))} WHERE {shape.key}::VARCHAR IN (FROM changed)"
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE now AS FROM came WHERE organisation = ?", [organisation])
    different = connection.execute(
        "SELECT DISTINCT part FROM ((FROM gone EXCEPT ALL FROM now) UNION ALL (FROM now EXCEPT ALL FROM gone)) ORDER BY 1"
    ).fetchall()
    for (month,) in different:
        written = writer.write(
            f"SELECT {shape.names} FROM {writer.facts(table, organisation, [month])} "  # noqa: S608 (own names)
            f"WHERE {shape.key}::VARCHAR NOT IN (FROM changed) "
            f"UNION ALL SELECT {shape.names} FROM now WHERE part = '{month}'",
            organisation, table, month,
        )  # fmt: skip
        parts = place.parts.setdefault(table, {})
        parts.pop(month, None)
        if written:
            parts[month] = [written]
    if different:
        for family in cells.of(table):
            cells.change(writer, family, organisation, came="now", gone="gone")
    if not place.rows:
        del writer.made.places[organisation]
