"""Rows on their way into the database: gathered as the tuples that it takes, then written many at once.

Rows are gathered in one process and written in another, so a tuple holds plain values only."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max

from heed.cases.models import (
    Acknowledgement,
    Case,
    CaseEvent,
    ComplainedAbout,
    Contact,
    Evidence,
    Extension,
    Finding,
    Issue,
    Plan,
    Reason,
    Remedy,
    Response,
    ResponsePart,
    RiskRating,
)
from heed.correspondence.models import Correspondent, Message, Thread
from heed.facts import actions as facts
from heed.facts.models import ActionFact, CaseFact, FeedbackFact, RemedyFact
from heed.feedback.models import Feedback, Narrative, Person
from heed.learning.models import Action, ActionEvent, Check, LearningPoint, Piece, PieceEvent, Recurrence, Wording
from heed.search import backends
from heed.search.rows import Prepared

# What is written, each after what it points to.
TABLES: tuple[type[models.Model], ...] = (
    Correspondent, Thread, Message, Person, Feedback, Narrative, Case, CaseEvent, Reason, ComplainedAbout, Issue,
    Acknowledgement, RiskRating, Plan, Extension, Contact, Evidence, Finding, Remedy, Response, ResponsePart,
    LearningPoint, Recurrence, Action, ActionEvent, Check, Piece, Piece.actions.through, Wording, PieceEvent,
    FeedbackFact, CaseFact, RemedyFact, ActionFact,
)  # fmt: skip
_json = json.JSONEncoder(check_circular=False).encode
Convert = Callable[[Any], Any]
Arrangement = tuple[list[int], list[tuple[int, Convert]], list[Any]]
Shape = tuple[dict[str, tuple[int, Convert | None]], list[Any]]


class Rows:
    """The rows of one batch, by table. `first` says from which key on each table's rows are numbered."""

    def __init__(self, first: Mapping[str, int]):
        self._next = dict(first)
        self.of: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.found: list[Prepared] = []
        self.published: set[tuple[int, str]] = set()  # organisation and what people said: told once only
        self.learned: dict[tuple[int, str], tuple[int, datetime]] = {}  # organisation and lesson: its key, and when

    def next_key(self, model: type[models.Model]) -> int:
        """A key for a row that is added later."""
        self._next[model.__name__] += 1
        return self._next[model.__name__] - 1

    def add(self, model: type[models.Model], **values: Any) -> int:
        """Add a row and return its key; a column that is not given has the default of its field."""
        name = model.__name__
        if "id" not in values:
            values["id"] = self.next_key(model)
        places, converted, defaults = arrangement(model, tuple(values))
        row = defaults.copy()
        for place, value in zip(places, values.values(), strict=True):
            row[place] = value
        for place, convert in converted:
            if (value := row[place]) is not None:
                row[place] = convert(value)
        self.of[name].append(tuple(row))
        return int(values["id"])


@cache
def arrangement(model: type[models.Model], columns: tuple[str, ...]) -> Arrangement:
    """Where the values of these columns belong in a row; which places of it have still to be made into what the database
    takes; and a row of defaults."""
    shaped, defaults = shape(model)
    given = [shaped[column] for column in columns]
    return [place for place, _ in given], [(place, convert) for place, convert in given if convert], defaults


@cache
def shape(model: type[models.Model]) -> Shape:
    """For each column its place and what makes of a value what the database takes; and a row of defaults."""
    instants = str if connection.vendor == "postgresql" else _naive
    converts: dict[type, Convert] = {
        models.DateTimeField: instants,
        models.DateField: date.isoformat,
        models.JSONField: _json,
    }
    fields = model._meta.concrete_fields
    columns = {field.attname: (place, converts.get(type(field))) for place, field in enumerate(fields)}
    defaults = [(_default(field), converts.get(type(field))) for field in fields]
    return columns, [convert(value) if convert and value is not None else value for value, convert in defaults]


def _default(field: Any) -> Any:
    return field.get_default() if field.has_default() or not field.null else None


@lru_cache(maxsize=1_000)  # most instants are written several times over, one after the other
def _naive(at: datetime) -> str:
    """As Django writes instants on SQLite."""
    return str(at.astimezone(UTC))[:-6]


def first_free() -> dict[str, int]:
    """The first key that is free in each table."""
    return {model.__name__: (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1 for model in TABLES}


def make_room() -> None:
    """Let this connection keep the indexes in memory: rows of many dates fall on all pages of an index, and SQLite's own
    2 MB would have each page read and written again and again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -256000")  # KiB


@transaction.atomic
def write(rows: Rows) -> None:
    """Write all of them, search entries too, in one transaction."""
    for model in TABLES:
        if found := rows.of.get(model.__name__):
            write_rows(model, found)
    if rows.found:
        backends.current().write(rows.found)
    facts.replaced_all()


def write_rows(model: type[models.Model], rows: list[tuple[Any, ...]]) -> None:
    """Rows of one table, all columns in the order of its fields."""
    copy = _copy if connection.vendor == "postgresql" else _insert
    copy(model, [str(field.column) for field in model._meta.concrete_fields], rows)


def _insert(model: type[models.Model], columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    names, places = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})', rows)  # noqa: S608


def _copy(model: type[models.Model], columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    table, names = model._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as target:
            for row in rows:
                target.write_row(row)
        # The keys were given, so the sequence has not moved.
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [max(row[0] for row in rows)])
