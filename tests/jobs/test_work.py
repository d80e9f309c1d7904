"""Queueing and running background jobs, with workers that live and workers that died."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils.timezone import now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from heed.jobs import running
from heed.jobs.models import Heartbeat, Tick
from heed.jobs.tasks import forget_finished
from heed.jobs.work import Periodic, queue, queue_due, task

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
DAILY = timedelta(days=1)
done: list[str] = []


@task
def note(word: str = "tick") -> str:
    done.append(word)
    return word


@task(priority=10)
def note_urgently(word: str) -> None:
    done.append(word)


@task
def fail() -> None:
    done.append("failing")
    raise ValueError("no such ward")


@pytest.fixture(autouse=True)
def _nothing_done() -> Iterator[None]:
    done.clear()
    yield
    done.clear()


def run() -> int:
    return running.run_pending(worker="this one", clock=now)


def claimed_by(*workers: str) -> DBTaskResult:
    """A job that these workers claimed one after the other, and none finished."""
    queue(note, word="unfinished")
    job = DBTaskResult.objects.get()
    job.status, job.started_at, job.worker_ids = TaskResultStatus.RUNNING, AT, list(workers)
    job.save()
    return job


def test_a_queued_job_runs_once() -> None:
    queue(note, word="hello")
    assert (run(), run()) == (1, 0)
    assert done == ["hello"]
    job = DBTaskResult.objects.get()
    assert (job.status, job.return_value, job.worker_ids) == (TaskResultStatus.SUCCESSFUL, "hello", ["this one"])


def test_what_is_undone_with_its_transaction_is_not_queued() -> None:
    with transaction.atomic():
        queue(note, word="hello")
        transaction.set_rollback(True)
    assert run() == 0


def test_the_urgent_goes_first_then_the_oldest() -> None:
    queue(note, word="first")
    queue(note, word="second")
    queue(note_urgently, word="urgent")
    assert run() == 3
    assert done == ["urgent", "first", "second"]


def test_a_job_that_fails_is_kept_with_its_reason_and_stops_nobody() -> None:
    queue(fail)
    queue(note, word="after")
    assert run() == 2
    assert done == ["failing", "after"]
    failed = DBTaskResult.objects.failed().get()
    assert "no such ward" in failed.traceback


def test_a_worker_that_is_told_to_stop_takes_no_further_job() -> None:
    queue(note, word="first")
    queue(note, word="second")
    running.run_pending(worker="this one", clock=now, stop=lambda: len(done) == 1)
    assert done == ["first"]
    assert DBTaskResult.objects.ready().count() == 1


def test_a_job_that_another_worker_claims_in_the_same_moment_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other's claim comes between our reading of the queue and our own claim."""
    queue(note, word="hello")
    answers = iter([DBTaskResult.objects.get(), None])
    monkeypatch.setattr(DBTaskResultQuerySet, "first", lambda query: next(answers))
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=["another"])
    assert run() == 0
    assert done == []


def test_the_job_of_a_dead_worker_is_given_back_and_run() -> None:
    claimed_by("a dead worker")
    assert running.reap(at=AT + timedelta(hours=1)) == 1
    assert run() == 1
    assert done == ["unfinished"]
    assert DBTaskResult.objects.get().worker_ids == ["a dead worker", "this one"]


def test_the_job_of_a_living_worker_is_left_to_it_however_long_it_takes() -> None:
    claimed_by("a dead worker", "a busy worker")
    Heartbeat.objects.create(worker="a busy worker", started_at=AT, beat_at=AT)
    later = AT + timedelta(hours=5)
    running.beat("a busy worker", at=later)
    assert running.reap(at=later + timedelta(seconds=59)) == 0
    assert run() == 0
    assert running.reap(at=later + timedelta(seconds=61)) == 1


def test_a_job_that_kills_every_worker_fails_in_the_end() -> None:
    claimed_by("one", "two", "three", "four")
    assert running.reap(at=AT) == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=AT, worker_ids=["one", "two", "three", "four", "five"]
    )
    assert running.reap(at=AT) == 1
    job = DBTaskResult.objects.get()
    assert job.status == TaskResultStatus.FAILED
    assert "died" in job.traceback


def test_a_heart_stands_in_the_table_while_the_worker_works() -> None:
    with running.Heart() as heart:
        assert Heartbeat.objects.get().worker == heart.worker
    assert not Heartbeat.objects.exists()


def test_a_heart_taken_for_dead_beats_again() -> None:
    """A computer that slept: another worker has swept this one's row away."""
    running.beat("this one", at=AT)
    assert Heartbeat.objects.get().beat_at == AT


def test_a_periodic_job_is_queued_once_a_period_by_whoever_asks_first() -> None:
    schedule = [Periodic("tick", DAILY, note)]
    assert queue_due(schedule, at=AT) == ["tick"]
    assert queue_due(schedule, at=AT + timedelta(hours=23)) == []
    assert queue_due(schedule, at=AT + DAILY) == ["tick"]
    assert run() == 2


def test_what_was_missed_while_no_worker_ran_is_done_once() -> None:
    schedule = [Periodic("tick", DAILY, note)]
    queue_due(schedule, at=AT)
    assert queue_due(schedule, at=AT + timedelta(days=9)) == ["tick"]
    assert queue_due(schedule, at=AT + timedelta(days=9, seconds=2)) == []
    assert Tick.objects.get().due_at == AT + timedelta(days=10)


def test_finished_jobs_are_forgotten_after_thirty_days() -> None:
    for days in (29, 31):
        queue(note, word=str(days))
        run()
        DBTaskResult.objects.filter(return_value=str(days)).update(finished_at=now() - timedelta(days=days))
    queue(note, word="still waiting")
    assert forget_finished.call() == 1
    assert DBTaskResult.objects.count() == 2
