"""Write what can be found. The caller's transaction holds the entry, its words and the thing itself together.

There is no `by=`: an entry is a copy for finding, made by whatever action changed the thing and recorded it."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice

from django.db import transaction

from heed.search import backends
from heed.search.models import Entry
from heed.search.rows import Prepared, Row, prepare

BATCH = 500  # rows; also what an import commits at once


def index(*, kind: str, object_id: int, organisation_id: int | None, title: str, text: str, at: datetime) -> None:
    """Make the thing findable by these words, and by no others that it had before.

    `title` ranks first (its reference, its subject); `text` is all else that it should be found by; any characters
    do."""
    with transaction.atomic():
        backends.current().write([prepare(Row(kind, object_id, organisation_id, title, text, at))])


def index_many(rows: Iterable[Row]) -> int:
    """The same for many things, for seeds and imports; returns how many. Each 500 are written in one transaction, or in
    the caller's. While the database takes one batch, the words of the next are prepared beside it."""
    backend, count = backends.current(), 0
    with ThreadPoolExecutor(max_workers=1) as beside:
        batches = _batches(rows)
        waiting = beside.submit(_prepared, next(batches, []))
        while prepared := waiting.result():
            waiting = beside.submit(_prepared, next(batches, []))
            with transaction.atomic():
                backend.write(prepared)
            count += len(prepared)
    if count > BATCH:
        backend.settle()
    return count


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _prepared(rows: list[Row]) -> list[Prepared]:
    """Where a thing stands twice, its last words count."""
    last = {(row.kind, row.object_id): row for row in rows}
    return [prepare(row) for row in last.values()]


def remove(*, kind: str, object_id: int) -> None:
    """Nothing finds the thing any more; no error if nothing did."""
    Entry.objects.filter(kind=kind, object_id=object_id).delete()
