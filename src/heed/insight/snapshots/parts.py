"""Writes the files of a snapshot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heed.insight.measures.declaration import Table
from heed.insight.snapshots import duck
from heed.insight.snapshots.columns import SHAPES
from heed.insight.snapshots.manifest import File, Manifest, Place, folder_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass
class Writer:
    """Writes files of a new snapshot, `made`, below a folder. Each file's name holds the snapshot's own, so that none
    that is listed is ever written to."""

    folder: Path
    connection: "DuckDBPyConnection"
    made: Manifest

    def write(self, sql: str, organisation: str, place: str, name: str, parameters: Sequence[Any] = ()) -> File | None:
        """The rows of a question as a file; None, and no file, if there are none."""
        path = self.folder / folder_of(organisation) / place / f"{name}.{self.made.name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = self.number(f"COPY ({sql}) TO {duck.text(str(path))} (FORMAT parquet)", parameters)
        if rows:
            return File(str(path.relative_to(self.folder)), path.stat().st_size, rows)
        path.unlink()
        return None

    def number(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """The one number that a question answers, or how many rows were written."""
        found = self.connection.execute(sql, list(parameters)).fetchone()
        return int(found[0]) if found else 0

    def parts(self, table: Table, organisation: str, source: str) -> None:
        """All parts of a table, from all facts that the organisation has in it."""
        shape, name = SHAPES[table], self.made.name
        own = self.folder / "tmp" / f"{table}.{name}"
        self.connection.execute(
            f"COPY (SELECT *, {shape.month} AS part FROM {source}) TO {duck.text(str(own))} "  # noqa: S608 (own names)
            "(FORMAT parquet, PARTITION_BY (part))"
        )
        parts: dict[str, list[File]] = {}
        below = self.folder / folder_of(organisation) / table
        below.mkdir(parents=True, exist_ok=True)
        for number, path in enumerate(sorted(own.rglob("*.parquet"))):
            month = path.parent.name.removeprefix("part=")
            placed = path.replace(below / f"{month}.{number}.{name}.parquet")
            rows = self.number(f"SELECT count(*) FROM {duck.files([placed])}")  # noqa: S608 (a path of our own)
            parts.setdefault(month, []).append(File(str(placed.relative_to(self.folder)), placed.stat().st_size, rows))
        self.made.places.setdefault(organisation, Place()).parts[table] = parts

    def facts(self, table: Table, organisation: str, months: Iterable[str] | None = None) -> str:
        """The facts of an organisation in the snapshot so far, as FROM names them; of some months' parts, or of all."""
        parts = self.made.places[organisation].parts.get(table, {})
        chosen = parts if months is None else months
        paths = [self.folder / file.name for month in chosen for file in parts.get(month, [])]
        return duck.files(paths) if paths else SHAPES[table].nothing
