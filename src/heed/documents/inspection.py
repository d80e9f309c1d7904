"""Asks a child process what a file is, and believes it only as far as our own lists go."""

import json
import subprocess
import sys
from pathlib import Path

from heed.documents import kinds
from heed.documents.inspector.signatures import Found

SECONDS = 10
MOST_OUTPUT = 4096
LOOKS = {"", "mail", "web_page", "drawing", "script"}

_SOURCE = str(Path(__file__).resolve().parents[2])
# -I: neither the environment nor the working folder can add code; -B: nothing is written.
_COMMAND = [
    sys.executable,
    "-I",
    "-B",
    "-c",
    f"import sys; sys.path.insert(0, {_SOURCE!r}); from heed.documents.inspector.program import main; main()",
]


def inspect(path: Path) -> Found:
    """What the content at `path` is. A child that dies, takes too long or says anything unexpected: `damaged`."""
    try:
        with path.open("rb") as file:
            child = subprocess.run(
                _COMMAND,
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LC_ALL": "C.UTF-8"},
                cwd="/",
                timeout=SECONDS,
                check=True,
            )
        return _believed(json.loads(child.stdout[:MOST_OUTPUT]))
    except (subprocess.SubprocessError, ValueError, TypeError):
        return Found(refusal="damaged")


def _believed(answer: dict[str, str]) -> Found:
    found = Found(**answer)
    known = found.kind in kinds.KINDS if found.kind else found.refusal in kinds.REFUSALS
    if not known or found.looks not in LOOKS or not isinstance(found.hint, str):
        raise ValueError("not an answer that the inspector gives")
    return found
