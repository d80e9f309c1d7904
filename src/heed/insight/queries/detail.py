"""One measure: by month, by service, and broken down further, for what the person may see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from heed.facts import queries as facts
from heed.insight.figures import Tally, figure, shown
from heed.insight.measures import Measure, in_words_of
from heed.insight.periods import Period, whole_months
from heed.insight.queries.board import NOT_HERE, months_of, place_name
from heed.insight.queries.counting import Tallies, Where, split, tallies
from heed.insight.queries.scope import NO_SERVICE, Scope, applies
from heed.insight.series import KNOWN, Series, finding, series
from heed.insight.suppression import SMALLEST
from heed.insight.suppression import shown as unsuppressed
from heed.organisations import code_lists

HIDDEN = "hidden"
KINDS = {"complaint": "Complaints", "concern": "Concerns", "comment": "Comments", "compliment": "Compliments"}
SPLITS = {"kind": "By type", "channel": "By channel", "subject": "By subject"}


@dataclass(frozen=True)
class Figure:
    """A cell: its tally, None when it is hidden, and how it is shown ("" where there is no figure)."""

    tally: Tally | None
    text: str


@dataclass(frozen=True)
class ServiceLine:
    """One service: a cell for each whole month, oldest first, and all of them together."""

    code: str
    name: str
    cells: tuple[Figure, ...]
    total: Figure
    value: float | None


@dataclass(frozen=True)
class Split:
    """A measure by one more column, most first: (label, how many)."""

    title: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Detail:
    """What the page of a measure shows. `why_no_services` says why there is no table by service."""

    scope: Scope
    measure: Measure
    service: str | None
    period: Period
    drawn: int
    computed_at: datetime
    series: Series | None
    why_none: str
    services: tuple[ServiceLine, ...]
    why_no_services: str
    splits: tuple[Split, ...]

    @property
    def place(self) -> str:
        return place_name(self.scope, self.service)

    @property
    def months(self) -> tuple[date, ...]:
        return self.period.months[-self.drawn :]

    @property
    def finding(self) -> str:
        return finding(self.series) if self.series else ""

    @property
    def service_table(self) -> list[tuple[str, list[str]]]:
        """(name of the service, all months together and then each month, as shown)."""
        return [(line.name, [line.total.text, *(cell.text for cell in line.cells)]) for line in self.services]

    @property
    def some_hidden(self) -> bool:
        return any(cell.tally is None for line in self.services for cell in line.cells)


def detail(scope: Scope, measure: Measure, *, service: str | None, months: int, at: datetime) -> Detail:
    """One measure with everything that the person may see of it. Facts are all that is read."""
    today = timezone.localdate(at)
    measure = in_words_of(measure, scope.organisation.activity_kind)
    period = whole_months(max(months, KNOWN), today).since(facts.began_on(scope.organisation.code))
    empty = Detail(scope, measure, service, period, months, at, None, measure.unfed, (), "", ())
    if measure.unfed:
        return empty
    if measure.only_where and not applies(measure.only_where, scope.organisation):
        return replace(empty, why_none=NOT_HERE[measure.only_where])
    where = Where(scope.organisation.code, scope.codes(service), period, activity=scope.activity)
    services, why_no_services = _services(scope, measure, period, months)
    return replace(
        empty,
        series=series(measure, months_of(tallies([measure], where), measure), period, months),
        services=services,
        why_no_services=why_no_services,
        splits=_splits(scope, measure, service, replace(where, period=replace(period, months=period.months[-months:]))),
    )


def _services(scope: Scope, measure: Measure, period: Period, months: int) -> tuple[tuple[ServiceLine, ...], str]:
    if scope.outsider and not measure.whole:
        return (), (
            "By service this would tell too much about single people, so it is shown for the whole organisation only."
        )
    visible = None if scope.outsider or scope.sees_all else scope.exact
    counted = tallies([measure], Where(scope.organisation.code, visible, period, activity=scope.activity), by="service")
    drawn = period.months[-months:]
    cells = _hidden(counted, measure, scope, drawn) if scope.outsider else _exact(counted, measure)
    codes = [code for code in scope.services if visible is None or code in visible]
    by_name = sorted(codes, key=lambda code: (code == NO_SERVICE, scope.services[code].casefold()))
    lines = [_line(measure, code, scope.services[code], drawn, cells) for code in by_name]
    return tuple(line for line in lines if any(cell.text not in ("", "0") for cell in line.cells)), ""


Cells = Mapping[tuple[date, str], Tally | None]


def _exact(counted: Tallies, measure: Measure) -> Cells:
    return counted[measure.key]


def _hidden(counted: Tallies, measure: Measure, scope: Scope, months: tuple[date, ...]) -> Cells:
    """Month by month, because the total of each is known."""
    exact, found = counted[measure.key], {}
    for month in months:
        line = {code: exact[month, code].of if (month, code) in exact else 0 for code in scope.services}
        for code, count in unsuppressed(line).items():
            found[month, code] = None if count is None else Tally(count, count)
    return found


def _line(measure: Measure, code: str, name: str, months: tuple[date, ...], cells: Cells) -> ServiceLine:
    line = [cells.get((month, code), Tally()) for month in months]
    known = [tally for tally in line if tally is not None]
    total = sum(known, Tally()) if len(known) == len(line) else None
    return ServiceLine(
        code, name, tuple(_cell(measure, tally) for tally in line), _cell(measure, total),
        figure(measure, total) if total else None,
    )  # fmt: skip


def _cell(measure: Measure, tally: Tally | None) -> Figure:
    return Figure(tally, HIDDEN if tally is None else shown(measure, figure(measure, tally)))


def _splits(scope: Scope, measure: Measure, service: str | None, where: Where) -> tuple[Split, ...]:
    """Only of what the person sees exactly: parts of a whole are small."""
    if not (scope.sees_all or (service is not None and service in scope.exact)):
        return ()
    return tuple(
        Split(
            SPLITS[column], tuple((_label(scope, column, code), many) for code, many in split(measure, column, where))
        )
        for column in measure.splits
    )


def _label(scope: Scope, column: str, code: str) -> str:
    if not code:
        return "Not known"
    if column == "kind" and code in KINDS:
        return KINDS[code]
    key = {"channel": "channels", "subject": scope.organisation.subject_list, "kind": "remedies"}[column]
    try:
        return code_lists.load(key).label(code)
    except KeyError:
        return code.replace("_", " ").capitalize()


HIDDEN_NOTE = (
    f"Numbers from 1 to {SMALLEST - 1} are hidden, each together with that of another service, so that none can be worked "
    "out from the total. A service is added up only where all its months are shown."
)
