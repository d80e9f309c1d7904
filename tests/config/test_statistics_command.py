"""`heed statistics`: anyone can check a figure."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from heed.config.cli import main

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "statistics" / "cases"
RATIO = {"before_count": 30, "before_exposure": 12, "after_count": 15, "after_exposure": 12}
ITEM = {"id": "a", "kind": "rate_ratio_exact", "input": RATIO}


@pytest.fixture
def cases(tmp_path):
    """Writes a file of cases and gives its name."""

    def write(content: bytes | object) -> str:
        file = tmp_path / "cases.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(file)

    return write


def test_each_case_is_answered_by_its_id(cases, capsys):
    unknown = {"id": "b", "kind": "tarot"}
    assert main(["statistics", cases([ITEM, unknown])]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["a"]["rate_ratio"] == 0.5
    assert list(told["b"]) == ["error"]


def test_the_mode_is_passed_on(cases, capsys):
    item = {"id": "c", "kind": "xmr", "input": {"y": [7, 7, 7]}}
    upper = {}
    for mode in ("reference", "default"):
        assert main(["statistics", cases([item]), "--mode", mode]) == 0
        upper[mode] = json.loads(capsys.readouterr().out)["c"]["upl"]
    assert upper == {"reference": [None] * 3, "default": [7.0] * 3}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "is not JSON"),
        (b"\xff", "is not JSON"),
        ({}, "must hold a list of cases"),
        ([1], "must hold a list of cases"),
        ([{"kind": "xmr"}], "must hold a list of cases"),
    ],
)
def test_a_file_that_is_none_of_ours_says_so(cases, capsys, content, why):
    assert main(["statistics", cases(content)]) == 2
    assert why in capsys.readouterr().err


def test_a_missing_file_says_so(capsys):
    assert main(["statistics", "nowhere.json"]) == 2
    assert "nowhere.json cannot be read" in capsys.readouterr().err


def test_as_a_program_on_what_is_piped_in():
    command = [sys.executable, "-m", "heed.config", "statistics", "-"]
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"}
    given = (CASES / "rr.json").read_text()
    done = subprocess.run(command, input=given, capture_output=True, text=True, env=environment, check=True)
    assert set(json.loads(done.stdout)) == {case["id"] for case in json.loads(given)}


def test_pages_start_without_the_library_of_distributions():
    """It takes a quarter of a second to import, which only who asks for a bound should wait for."""
    code = (
        "import sys, heed.statistics.xmr, heed.statistics.detector, heed.statistics.answering; "
        "assert not any(name.split('.')[0] == 'scipy' for name in sys.modules)"
    )
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
