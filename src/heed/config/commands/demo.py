"""Shows Heed running, with invented people."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.utils import timezone

from heed.accounts.models import DemoMarker
from heed.accounts.queries import is_demonstration
from heed.config.cli import CannotDo
from heed.config.demonstration.fill import fill
from heed.config.server import migrate, refuse_taken_port, run_server

HELP = "show Heed running, with invented people and organisations"
ENVIRONMENT = {"HEED_DEMO": "1"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Make a database, fill it with the demonstration, and serve it on this machine only.

    A second start takes up the same database. Whoever opens the page may step in as anyone in it, without a password;
    so it refuses a database that it did not make (exit code 2), and `heed serve` refuses one that it did."""
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument("--no-serve", action="store_true", help="fill the database and end")


def run(arguments: argparse.Namespace) -> int:
    """Make and fill what is not there yet, then serve."""
    if not arguments.no_serve:
        refuse_taken_port("127.0.0.1", arguments.port)
    if "HEED_ADDRESS" not in os.environ:  # so that the links in the mailbox lead here; the worker reads it too
        os.environ["HEED_ADDRESS"] = settings.PUBLIC_ADDRESS = f"http://127.0.0.1:{arguments.port}"
    if is_new():
        migrate()
        told = fill(timezone.now())
        print(f"The demonstration is filled: {told} stories in 5 organisations.")
    else:
        migrate()
    if arguments.no_serve:
        return 0
    with worker():
        return run_server("127.0.0.1", arguments.port)


def is_new() -> bool:
    """Whether the database is empty. Raises CannotDo when it holds something that `heed demo` did not make."""
    tables = set(connections["default"].introspection.table_names())
    if not tables:
        return True
    if DemoMarker._meta.db_table not in tables or not is_demonstration():
        if DemoMarker._meta.db_table in tables and _is_untouched():
            return True
        raise CannotDo(
            "this database was not made by `heed demo`, so it may hold real people; "
            "name another with DATABASE_URL or HEED_DATA"
        )
    return False


def _is_untouched() -> bool:
    """Tables without anybody or any organisation in them: an earlier start was stopped before it filled them."""
    with connections["default"].cursor() as cursor:
        for table in ("accounts_user", "organisations_organisation", "feedback_feedback"):
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 (names of our own tables)
            if cursor.fetchone():
                return False
    return True


@contextmanager
def worker() -> Iterator[None]:
    """The worker beside the server, so that mail lands in the mailbox page."""
    process = subprocess.Popen(
        [sys.executable, "-m", "heed.config", "worker", "--interval", "1"], stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
