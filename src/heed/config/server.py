"""Serves the pages: one server for `heed serve`, `heed demo` and `heed bench`."""

import http.client
import os
import socket
import threading
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from heed.accounts.models import DemoMarker
from heed.accounts.queries import is_demonstration
from heed.config import new_database
from heed.config.cli import CannotDo
from heed.config.static import gather

SECONDS_TO_ANSWER = 60


def run_server(
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    workers: int = 1,
    threads: int = 4,
    announce: Callable[[str], None] | None = None,
) -> int:
    """Serve until told to stop (Ctrl+C or SIGTERM); the exit code.

    The port is tried before anything else is done; `announce(address)` is called (in a thread) once a page has really
    been answered; by default it prints the address. Raises CannotDo when the port is taken."""
    refuse_taken_port(host, port)
    gather()
    connections.close_all()  # the workers are forks: they must not share ours
    server = Granian(
        "heed.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
        process_name=None,
    )
    server.on_startup(lambda: _watch(host, port, announce or print_address))
    server.serve()
    return 0


def refuse_taken_port(host: str, port: int) -> None:
    """Raise CannotDo, with the way out, when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except PermissionError:
            raise CannotDo(f"this account may not listen on port {port}; choose one above 1023 with --port") from None
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            taken = f"port {port} is in use by another program; stop it, or choose another with --port {other}"
            raise CannotDo(
                taken if error.errno == 98 or "in use" in str(error) else f"cannot listen on {host}"
            ) from None


def print_address(address: str) -> None:
    """For a person at the terminal."""
    print(f"Heed is at {address}   (Ctrl+C stops it)", flush=True)


def refuse_demonstration() -> None:
    """Raise CannotDo when the database was made by `heed demo`: real people must never be put among invented ones."""
    connection = connections["default"]
    tables = connection.introspection.table_names()
    if DemoMarker._meta.db_table in tables and is_demonstration():
        raise CannotDo("this database is a demonstration's, made by `heed demo`; name another with DATABASE_URL")


def refuse_unmigrated() -> None:
    """Raise CannotDo when the database does not have the tables of this version of Heed."""
    if not connections["default"].introspection.table_names():
        raise CannotDo("the database is empty; start with --migrate to make its tables")
    behind = migrations_to_apply()
    if behind:
        raise CannotDo(
            f"the database is {behind} changes behind this version of Heed. Make a backup, then start with --migrate "
            "(or run `heed manage migrate`)"
        )


def migrations_to_apply() -> int:
    """How many changes of the tables the database still needs."""
    executor = MigrationExecutor(connections["default"])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Bring the database's tables up to this version, from whatever stands there, or from nothing."""
    new_database.make()
    call_command("migrate", interactive=False, verbosity=0)


def _watch(host: str, port: int, announce: Callable[[str], None]) -> None:
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (read, not listened on)
    shown = f"[{asked}]" if ":" in asked else asked

    def wait() -> None:
        give_up = time.monotonic() + SECONDS_TO_ANSWER
        while time.monotonic() < give_up:
            if _answers(asked, port):
                announce(f"http://{shown}:{port}/")
                return
            time.sleep(0.05)

    threading.Thread(target=wait, daemon=True, name=f"announce-{os.getpid()}").start()


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS_TO_ANSWER)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()
