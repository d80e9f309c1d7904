"""Measures how quick the pages are at a given size."""

import argparse
import importlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import django

from heed.config.cli import CannotDo
from heed.config.postgres import TemporaryServer

HELP = "measure how quick the pages are, on a database of its own"
NEEDS_DJANGO = False  # the settings are read when it is known which database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Seed a database of its own, start the real server on it, and ask for each page again and again, one client.

    It prints the middle and the 95th percentile of the milliseconds, the statements sent to the database and the bytes
    of each page. Exit code 1 when a page's answer differs from a direct count."""
    parser.add_argument("--cases", type=int, default=1_000, metavar="N", help="how many (default: %(default)s)")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite", help="default: sqlite")
    parser.add_argument("--requests", type=int, default=200, metavar="N", help="of each page (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--folder",
        type=Path,
        help="keep what was seeded there, and use it again (SQLite only); default: a temporary one",
    )


def run(arguments: argparse.Namespace) -> int:
    """Seed, serve, measure, and print."""
    if arguments.cases < 1 or arguments.requests < 1:
        raise CannotDo("give 1 or more cases and requests")
    if arguments.folder and arguments.database != "sqlite":
        raise CannotDo("a folder can be kept with SQLite only; PostgreSQL is seeded anew each time")
    with ExitStack() as stack:
        folder = arguments.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="heed-bench-")))
        url = f"sqlite:///{folder.resolve() / 'heed.sqlite3'}"
        if arguments.database == "postgresql":
            url = stack.enter_context(TemporaryServer(durable=True)).url
        _settle(folder, url)
        _seed(folder, arguments.cases)
        port = stack.enter_context(_serving())
        measuring: Any = importlib.import_module("heed.config.benching.measuring")
        found = measuring.measure(port, arguments.requests, _tell)
        importlib.import_module("django.db").connections.close_all()
    return _print(arguments, found)


def _settle(folder: Path, url: str) -> None:
    """The environment of this process and its children: production settings, on this database, nothing else."""
    for name in [name for name in os.environ if name.startswith("HEED_") and name != "HEED_PYTHON"]:
        del os.environ[name]
    os.environ |= {"HEED_DATA": str(folder), "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "heed.config.settings"}
    django.setup()


def _seed(folder: Path, cases: int) -> None:
    """Fill the database, unless it was kept from an earlier run of the same size."""
    mark = folder / f"seeded-{cases}"
    if mark.exists():
        return
    _tell("seeding")
    done = subprocess.run([*_heed("seed"), "--cases", str(cases)], stdout=sys.stderr, check=False)
    if done.returncode:
        raise CannotDo("the database could not be seeded")
    mark.touch()


def _heed(command: str) -> list[str]:
    return [sys.executable, "-m", "heed.config", command]


@contextmanager
def _serving() -> Iterator[int]:
    """The real server, as for real people; it also tells how many statements each page needed. Yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # All of it comes from one address, faster than any person writes.
    environment = {**os.environ, "HEED_COUNT_QUERIES": "1", "HEED_FORMS_AN_HOUR": "0"}
    process = subprocess.Popen(
        [*_heed("serve"), "--port", str(port)], stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        if not process.stdout or not process.stdout.readline():
            raise CannotDo("the server did not start")
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _tell(what: str) -> None:
    print(f"heed bench: {what} ...", file=sys.stderr, flush=True)


def _print(arguments: argparse.Namespace, found: list[Any]) -> int:
    """Print the figures; 1 when an answer was wrong."""
    if arguments.json:
        pages = [page.figures() for page in found]
        print(json.dumps({"database": arguments.database, "cases": arguments.cases, "pages": pages}))
    else:
        print(f"{arguments.cases:,} cases on {arguments.database}, {arguments.requests} requests a page, one client")
        print(f"{'page':20} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8} {'bytes':>9}")
        for page in found:
            print(f"{page.name:20} {page.p50_ms:8.1f} {page.p95_ms:8.1f} {page.queries:8} {page.bytes:9,}")
    wrong = [sentence for page in found for sentence in page.wrong]
    for sentence in wrong:
        print(f"heed bench: {sentence}", file=sys.stderr)
    return 1 if wrong else 0
