"""The tables of facts as Parquet holds them, worked out from the models."""

from dataclasses import dataclass
from typing import cast

from django.db import models

from heed.facts.models import TABLES, Placed
from heed.insight.measures.declaration import Table

TYPES: dict[type[models.Field[object, object]], str] = {
    models.CharField: "VARCHAR",
    models.DateField: "DATE",
    models.BooleanField: "BOOLEAN",
    models.PositiveSmallIntegerField: "INTEGER",
    models.PositiveIntegerField: "INTEGER",
}


@dataclass(frozen=True)
class Shape:
    """A table of facts: its name in the database, its columns with their types, the one with the id of the thing, and the
    date by whose month it is parted."""

    table: str
    columns: dict[str, str]
    key: str
    placed_by: str

    @property
    def names(self) -> str:
        return ", ".join(self.columns)

    @property
    def month(self) -> str:
        """SQL: the month that a row is parted by, as "2026-04"."""
        return f"strftime({self.placed_by}, '%Y-%m')"

    @property
    def nothing(self) -> str:
        """No rows, as FROM names them."""
        return f"(SELECT {', '.join(f'NULL::{kind} AS {name}' for name, kind in self.columns.items())} WHERE false)"


def _shape(model: type[Placed]) -> Shape:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = {str(field.column): TYPES[type(field)] for field in fields}
    return Shape(model._meta.db_table, columns, model.KEY, model.PLACED_BY)


SHAPES: dict[Table, Shape] = {cast(Table, name): _shape(model) for name, model in TABLES.items()}
