"""Many series in a file watched week by week, and what was found written to another. For `heed statistics detect`."""

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from heed.config.cli import CannotDo
from heed.statistics import detector, farrington
from heed.statistics.arrays import Flags, Floats, Integers, Unanswerable

COLUMNS = ("series", "week", "y", "mu", "phi", "upper", "p", "alarm")
DIGITS = 9


@dataclass(frozen=True)
class Found:
    """What every method tells, each (series, weeks)."""

    mu: Floats
    phi: Floats
    upper: Floats
    p: Floats
    alarm: Flags


def _reference(settings: farrington.Settings) -> Callable[[Floats, Integers, Floats | None], Found]:
    def watch(counts: Floats, weeks: Integers, exposure: Floats | None) -> Found:
        found = farrington.watch(counts, weeks, settings, population=exposure, mode="reference")
        return Found(found.mean, found.phi, found.upper, found.p, found.alarm)

    return watch


def _default(counts: Floats, weeks: Integers, exposure: Floats | None) -> Found:
    found = detector.watch(counts, weeks, exposure=exposure)
    return Found(found.mean, found.phi, found.upper, found.p, found.alarm)


METHODS = {
    "default": _default,
    "reference-noufaily": _reference(farrington.NOUFAILY),
    "reference-original": _reference(farrington.ORIGINAL),
}


def read_series(file: str) -> Floats:
    """The counts of a CSV file, gzipped or not: a series a line, oldest first, nothing where not known.

    Raises CannotDo where it is not readable, not numbers, or not as long in every line."""
    rows = []
    try:
        with _opened(file, "r") as lines:
            for number, row in enumerate(csv.reader(lines), start=1):
                rows.append([float(cell) if cell.strip() else np.nan for cell in row])
                if len(row) != len(rows[0]):
                    raise CannotDo(
                        f"{file}, line {number}: {len(row)} figures, where the first line has {len(rows[0])}"
                    )
    except OSError as reason:
        raise CannotDo(f"{file} cannot be read: {reason.strerror or reason}") from None
    except (ValueError, EOFError, csv.Error) as reason:
        raise CannotDo(f"{file}, line {len(rows) + 1}: {reason}") from None
    if not rows:
        raise CannotDo(f"{file} holds no series")
    return np.array(rows)


@contextmanager
def _opened(file: str, mode: str) -> Iterator[TextIO]:
    """A text file, gzipped where its name says so, without its name and time in it, so that it is alike each time."""
    if not file.endswith(".gz"):
        with Path(file).open(mode, newline="", encoding="utf-8") as text:
            yield text  # type: ignore[misc]
        return
    with (
        Path(file).open(f"{mode}b") as raw,
        gzip.GzipFile("", f"{mode}b", fileobj=raw, mtime=0) as packed,
        io.TextIOWrapper(packed, newline="", encoding="utf-8") as text,
    ):
        yield text


def watch_file(
    series: str, out: str, *, first: int, last: int, method: str, add: str | None = None, exposure: str | None = None
) -> int:
    """Watch weeks `first` to `last`, from 1, of every series, and write a line for each; how many alarms there were.

    Raises CannotDo."""
    counts = read_series(series)
    if add:
        counts = counts + _like(add, counts)
    if not 1 <= first <= last <= counts.shape[1]:
        raise CannotDo(
            f"{series} holds weeks 1 to {counts.shape[1]}, and the first to watch cannot come after the last"
        )
    against = _like(exposure, counts) if exposure else None
    weeks = np.arange(first - 1, last)
    try:
        found = METHODS[method](counts, weeks, against)
    except Unanswerable as reason:
        raise CannotDo(str(reason)) from None
    try:
        _write(out, counts[:, weeks], weeks + 1, found)
    except OSError as reason:
        raise CannotDo(f"{out} cannot be written: {reason.strerror or reason}") from None
    return int(found.alarm.sum())


def _like(file: str, counts: Floats) -> Floats:
    """Figures of the same shape, or one line for all series."""
    figures = read_series(file)
    if figures.shape[1] != counts.shape[1] or len(figures) not in (1, len(counts)):
        raise CannotDo(f"{file} must have one line, or as many as there are series, of {counts.shape[1]} figures")
    return np.broadcast_to(figures, counts.shape)


def _write(out: str, y: Floats, weeks: Integers, found: Found) -> None:
    with _opened(out, "w") as text:
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(COLUMNS)
        for number in range(len(y)):
            columns = (y[number], found.mu[number], found.phi[number], found.upper[number], found.p[number])
            told = zip(weeks.tolist(), *([_told(value) for value in column] for column in columns), strict=True)
            for row, alarm in zip(told, found.alarm[number].tolist(), strict=True):
                lines.writerow([number + 1, *row, int(alarm)])


def _told(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.{DIGITS}g}"
