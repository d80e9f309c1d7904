"""The database that Heed runs on, SQLite or PostgreSQL: figures of this very moment."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection, models

from heed.facts.models import ActionFact, ActivityFact, CaseFact, FeedbackFact, RemedyFact, SurveyFact
from heed.insight.compiling import Dialect, Statement
from heed.insight.measures.declaration import Table

TABLES: dict[Table, type[models.Model]] = {
    "feedback": FeedbackFact,
    "case": CaseFact,
    "remedy": RemedyFact,
    "action": ActionFact,
    "activity": ActivityFact,
    "survey": SurveyFact,
}
# Not Django's own functions: on SQLite they call back into Python for every row.
MONTHS = {"sqlite": "substr({}, 1, 7)", "postgresql": "to_char({}, 'YYYY-MM')"}
WEEKS = {
    "sqlite": "(CAST(julianday({}) - 2451546.5 AS INTEGER) / 7)",
    "postgresql": "(({} - DATE '2000-01-03') / 7)",
}


class Live:
    """See `Engine`."""

    @property
    def dialect(self) -> Dialect:
        sources = {table: model._meta.db_table for table, model in TABLES.items()}
        return Dialect(sources, MONTHS[connection.vendor], True, week=WEEKS[connection.vendor])

    def rows(self, statement: Statement) -> Sequence[Sequence[Any]]:
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [_given(value) for value in statement.parameters])
            return list(cursor.fetchall())

    def stream(self, statement: Statement, many: int = 10_000) -> Iterator[Sequence[Any]]:
        """The same, some at a time, for answers of millions of rows."""
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [_given(value) for value in statement.parameters])
            while some := cursor.fetchmany(many):
                yield from some


def _given(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


LIVE = Live()
