"""The virus check, against a small clamd of our own."""

import logging
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.documents.clamd import EICAR, Clamd

from heed.documents import virus


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "content"
    path.write_bytes(b"harmless " * 50_000)
    return path


def test_without_a_clamd_nothing_is_checked(file: Path) -> None:
    assert virus.check(file) == "not_scanned"


def test_clamd_is_sent_the_whole_file(settings: Settings, tmp_path: Path, file: Path) -> None:
    with Clamd(tmp_path) as clamd:
        settings.CLAMD = clamd.address
        assert virus.check(file) == "clean"
        assert clamd.sent == [file.read_bytes()]
        file.write_bytes(b"before " * 20_000 + EICAR)
        assert virus.check(file) == "infected"


@pytest.mark.network
def test_clamd_may_be_reached_by_host_and_port(settings: Settings, file: Path) -> None:
    """Nothing listens there: the file stays unchecked."""
    settings.CLAMD = "127.0.0.1:1"
    assert virus.check(file) == "not_scanned"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"\xff\0"])
def test_any_other_answer_leaves_the_file_unchecked_and_is_logged(
    settings: Settings, tmp_path: Path, file: Path, caplog: pytest.LogCaptureFixture, answer: bytes
) -> None:
    with Clamd(tmp_path, answer) as clamd, caplog.at_level(logging.ERROR):
        settings.CLAMD = clamd.address
        assert virus.check(file) == "not_scanned"
    assert "virus check" in caplog.text


def test_a_clamd_that_is_not_there_leaves_the_file_unchecked_and_is_logged(
    settings: Settings, tmp_path: Path, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CLAMD = str(tmp_path / "nothing.sock")
    assert virus.check(file) == "not_scanned"
    assert "did not answer" in caplog.text
