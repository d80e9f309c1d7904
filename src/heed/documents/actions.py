"""Take files in, let them go, and keep the disk in step with the rows."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from heed.audit import actions as audit
from heed.audit.actor import Actor, system
from heed.audit.refusals import Refused
from heed.documents import queries, rules, storage, virus
from heed.documents.inspection import inspect
from heed.documents.models import Attachment, Blob

KEEP_INCOMING = timedelta(days=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Incoming:
    """A file that was looked at and will be taken. It lies in a temporary place until `keep` or `discard`."""

    received: storage.Received
    accepted: rules.Accepted
    scan: str

    @property
    def filename(self) -> str:
        return self.accepted.filename

    @property
    def note(self) -> str:
        """What was changed about it, a sentence for the person, or ""."""
        return self.accepted.note

    def discard(self) -> None:
        """Remove the temporary copy; no error when it is gone."""
        self.received.path.unlink(missing_ok=True)


def store(
    *, content: storage.Readable, filename: str, organisation_id: int, by: Actor, at: datetime, title: str = ""
) -> Attachment:
    """Take one file in: `content` gives bytes by `read(n)`, `filename` is as the person's device has it.

    Raises Refused (empty, too large, a kind that is not taken, a virus) with a sentence on what to do instead. What was
    changed about the name is in the attachment's `note`. Checking reads the file and may ask the virus check: call it
    before your own transaction begins, or `take_in` before it and `keep` inside it."""
    incoming = take_in(content=content, filename=filename)
    try:
        return keep(incoming=incoming, organisation_id=organisation_id, by=by, at=at, title=title)
    finally:
        incoming.discard()


def take_in(*, content: storage.Readable, filename: str) -> Incoming:
    """Look at a file without a database: for a form to refuse it kindly before anything is sent. Raises Refused."""
    try:
        received = storage.receive(content, settings.LARGEST_FILE)
    except storage.TooLarge:
        raise Refused(rules.too_large(filename, settings.LARGEST_FILE)) from None
    try:
        if not received.size:
            raise Refused(rules.empty(filename))
        accepted = rules.accept(inspect(received.path), filename)
        scan = virus.check(received.path)
        if scan == Blob.Scan.INFECTED:
            raise Refused(rules.infected(filename))
    except BaseException:
        received.path.unlink(missing_ok=True)
        raise
    return Incoming(received, accepted, scan)


@transaction.atomic
def keep(*, incoming: Incoming, organisation_id: int, by: Actor, at: datetime, title: str = "") -> Attachment:
    """Give the organisation the file. The same content is kept once, however often it comes and under whatever name."""
    blob = _locked_blob(incoming, at)
    if blob.scan == Blob.Scan.INFECTED:
        raise Refused(rules.infected(incoming.filename))
    storage.put(incoming.received, blob.path)
    if blob.scan == Blob.Scan.NOT_SCANNED and incoming.scan == Blob.Scan.CLEAN:
        blob.scan, blob.scanned_at = incoming.scan, at
        blob.save(update_fields=["scan", "scanned_at"])
    return Attachment.objects.create(
        blob=blob,
        organisation_id=organisation_id,
        filename=incoming.filename,
        title=title,
        note=incoming.note,
        uploaded_by_kind=by.kind,
        uploaded_by_id=by.id,
        uploaded_at=at,
    )


def _locked_blob(incoming: Incoming, at: datetime) -> Blob:
    """The content's row, locked until the transaction ends, so that `_collect` cannot take the file from under it."""
    received = incoming.received
    while True:
        Blob.objects.get_or_create(
            sha256=received.sha256,
            defaults={
                "size": received.size,
                "media_type": incoming.accepted.kind.media_type,
                "scan": incoming.scan,
                "scanned_at": None if incoming.scan == Blob.Scan.NOT_SCANNED else at,
                "stored_at": at,
            },
        )
        blob = Blob.objects.select_for_update().filter(pk=received.sha256).first()
        if blob:
            return blob


@transaction.atomic
def release(*, attachment: Attachment, by: Actor, at: datetime) -> None:
    """Let a file go. Its content goes too, after the commit, if this was its last attachment."""
    audit.record(
        by=by, at=at, verb="released", kind="attachment", object_id=attachment.pk, detail={"sha256": attachment.blob_id}
    )
    attachment.delete()
    transaction.on_commit(partial(_collect, attachment.blob_id))


@transaction.atomic
def _collect(sha256: str) -> bool:
    """Remove a content that has no attachment: first from the disk, then its row, so that a row without one stands for
    work still to do. Whoever attaches the same content meanwhile waits for the row, and writes the file again."""
    blob = Blob.objects.select_for_update().filter(pk=sha256).first()
    if blob is None or blob.attachments.exists():
        return False
    blob.path.unlink(missing_ok=True)
    blob.delete()
    return True


def sweep(*, at: datetime) -> int:
    """Remove what a kill, a rollback or a form that nobody finished left behind, older than a day: attachments that nothing
    refers to, contents without an attachment, files without a row, unfinished uploads. Returns how many. For the worker."""
    left = list(queries.unattached().filter(uploaded_at__lt=at - KEEP_INCOMING))
    for attachment in left:
        release(attachment=attachment, by=system("sweep"), at=at)
    orphans = queries.orphans(before=at - KEEP_INCOMING)
    removed = sum(_collect(sha256) for sha256 in orphans.blobs)
    removed += sum(_claim_and_remove(path.name, at) for path in orphans.files)
    for path in orphans.unfinished:
        path.unlink(missing_ok=True)
    return removed + len(orphans.unfinished) + len(left)


@transaction.atomic
def _claim_and_remove(sha256: str, at: datetime) -> bool:
    """A row of our own keeps others from attaching the content while its file goes."""
    defaults = {"size": 1, "media_type": "", "scan": Blob.Scan.NOT_SCANNED, "stored_at": at}
    blob, is_new = Blob.objects.get_or_create(sha256=sha256, defaults=defaults)
    if not is_new:
        return False
    blob.path.unlink(missing_ok=True)
    blob.delete()
    return True


def scan_waiting(*, at: datetime, limit: int = 100) -> int:
    """Check up to `limit` contents that came while there was no virus check; returns how many were checked. An infected
    one stays where it is, is not served any more, and is logged. For the worker."""
    checked = 0
    for blob in Blob.objects.filter(scan=Blob.Scan.NOT_SCANNED).order_by("stored_at")[:limit]:
        scan = virus.check(blob.path) if blob.path.exists() else Blob.Scan.NOT_SCANNED
        if scan == Blob.Scan.NOT_SCANNED:
            continue
        checked += Blob.objects.filter(pk=blob.pk, scan=Blob.Scan.NOT_SCANNED).update(scan=scan, scanned_at=at)
        if scan == Blob.Scan.INFECTED:
            log.error("A virus was found in the stored content %s", blob.pk)
    return checked
