"""What all tests share: quick settings, and the one place where append-only triggers may be lifted."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db.backends.base.operations import BaseDatabaseOperations

from heed.audit import triggers

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STATIC_ROOT.mkdir(exist_ok=True)
if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in life: in memory the test and the server that it asks would share one connection, and its transaction.
    settings.DATABASES["default"]["TEST"]["NAME"] = str(settings.HEED_DATA / "test.sqlite3")
    settings.DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session", autouse=True)
def _flush_with_triggers_lifted() -> Iterator[None]:
    """Tests in a browser empty the database between them; events refuse that, so their triggers are lifted for it."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_lifted(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with triggers.lifted(self.connection):
            flush(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = flush_lifted  # type: ignore[method-assign]
    yield
    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def _migrated_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with all tables and no rows, to be copied; never used itself. The address as DATABASE_URL takes it."""
    address = os.environ["DATABASE_URL"]
    if address.startswith("sqlite"):
        address = f"sqlite:///{tmp_path_factory.mktemp('database') / 'migrated.sqlite3'}"
    else:
        name = f"migrated_{uuid4().hex[:8]}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        address = address.replace("/heed?", f"/{name}?")
    command = [sys.executable, "-m", "heed.config", "manage", "migrate", "--verbosity=0"]
    subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=True)
    return address


@pytest.fixture
def database_url(_migrated_database: str, tmp_path: Path) -> Iterator[str]:
    """A database of this test's own for child processes, with all tables: what DATABASE_URL should say to them."""
    if _migrated_database.startswith("sqlite"):
        copy = tmp_path / "heed.sqlite3"
        shutil.copy(_migrated_database.removeprefix("sqlite:///"), copy)
        yield f"sqlite:///{copy}"
        return
    template = _migrated_database.partition("?")[0].rpartition("/")[2]
    name = f"copy_{uuid4().hex[:8]}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield _migrated_database.replace(f"/{template}?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the files that are longer than they should be; those that are far too long fail a test."""
    root = Path(__file__).resolve().parents[1]
    files = [path for folder in ("src", "tests", "benchmarks") for path in (root / folder).rglob("*.py")]
    lengths = {path: len(path.read_text().splitlines()) for path in files if "migrations" not in path.parts}
    for path, length in sorted(lengths.items()):
        if length > 350:
            terminalreporter.write_line(f"longer than 350 lines: {path.relative_to(root)} ({length})")
