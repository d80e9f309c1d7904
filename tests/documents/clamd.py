"""A clamd that speaks INSTREAM: it finds the EICAR test string, and keeps what it was sent."""

import socket
import threading
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """`with Clamd(folder) as clamd: settings.CLAMD = clamd.address`. `answer` overrides what it says."""

    def __init__(self, folder: Path, answer: bytes = b""):
        self.address = str(folder / "clamd.sock")
        self.answer = answer
        self.sent: list[bytes] = []
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.address)
        self.listener.listen()
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "Clamd":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                self._answer(connection, stream.read(10), stream)

    def _answer(self, connection: socket.socket, command: bytes, stream: object) -> None:
        content = b""
        while length := int.from_bytes(stream.read(4), "big"):  # type: ignore[attr-defined]
            content += stream.read(length)  # type: ignore[attr-defined]
        self.sent.append(content)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        connection.sendall(self.answer or (found if command == b"zINSTREAM\0" else b"UNKNOWN COMMAND\0"))
