"""Starts the real server in a process of its own, as an operator would."""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 60


def environment(database_url: str, data: Path, **more: str) -> dict[str, str]:
    """Only what is said here reaches the command; a server for real people speaks HTTPS unless told otherwise."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HEED_")}
    return {**plain, "DATABASE_URL": database_url, "HEED_DATA": str(data), **more}


def run(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """One command to its end."""
    command = [sys.executable, "-m", "heed.config", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=SECONDS)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def serving(*words: str, env: dict[str, str]) -> Iterator[tuple[int, str]]:
    """A command that serves: its port and its first line, which says that it answers. Then it is told to stop."""
    port = free_port()
    command = [sys.executable, "-m", "heed.config", *words, "--port", str(port)]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    lines: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(
        target=lambda: lines.put(process.stdout.readline() if process.stdout else ""), daemon=True
    )
    reader.start()
    try:
        first = lines.get(timeout=SECONDS)
        assert first, process.stderr.read() if process.stderr else ""
        yield port, first
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SECONDS)
    assert process.returncode == 0
