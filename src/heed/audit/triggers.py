"""Append-only tables, refused by the database itself: the one list of them, and the triggers that hold it.

An app names its table once, beside the model: `triggers.register(CaseEvent._meta.db_table)`. The triggers are made
again after every migrate, because SQLite rebuilds a table to alter it and drops its triggers without a word."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import atomic

_tables: dict[str, bool] = {}


def register(table: str, deletes: bool = True) -> None:
    """Declare that rows of `table` never change and, unless `deletes` is False, never go."""
    _tables[table] = deletes


def registered() -> dict[str, bool]:
    """Every append-only table, and whether deleting from it is refused too."""
    return dict(_tables)


def append_only(connection: BaseDatabaseWrapper, table: str, deletes: bool = True) -> None:
    """Make the triggers of one table, also where they stand already."""
    with atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name, moment in _wanted(connection, table, deletes):
            cursor.execute(_drop(connection, table, name))
            cursor.execute(_create(connection, table, name, moment))


def lift(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers of one table away: for emptying a test database, and for nothing that a person can ask for."""
    with atomic(using=connection.alias), connection.cursor() as cursor:
        for name, _ in _wanted(connection, table, deletes=True):
            cursor.execute(_drop(connection, table, name))


def make_all(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers of every registered table that stands in this database."""
    standing = set(connection.introspection.table_names())
    for table, deletes in _tables.items():
        if table in standing:
            append_only(connection, table, deletes)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """No registered table is guarded inside the block; all are again after it."""
    standing = set(connection.introspection.table_names())
    for table in _tables:
        if table in standing:
            lift(connection, table)
    try:
        yield
    finally:
        make_all(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that should stand in this database and do not, sorted."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor])
        standing = {name for (name,) in cursor.fetchall()}
    wanted = {name for table, deletes in _tables.items() for name, _ in _wanted(connection, table, deletes)}
    return sorted(wanted - standing)


_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # A disabled trigger (tgenabled 'D') guards nothing, so it counts as missing.
    "postgresql": (
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND tgenabled <> 'D' AND pg_table_is_visible(pg_class.oid)"
    ),
}

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION heed_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def _wanted(connection: BaseDatabaseWrapper, table: str, deletes: bool) -> list[tuple[str, str]]:
    """(trigger's name, the statement that it refuses) for one table on this database."""
    statements = ["UPDATE", "DELETE"] if deletes else ["UPDATE"]
    if deletes and connection.vendor == "postgresql":
        statements.append("TRUNCATE")  # SQLite has no TRUNCATE: there, emptying a table is a DELETE of each row.
    return [(f"{table}_no_{statement.lower()}", statement) for statement in statements]


def _create(connection: BaseDatabaseWrapper, table: str, name: str, statement: str) -> str:
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        each = "STATEMENT" if statement == "TRUNCATE" else "ROW"
        return (
            f"CREATE TRIGGER {quote(name)} BEFORE {statement} ON {quote(table)}"
            f" FOR EACH {each} EXECUTE FUNCTION heed_append_only()"
        )
    return (
        f"CREATE TRIGGER {quote(name)} BEFORE {statement} ON {quote(table)}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _drop(connection: BaseDatabaseWrapper, table: str, name: str) -> str:
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        return f"DROP TRIGGER IF EXISTS {quote(name)} ON {quote(table)}"
    return f"DROP TRIGGER IF EXISTS {quote(name)}"
