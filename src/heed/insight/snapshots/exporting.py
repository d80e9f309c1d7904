"""Facts out of the database that Heed runs on, into a CSV file that DuckDB reads: the quickest way between the two that
needs nothing else. Codes and dates only, as in every fact."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.db import connection

from heed.insight.snapshots import duck
from heed.insight.snapshots.columns import Shape

AT_ONCE = 500  # ids in one statement


@contextmanager
def of_organisation(folder: Path, shape: Shape, organisation: str) -> Iterator[str]:
    """All facts of a table that an organisation has, as FROM names them."""
    with _file(folder, shape, [("organisation = %s", [organisation])]) as source:
        yield source


@contextmanager
def of_things(folder: Path, shape: Shape, ids: Iterable[str]) -> Iterator[str]:
    """The facts of these things, as far as there are any."""
    waiting = iter(sorted(ids))
    chunks = iter(lambda: list(islice(waiting, AT_ONCE)), [])
    with _file(
        folder, shape, ((f"{shape.key} IN ({', '.join(['%s'] * len(chunk))})", chunk) for chunk in chunks)
    ) as source:
        yield source


def organisations(shape: Shape) -> set[str]:
    """The codes of all organisations that have facts in the table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT organisation FROM {shape.table}")  # noqa: S608 (names from our own models)
        return {code for (code,) in cursor.fetchall()}


@contextmanager
def of_rows(folder: Path, shape: Shape, rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Rows that are at hand, all columns of the shape in their order, as FROM names them."""
    with _path(folder, shape) as path:
        with path.open("wb") as file:
            csv.writer(_Encoded(file), lineterminator="\n").writerows(rows)
        yield _source(path, shape)


@contextmanager
def _file(folder: Path, shape: Shape, asked: Iterable[tuple[str, Sequence[Any]]]) -> Iterator[str]:
    copy = _copy if connection.vendor == "postgresql" else _write
    columns = ", ".join(_plain(name, kind) for name, kind in shape.columns.items())
    with _path(folder, shape) as path:
        with path.open("wb") as file:
            for condition, parameters in asked:
                copy(f"SELECT {columns} FROM {shape.table} WHERE {condition}", parameters, file)  # noqa: S608 (own names)
        yield _source(path, shape)


@contextmanager
def _path(folder: Path, shape: Shape) -> Iterator[Path]:
    path = folder / "tmp" / f"{shape.table}.{token_hex(8)}.csv"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _plain(name: str, kind: str) -> str:
    """SQL for a column. SQLite's driver would make a date or truth of each, one by one, if it knew that they are."""
    if connection.vendor == "postgresql":
        return name
    return {"DATE": f"{name} || ''", "BOOLEAN": f"{name} + 0"}.get(kind, name)


def _copy(sql: str, parameters: Sequence[Any], file: Any) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", parameters) as rows:
        for block in rows:
            file.write(block)


def _write(sql: str, parameters: Sequence[Any], file: Any) -> None:
    rows = _Encoded(file)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while block := cursor.fetchmany(10_000):
            csv.writer(rows, lineterminator="\n").writerows(block)


class _Encoded:
    """A file of text over one of bytes."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, text: str) -> int:
        return int(self._file.write(text.encode()))


def _source(path: Path, shape: Shape) -> str:
    """Neither program tells an empty text from none in the same way, so each column says which it can hold."""
    read = {name: "VARCHAR" if kind == "BOOLEAN" else kind for name, kind in shape.columns.items()}
    kinds = ", ".join(f"{duck.text(name)}: {duck.text(kind)}" for name, kind in read.items())
    made = {"VARCHAR": "coalesce({0}, '') AS {0}", "BOOLEAN": "lower({0}) IN ('t', '1', 'true') AS {0}"}
    columns = ", ".join(made.get(kind, "{0}").format(name) for name, kind in shape.columns.items())
    return (
        f"(SELECT {columns} FROM read_csv({duck.text(str(path))}, columns = {{{kinds}}}, header = false, delim = ',', "  # noqa: S608
        "quote = '\"', escape = '\"', nullstr = '', auto_detect = false))"
    )
