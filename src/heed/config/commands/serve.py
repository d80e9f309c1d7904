"""Serves the pages to real people."""

import argparse
import os

from django.conf import settings

from heed.config.cli import CannotDo
from heed.config.server import migrate, refuse_demonstration, refuse_unmigrated, run_server

HELP = "serve the pages to real people"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Serve the pages, on the database that DATABASE_URL names (default: SQLite in HEED_DATA).

    It speaks plain HTTP and expects a proxy with HTTPS before it; set HEED_HOSTS, HEED_ORIGINS and HEED_PROXY=1 then
    (.env.example says what each is). It refuses the database of a demonstration, and one that is behind this version.
    Messages are sent by `heed worker`, which runs beside it."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes (default: one a core)")
    parser.add_argument("--threads", type=int, default=4, help="requests at once in a process (default: %(default)s)")
    parser.add_argument("--migrate", action="store_true", help="first bring the database up to this version")


def run(arguments: argparse.Namespace) -> int:
    """Refuse what would be unsafe, then serve."""
    if settings.DEMO:
        raise CannotDo("HEED_DEMO=1 belongs to `heed demo` alone: whoever opens the page could step in as anyone")
    refuse_demonstration()
    if arguments.migrate:
        migrate()
    refuse_unmigrated()
    return run_server(arguments.host, arguments.port, workers=arguments.workers, threads=arguments.threads)
