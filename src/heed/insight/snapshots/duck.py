"""DuckDB, in this process and in one folder: it reads and writes nothing outside, and loads no extension."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

THREADS = 4
READ_MEMORY, WRITE_MEMORY = "1GB", "2GB"


def rows(folder: Path, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The answer to a question with a `?` for each parameter, from files below the folder. Any thread may ask."""
    with _reader(folder, os.getpid()).cursor() as cursor:
        return cursor.execute(sql, list(parameters)).fetchall()


@cache
def _reader(folder: Path, _process: int) -> "DuckDBPyConnection":
    """One a process: a fork must not go on with its parent's threads."""
    return _connect(folder, READ_MEMORY)


@contextmanager
def writing(folder: Path) -> Iterator["DuckDBPyConnection"]:
    """A connection for writing below the folder, where it also puts what memory does not hold; closed at the end."""
    connection = _connect(folder, WRITE_MEMORY)
    try:
        yield connection
    finally:
        connection.close()


def _connect(folder: Path, memory: str) -> "DuckDBPyConnection":
    import duckdb

    connection = duckdb.connect(
        config={
            "threads": min(THREADS, os.cpu_count() or 1),
            "memory_limit": memory,
            "temp_directory": str(folder / "tmp"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        }
    )
    connection.execute("SET parquet_metadata_cache = true")  # a file is never changed once it has its name
    connection.execute(f"SET allowed_directories = [{text(f'{folder}/')}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def text(value: str) -> str:
    """As a text stands in SQL."""
    return "'" + value.replace("'", "''") + "'"


def files(paths: Sequence[Path]) -> str:
    """Parquet files, as FROM names them."""
    return f"read_parquet([{', '.join(text(str(path)) for path in paths)}])"
