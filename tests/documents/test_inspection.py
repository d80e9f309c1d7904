"""The child process that looks into files: it answers, it is bounded, and it is not believed beyond our own lists."""

import sys
import time
import zipfile
from pathlib import Path

import pytest
from tests.documents.samples import PDF, PNG, office

from heed.documents import inspection
from heed.documents.inspection import inspect
from heed.documents.inspector.signatures import Found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "content"
    path.write_bytes(PDF)
    return path


def child_runs(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child do this after it has set its limits."""
    prepare = f"import sys; sys.path.insert(0, {inspection._SOURCE!r})"
    limit = "from heed.documents.inspector import program; program.limit()"
    monkeypatch.setattr(inspection, "_COMMAND", [sys.executable, "-I", "-B", "-c", f"{prepare}\n{limit}\n{code}"])


@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, "pdf"), (PNG, "png"), (office("word"), "docx"), (b"words", "text")]
)
def test_it_answers(file: Path, content: bytes, kind: str) -> None:
    file.write_bytes(content)
    assert inspect(file) == Found(kind)


def test_a_file_of_unknown_kind_has_a_second_opinion(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + bytes(100))
    assert "SQLite" in inspect(file).hint


@pytest.mark.parametrize(
    "code",
    [
        "raise SystemExit(1)",
        "import os; os.kill(os.getpid(), 9)",
        "x = bytearray(600 * 2**20)",
        "print('no json')",
        "print('[]')",
        'print(\'{"kind": "virus"}\')',
        'print(\'{"kind": "pdf", "looks": "<script>"}\')',
        'print(\'{"kind": "pdf", "more": 1}\')',
        'print(\'{"refusal": "unknown", "hint": 7}\')',
        'print(\'{"kind": "pdf", "hint": "\' + \'x\' * 10_000 + \'"}\')',
        "open('/tmp/left-behind-by-a-test', 'w').write('x' * 10)",
    ],
)
def test_a_child_that_fails_or_says_anything_else_leaves_the_file_unread(
    monkeypatch: pytest.MonkeyPatch, file: Path, code: str
) -> None:
    child_runs(monkeypatch, code)
    assert inspect(file) == Found(refusal="damaged")


def test_a_child_has_no_environment_of_ours(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "secret")
    child_runs(monkeypatch, "import os; print('{\"kind\": \"pdf\"}' if 'DATABASE_URL' not in os.environ else '')")
    assert inspect(file) == Found("pdf")


def test_a_child_that_waits_is_ended(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(inspection, "SECONDS", 0.5)
    child_runs(monkeypatch, "import time; time.sleep(60)")
    began = time.monotonic()
    assert inspect(file) == Found(refusal="damaged")
    assert time.monotonic() - began < 10


def test_a_child_that_computes_for_ever_is_ended_by_its_own_limit(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    shorter = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))"
    child_runs(monkeypatch, f"{shorter}\nwhile True: pass")
    assert inspect(file) == Found(refusal="damaged")


def test_a_zip_that_names_thirty_thousand_files_is_not_too_much(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(30_000):
            archive.writestr(f"{number}.txt", b"")
    assert inspect(file) == Found(refusal="archive")
