"""Brings the snapshot up to date: what changed since the last one, or all of it anew.

One at a time does so, whoever asks. A kill leaves the snapshot as it was; what it had begun goes with the next refresh,
and changes are taken only after they are in place, so that none is lost and one may be taken twice."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.utils import timezone

from heed.facts import actions as facts
from heed.facts import queries
from heed.facts.queries import Changes
from heed.insight.measures.declaration import Table
from heed.insight.snapshots import cells, duck, exporting, manifest
from heed.insight.snapshots.changing import change
from heed.insight.snapshots.columns import SHAPES
from heed.insight.snapshots.manifest import Manifest
from heed.insight.snapshots.parts import Writer

MOST = 100_000  # changes; with more it is quicker to write all
READ_FOR = timedelta(minutes=15)  # a page that began with the files of before has finished by then


class Busy(Exception):
    """Another process is writing the snapshot."""


@dataclass(frozen=True)
class Done:
    """What was done: how many changes were taken, how many files were written, and whether all were."""

    changes: int
    files: int
    whole: bool


def folder() -> Path:
    """Where the snapshot lies."""
    return Path(settings.HEED_DATA) / "facts"


def refresh(*, at: datetime, whole: bool = False) -> Done | None:
    """Take what has changed; `whole`: write everything anew, as is done where there is no snapshot of this database.
    None: another process is at it."""
    with claimed(folder()) as mine:
        if not mine:
            return None
        changes, stood = queries.changes(MOST), manifest.current(folder())
        if whole or changes.everything or stood is None or not queries.is_known(stood.name):
            return _replace(write_all, changes, at)
        made = _new(at, stood)
        made.places = deepcopy(stood.places)
        return _put_in_place(made, stood, changes, lambda writer: change(writer, changes))


def replace(write: Callable[[Writer], None], *, at: datetime) -> Done | None:
    """A snapshot that holds what `write` writes, and nothing else. None: another process is at it."""
    with claimed(folder()) as mine:
        return _replace(write, queries.changes(MOST), at) if mine else None


def _replace(write: Callable[[Writer], None], changes: Changes, at: datetime) -> Done:
    stood = manifest.current(folder())
    done = _put_in_place(_new(at, stood), stood, changes, write)
    return Done(done.changes, done.files, whole=True)


def _new(at: datetime, stood: Manifest | None) -> Manifest:
    month = timezone.localdate(at).replace(day=1)
    daily_from = max(month, stood.daily_from) if stood else month  # what is added up by month stays so
    return Manifest(token_hex(8), at, daily_from, {}, dict(stood.retired) if stood else {})


def remove() -> bool:
    """There shall be no snapshot, and no log of changes for one. False: another process is at it."""
    place = folder()
    with claimed(place) as mine:
        if mine:
            (place / manifest.NAME).unlink(missing_ok=True)
            _sweep(place, set())
            facts.forget_changes()
        return mine


def write_all(writer: Writer) -> None:
    """All facts of the database."""
    for table, shape in SHAPES.items():
        for organisation in sorted(exporting.organisations(shape)):
            with exporting.of_organisation(writer.folder, shape, organisation) as source:
                write_whole(writer, table, organisation, source)


def write_whole(writer: Writer, table: Table, organisation: str, source: str) -> None:
    """All facts that an organisation has in a table (rows, as FROM names them), and their cells."""
    writer.parts(table, organisation, source)
    cells.make(writer, table, organisation)


def _put_in_place(made: Manifest, stood: Manifest | None, changes: Changes, write: Callable[[Writer], None]) -> Done:
    """Write, and from then on it is the snapshot. Files that are no longer listed go when nobody can still be reading
    them."""
    place, before = folder(), stood.files if stood else set()
    with duck.writing(place) as connection:
        write(Writer(place, connection, made))
    kept = {name: since for name, since in made.retired.items() if made.as_of - since < READ_FOR}
    made.retired = {**dict.fromkeys(before - made.files, made.as_of), **kept}
    facts.announce_copy(made.name)
    manifest.save(place, made)
    _sweep(place, made.files | made.retired.keys())
    facts.take_changes(changes.log, into=made.name)
    return Done(len(changes.log), len(made.files - before), whole=False)


def _sweep(place: Path, listed: set[str]) -> None:
    """What is in no list was retired long ago, or left behind by a kill: nobody else writes here now."""
    for path in place.glob("o-*/*/*.parquet"):
        if str(path.relative_to(place)) not in listed:
            path.unlink()
    for left in place.glob(f"{manifest.NAME}.*"):
        left.unlink()
    shutil.rmtree(place / "tmp")
    (place / "tmp").mkdir()


@contextmanager
def claimed(place: Path) -> Iterator[bool]:
    """Whether this process may write: the system gives the lock back when its holder ends, however it ends."""
    (place / "tmp").mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(place / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(lock)
