"""Whether the rows and the disk agree."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from heed.documents import storage
from heed.documents.models import Blob


class Orphans(NamedTuple):
    """Contents without an attachment (their hashes), files without a row, and uploads that were never finished."""

    blobs: list[str]
    files: list[Path]
    unfinished: list[Path]


def orphans(*, before: datetime | None = None) -> Orphans:
    """What nothing refers to; with `before`, only what was last touched earlier, so that work in progress is left
    out."""
    blobs = Blob.objects.filter(attachments__isnull=True).order_by("pk")
    if before:
        blobs = blobs.filter(stored_at__lt=before)
    files = [path for path in storage.stored() if _is_older(path, before)]
    known = set(Blob.objects.values_list("pk", flat=True)) if files else set()
    unfinished = [path for path in storage.incoming().glob("*") if _is_older(path, before)]
    return Orphans(
        list(blobs.values_list("pk", flat=True)),
        sorted(path for path in files if path.name not in known),
        sorted(unfinished),
    )


def _is_older(path: Path, before: datetime | None) -> bool:
    try:
        return before is None or datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
    except FileNotFoundError:
        return False


def verify_hash(blob: Blob) -> Literal["same", "different", "missing"]:
    """Whether the content on the disk is the one that was stored. Reads all of it."""
    try:
        return "same" if storage.sha256(blob.path) == blob.pk else "different"
    except FileNotFoundError:
        return "missing"


def problems(*, sample: int | None = None, before: datetime | None = None) -> Iterator[str]:
    """What `heed check` reports, a sentence each: contents that are missing or changed (of all, or of `sample` at
    random), and what nothing refers to."""
    blobs = Blob.objects.order_by("?")[:sample] if sample is not None else Blob.objects.order_by("pk")
    for blob in blobs.iterator() if sample is None else blobs:
        state = verify_hash(blob)
        if state != "same" and blob.attachments.exists():
            yield f"the content of file {blob} is {state}"
    lost = orphans(before=before)
    yield from (f"the content {sha256[:12]} has no attachment" for sha256 in lost.blobs)
    yield from (f"the file {path.name[:12]} has no row" for path in lost.files)
    yield from (f"an upload was never finished: {path.name}" for path in lost.unfinished)
