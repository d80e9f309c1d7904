"""The snapshot says what the database says, whatever happened to the facts and to whoever wrote it."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insight.facts import TODAY, invent, tell_activity

from heed.facts import actions as facts
from heed.facts import queries
from heed.facts.models import CaseFact
from heed.insight.compiling import Activity, Conditions
from heed.insight.engines.live import Live
from heed.insight.engines.snapshot import Snapshot
from heed.insight.measures import MEASURES
from heed.insight.measures.declaration import AtLeast, Has, Is
from heed.insight.periods import Period, whole_months
from heed.insight.queries.counting import Where, tallies
from heed.insight.snapshots import checking, exporting, manifest, refreshing
from heed.insight.snapshots.manifest import Manifest

SERVICES = ["", "ward-1", "ward-2"]
PERIOD = whole_months(13, TODAY)
AT = timezone.make_aware(datetime(2026, 11, 22, 9, 0))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """A snapshot of this test's own."""
    settings.HEED_DATA = tmp_path
    return tmp_path / "facts"


def refresh(minutes: int = 0, *, whole: bool = False) -> refreshing.Done:
    done = refreshing.refresh(at=AT + timedelta(minutes=minutes), whole=whole)
    assert done is not None
    return done


def stands() -> Manifest:
    found = manifest.current(refreshing.folder())
    assert found is not None
    return found


class WithoutCells(Snapshot):
    """Counts the Parquet files themselves."""

    @property
    def dialect(self) -> Any:
        return replace(super().dialect, cells={})


def assert_the_same(organisation: str, period: Period = PERIOD, services: frozenset[str] | None = None) -> None:
    """Every measure on all engines, by month alone and by what it can be told apart by."""
    engines = [made(refreshing.folder(), stands(), organisation) for made in (Snapshot, WithoutCells)]
    where = Where(organisation, services, period, activity=Activity("contacts", frozenset()))
    for by in ("", "service", "channel", "subject"):
        measures = [m for m in MEASURES if by in ("", "service") or m.table in ("feedback", "case")]
        live = tallies(measures, where, by=by, engine=Live())
        for engine in engines:
            assert tallies(measures, where, by=by, engine=engine) == live, (by, type(engine))


def test_every_measure_is_the_same_on_all_engines() -> None:
    """Also on another day than the snapshot's, before and after the turn of a month. One snapshot serves all of it."""
    invent("riverside", SERVICES, cases=300)
    invent("it's elsewhere/..", SERVICES, cases=40)
    tell_activity("riverside", {"ward-1": dict.fromkeys(PERIOD.months, 400), "": {date(2026, 3, 1): 9_000}})
    assert refresh().whole
    days = (TODAY, date(2026, 11, 3), date(2026, 12, 1), date(2026, 8, 31))
    narrowed = (None, frozenset({"ward-1"}), frozenset({"", "ward-2"}), frozenset[str]())
    for today, services in product(days, narrowed):
        assert_the_same("riverside", whole_months(13, today), services)
    for today, services in zip(days, narrowed, strict=True):
        for organisation in ("it's elsewhere/..", "nowhere"):
            assert_the_same(organisation, whole_months(13, today), services)
    assert not list(checking.problems())


@pytest.mark.parametrize(
    "only",
    [
        (Is("channel", ("web",)),),
        (Is("subject", ("", "other")), Is("service", ("ward-1",))),
        (Is("risk", ("",)),),
        (Has("closed_on"), AtLeast("extensions", 1)),
    ],
)
def test_narrowed_figures_are_the_same(only: Conditions) -> None:
    """Whether the cells know the column or not."""
    invent("riverside", SERVICES, cases=300)
    refresh()
    measures = [m for m in MEASURES if m.table == "case"]
    where = Where("riverside", None, PERIOD, only)
    engine = Snapshot(refreshing.folder(), stands(), "riverside")
    for by in ("", "service", "risk"):
        assert tallies(measures, where, by=by) == tallies(measures, where, by=by, engine=engine)


def test_pages_are_answered_from_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """No fact is read for a measure by month, service, channel or subject."""
    invent("riverside", SERVICES, cases=300)
    refresh()
    asked: list[str] = []
    ask = Snapshot.rows
    monkeypatch.setattr(Snapshot, "rows", lambda self, what: asked.append(what.sql) or ask(self, what))
    where, engine = Where("riverside", None, PERIOD), Snapshot(refreshing.folder(), stands(), "riverside")
    for by in ("", "service"):
        tallies(MEASURES, where, by=by, engine=engine)
    assert len(asked) > 20
    assert all("/cells/" in sql for sql in asked)


days = st.dates(date(2025, 9, 1), date(2026, 12, 31))
maybe = st.none() | days
months = st.dates(date(2026, 1, 1), date(2026, 12, 1)).map(lambda day: day.replace(day=1))
placed = {"organisation": st.sampled_from(["here", "there"]), "service": st.sampled_from(SERVICES)}
kinds = {
    "feedback": st.fixed_dictionaries({
        **placed, "kind": st.sampled_from(["complaint", "concern", "comment", "compliment"]),
        "channel": st.sampled_from(["web", "phone"]), "subject": st.sampled_from(["", "other"]), "received_on": days,
        "imported": st.booleans(),
    }),
    "case": st.fixed_dictionaries({
        **placed, "feedback_id": st.just("1"), "kind": st.sampled_from(["complaint", "concern"]),
        "channel": st.sampled_from(["web", "phone"]), "subject": st.sampled_from(["", 'quo"ted, too\n']),
        "procedure": st.just("p"), "approach": st.sampled_from(["", "early", "closer"]), "stage": st.sampled_from([1, 2]),
        "statutory": st.booleans(), "received_on": days, "acknowledge_due_on": maybe, "acknowledged_on": maybe,
        "original_due_on": maybe, "current_due_on": maybe, "unpaused_due_on": maybe, "review_due_on": maybe,
        "stage_1_responded_on": maybe, "responded_on": maybe, "first_closed_on": maybe, "closed_on": maybe,
        "escalated_on": maybe, "reopened_on": maybe, "extensions": st.integers(0, 2),
        "outcome": st.sampled_from(["", "upheld", "partly_upheld", "not_upheld", "withdrawn"]),
        "working_days": st.none() | st.integers(0, 4), "learning_actions": st.integers(0, 2),
    }),
    "remedy": st.fixed_dictionaries({
        **placed, "case_id": st.just("1"), "kind": st.sampled_from(["apology", "money"]), "due_on": days,
        "delivered_on": maybe,
    }),
    "activity": st.fixed_dictionaries({
        **placed, "month": months, "number": st.none() | st.integers(1, 50),
    }),
    "action": st.fixed_dictionaries({
        **placed, "due_on": days, "completed_on": maybe, "verify_due_on": maybe, "verified_on": maybe,
        "impact_due_on": maybe, "impact_measured_on": maybe, "sustain_due_on": maybe, "sustained_on": maybe,
    }),
    "survey": st.none() | st.fixed_dictionaries({
        **placed, "month": months, "kind": st.just("answer"), "audience": st.just("complainant"),
        "answer": st.sampled_from(["agree", "disagree"]),
    }),
}  # fmt: skip


def put_activity(_: str, told: dict[str, Any]) -> None:
    facts.put_activity(told["organisation"], "contacts", {(told["service"], told["month"]): told["number"]})


def put_survey(of: str, told: dict[str, Any] | None) -> None:
    facts.put_survey(of, told) if told else facts.remove_survey([of])


PUT: dict[str, Callable[[str, dict[str, Any]], None]] = {
    "feedback": facts.put_feedback, "case": facts.put_case, "remedy": facts.put_remedy, "action": facts.put_action,
    "activity": put_activity, "survey": put_survey,
}  # fmt: skip
# Few things, so that the same one is written again and moves; None: a refresh, some days later.
steps = st.lists(
    st.none() | st.sampled_from(sorted(kinds)).flatmap(lambda kind: st.tuples(
        st.just(kind), st.sampled_from("12345"), kinds[kind])),
    min_size=1, max_size=25,
)  # fmt: skip


@settings(max_examples=20 if connection.vendor == "sqlite" else 8)
@given(happened=steps)
def test_whatever_is_written_and_refreshed_the_answers_are_the_same(happened: list[Any]) -> None:
    with transaction.atomic():
        later = 0
        refresh(whole=True)
        for step in [*happened, None]:
            if step is None:
                later += 5 * 24 * 60
                assert not refresh(later).whole
            else:
                kind, number, columns = step
                PUT[kind](number, columns)
        assert not list(checking.problems())
        for today in ((AT + timedelta(minutes=later)).date(), date(2027, 1, 15)):
            assert_the_same("here", whole_months(13, today))
        facts.forget_changes()  # what was written last is rolled back, and the next example begins anew
        transaction.set_rollback(True)


def put(case_id: str, **columns: Any) -> None:
    """The fact of a case as it was, but for these columns."""
    fields = [field.attname for field in CaseFact._meta.concrete_fields if field.attname not in ("id", "case_id")]
    row = CaseFact.objects.values(*fields).get(case_id=case_id)
    facts.put_case(case_id, {**row, **columns})


def test_only_changed_parts_are_written_again() -> None:
    invent("riverside", SERVICES, cases=200)
    invent("elsewhere", SERVICES, cases=100)
    refresh()
    before = stands()
    case = CaseFact.objects.filter(organisation="riverside", received_on__month=3).earliest("received_on")
    put(case.case_id, extensions=9)
    put(
        CaseFact.objects.filter(organisation="riverside", received_on__month=5).earliest("received_on").case_id
    )  # as it was
    done = refresh(1)
    after = stands()
    month = f"{case.received_on:%Y-%m}"
    assert (done.changes, done.whole) == (2, False)
    assert after.places["elsewhere"] == before.places["elsewhere"]
    parts = after.places["riverside"].parts
    assert {
        (table, when) for table in parts for when in parts[table]
        if parts[table][when] != before.places["riverside"].parts[table][when]
    } == {("case", month)}  # fmt: skip
    assert refresh(2) == refreshing.Done(0, 0, whole=False)
    assert stands().as_of == AT + timedelta(minutes=2)


def test_a_fact_that_moves_is_in_one_place(folder: Path) -> None:
    invent("riverside", SERVICES, cases=5)
    refresh()
    for number, row in enumerate(CaseFact.objects.all()):
        put(row.case_id, organisation="new", received_on=date(2026, 1, 1 + number))
    refresh(1)
    assert not list(checking.problems())
    assert [file.rows for file in stands().places["new"].of("case")] == [5]
    assert stands().places["riverside"].of("case") == []
    assert_the_same("riverside")


def test_a_change_in_the_middle_of_a_refresh_is_taken_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    invent("riverside", SERVICES, cases=50)
    refresh()
    one, other = CaseFact.objects.order_by("pk")[:2]
    put(one.case_id, extensions=7)
    read = exporting.of_things

    def meanwhile(*given: Any) -> Any:
        monkeypatch.undo()
        put(one.case_id, extensions=8, received_on=date(2025, 12, 24))
        put(other.case_id, extensions=9)
        return read(*given)

    monkeypatch.setattr(exporting, "of_things", meanwhile)
    assert refresh(1).changes == 1
    assert queries.changed_ids("case") == {one.case_id, other.case_id}
    assert_the_same_rows(one.case_id)
    assert refresh(2).changes == 3  # both places of the one, and the other
    assert queries.changes(10).log == ()
    assert not list(checking.problems())


def assert_the_same_rows(case_id: str) -> None:
    """A thing is never in the snapshot twice."""
    found = [file for place in stands().places.values() for file in place.of("case")]
    assert sum(file.rows for file in found) == CaseFact.objects.count(), case_id


class Killed(BaseException):
    """Nothing after it is done."""


@pytest.mark.parametrize(
    "where", ["duck.writing", "change", "facts.announce_copy", "manifest.save", "_sweep", "facts.take_changes"]
)
def test_a_refresh_that_is_killed_loses_nothing(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    invent("riverside", SERVICES, cases=100)
    refresh()
    before = stands()
    put(CaseFact.objects.earliest("pk").case_id, extensions=7, received_on=date(2025, 12, 24))

    def kill(*given: Any, **named: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(f"heed.insight.snapshots.refreshing.{where}", kill)
        with pytest.raises(Killed):
            refresh(1)
    is_in_place = where in ("facts.take_changes", "_sweep")
    assert (stands() != before) == is_in_place
    assert_the_same("riverside") if is_in_place else None
    done = refresh(2)
    assert (done.whole, queries.changes(10).log) == (False, ())
    assert_the_same("riverside")
    assert not list(checking.problems())
    listed = stands().files | stands().retired.keys()
    assert {str(path.relative_to(refreshing.folder())) for path in refreshing.folder().rglob("*.parquet")} == listed


def test_one_at_a_time_and_a_killed_one_stands_in_nobodys_way(folder: Path) -> None:
    refresh()
    hold = "import fcntl, sys, time; lock = open(sys.argv[1]); fcntl.flock(lock, 2); print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold, folder / "lock"], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        assert refreshing.refresh(at=AT) is None
        assert refreshing.remove() is False
        with pytest.raises(refreshing.Busy):
            list(checking.problems())
        other.kill()
    assert refreshing.refresh(at=AT) is not None


def test_files_that_a_page_may_be_reading_stay_for_a_while(folder: Path) -> None:
    invent("riverside", SERVICES, cases=50)
    refresh()
    page = Snapshot(folder, stands(), "riverside")
    where = Where("riverside", None, PERIOD)
    first = tallies(MEASURES, where, engine=page)
    old = stands().files
    for number, row in enumerate(CaseFact.objects.all()):
        put(row.case_id, received_on=date(2026, 2, 1 + number % 20))
    refresh(1)
    assert tallies(MEASURES, where, engine=page) == first != tallies(MEASURES, where)
    refresh(10)
    gone = old - stands().files
    assert gone
    assert all((folder / name).exists() for name in gone)
    refresh(17)
    assert not any((folder / name).exists() for name in gone)


def test_a_backup_that_was_put_back_makes_it_anew() -> None:
    """The changes that the snapshot took are not in the database any more."""
    invent("riverside", SERVICES, cases=50)
    refresh()
    with transaction.atomic():
        put(CaseFact.objects.earliest("pk").case_id, extensions=7)
        refresh(1)
        transaction.set_rollback(True)
    assert "the snapshot belongs to another state of the database" in list(checking.problems())
    assert refresh(2).whole
    assert not list(checking.problems())


def test_facts_written_past_the_log_are_told_and_a_bulk_of_them_taken() -> None:
    invent("riverside", SERVICES, cases=50)
    refresh()
    CaseFact.objects.filter(pk=CaseFact.objects.earliest("pk").pk).update(extensions=7)
    assert list(checking.problems()) == ["riverside: 1 case facts differ between the database and the snapshot"]
    facts.replaced_all()
    assert refresh(1).whole
    assert not list(checking.problems())


def test_cells_that_are_wrong_are_told() -> None:
    invent("riverside", SERVICES, cases=50)
    refresh()
    found = stands()
    cells = found.places["riverside"].cells
    cells["case-received_on"] = cells["case-closed_on"]
    manifest.save(refreshing.folder(), found)
    assert list(checking.problems()) == ["riverside: the cells of case-received_on differ from the facts"]


def test_a_snapshot_of_other_measures_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    refresh()
    monkeypatch.setattr(manifest, "SIGNATURE", "other")
    manifest._read.cache_clear()
    assert manifest.current(refreshing.folder()) is None
    assert refresh(1).whole
