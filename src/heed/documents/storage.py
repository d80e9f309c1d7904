"""The files on the disk, under HEED_DATA/documents: written to `incoming`, put in their place whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from django.conf import settings

CHUNK = 1 << 20


class Readable(Protocol):
    """Anything that gives bytes: an open file, an UploadedFile, BytesIO."""

    def read(self, size: int = ..., /) -> bytes: ...


class TooLarge(Exception):
    """More than the limit was there; nothing of it is left on the disk."""


class Received(NamedTuple):
    """A content on the disk that nobody refers to yet. Size in bytes."""

    path: Path
    sha256: str
    size: int


def root() -> Path:
    return Path(settings.HEED_DATA) / "documents"


def incoming() -> Path:
    return root() / "incoming"


def receive(content: Readable, limit: int) -> Received:
    """Read the content into a temporary file, at most `limit` bytes. Raises TooLarge."""
    incoming().mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=incoming())
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in _chunks(content):
                size += len(chunk)
                if size > limit:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
            _to_disk(file)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Received(path, digest.hexdigest(), size)


def _chunks(content: Readable) -> Iterator[bytes]:
    while chunk := content.read(CHUNK):
        yield chunk


def put(received: Received, place: Path) -> None:
    """Move the content to its place, so that after a power cut it is there whole or not at all. If it stands there
    already, the new copy goes."""
    if place.exists() and place.stat().st_size == received.size:
        received.path.unlink()
        return
    missing = [folder for folder in (place.parent, *place.parent.parents) if not folder.exists()]
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    received.path.replace(place)
    for folder in {place.parent, *(folder.parent for folder in missing)}:
        _folder_to_disk(folder)


def sha256(path: Path) -> str:
    """Of the content at `path`. Raises FileNotFoundError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stored() -> Iterator[Path]:
    """Every content that is in its place."""
    return root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/" + "[0-9a-f]" * 64)


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _folder_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
