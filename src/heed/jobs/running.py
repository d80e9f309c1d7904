"""Running jobs, and giving back those whose worker died. For the worker alone."""

import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import Error, connection
from django.utils.timezone import now
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as Runner
from django_tasks_db.models import DBTaskResult

from heed.jobs.models import Heartbeat

BEAT_EVERY = timedelta(seconds=10)
DEAD_AFTER = timedelta(seconds=60)
# A job that takes its worker with it each time (out of memory, say) must not do so for ever.
LIVES = 5


class Heart:
    """Tells the other workers that this one lives, also while a long job runs. A context manager; `worker` is its name.

    It beats from a thread, which has a database connection of its own."""

    def __init__(self, clock: Callable[[], datetime] = now) -> None:
        self.worker = secrets.token_hex(8)
        self._clock = clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heed-heartbeat", daemon=True)

    def __enter__(self) -> "Heart":
        at = self._clock()
        Heartbeat.objects.create(worker=self.worker, started_at=at, beat_at=at)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        Heartbeat.objects.filter(worker=self.worker).delete()

    def _beat(self) -> None:
        try:
            while not self._stop.wait(BEAT_EVERY.total_seconds()):
                beat(self.worker, at=self._clock())
        finally:
            connection.close()


def beat(worker: str, *, at: datetime) -> None:
    """One heartbeat. A database that is away for a moment must not stop the heart."""
    try:
        if not Heartbeat.objects.filter(worker=worker).update(beat_at=at):  # another worker took it for dead
            Heartbeat.objects.create(worker=worker, started_at=at, beat_at=at)
    except Error:
        connection.close()


def run_pending(*, worker: str, clock: Callable[[], datetime], stop: Callable[[], bool] = lambda: False) -> int:
    """Run what is queued, one job after the other, until nothing is or `stop()` says so; how many were run.

    A job that raises is kept as failed with its traceback, and the next is run. Each job is claimed by one conditional
    UPDATE, committed before it runs."""
    runner = Runner(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=worker, excluded_queue_names=[],
    )  # fmt: skip
    done = 0
    while not stop() and (job := _claim(worker, clock())):
        runner.run_task(job)
        done += 1
    return done


def _claim(worker: str, at: datetime) -> DBTaskResult | None:
    while job := DBTaskResult.objects.ready().first():
        workers = [*job.worker_ids, worker]
        ready = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.READY)
        if ready.update(status=TaskResultStatus.RUNNING, started_at=at, worker_ids=workers) == 1:
            job.refresh_from_db()
            return job
    return None


def reap(*, at: datetime) -> int:
    """Give back the jobs of workers whose heart has stopped; how many. One that outlived `LIVES` workers has failed."""
    dead = Heartbeat.objects.filter(beat_at__lt=at - DEAD_AFTER)
    if dead.exists():  # asked first without writing: on SQLite even an empty DELETE waits for its turn to write
        dead.delete()
    living = set(Heartbeat.objects.values_list("worker", flat=True))
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return sum(_give_back(job, at) for job in running if not living & set(job.worker_ids[-1:]))


def _give_back(job: DBTaskResult, at: datetime) -> int:
    """One conditional UPDATE, so that a job that another worker has just given back and claimed is left alone."""
    unchanged = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
    if len(job.worker_ids) >= LIVES:
        return unchanged.update(
            status=TaskResultStatus.FAILED,
            finished_at=at,
            exception_class_path="builtins.RuntimeError",
            traceback=f"The worker died while running this, {LIVES} times.",
        )
    return unchanged.update(status=TaskResultStatus.READY, started_at=None)
