"""The watched series of one organisation: every service by every subject, each service, each subject, and the whole, with
what was brought in from files and what only repeats others told apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from heed.insight.warning.periods import Every, Span, number
from heed.statistics.arrays import Flags, Floats, Integers

ALL = "*"  # stands for every service, or every subject; no code is written so
BEFORE = {"week": 26, "month": 12}  # periods that say how much usually comes from files
CHUNK = 50_000  # rows of an answer at once
LEVELS = ("organisation", "service", "subject", "both")

Counts = NDArray[np.int32]
Key = tuple[str, str]  # service and subject
Row = tuple[int, str, str, bool, int]  # running number of the period, service, subject, imported, how many


def level(key: Key) -> str:
    """Which of LEVELS a series is on."""
    return LEVELS[(key[0] != ALL) + 2 * (key[1] != ALL)]


def parents(key: Key) -> tuple[Key, ...]:
    """The series that a series is a part of, the nearest first."""
    service, subject = key
    nearest = {"both": ((service, ALL), (ALL, subject), (ALL, ALL)), "organisation": ()}
    return nearest.get(level(key), ((ALL, ALL),))


@dataclass(frozen=True)
class Grid:
    """`keys`: of each series; `counts`: (series, periods), NaN before a series began; `files`: how many were left out of
    each because a file brought in far more than usual in that period; `repeats`: how many because they only repeat."""

    span: Span
    keys: tuple[Key, ...]
    counts: Floats
    files: Counts
    repeats: Counts

    @cached_property
    def places(self) -> dict[Key, int]:
        return {key: place for place, key in enumerate(self.keys)}

    @cached_property
    def levels(self) -> Integers:
        return np.array([LEVELS.index(level(key)) for key in self.keys], dtype=np.int64)

    def with_files(self, many: int) -> "Grid":
        """As it would be if what files brought in during the latest `many` periods were counted like anything else."""
        counts = self.counts.copy()
        counts[:, -many:] += self.files[:, -many:]
        return replace(self, counts=counts)

    def without(self, repeated: Mapping[tuple[Key, date], int]) -> "Grid":
        """As it is when so many more in a cell and period are not counted, in the cell and in all that it is a part of."""
        counts, repeats = self.counts.copy(), self.repeats.copy()
        for ((service, subject), start), many in repeated.items():
            period = self.span.place(start)
            for key in dict.fromkeys([(ALL, ALL), (service, ALL), (ALL, subject), (service, subject)]):
                if period is not None and key in self.places:
                    counts[self.places[key], period] -= many
                    repeats[self.places[key], period] += many
        return replace(self, counts=counts, repeats=repeats)

    def begun_anew(self, since: Mapping[Key, date]) -> "Grid":
        """As it is when what came before a new level of a series says nothing any more."""
        counts = self.counts.copy()
        for key, day in since.items():
            if key in self.places:
                counts[
                    self.places[key], : max(0, number(self.span.every, day) - number(self.span.every, self.span.first))
                ] = np.nan
        return replace(self, counts=counts)


def grid(span: Span, rows: Iterable[Row], repeated: Mapping[tuple[Key, date], int]) -> Grid:
    """All series from the rows of the facts. `repeated`: how many in a cell (a service, which may be "", and a subject, which
    may be "") and period are not counted, because they say what others said."""
    cells, own, filed = _cells(span, rows)
    burst = _bursts(span.every, filed.sum(axis=0))
    left_out = np.where(burst, filed, 0)
    repeats = _repeats(span, cells, repeated)
    repeats = np.minimum(repeats, own + filed - left_out)
    keys = _keys(cells)
    gather = _gather(cells, keys)
    totals = [_sum(part, gather, len(keys)) for part in (own + filed - left_out - repeats, left_out, repeats)]
    counts = totals[0].astype(np.float64)
    counts[np.arange(len(span)) < _began(cells, own + filed, keys)[:, None]] = np.nan
    return Grid(span, keys, counts, totals[1], totals[2])


def _cells(span: Span, rows: Iterable[Row]) -> tuple[list[Key], Counts, Counts]:
    """(the cells, what came singly, what came from files): the latter (cells, periods)."""
    places: dict[Key, int] = {}
    first, remaining = number(span.every, span.first), iter(rows)
    parts = []
    while some := list(islice(remaining, CHUNK)):
        parts.append(
            np.array(
                [
                    (places.setdefault((service, subject), len(places)), period - first, imported, many)
                    for period, service, subject, imported, many in some
                ],
                dtype=np.int32,
            )
        )
    counts = np.zeros((2, len(places), len(span)), dtype=np.int32)
    for part in parts:
        cell, period, imported, many = part.T
        np.add.at(counts, (imported, cell, period), many)
    return list(places), counts[0], counts[1]


def _bursts(every: Every, filed: Counts) -> Flags:
    """(periods,): whether far more came from files than in most of the periods before. Where every week has its file, a
    file is nothing unusual."""
    before = BEFORE[every]
    usual = [np.median(filed[max(0, place - before) : place]) if place else 0 for place in range(len(filed))]
    return np.asarray(filed > 2 * np.array(usual))


def _repeats(span: Span, cells: Sequence[Key], repeated: Mapping[tuple[Key, date], int]) -> Counts:
    places = {key: place for place, key in enumerate(cells)}
    found = np.zeros((len(cells), len(span)), dtype=np.int32)
    for (key, start), many in repeated.items():
        period = span.place(start)
        if key in places and period is not None:
            found[places[key], period] = many
    return found


def _keys(cells: Sequence[Key]) -> tuple[Key, ...]:
    """The whole, services, subjects, and cells, in that order. What has no service or no subject yet counts above only: who
    waits for a subject is no subject."""
    if not cells:
        return ()
    services = sorted({service for service, _ in cells if service})
    subjects = sorted({subject for _, subject in cells if subject})
    named = sorted(key for key in cells if all(key))
    return ((ALL, ALL), *((service, ALL) for service in services), *((ALL, subject) for subject in subjects), *named)


def _gather(cells: Sequence[Key], keys: Sequence[Key]) -> list[Integers]:
    """For each kind of parent, the place of every cell's, -1 where it has none."""
    places = {key: place for place, key in enumerate(keys)}
    above = [[(ALL, ALL), (service, ALL), (ALL, subject), (service, subject)] for service, subject in cells]
    return [np.array([places.get(row[kind], -1) for row in above], dtype=np.int64) for kind in range(4)]


def _sum(of: Counts, gather: Sequence[Integers], many: int) -> Counts:
    found = np.zeros((many, of.shape[1]), dtype=np.int32)
    for to in gather:
        np.add.at(found, to[to >= 0], of[to >= 0])
    return found


def _began(cells: Sequence[Key], counts: Counts, keys: Sequence[Key]) -> Integers:
    """(series,): the first period of each. A service or a subject begins with the first that is told of it anywhere, so that
    a new one has no past; what has never come together before, of two that are known, has a past of none."""
    some = counts > 0
    first_of_cell = np.where(some.any(axis=1), some.argmax(axis=1), counts.shape[1])
    began: dict[str, dict[str, int]] = {"service": {}, "subject": {}}
    for (service, subject), place in zip(cells, first_of_cell.tolist(), strict=True):
        for kind, code in (("service", service), ("subject", subject)):
            began[kind][code] = min(place, began[kind].get(code, place))
    start = int(first_of_cell.min()) if len(first_of_cell) else 0
    return np.array(
        [max(began["service"].get(service, start), began["subject"].get(subject, start)) for service, subject in keys],
        dtype=np.int64,
    )
