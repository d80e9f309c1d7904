"""Rates: what was counted, over how much was done in the same months. Where nobody has said how much, there is no
denominator and so no figure: never 0, and never a share of a month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from heed.insight import compiling
from heed.insight.compiling import Activity, Where
from heed.insight.engines.base import Engine
from heed.insight.figures import Tally
from heed.insight.measures.declaration import Measure

WHOLE = ""
Cell = tuple[date, str]


def rates(
    measures: Iterable[Measure], counted: Mapping[str, Mapping[Cell, Tally]], where: Where, engine: Engine, *,
    by: str,
) -> dict[str, dict[Cell, Tally]]:  # fmt: skip
    """For each measure a cell for every month (and service) with a denominator: `n` counted, `of` so much activity.

    counted: what `counting` found for the same measures, told apart `by` the same column. Parts other than services are
    taken over the activity of all. One statement."""
    wanted = list(measures)
    over = done(where, engine, by_service=by == "service") if wanted else {}
    return {m.key: _over(counted[m.key], over, by) for m in wanted}


def _over(counted: Mapping[Cell, Tally], over: Mapping[Cell, int], by: str) -> dict[Cell, Tally]:
    cells = (
        over if by in ("", "service") else {cell: over[cell[0], WHOLE] for cell in counted if (cell[0], WHOLE) in over}
    )
    return {cell: Tally(counted.get(cell, Tally()).of, of) for cell, of in cells.items()}


def done(where: Where, engine: Engine, *, by_service: bool) -> dict[Cell, int]:
    """How much was done, by whole month and service, or by month for all services together (""): the number told for
    the whole organisation, else the sum of the services, if each of `where.activity.needed` has told its own."""
    if where.activity is None:
        return {}
    months = {month: told for (month, _), told in _told(where, engine).items()}
    if by_service:
        return {(m, s): number for m, told in months.items() for s, number in told.items() if number and s != WHOLE}
    needed = where.activity.needed if where.services is None else where.activity.needed & where.services
    found = {(month, WHOLE): _together(told, needed, whole=where.services is None) for month, told in months.items()}
    return {cell: number for cell, number in found.items() if number}


def done_by_organisation(
    where: Where, kind: str, needed: Mapping[str, frozenset[str]], engine: Engine
) -> dict[Cell, int]:
    """The same of a kind of activity for all services together, by month and organisation of `where.among`. needed: the
    services of each that must have told their own where the whole was not told."""
    told = _told(replace(where, activity=Activity(kind, frozenset())), engine)
    found = {cell: _together(parts, needed.get(cell[1], frozenset()), whole=True) for cell, parts in told.items()}
    return {cell: number for cell, number in found.items() if number}


def _told(where: Where, engine: Engine) -> dict[Cell, dict[str, int]]:
    """The numbers by service, for each month and organisation."""
    found: dict[Cell, dict[str, int]] = defaultdict(dict)
    for month, organisation, service, number in engine.rows(compiling.activity(where, engine.dialect)):
        found[compiling.month_of(month), organisation][service] = number
    return found


def _together(told: Mapping[str, int], needed: frozenset[str], *, whole: bool) -> int:
    """0 where it is not known."""
    if whole and WHOLE in told:
        return told[WHOLE]
    parts = {service: number for service, number in told.items() if service != WHOLE}
    return sum(parts.values()) if parts and needed <= parts.keys() else 0
