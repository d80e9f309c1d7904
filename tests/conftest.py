"""What all tests share: quick settings, and the one place where append-only triggers may be lifted."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from pytest_django.plugin import DjangoDbBlocker

from heed.audit import triggers
from heed.config import new_database

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STATIC_ROOT.mkdir(exist_ok=True)
if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in life: in memory the test and the server that it asks would share one connection, and its transaction.
    settings.DATABASES["default"]["TEST"]["NAME"] = str(settings.HEED_DATA / "test.sqlite3")
    settings.DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

# A slow machine is no finding. On the second database each property is tried with fewer examples.
hypothesis.register_profile("sqlite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.register_profile("postgresql", parent=hypothesis.get_profile("sqlite"), max_examples=25)
hypothesis.load_profile(connection.vendor)


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
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """The tests' own database is made as any new one is, once a process; while it is still empty and nobody uses it, a
    copy is laid aside, of which child processes get copies. It goes with the folder or the server that it lies in."""
    with django_db_blocker.unblock():
        name = connection.creation._create_test_db(verbosity=0, autoclobber=True)
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
        assert new_database.make()
        connection.close()
        if connection.vendor == "sqlite":
            shutil.copy(name, f"{name}.empty")
        else:
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
                server.execute(f"CREATE DATABASE {name}_empty TEMPLATE {name}")


@pytest.fixture(scope="module")
def of_the_module(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """What is written `with of_the_module():`, in a fixture of a module, is made once and seen by all tests of that
    module. What a test changes of it is taken back after the test, and all of it after the module."""
    around = transaction.atomic()
    around._from_testcase = True  # as Django's own around a class of tests: what must not be nested may stand in it
    with django_db_blocker.unblock():
        around.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def database_url(django_db_setup: None, tmp_path: Path) -> Iterator[str]:
    """A database of this test's own for child processes, with all tables: what DATABASE_URL should say to them."""
    made = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        copy = tmp_path / "heed.sqlite3"
        shutil.copy(f"{made}.empty", copy)
        yield f"sqlite:///{copy}"
        return
    name = f"copy_{uuid4().hex[:8]}"
    address = os.environ["DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {made}_empty")
        yield address.replace("/heed?", f"/{name}?")
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the files that are longer than they should be; those that are far too long fail a test."""
    root = Path(__file__).resolve().parents[1]
    files = [path for folder in ("src", "tests", "benchmarks") for path in (root / folder).rglob("*.py")]
    lengths = {path: len(path.read_text().splitlines()) for path in files if "migrations" not in path.parts}
    for path, length in sorted(lengths.items()):
        if length > 350:
            terminalreporter.write_line(f"longer than 350 lines: {path.relative_to(root)} ({length})")
