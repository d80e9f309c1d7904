"""What both backends are given and give back."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Protocol

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from heed.search.language import Query
from heed.search.rows import Prepared


class Hit(NamedTuple):
    """An entry that was found."""

    entry_id: int
    object_id: int
    heading: str


class Scope(NamedTuple):
    """Among what is looked for: SQL conditions on `search_entry AS entry`, with their parameters."""

    conditions: str
    parameters: list[Any]

    def narrowed(self, query: Query, passage: str) -> "Scope":
        """Also where the query's words stand side by side; `passage` is SQL for "the entry's words contain %s"."""
        conditions, parameters = [self.conditions], list(self.parameters)
        for clause in query.clauses:
            if any(len(way.words) > 1 for way in clause.alternatives):
                found = " OR ".join([passage] * len(clause.alternatives))
                conditions.append(f"{'NOT ' if clause.negated else ''}({found})")
                parameters += [way.passage for way in clause.alternatives]
        return Scope(" AND ".join(conditions), parameters)


class Backend(Protocol):
    """Everything runs in the caller's transaction, on the default connection."""

    def write(self, rows: list[Prepared]) -> None:
        """Insert or replace; no two rows of one call are of the same thing."""

    def find(self, query: Query, scope: Scope, limit: int) -> list[Hit]:
        """The newest hits first, by entry id."""

    def stored(self, entry_ids: list[int]) -> Iterable[tuple[int, str]]:
        """The indexed words of each entry that has them."""

    def faults(self) -> Iterator[str]:
        """A sentence for each table, index or trigger that should be in this database and is not, or is broken."""

    def settle(self) -> None:
        """After many rows were written: leave the index as quick to read as if they had come one by one."""


def scope(kind: str, visible: QuerySet[Any], organisation_id: int | None) -> Scope | None:
    """The conditions for entries of `kind` whose object is among the ids of `visible`. None: nothing is visible.

    Each hit is asked whether it is visible. Making the list of all that is visible first, as IN would on SQLite, takes
    longer than most searches."""
    name = next(iter(visible.query.values_select), "pk")
    among = visible.order_by().filter(**{name: RawSQL("entry.object_id", [])})
    try:
        sql, parameters = among.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    conditions, values = f"entry.kind = %s AND EXISTS ({sql})", [kind, *parameters]
    if organisation_id is not None:
        conditions, values = f"entry.organisation_id = %s AND {conditions}", [organisation_id, *values]
    return Scope(conditions, values)
