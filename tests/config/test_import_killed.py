"""An import that is really killed, again and again, loses no row and takes none in twice."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from heed.config import cli

ROWS = 1_600  # four transactions of an import
KILLS = 2
PATIENCE = 120  # seconds for what should take two

MAKE = """
import django
django.setup()
from heed.organisations.models import Organisation
Organisation.objects.create(code="riverside-nhs", name="Riverside NHS Trust", sector="nhs", procedure="nhs-2009",
                            subject_list="subjects-nhs", reference_prefix="RV")
"""


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "heed.config.settings",
        "HEED_DATA": str(tmp_path),
        "PYTHONPATH": str(Path(cli.__file__).parents[2]),
    }


@contextmanager
def database(address: str) -> Iterator[Any]:
    """Something with `execute`, past Django, so that nothing of this test's own is in between."""
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"), timeout=20)) as connection:
            yield connection
    else:
        with psycopg.connect(address, autocommit=True) as connection:
            yield connection


def rows_in(connection: Any) -> int:
    return connection.execute("SELECT count(*) FROM feedback_feedback").fetchone()[0]


def text_of(number: int) -> str:
    """Every seventh row says the same as others do, and must all the same be kept each time it stands in the file."""
    return "Thank you" if number % 7 == 0 else f"The nurse of bed {number} never came back, and nobody told us why."


def make_file(path: Path) -> Counter[str]:
    texts = [text_of(number) for number in range(ROWS)]
    lines = ["words,note", *(f'"{text}",x' for text in texts), '"",no words', '"  ",no words']
    path.write_text("\n".join(lines), encoding="utf-8")
    return Counter(texts)


def command(path: Path) -> list[str]:
    words = ["import", str(path), "--organisation", "riverside-nhs", "--as", "complaint", "--map", "text=words"]
    return [sys.executable, "-m", "heed.config", *words]


def run_and_kill(path: Path, environment: dict[str, str], connection: Any, chance: random.Random) -> None:
    """Start it, and kill it a moment after it has taken some more in."""
    before = rows_in(connection)
    running = subprocess.Popen(command(path), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    give_up = time.monotonic() + PATIENCE
    while rows_in(connection) == before and running.poll() is None and time.monotonic() < give_up:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.1))
    running.kill()
    assert running.wait() == -9, "it was killed before it had come to its end"


@pytest.mark.network
def test_nothing_is_lost_or_doubled(environment: dict[str, str], tmp_path: Path) -> None:
    seed = random.SystemRandom().getrandbits(32)
    print("random seed", seed)  # noqa: T201 (shown if it fails)
    chance = random.Random(seed)
    subprocess.run([sys.executable, "-c", MAKE], env=environment, check=True)
    path = tmp_path / "feedback.csv"
    expected = make_file(path)
    with database(environment["DATABASE_URL"]) as connection:
        for _ in range(KILLS):
            run_and_kill(path, environment, connection, chance)
        there = rows_in(connection)
        assert 0 < there < ROWS, "work was left when the killing ended"
        last = subprocess.run(command(path), env=environment, check=True, capture_output=True, text=True)
        assert last.stdout == f"{ROWS - there} in, {there} already there, 2 rejected\n"
        found = connection.execute("SELECT text FROM feedback_narrative").fetchall()
        assert Counter(text for (text,) in found) == expected
        cases = connection.execute("SELECT count(*), count(DISTINCT feedback_id) FROM cases_case").fetchone()
        assert tuple(cases) == (ROWS, ROWS)
    again = subprocess.run(command(path), env=environment, check=True, capture_output=True, text=True)
    assert again.stdout == f"0 in, {ROWS} already there, 2 rejected\n"
    check = [sys.executable, "-m", "heed.config", "check"]
    checked = subprocess.run(check, env=environment, check=True, capture_output=True, text=True)
    assert checked.stdout.endswith("0 differences\n")
