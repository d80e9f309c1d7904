"""Taking files in and letting them go, with the disk and the rows in step."""

import hashlib
import io
import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests import factories
from tests.documents.clamd import EICAR, Clamd
from tests.documents.samples import HTML, PDF, PNG

from heed.audit.actor import Actor
from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.documents import actions, queries, storage
from heed.documents.models import Attachment, Blob
from heed.feedback.models import FeedbackFile
from heed.organisations.models import Organisation

AT = datetime(2026, 4, 2, 16, 45, tzinfo=UTC)
SARAH = Actor("public", "17", "riverside-nhs")


def store(body: Organisation, content: bytes = PDF, filename: str = "letter.pdf", **more: Any) -> Attachment:
    return actions.store(
        content=io.BytesIO(content), filename=filename, organisation_id=body.pk, **{"by": SARAH, "at": AT, **more}
    )


def left_in(data: Path) -> list[Path]:
    return sorted(path for path in (data / "documents").rglob("*") if path.is_file())


def test_a_file_is_kept_under_its_hash_for_its_owner_alone(body: Organisation, data: Path) -> None:
    attachment = store(body, title="The letter")
    blob = attachment.blob
    assert blob.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (blob.size, blob.media_type, blob.scan) == (len(PDF), "application/pdf", "not_scanned")
    assert blob.path == data / "documents" / blob.sha256[:2] / blob.sha256[2:4] / blob.sha256
    assert blob.path.read_bytes() == PDF
    assert blob.path.stat().st_mode & 0o077 == 0
    assert (attachment.uploaded_by, attachment.uploaded_at) == (Actor("public", "17"), AT)
    assert (attachment.filename, attachment.title, attachment.note) == ("letter.pdf", "The letter", "")
    assert not attachment.is_checked
    assert left_in(data) == [blob.path]
    assert list(queries.problems()) == []


def test_the_same_content_is_kept_once_under_many_names(body: Organisation, data: Path) -> None:
    first, second = store(body), store(body, filename="copy.pdf")
    assert first.blob == second.blob
    assert first.token != second.token
    assert len(first.token) >= 22  # 128 bits in an alphabet of 64
    assert left_in(data) == [first.blob.path]


def test_a_name_that_lies_is_put_right_and_it_is_told(body: Organisation) -> None:
    attachment = store(body, PNG, "scan.pdf")
    assert (attachment.filename, attachment.blob.media_type) == ("scan.png", "image/png")
    assert "PNG picture" in attachment.note


@pytest.mark.parametrize(
    ("content", "filename", "words"),
    [(b"", "empty.pdf", "is empty"), (HTML, "page.html", "web page"), (b"MZ" + bytes(99), "x.exe", "program")],
)
def test_what_is_refused_leaves_nothing(
    body: Organisation, data: Path, content: bytes, filename: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        store(body, content, filename)
    assert left_in(data) == []
    assert not Blob.objects.exists()


class Endless(io.RawIOBase):
    """Gives bytes for ever, and counts them."""

    given = 0

    def read(self, size: int = -1, /) -> bytes:
        self.given += size
        return b"x" * size


def test_a_file_above_the_limit_is_refused_without_reading_it_all(
    body: Organisation, data: Path, settings: Settings
) -> None:
    settings.LARGEST_FILE = 3 * 2**20
    endless = Endless()
    with pytest.raises(Refused, match=r"“long.mov” is larger than 3 MB"):
        actions.take_in(content=endless, filename="long.mov")
    assert endless.given <= 5 * 2**20
    assert left_in(data) == []
    assert store(body, b"x" * 3 * 2**20, "words.txt").blob.size == 3 * 2**20


class Broken:
    """An upload that ends in the middle."""

    def read(self, size: int = -1, /) -> bytes:
        raise OSError("the line broke")


def test_an_upload_that_breaks_leaves_nothing(data: Path) -> None:
    with pytest.raises(OSError, match="broke"):
        actions.take_in(content=Broken(), filename="x.pdf")
    assert left_in(data) == []


def test_a_file_can_be_looked_at_first_and_kept_later(body: Organisation, data: Path) -> None:
    incoming = actions.take_in(content=io.BytesIO(PNG), filename="scan.pdf")
    assert (incoming.filename, "PNG" in incoming.note, Blob.objects.count()) == ("scan.png", True, 0)
    assert actions.keep(incoming=incoming, organisation_id=body.pk, by=SARAH, at=AT).filename == "scan.png"
    other = actions.take_in(content=io.BytesIO(PDF), filename="letter.pdf")
    other.discard()
    other.discard()
    assert len(left_in(data)) == 1


def test_a_virus_is_refused_and_nothing_of_it_is_kept(body: Organisation, data: Path, settings: Settings) -> None:
    with Clamd(data) as clamd:
        settings.CLAMD = clamd.address
        assert store(body, PDF).is_checked
        with pytest.raises(Refused, match="found a virus"):
            store(body, EICAR, "eicar.txt")
    assert [blob.scan for blob in Blob.objects.all()] == ["clean"]


def test_what_was_not_checked_is_checked_later(body: Organisation, data: Path, settings: Settings) -> None:
    clean, infected = store(body, PDF), store(body, EICAR, "eicar.txt")
    later = AT + timedelta(hours=1)
    assert actions.scan_waiting(at=later) == 0
    with Clamd(data) as clamd:
        settings.CLAMD = clamd.address
        assert actions.scan_waiting(at=later) == 2
        assert actions.scan_waiting(at=later) == 0
    states = {blob.pk: (blob.scan, blob.scanned_at) for blob in Blob.objects.all()}
    assert states == {clean.blob_id: ("clean", later), infected.blob_id: ("infected", later)}
    settings.CLAMD = ""
    with pytest.raises(Refused, match="found a virus"):
        store(body, EICAR, "again.txt")


def test_a_second_copy_that_is_checked_makes_the_content_checked(
    body: Organisation, data: Path, settings: Settings
) -> None:
    first = store(body)
    with Clamd(data) as clamd:
        settings.CLAMD = clamd.address
        store(body)
    first.blob.refresh_from_db()
    assert (first.blob.scan, first.blob.scanned_at) == ("clean", AT)


Commit = DjangoCaptureOnCommitCallbacks


def test_the_content_goes_with_its_last_attachment(
    body: Organisation, data: Path, django_capture_on_commit_callbacks: Commit
) -> None:
    first, second = store(body), store(body, filename="copy.pdf")
    number = first.pk

    def release(attachment: Attachment) -> AbstractContextManager[Any]:
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            actions.release(attachment=attachment, by=SARAH, at=AT)
        return callbacks

    release(first)
    assert left_in(data) == [second.blob.path]
    release(second)
    assert left_in(data) == []
    assert not Blob.objects.exists()
    trail = Entry.objects.filter(verb="released", object_kind="attachment").order_by("pk")
    assert trail[0].object_id == str(number)
    assert trail.count() == 2
    assert "letter" not in str(trail[0].detail)


def test_a_release_that_is_rolled_back_loses_nothing(body: Organisation, data: Path) -> None:
    attachment = store(body)

    def release_and_fail() -> None:
        with transaction.atomic():
            actions.release(attachment=Attachment.objects.get(pk=attachment.pk), by=SARAH, at=AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        release_and_fail()
    assert Attachment.objects.filter(pk=attachment.pk).exists()
    assert list(queries.problems()) == []


@pytest.fixture
def wreck(body: Organisation, data: Path) -> Iterator[dict[str, Any]]:
    """What kills and rollbacks may leave: a content without attachment, a file without row, an unfinished upload."""
    kept = store(body)
    Attachment.objects.filter(pk=kept.pk).update(uploaded_at=AT + timedelta(days=2))  # somebody is still at the form
    orphan = store(body, PNG, "scan.png")
    orphan.delete()
    rowless = data / "documents" / "ab" / "cd" / ("abcd" + "0" * 60)
    rowless.parent.mkdir(parents=True)
    unfinished = data / "documents" / "incoming" / "tmp123"
    for path in (rowless, unfinished):
        path.write_bytes(b"left")
        os.utime(path, (AT.timestamp(), AT.timestamp()))
    return {"kept": kept, "orphan": orphan.blob, "rowless": rowless, "unfinished": unfinished}


@pytest.mark.django_db(transaction=True)
def test_a_file_of_a_form_that_nobody_finished_goes_and_one_that_is_attached_stays(body: Organisation) -> None:
    left, attached = store(body), store(body, PNG, "scan.png")
    FeedbackFile.objects.create(feedback=factories.received(body).feedback, attachment=attached)
    assert list(queries.unattached()) == [left]
    giver = left.uploaded_by
    assert queries.waiting([left.token, attached.token], organisation_id=body.pk, by=giver) == [left]
    assert queries.waiting([left.token], organisation_id=body.pk, by=Actor("staff", "999")) == []
    assert queries.waiting([left.token], organisation_id=body.pk + 1, by=giver) == []
    assert actions.sweep(at=AT + timedelta(hours=23)) == 0
    assert actions.sweep(at=AT + timedelta(days=2)) == 1
    assert list(Attachment.objects.all()) == [attached]


def test_what_nothing_refers_to_is_found_and_swept(wreck: dict[str, Any], data: Path) -> None:
    assert queries.orphans() == ([wreck["orphan"].pk], [wreck["rowless"]], [wreck["unfinished"]])
    assert queries.orphans(before=AT) == ([], [], [])
    assert len(list(queries.problems())) == 3
    assert actions.sweep(at=AT + timedelta(hours=23)) == 0
    assert actions.sweep(at=AT + timedelta(days=2)) == 3
    assert left_in(data) == [wreck["kept"].blob.path]
    assert list(queries.problems()) == []


def test_a_content_that_changed_or_went_is_told(body: Organisation) -> None:
    changed, missing = store(body).blob, store(body, PNG, "scan.png").blob
    assert queries.verify_hash(changed) == "same"
    changed.path.write_bytes(PDF.replace(b"1.7", b"1.6"))
    missing.path.unlink()
    assert (queries.verify_hash(changed), queries.verify_hash(missing)) == ("different", "missing")
    assert sorted(queries.problems()) == sorted(
        [f"the content of file {changed} is different", f"the content of file {missing} is missing"]
    )
    assert len(list(queries.problems(sample=1))) == 1


def test_a_content_that_went_comes_back_with_the_next_copy(body: Organisation) -> None:
    attachment = store(body)
    for harm in (attachment.blob.path.unlink, lambda: attachment.blob.path.write_bytes(b"cut")):
        harm()
        store(body, filename="again.pdf")
        assert queries.verify_hash(attachment.blob) == "same"


@pytest.mark.django_db
def test_the_database_refuses_an_empty_content_and_a_check_without_a_time() -> None:
    for wrong in ({"size": 0, "scan": "not_scanned"}, {"size": 1, "scan": "clean"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Blob.objects.create(sha256="0" * 64, media_type="", stored_at=AT, **wrong)


def test_the_content_is_on_the_disk_before_it_has_its_name(body: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """fsync of the file, then the rename, then fsync of the folders."""
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: (steps.append("fsync"), fsync(descriptor))[1])
    monkeypatch.setattr(Path, "replace", lambda path, place: (steps.append("replace"), replace(path, place))[1])
    store(body)
    assert steps[:2] == ["fsync", "replace"]
    assert steps[2:] == ["fsync"] * 3
    assert storage.root().exists()


@pytest.mark.django_db(transaction=True)
def test_letting_go_and_storing_at_the_same_time_never_loses_a_file(data: Path) -> None:
    """Two people and one content: whatever is attached in the end has its file."""
    body = factories.organisation()
    failures: list[BaseException] = []

    def store_and_release(turns: int) -> None:
        try:
            for _ in range(turns):
                actions.release(attachment=store(body), by=SARAH, at=AT)
            store(body)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=store_and_release, args=(8,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Attachment.objects.count() == 4
    assert list(queries.problems()) == []
