"""`heed test` itself: what it counts, what it says, and that it never calls a gap a success."""

import pytest

from heed.config.cli import main
from heed.config.commands import test as command

JUNIT = """<testsuites><testsuite errors="{errors}" failures="1" skipped="2" tests="10" time="3.5"/></testsuites>"""


@pytest.fixture
def machine(monkeypatch):
    """A machine that has everything, on which each run of pytest ends as is said here."""
    outcomes = {name: command.Outcome(name, 5, 0, 0, 1.0, 0) for name in ("sqlite", "postgresql")}
    words: list[list[str]] = []

    def pretend(database: str, pytest_words: list[str]) -> command.Outcome:
        words.append(pytest_words)
        return outcomes[database]

    monkeypatch.setattr(command, "test_on", pretend)
    monkeypatch.setattr(command.os, "cpu_count", lambda: 4)
    monkeypatch.setattr(command.browser, "get", lambda: "chromium")
    monkeypatch.setattr(command.postgres, "get", lambda: "bin")
    monkeypatch.setattr(command, "outcomes", outcomes, raising=False)
    monkeypatch.setattr(command, "words", words, raising=False)
    return command


def last_line(capsys) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_both_databases_are_tried_and_the_last_line_is_their_sum(machine, capsys):
    assert main(["test"]) == 0
    assert last_line(capsys) == "10 passed, 0 failed"


def test_a_failure_is_an_exit_code(machine, capsys):
    machine.outcomes["postgresql"] = command.Outcome("postgresql", 3, 2, 1, 1.0, 1)
    assert main(["test"]) == 1
    assert last_line(capsys) == "8 passed, 2 failed, 1 skipped"


def test_what_could_not_be_tested_is_said_and_is_no_success(machine, capsys, monkeypatch):
    monkeypatch.setattr(command.browser, "get", lambda: None)
    monkeypatch.setattr(command.postgres, "get", lambda: None)
    assert main(["test"]) == 2
    said = capsys.readouterr().out
    assert said.count("NOT TESTED:") == 2
    assert "Chromium" in said
    assert "PostgreSQL" in said
    assert machine.words == [["--numprocesses=5", "--dist=worksteal", "--ignore=tests/journeys"]]


def test_choosing_no_test_is_no_success(machine, capsys):
    machine.outcomes["sqlite"] = command.Outcome("sqlite", 0, 0, 0, 0.0, 0)
    assert main(["test", "--database", "sqlite", "--", "-k", "nothing"]) == 2
    assert machine.words == [["-k", "nothing"]]
    assert "no test was chosen" in capsys.readouterr().out


@pytest.mark.parametrize(("code", "expected"), [(0, 0), (1, 1), (5, 0), (2, 2)])
def test_counts_are_those_that_pytest_wrote(tmp_path, code, expected):
    counts = tmp_path / "counts.xml"
    counts.write_text(JUNIT.format(errors=1))
    outcome = command.read_counts("sqlite", counts, code)
    assert (outcome.passed, outcome.failed, outcome.skipped, outcome.seconds) == (6, 2, 2, 3.5)
    assert outcome.exit_code == expected
