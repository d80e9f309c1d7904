"""The child process: the file is its standard input, one line of JSON its output."""

import json
import os
import resource
import sys
from typing import BinaryIO

from heed.documents.inspector import containers, signatures, texts
from heed.documents.inspector.signatures import Found

HEAD = 8192
PROCESSOR_SECONDS = 5
MEMORY = 512 * 2**20


def limit() -> None:
    """From here on: little time and memory, and no way to write a file or to leave a dump of this one."""
    for what, most in (
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(what, (most, most))


def find(file: BinaryIO) -> Found:
    """What the content is. The file is seekable; nothing but it is read."""
    head = file.read(HEAD)
    if head.startswith(signatures.ZIP):
        return containers.in_zip(file, head)
    if head.startswith(signatures.OLE):
        return containers.in_ole(file, head)
    return signatures.find(head) or _late_pdf(head) or texts.find(file) or Found(refusal="unknown", hint=_hint(head))


def _late_pdf(head: bytes) -> Found | None:
    """Readers take a PDF that begins within the first kilobyte; but not behind markup, which a browser would show."""
    before, mark, _ = head[:1024].partition(b"%PDF-")
    return Found("pdf") if mark and b"<" not in before else None


def _hint(head: bytes) -> str:
    """What a collection of signatures calls it, for the sentence; only matches too long to be chance."""
    import puremagic  # here, because its table takes a while to load, and few files need it

    try:
        opinions = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    return next((opinion.name for opinion in opinions if len(opinion.byte_match) >= 4), "")


def main() -> None:
    limit()
    with os.fdopen(0, "rb", closefd=False) as file:
        found = find(file)
    sys.stdout.write(json.dumps(found._asdict()))
