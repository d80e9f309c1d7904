"""Which engine a page counts with, and that it says from when its figures are."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests import factories
from tests.insight.facts import TODAY, invent

from heed.facts import actions as facts
from heed.facts import queries
from heed.facts.models import CaseFact, FactChange, FeedbackFact
from heed.insight import tasks
from heed.insight.engines import choice
from heed.insight.engines.choice import chosen
from heed.insight.engines.live import Live
from heed.insight.engines.snapshot import Snapshot
from heed.insight.queries.board import board
from heed.insight.queries.scope import scope_of
from heed.insight.snapshots import checking, manifest, refreshing

AT = timezone.make_aware(datetime(2026, 11, 22, 9, 0))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.HEED_DATA, settings.FIGURES = tmp_path, "auto"
    return tmp_path / "facts"


def test_small_is_counted_live_and_large_from_the_snapshot(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    invent("riverside", [""], cases=20)
    assert isinstance(chosen("riverside").engine, Live)
    refreshing.refresh(at=AT)
    assert isinstance(chosen("riverside").engine, Live)
    monkeypatch.setattr(choice, "LIVE_UP_TO", 40)
    assert isinstance(chosen("riverside").engine, Snapshot)
    assert chosen("riverside").as_of == AT
    assert isinstance(chosen("elsewhere").engine, Live)
    settings.FIGURES = "live"
    assert isinstance(chosen("riverside").engine, Live)
    settings.FIGURES = "snapshot"
    monkeypatch.undo()
    assert isinstance(chosen("riverside").engine, Snapshot)


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-3])])
def test_a_file_that_was_lost_or_shortened_is_not_read(settings: Any, folder: Path, harm: Any) -> None:
    settings.FIGURES = "snapshot"
    invent("riverside", [""], cases=20)
    refreshing.refresh(at=AT)
    harm(next(folder.rglob("case/*.parquet")))
    assert isinstance(chosen("riverside").engine, Live)
    refreshing.refresh(at=AT, whole=True)
    assert isinstance(chosen("riverside").engine, Snapshot)


def test_the_page_says_from_when_its_figures_are(settings: Any) -> None:
    settings.FIGURES = "snapshot"
    body = factories.organisation()
    viewer = factories.viewer(factories.person(body, "complaints_manager"), body)
    # Where figures begin is asked of the database, so it has to be the same before and after.
    FeedbackFact.objects.create(
        feedback_id="first", organisation=body.code, kind="comment", channel="web", received_on=date(2023, 1, 2)
    )
    invent(body.code, [""], cases=50)
    refreshing.refresh(at=AT)
    scope, later = scope_of(viewer, body), AT + timedelta(minutes=7)
    received = board(scope, service=None, months=12, at=later).rows[0].series[0]
    invent(body.code, [""], cases=50, seed=2)
    shown = board(scope, service=None, months=12, at=later)
    assert (shown.computed_at, shown.rows[0].series[0]) == (AT, received)
    settings.FIGURES = "live"
    now = board(scope, service=None, months=12, at=later)
    assert now.computed_at == later
    assert now.rows[0].series[0] != received


def test_the_worker_keeps_a_snapshot_only_where_one_is_wanted(settings: Any, folder: Path) -> None:
    invent("riverside", [""], cases=20, today=TODAY)
    facts.replaced_all()
    tasks.refresh_snapshot.func()
    assert manifest.current(folder) is None
    assert not FactChange.objects.exists()
    settings.FIGURES = "snapshot"
    tasks.refresh_snapshot.func()
    made = manifest.current(folder)
    assert made is not None
    assert queries.is_known(made.name)
    facts.count_learning(CaseFact.objects.earliest("pk").case_id, 3)
    tasks.refresh_snapshot.func()
    assert not list(checking.problems())
    settings.FIGURES = "live"
    tasks.refresh_snapshot.func()
    assert manifest.current(folder) is None
    assert not list(folder.rglob("*.parquet"))
