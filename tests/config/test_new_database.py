"""A new database, made from the models at once, is what every change since the first would have made of it."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection, connections
from tests.config.serving import environment, run

from heed.audit import triggers
from heed.config import new_database, server

pytestmark = pytest.mark.django_db


def tables(of: Any) -> dict[str, Any]:
    """For each table its columns, and its keys, references, checks and indexes; names only where we give them."""
    with of.cursor() as cursor:
        return {
            name: (_columns(of, cursor, name), _constraints(of, cursor, name))
            for name in of.introspection.table_names(cursor)
            if not name.startswith("search_text")
        }


def _columns(of: Any, cursor: Any, table: str) -> set[tuple[Any, ...]]:
    rows = of.introspection.get_table_description(cursor, table)
    return {(row.name, str(row.type_code), row.null_ok, row.default) for row in rows}


def _constraints(of: Any, cursor: Any, table: str) -> set[tuple[Any, ...]]:
    found = of.introspection.get_constraints(cursor, table)
    return {_constraint(name, one) for name, one in found.items()}


def _constraint(name: str, one: dict[str, Any]) -> tuple[Any, ...]:
    unnamed = one["foreign_key"] or one["primary_key"] or name.startswith("__") or name.endswith("_not_null")
    columns = sorted(one["columns"]) if one["check"] else one["columns"]  # of a check they stand as in the table
    told = ("primary_key", "unique", "foreign_key", "check", "index", "orders", "definition")
    return ("" if unnamed else name, str(columns), *(str(one.get(key)) for key in told))


@pytest.fixture
def walked(tmp_path: Any) -> Any:
    """A connection to a database that went the whole way, by `heed manage migrate`."""
    settings = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        settings["NAME"] = str(tmp_path / "walked.sqlite3")
        address = f"sqlite:///{settings['NAME']}"
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute("CREATE DATABASE walked")
        settings["NAME"] = "walked"
        address = os.environ["DATABASE_URL"].replace("/heed?", "/walked?")
    done = run("manage", "migrate", "-v0", env=environment(address, tmp_path))
    assert done.returncode == 0, done.stderr
    other = connections["default"].__class__(settings, "default")
    yield other
    other.close()
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute("DROP DATABASE walked WITH (FORCE)")


def test_it_ends_where_all_changes_end(walked: Any) -> None:
    made, changed = tables(connection), tables(walked)
    assert made.keys() == changed.keys()
    for name, (columns, constraints) in made.items():
        assert columns ^ changed[name][0] == set(), name
        assert constraints ^ changed[name][1] == set(), name
    assert triggers.missing(walked) == triggers.missing(connection) == []
    assert server.migrations_to_apply() == 0


def test_one_with_tables_is_left_alone() -> None:
    assert not new_database.make()


def test_who_is_killed_meanwhile_leaves_it_empty(tmp_path: Any) -> None:
    code = (
        "import django; django.setup()\n"
        "from django.db.migrations.recorder import MigrationRecorder\n"
        "import os\n"
        "MigrationRecorder.record_applied = lambda self, app, name: os._exit(9) if app == 'learning' else None\n"
        "from heed.config import new_database\n"
        "new_database.make()\n"
    )
    env = environment(f"sqlite:///{tmp_path / 'new.sqlite3'}", tmp_path)
    env["DJANGO_SETTINGS_MODULE"] = "heed.config.settings"
    killed = subprocess.run([sys.executable, "-c", code], env=env, check=False, capture_output=True, text=True)
    assert killed.returncode == 9, killed.stderr
    again = run("manage", "shell", "-c", "from heed.config import new_database; print(new_database.make())", env=env)
    assert again.stdout.strip().endswith("True"), again.stderr
