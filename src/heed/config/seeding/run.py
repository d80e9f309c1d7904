"""Makes everything: batch after batch, on the processors that there are, and writes it."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context

import django
from django.db import connection

from heed.config.demonstration.places import CODES
from heed.config.seeding import items, staff
from heed.config.seeding.history import History
from heed.config.seeding.items import Recipe
from heed.config.seeding.writing import Rows, first_free, make_room, write
from heed.search import backends

BATCH = 1_000  # cases
ROOM = 30 * BATCH  # keys that a batch may use of one table; the long case has 500 conversations alone
FEW = 2_000  # cases that are made quicker here than by starting another process
SHARES = (0.6, 0.2, 0.1, 0.06, 0.04)


@dataclass(frozen=True)
class Batch:
    recipe: Recipe
    numbers: range
    first: dict[str, int]


def seed_background(
    cases: int,
    *,
    until: date,
    months: int,
    seed: int,
    shares: tuple[float, ...] = SHARES,
    stall: tuple[float, float] = (0.0, 0.0),
    quick_days: int = 0,
    marked: bool = True,
    begins: int = 0,
    long_case: bool = False,
    only: tuple[str, str] | None = None,
    progress: Callable[[int], object] = lambda _: None,
) -> None:
    """Make so many cases, and as many comments and compliments, in the five organisations of the demonstration, which
    are there with their people.

    The history is so many months long and ends the day before `until`. `shares`: of the organisations in the whole, in
    the order of CODES. `stall`: the share of cases that get stuck on the way, among the oldest and among the newest.
    `quick_days`: what came in during the last so many days is settled at once, as far as the time allows. `marked`: the
    items carry the mark by which `heed seed` knows its own. `begins`: how many cases earlier runs made. `long_case`: the
    first case has a history of 500 entries. `only`: codes of the service and subject that all cases are about; there are no
    comments and compliments then. `progress` is told the number of cases of each batch that was written.

    The same arguments on the same database give the same rows. Commits batch by batch, unless the caller's transaction
    holds all of it."""
    first = first_free()
    recipe = Recipe(
        bodies=tuple(staff.bodies(CODES)), shares=shares, history=History(until, months), seed=seed, cases=cases,
        begins=begins, first_feedback=first["Feedback"], first_case=first["Case"], stall=stall, quick_days=quick_days,
        marked=marked, long_case=long_case, only=only,
    )  # fmt: skip
    make_room()
    with uncollected():
        for many, rows in made(list(batches(recipe, first))):
            write(rows)
            progress(many)
    backends.current().settle()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def batches(recipe: Recipe, first: dict[str, int]) -> Iterator[Batch]:
    for place, start in enumerate(range(0, recipe.cases, BATCH)):
        numbers = range(start, min(start + BATCH, recipe.cases))
        yield Batch(recipe, numbers, {name: key + place * ROOM for name, key in first.items()})


def made(waiting_for: list[Batch]) -> Iterator[tuple[int, Rows]]:
    """The rows of each batch, in order. While one is written here, other processes make the next."""
    if sum(len(batch.numbers) for batch in waiting_for) <= FEW:
        yield from ((len(batch.numbers), _make(batch)) for batch in waiting_for)
        return
    makers = os.cpu_count() or 2
    with ProcessPoolExecutor(makers, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        waiting: deque[tuple[int, Future[Rows]]] = deque()
        for batch in waiting_for:
            waiting.append((len(batch.numbers), pool.submit(_make, batch)))
            if len(waiting) > makers:
                many, rows = waiting.popleft()
                yield many, rows.result()
        yield from ((many, rows.result()) for many, rows in waiting)


@contextmanager
def uncollected() -> Iterator[None]:
    """Rows are so many that looking among them for cycles, again and again, takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _make(batch: Batch) -> Rows:
    rows = Rows(batch.first)
    with uncollected():
        items.make(batch.recipe, batch.numbers, rows)
    return rows
