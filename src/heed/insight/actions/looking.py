"""One look at an organisation's weeks or months: what stands out, and what only seems to. It reads; `watching` writes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from heed.insight.models import Watch
from heed.insight.queries import watching as reading
from heed.insight.warning.belonging import attached
from heed.insight.warning.grid import Grid, Key
from heed.insight.warning.judging import Calibration, Finding, Line, active, calibrate, history, stands_out
from heed.insight.warning.periods import FREQUENCY, Every, ends, is_settled, number, to_judge
from heed.insight.warning.wording import as_key
from heed.organisations.models import Organisation
from heed.statistics.arrays import Floats

RENEW = 28  # days after which the thresholds are set anew


@dataclass(frozen=True)
class Look:
    """What one look found. `findings`: what stands out. `apart`: what only seems to, with why ("file" or "same").
    `repeated`: what was found to repeat, and is not counted from now on. `lines`: the latest periods of each series that
    is told or has a warning. `settled`: first days of periods whose late arrivals have come. `renewed`: the thresholds
    were set anew."""

    organisation: Organisation
    every: Every
    on: date
    start: date
    findings: list[Finding]
    apart: list[tuple[Finding, str]]
    repeated: Mapping[tuple[Key, date], int]
    lines: Mapping[Key, list[Line]]
    settled: frozenset[date]
    calibration: Calibration
    renewed: bool
    series: int
    young: int
    quiet: int


def look(organisation: Organisation, every: Every, on: date, watch: Watch, standing: set[Key]) -> Look | None:
    """Look at all periods that were over before `on`. `standing`: series with a warning that is not over. None where there is
    nothing yet."""
    grid, exposure = reading.series(organisation, every, on)
    if not grid.keys:
        return None
    run = reading.seen(organisation, every)
    many = to_judge(every, on, run.start if run else None)
    calibration, renewed = _calibration(organisation, grid, exposure, on, watch, many)
    found = stands_out(grid, exposure, many, calibration)
    repeated = _repeated(organisation, grid, found)
    calm = grid.without(repeated)
    findings = stands_out(calm, exposure, many, calibration) if repeated else found
    gone = [replace(one, repeats=_in_all(calm, one)) for one in _gone(found, findings)]
    apart = [(one, "same") for one in gone if one.repeats] + _by_file(calm, exposure, many, calibration, findings)
    told = {one.key for one in findings} | {one.key for one, _ in apart} | (standing & set(grid.places))
    starts = frozenset(start for start in grid.span.starts[-12:] if is_settled(every, start, on))
    young = int(((~np.isnan(calm.counts)).sum(axis=1) < 3 * FREQUENCY[every]).sum())
    return Look(
        organisation, every, on, grid.span.starts[-1], findings, apart, repeated,
        history(calm, exposure, sorted(told), calibration), starts, calibration, renewed, len(grid.keys), young,
        len(grid.keys) - len(active(calm, np.arange(len(grid.span) - many, len(grid.span)), every)),
    )  # fmt: skip


def _calibration(
    organisation: Organisation, grid: Grid, exposure: Floats, on: date, watch: Watch, many: int
) -> tuple[Calibration, bool]:
    """The thresholds in force, set anew every four weeks and whenever a budget changes."""
    every = grid.span.every
    row = reading.calibration(organisation, every)
    same = row and (row.budget, row.wide_budget) == (watch.budget, watch.wide_budget)
    if row and same and 0 <= (on - row.on).days < RENEW:
        return reading.in_force(row), False
    known = reading.known_rises(organisation, every, on)
    return calibrate(grid, exposure, (watch.budget / 10_000, watch.wide_budget / 10_000), known, many), True


def _repeated(organisation: Organisation, grid: Grid, found: list[Finding]) -> dict[tuple[Key, date], int]:
    """What repeats in the periods and series that stand out, beyond what is known to."""
    repeated: dict[tuple[Key, date], int] = {}
    every = grid.span.every
    for start in sorted({one.start for one in found}):
        keys = {one.key for one in found if one.start == start}
        now = reading.repeats(organisation, every, start, ends(every, start), keys)
        for (cell, day), many in now.items():
            repeated[cell, day] = many - reading.repeats_known(organisation, every, day, cell)
    return {where: many for where, many in repeated.items() if many > 0}


def _in_all(grid: Grid, finding: Finding) -> int:
    """How many of a finding's series are not counted, because they repeat."""
    last = number(grid.span.every, finding.start) - number(grid.span.every, grid.span.first)
    return int(grid.repeats[grid.places[finding.key], last - finding.periods + 1 : last + 1].sum())


def _gone(before: list[Finding], after: list[Finding]) -> list[Finding]:
    """What stands out no more, the top of each only."""
    still = {(one.key, one.start) for one in after}
    return _tops([one for one in before if (one.key, one.start) not in still])


def _by_file(
    grid: Grid, exposure: Floats, many: int, calibration: Calibration, findings: list[Finding]
) -> list[tuple[Finding, str]]:
    """What would stand out if files were counted like anything else."""
    if not grid.files[:, -many:].any():
        return []
    with_files = stands_out(grid.with_files(many), exposure, many, calibration)
    told = {(one.key, one.start) for one in findings}
    more = [one for one in with_files if (one.key, one.start) not in told and one.files and one.rule == "single"]
    return [(one, "file") for one in _tops(more)]


def _tops(found: list[Finding]) -> list[Finding]:
    """Those of which no whole is there too."""
    tops = []
    for start in sorted({one.start for one in found}):
        here = {one.key: one for one in found if one.start == start}
        below = attached({key: one.excess for key, one in here.items()})
        tops += [one for key, one in here.items() if key not in below]
    return tops


def key_of(row: object) -> Key:
    """The series of a kept row."""
    return as_key(row.service, row.subject)  # type: ignore[attr-defined]
