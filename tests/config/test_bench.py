"""`heed bench`: the real server, a few requests; its figures have their shape, and a wrong answer is told."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client as Browser

from heed.config.benching import measuring, pages
from heed.config.benching.client import Answer
from heed.config.cli import main
from heed.config.commands import bench

NAMES = [
    "worklist",
    "worklist_filtered",
    "worklist_deep",
    "case_500",
    "search_rare",
    "search_common",
    "insight",
    "submit",
]


@pytest.mark.network
def test_it_measures_every_page_and_finds_every_answer_right(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "heed.config", "bench", "--cases", "200", "--requests", "2", "--json"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HEED_", "DATABASE"))}
    done = subprocess.run(command, env=plain, capture_output=True, text=True, check=False, timeout=280, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["database"], told["cases"]) == ("sqlite", 200)
    assert [page["name"] for page in told["pages"]] == NAMES
    for page in told["pages"]:
        assert set(page) == {"name", "requests", "p50_ms", "p95_ms", "queries", "bytes"}
        assert page["requests"] == 2
        assert 0 < page["p50_ms"] <= page["p95_ms"]
        assert 0 < page["queries"] < 80


def answer(text: str = "", location: str = "") -> Answer:
    return Answer(200, text, location, milliseconds=5.0, queries=3, size=len(text))


def test_percentiles_are_those_of_what_was_asked_after_warming() -> None:
    times = iter([900.0] * 20 + [float(number) for number in range(1, 21)])
    page = pages.Page("one", lambda: Answer(200, "", "", next(times), 3, 7), lambda _: iter(()))
    measured = measuring._one(page, 20)
    assert (measured.p50_ms, measured.p95_ms, measured.queries, measured.bytes) == (10.5, 19.0, 3, 7)


def test_a_wrong_answer_is_told_and_ends_with_1(capsys: Any) -> None:
    page = pages.Page(
        "one", lambda: answer(), lambda _: iter(["it shows too little"]), lambda asked: iter([f"{asked}"])
    )
    measured = measuring._one(page, 1)
    assert measured.wrong == ("one: 2", "one: it shows too little")
    arguments = SimpleNamespace(json=False, cases=1, database="sqlite", requests=1)
    assert bench._print(arguments, [measured]) == 1
    assert "it shows too little" in capsys.readouterr().err


def test_no_page_of_a_live_server_tells_how_many_statements_it_needed(db: None) -> None:
    assert "Heed-Queries" not in Browser().get("/").headers


def test_references_are_read_in_the_order_of_the_page() -> None:
    link = '<a href="/riverside-nhs/staff/cases/{}/">x</a>'
    assert pages.references(link.format("RV-2") + link.format("RV-1") + link.format("RV-2")) == ["RV-2", "RV-1"]


@pytest.mark.parametrize("words", [["--cases", "0"], ["--database", "postgresql", "--folder", "x"]])
def test_it_refuses_what_it_cannot_do(words: list[str], capsys: Any) -> None:
    assert main(["bench", *words]) == 2
