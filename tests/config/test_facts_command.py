"""`heed facts`, and `heed seed --facts-only`, which makes what it is for."""

from pathlib import Path
from typing import Any

import pytest
from tests import factories

from heed.cases.models import Case
from heed.config.cli import main
from heed.config.demonstration.places import CODES
from heed.facts.models import CaseFact, FeedbackFact, RemedyFact
from heed.insight.snapshots import manifest, refreshing

UNTIL = "2026-11-22"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.HEED_DATA = tmp_path
    return tmp_path / "facts"


def seed(cases: int, *more: str) -> int:
    return main(["seed", "--facts-only", "--cases", str(cases), "--until", UNTIL, *more])


def test_it_refreshes_rebuilds_and_checks(capsys: Any) -> None:
    assert main(["facts", "check"]) == 1
    assert "there is no snapshot of the facts" in capsys.readouterr().out
    case = factories.case(factories.organisation())
    assert main(["facts", "refresh"]) == 0
    assert "all anew" in capsys.readouterr().out
    assert main(["facts", "refresh"]) == 0
    assert capsys.readouterr().out.startswith("no changes taken, no files written in ")
    assert main(["facts", "check"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "no differences"
    CaseFact.objects.filter(case_id=str(case.pk)).update(extensions=7)
    assert main(["facts", "check"]) == 1
    assert "1 case facts differ" in capsys.readouterr().out
    assert main(["facts", "rebuild"]) == 0
    assert main(["facts", "check"]) == 0


def test_it_says_when_another_process_writes(folder: Path, capsys: Any) -> None:
    with refreshing.claimed(folder):
        assert main(["facts", "refresh"]) == 2
        assert main(["facts", "check"]) == 2
    assert "another process is writing the snapshot" in capsys.readouterr().err


def test_facts_alone_are_copies_of_what_whole_cases_leave(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr("heed.config.seeding.facts_only.SAMPLE", 60)
    assert seed(150) == 0
    assert "seeded facts of 150 cases in " in capsys.readouterr().out
    assert (CaseFact.objects.count(), FeedbackFact.objects.count(), Case.objects.count()) == (150, 300, 0)
    assert RemedyFact.objects.exists()
    ids = set(FeedbackFact.objects.values_list("feedback_id", flat=True))
    assert set(CaseFact.objects.values_list("feedback_id", flat=True)) <= ids
    assert set(RemedyFact.objects.values_list("case_id", flat=True)) <= set(
        CaseFact.objects.values_list("case_id", flat=True)
    )
    for one, copy in zip(CaseFact.objects.order_by("pk")[:60], CaseFact.objects.order_by("pk")[60:120], strict=True):
        assert (one.organisation, one.outcome, one.working_days) == (copy.organisation, copy.outcome, copy.working_days)
        assert one.received_on.weekday() == copy.received_on.weekday()
    assert seed(30) == 0  # a second time beside the first
    assert CaseFact.objects.count() == 180
    assert main(["check"]) == 0
    assert "180 case facts of `heed seed --facts-only`, with no case behind them" in capsys.readouterr().out
    assert main(["seed", "--cases", "20", "--until", UNTIL]) == 0
    assert main(["check"]) == 0


def test_facts_alone_may_go_into_the_snapshot(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr("heed.config.seeding.facts_only.SAMPLE", 60)
    assert seed(240, "--into", "parquet") == 0
    made = manifest.current(folder)
    assert made is not None
    assert sum(file.rows for place in made.places.values() for file in place.of("case")) == 240
    assert set(made.places) <= set(CODES)
    assert not CaseFact.objects.exists()
    assert main(["facts", "refresh"]) == 0  # nothing changed: it stays
    assert (after := manifest.current(folder)) is not None
    assert after.places == made.places


def test_it_refuses_what_it_did_not_make(capsys: Any) -> None:
    factories.case(factories.organisation())
    assert seed(10) == 2
    assert main(["seed", "--cases", "10", "--into", "parquet"]) == 2
    assert "give --facts-only too" in capsys.readouterr().err
    assert CaseFact.objects.count() == 1
