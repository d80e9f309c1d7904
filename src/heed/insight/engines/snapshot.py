"""DuckDB over the Parquet snapshot of one organisation's facts: figures of the moment that the snapshot was made."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from heed.insight.compiling import Cells, Dialect, Family, Statement, cell_column
from heed.insight.measures.declaration import Table
from heed.insight.snapshots import duck
from heed.insight.snapshots.columns import SHAPES
from heed.insight.snapshots.manifest import FAMILIES, Manifest, Place, apart, family_name

MONTH = "date_trunc('month', {})::DATE"


class Snapshot:
    """See `Engine`. It stays with the files of the manifest that it was given, so that all answers of a page agree."""

    def __init__(self, folder: Path, manifest: Manifest, organisation: str) -> None:
        place = manifest.places.get(organisation, Place())
        sources = {table: _source(folder, place, table) for table in SHAPES}
        cells = {
            family: _cells(folder, place, family, manifest) for family in FAMILIES if family_name(family) in place.cells
        }
        self._folder = folder
        self._dialect = Dialect(sources, MONTH, day_first=False, cells=cells)

    @property
    def dialect(self) -> Dialect:
        return self._dialect

    def rows(self, statement: Statement) -> Sequence[Sequence[Any]]:
        return duck.rows(self._folder, statement.sql.replace("%s", "?"), statement.parameters)


def is_whole(folder: Path, place: Place) -> bool:
    """Whether all files of an organisation are there as they were written: a power cut may have shortened some."""
    try:
        return all((folder / file.name).stat().st_size == file.size for file in place.files)
    except FileNotFoundError:
        return False


def _source(folder: Path, place: Place, table: Table) -> str:
    paths = [folder / file.name for file in place.of(table)]
    return duck.files(paths) if paths else SHAPES[table].nothing


def _cells(folder: Path, place: Place, family: Family, manifest: Manifest) -> Cells:
    columns = {conditions: cell_column(number) for number, conditions in enumerate(FAMILIES[family])}
    source = duck.files([folder / place.cells[family_name(family)].name])
    return Cells(source, columns, frozenset(apart(family)), manifest.daily_from)
