"""The virus check: clamd's INSTREAM, over its socket. Without a clamd nothing is checked, and pages say so."""

import logging
import socket
from pathlib import Path

from django.conf import settings

SECONDS = 60
CHUNK = 1 << 16

log = logging.getLogger(__name__)


def check(path: Path) -> str:
    """ "clean", "infected" or "not_scanned". Ask the clamd that `settings.CLAMD` names: the path of a socket, or
    `host:port`. One that does not answer, or finds the file too large, leaves the file unchecked: nobody's evidence is
    lost over it, and it is checked again later."""
    if not settings.CLAMD:
        return "not_scanned"
    try:
        answer = _ask(path)
    except OSError as error:
        log.error("The virus check did not answer: %s", error)
        return "not_scanned"
    if answer.endswith("OK"):
        return "clean"
    if answer.endswith("FOUND"):
        return "infected"
    log.error("The virus check could not check a file: %s", answer)
    return "not_scanned"


def _ask(path: Path) -> str:
    with _connected() as clamd, path.open("rb") as file:
        clamd.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            clamd.sendall(len(chunk).to_bytes(4, "big") + chunk)
        clamd.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and (more := clamd.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connected() -> socket.socket:
    if not settings.CLAMD.startswith("/"):
        host, _, port = settings.CLAMD.rpartition(":")
        return socket.create_connection((host, int(port)), SECONDS)
    clamd = socket.socket(socket.AF_UNIX)
    try:
        clamd.settimeout(SECONDS)
        clamd.connect(settings.CLAMD)
    except OSError:
        clamd.close()
        raise
    return clamd
