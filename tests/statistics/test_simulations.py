"""The simulations run, part by part, and tell the same each time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments):
    command = [sys.executable, str(ROOT / "benchmarks" / "simulations"), *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return {name: part["tables"] for name, part in json.loads(done.stdout).items()}


@pytest.fixture(scope="module")
def told():
    return run("charts", "lengths", "cross", "impact", "peak", "funnel", "--number", "4")


def test_every_part_tells_a_table_with_errors(told):
    for tables in told.values():
        for table in tables:
            assert table["rows"]
            assert any("SE" in name for row in table["rows"] for name in row)


def test_the_same_seed_is_the_same_table(told):
    assert run("charts", "--number", "4")["charts"] == told["charts"]


def test_run_lengths_by_simulation_are_the_exact_ones():
    for row in run("lengths", "--number", "2000")["lengths"][0]["rows"]:
        assert abs(row["simulated"] - row["exact"]) < 5 * row["SE"]


def test_cells_choose_what_is_run():
    rows = run("impact", "--number", "30", "--cells", "36/20/1")["impact"][1]["rows"]
    assert {(row["months"], row["a month"], row["phi"]) for row in rows} == {(36, 20, 1)}
    assert len(rows) == 6


def test_the_detector_is_watched_on_series_of_its_own():
    found, budgets, *_ = run("detector", "--number", "1")["detector"]
    assert {row["series"] for row in found["rows"]} >= {"fresh (42)"}
    assert [row["stated %"] for row in budgets["rows"]] == [5.0, 1.0, 0.5, 0.1, 0.05]
