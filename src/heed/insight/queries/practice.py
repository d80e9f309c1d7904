"""Each part of a body beside the others, against one definition of good practice: by name, and never ranked (R195, R200)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from heed.insight import practice as definitions
from heed.insight.engines.base import Engine
from heed.insight.engines.choice import chosen
from heed.insight.figures import FEW, Tally, figure, shown
from heed.insight.measures import BY_KEY, Measure
from heed.insight.periods import Period, whole_months
from heed.insight.practice import Definition, Expectation, Part
from heed.insight.queries.asked import Asked
from heed.insight.queries.board import NOT_HERE, place_name
from heed.insight.queries.counting import Where, tallies
from heed.insight.queries.detail import detail
from heed.insight.queries.experience import Headline, headlines
from heed.insight.queries.scope import NO_SERVICE, Scope, applies

MONTHS = 12
NOT_BY_SERVICE = "not by service"
WHY_NOT = (
    "You see no cases here, so figures by service are shown of counts only, with small numbers hidden: the others would tell "
    "too much about single people."
)


@dataclass(frozen=True)
class Line:
    """A service, or all that the person may see: what each measure says, as shown, with how many it rests on."""

    name: str
    cells: tuple[str, ...]
    is_whole: bool = False


@dataclass(frozen=True)
class Against:
    """One part of the definition. `asked`: each expectation with the measures that show it here, and for the others why
    nothing does. `measures` head the columns of `lines`."""

    part: Part
    asked: tuple[tuple[Expectation, tuple[Measure, ...], tuple[str, ...]], ...]
    measures: tuple[Measure, ...]
    lines: tuple[Line, ...]

    @property
    def table(self) -> list[tuple[Line, list[tuple[Measure, str]]]]:
        """Each line with its cells under their measures."""
        return [(line, list(zip(self.measures, line.cells, strict=True))) for line in self.lines]


@dataclass(frozen=True)
class Practice:
    """`people`: by stage of My Expectations, what those who complained answered, in the newest block that may be told of."""

    definition: Definition
    period: Period
    place: str
    parts: tuple[Against, ...]
    why_not: str
    computed_at: datetime
    people: Mapping[str, Headline]


def good_practice(scope: Scope, at: datetime) -> Practice:
    """Every part of the definition in force, over the last twelve whole months, for what the person may see. Services stand
    by name; what names no service comes last."""
    definition, period = definitions.load(timezone.localdate(at)), whole_months(MONTHS, timezone.localdate(at))
    wanted = dict.fromkeys(key for part in definition.parts for key in part.measures)
    here = [BY_KEY[key] for key in wanted if _why_not_here(BY_KEY[key], scope) == ""]
    source = chosen(scope.organisation.code)
    found = _by_service(scope, here, period, at, source.engine)
    whole = _whole(scope, here, period, source.engine)
    parts = tuple(_against(part, scope, here, found, whole) for part in definition.parts)
    why_not = WHY_NOT if scope.outsider else ""
    people = headlines(scope.organisation, at)
    return Practice(definition, period, place_name(scope, None), parts, why_not, source.computed_at(at), people)


def _why_not_here(measure: Measure, scope: Scope) -> str:
    if measure.unfed:
        return measure.unfed
    return "" if applies(measure.only_where, scope.organisation) else NOT_HERE[measure.only_where]


Cells = Mapping[tuple[str, str], str]  # (key of the measure, code of the service) -> as shown


def _by_service(scope: Scope, measures: list[Measure], period: Period, at: datetime, engine: Engine) -> Cells:
    if scope.outsider:
        return _suppressed(scope, measures, at)
    visible = None if scope.sees_all else scope.exact
    counted = tallies(measures, Where(scope.organisation.code, visible, period), by="service", engine=engine)
    totals: dict[tuple[str, str], Tally] = {}
    for measure in measures:
        for (month, code), tally in counted[measure.key].items():
            if month in period.months:
                totals[measure.key, code] = totals.get((measure.key, code), Tally()) + tally
    return {cell: said(BY_KEY[cell[0]], tally) for cell, tally in totals.items()}


def _suppressed(scope: Scope, measures: list[Measure], at: datetime) -> Cells:
    """For somebody who sees no case: what the page of a measure would show them by service, and nothing else."""
    found = {}
    for measure in measures:
        lines = detail(scope, measure, Asked(months=MONTHS), at=at).lines if measure.whole else ()
        by_code = {line.code: line.total.text for line in lines}
        for code in scope.services:
            found[measure.key, code] = by_code.get(code, "0") if measure.whole else NOT_BY_SERVICE
    return found


def _whole(scope: Scope, measures: list[Measure], period: Period, engine: Engine) -> dict[str, str]:
    """All that the person may see, by the key of the measure."""
    counted = tallies(measures, Where(scope.organisation.code, scope.codes(None), period), engine=engine)
    return {
        m.key: said(m, sum((t for (month, _), t in counted[m.key].items() if month in period.months), Tally()))
        for m in measures
    }


def said(measure: Measure, tally: Tally) -> str:
    """84% (37 of 44); 3 of 4; 1,204; None counted. No share is made of fewer than FEW, for it would look like more."""
    if not tally.of:
        return "0" if measure.shape == "count" else "None counted"
    if measure.shape == "share":
        counted = f"{tally.n:,} of {tally.of:,}"
        return counted if tally.of < FEW else f"{shown(measure, figure(measure, tally))} ({counted})"
    return shown(measure, figure(measure, tally))


def _against(part: Part, scope: Scope, here: list[Measure], found: Cells, whole: dict[str, str]) -> Against:
    shown_here = {measure.key: measure for measure in here}
    measures = tuple(shown_here[key] for key in part.measures if key in shown_here)
    asked = tuple(
        (
            one,
            tuple(shown_here[key] for key in one.measures if key in shown_here),
            tuple(_why_not_here(BY_KEY[key], scope) for key in one.measures if key not in shown_here),
        )
        for one in part.expectations
    )
    codes = sorted(_codes(scope), key=lambda code: (code == NO_SERVICE, scope.services[code].casefold()))
    none = {measure.key: said(measure, Tally()) for measure in measures}
    lines = [
        Line(scope.services[code], tuple(found.get((m.key, code), none[m.key]) for m in measures)) for code in codes
    ]
    if scope.outsider and not any(measure.whole for measure in measures):
        lines = []  # each would say no more than that it is not shown
    everything = Line(place_name(scope, None), tuple(whole[m.key] for m in measures), is_whole=True)
    return Against(part, asked, measures, (everything, *lines) if measures else ())


def _codes(scope: Scope) -> list[str]:
    return [code for code in scope.services if scope.outsider or code in scope.exact]
