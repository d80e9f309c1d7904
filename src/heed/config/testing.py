"""The pytest plugin of Heed's tests: which database, a temporary HEED_DATA, and no network.

pytest loads it before the settings are read (`-p` in pyproject.toml). `HEED_TEST_DATABASE=postgresql` chooses
PostgreSQL: a server of our own is started once, and only the tests that touch a database are run.
"""

import atexit
import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest

from heed.config.postgres import TemporaryServer, new_folder

DATABASE = os.environ.get("HEED_TEST_DATABASE", "sqlite")
TOUCH_THE_DATABASE = {"db", "transactional_db", "live_server", "database_url", "django_db_setup"}
LOCAL = ("127.0.0.1", "::1", "localhost")


def _prepare() -> None:
    """Settle the environment, before anything imports the settings. Workers of pytest-xdist inherit it."""
    if DATABASE not in ("sqlite", "postgresql"):
        raise pytest.UsageError("HEED_TEST_DATABASE is sqlite or postgresql")
    folder = os.environ.get("HEED_TEST_FOLDER")
    if not folder:
        folder = os.environ["HEED_TEST_FOLDER"] = tempfile.mkdtemp(prefix="heed-test-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        if DATABASE == "postgresql":
            os.environ["HEED_TEST_POSTGRESQL"] = str(new_folder())
    data = Path(folder) / os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ.pop("HEED_DEMO", None)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # child processes would compile all of Heed, each anew
    os.environ["HEED_DATA"] = str(data)
    os.environ["HEED_HTTPS"] = "0"
    os.environ["DATABASE_URL"] = _server().url if DATABASE == "postgresql" else f"sqlite:///{data / 'heed.sqlite3'}"


def _server() -> TemporaryServer:
    return TemporaryServer(Path(os.environ["HEED_TEST_POSTGRESQL"]))


_prepare()


def pytest_configure(config: pytest.Config) -> None:
    if DATABASE == "postgresql" and not hasattr(config, "workerinput"):
        server = _server()
        atexit.register(server.stop)
        config.add_cleanup(server.stop)
        server.start()


def pytest_report_header() -> str:
    return f"heed: tests on {DATABASE}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what touches no database, and of the journeys in a browser all that are not marked
    `on_both`: the run on SQLite has them, and the pages themselves are asked for on both."""
    if DATABASE == "postgresql":
        kept = [item for item in items if touches_the_database(item) and not only_browses(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def only_browses(item: pytest.Item) -> bool:
    """Whether the test is about what a browser makes of the pages."""
    return "live_server" in getattr(item, "fixturenames", ()) and item.get_closest_marker("on_both") is None


def touches_the_database(item: pytest.Item) -> bool:
    """Whether the test asks for a database by its mark or by a fixture."""
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool(TOUCH_THE_DATABASE & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches another machine; only one that says `network` or uses the live server reaches this one."""
    local_too = request.node.get_closest_marker("network") or "live_server" in request.fixturenames
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: tuple[str, int] | str) -> None:
        if isinstance(address, tuple) and not (local_too and address[0] in LOCAL):
            raise AssertionError(f"a test tried to reach {address[0]}:{address[1]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
