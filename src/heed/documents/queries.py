"""Files that wait to be attached, and whether the rows and the disk agree."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from django.db.models import QuerySet

from heed.audit.actor import Actor
from heed.documents import storage
from heed.documents.models import Attachment, Blob


def unattached() -> QuerySet[Attachment]:
    """Files that nothing refers to: what was kept with a form that was never finished. Every relation to an attachment is
    asked, also those of tables between, so that an app that attaches files need not be named here."""
    files = Attachment.objects.all()
    relations: list[Any] = Attachment._meta.get_fields(include_hidden=True)
    for relation in relations:
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            field = relation.field
            referring: Any = field.model._base_manager.filter(**{f"{field.name}__isnull": False})
            files = files.exclude(pk__in=referring.order_by().values(field.name))
    return files


def waiting(tokens: Sequence[str], *, organisation_id: int, by: Actor) -> list[Attachment]:
    """Of the files with these tokens, those that the same person gave to the organisation and that nothing refers to."""
    if not tokens:
        return []
    theirs = unattached().filter(uploaded_by_kind=by.kind, uploaded_by_id=by.id, organisation_id=organisation_id)
    return list(theirs.filter(token__in=tokens[:100]).order_by("pk"))


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
