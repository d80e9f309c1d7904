"""Background work: what may be queued, and how. The library behind it is named in this package alone.

A job is a top-level function under `@task`, called with what JSON can carry. It must be idempotent: a worker that
dies in the middle of one has it run again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, overload

from django.db import transaction
from django_tasks import task as _task
from django_tasks.base import Task

from heed.jobs.models import Tick


@overload
def task(function: Callable[..., Any]) -> Task[..., Any]: ...
@overload
def task(*, priority: int) -> Callable[[Callable[..., Any]], Task[..., Any]]: ...
def task(function: Any = None, *, priority: int = 0) -> Any:
    """Make a top-level function a job. `priority` from -100 to 100: the highest runs first."""
    return _task(function, priority=priority) if function else _task(priority=priority)


def queue(job: Task[..., Any], **arguments: Any) -> None:
    """Have a job run by the worker, after the caller's transaction has committed and only if it does."""
    job.enqueue(**arguments)


@dataclass(frozen=True)
class Periodic:
    """A job that takes no arguments and runs again and again, at least `every` apart. `name` is its own for good."""

    name: str
    every: timedelta
    job: Task[..., Any]


def queue_due(schedule: Iterable[Periodic], *, at: datetime) -> list[str]:
    """Queue what is due and note when it is due next; the names of what was queued.

    However many workers ask, one of them queues it. What was missed while no worker ran is done once, not many times
    over."""
    return [periodic.name for periodic in schedule if _queue_if_due(periodic, at)]


def _queue_if_due(periodic: Periodic, at: datetime) -> bool:
    Tick.objects.get_or_create(name=periodic.name, defaults={"due_at": at})
    if not Tick.objects.filter(name=periodic.name, due_at__lte=at).exists():
        return False  # asked first without writing: this is asked every few seconds
    with transaction.atomic():
        due = Tick.objects.filter(name=periodic.name, due_at__lte=at)
        if due.update(due_at=at + periodic.every) == 0:
            return False
        queue(periodic.job)
    return True
