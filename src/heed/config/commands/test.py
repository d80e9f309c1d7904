"""Runs all the tests: on SQLite and on PostgreSQL, with a real browser, getting what they need where it can."""

import argparse
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from heed.config import browser, postgres

HELP = "run all the tests, on both databases and in a real browser"
NEEDS_DJANGO = False
ROOT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True)
class Outcome:
    """What one run of pytest found. `failed` counts also the errors around a test."""

    database: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    exit_code: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Run all the tests: first on SQLite, then those that touch a database again on PostgreSQL, the journeys in a real
    browser. What a machine lacks is installed where that is possible; what could not be had is said plainly at the
    end, and the exit code is then 2 though all that ran has passed.

    The words after `--` go to pytest: `heed test --database sqlite -- tests/cases -k deadline`."""
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both", help="default: both")
    parser.add_argument("--no-browser", action="store_true", help="leave the journeys out")
    parser.add_argument("pytest", nargs="*", metavar="-- WORD", help="for pytest: files, -k, -x, ...")


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 1 a test failed, 2 something could not be tested."""
    databases = ["sqlite", "postgresql"] if arguments.database == "both" else [arguments.database]
    # One more than there are cores: a journey waits for the browser a third of its time.
    words = arguments.pytest or [f"--numprocesses={(os.cpu_count() or 1) + 1}", "--dist=worksteal"]
    missing = []
    if arguments.no_browser:
        words.append("--ignore=tests/journeys")
    elif not browser.get():
        words.append("--ignore=tests/journeys")
        missing.append("the journeys in a browser: there is no Chromium here (name one in HEED_CHROMIUM)")
    if "postgresql" in databases and not postgres.get():
        databases.remove("postgresql")
        missing.append(
            "anything on PostgreSQL: its programs are not here (on Debian or Ubuntu: apt-get install postgresql)"
        )
    outcomes = [test_on(database, words) for database in databases]
    if not any(outcome.passed + outcome.failed + outcome.skipped for outcome in outcomes):
        missing.append("anything: no test was chosen")
    report(outcomes, missing)
    if any(outcome.exit_code for outcome in outcomes):
        return 1
    return 2 if missing else 0


def test_on(database: str, words: list[str]) -> Outcome:
    """One run of pytest. Its own lines are shown as they come; its counts come from the file it writes."""
    with tempfile.TemporaryDirectory(prefix="heed-test-") as folder:
        counts = Path(folder) / "counts.xml"
        environment = {**os.environ, "HEED_TEST_DATABASE": database}
        command = [sys.executable, "-m", "pytest", f"--junit-xml={counts}", *words]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        if not counts.exists():
            print(f"\npytest ended on {database} with exit code {code}, before it had counted", file=sys.stderr)
            return Outcome(database, 0, 1, 0, 0.0, code or 1)
        return read_counts(database, counts, code)


def read_counts(database: str, counts: Path, exit_code: int) -> Outcome:
    """The counts that pytest wrote. Exit code 5, nothing to run, is what a selection may come to on one database."""
    suite = ET.parse(counts).getroot()  # noqa: S314 (our own pytest wrote it)
    totals = {
        name: sum(int(part.get(name, 0)) for part in suite) for name in ("tests", "failures", "errors", "skipped")
    }
    failed = totals["failures"] + totals["errors"]
    passed = totals["tests"] - failed - totals["skipped"]
    seconds = sum(float(part.get("time", 0)) for part in suite)
    return Outcome(database, passed, failed, totals["skipped"], seconds, 0 if exit_code == 5 else exit_code)


def report(outcomes: list[Outcome], missing: list[str]) -> None:
    """A line a database, what could not be tested, and the sum as the last line."""
    print()
    for one in outcomes:
        print(
            f"on {one.database}: {one.passed} passed, {one.failed} failed, {one.skipped} skipped in {one.seconds:.0f} s"
        )
    for what in missing:
        print(f"NOT TESTED: {what}")
    skipped = sum(one.skipped for one in outcomes)
    total = f"{sum(one.passed for one in outcomes)} passed, {sum(one.failed for one in outcomes)} failed"
    print(total + (f", {skipped} skipped" if skipped else ""), flush=True)
