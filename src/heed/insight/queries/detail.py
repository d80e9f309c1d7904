"""One measure: by month, and told apart by service, theme, channel or type, for what the person may see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from heed.design import words
from heed.facts import queries as facts
from heed.insight import cohorts
from heed.insight.engines.base import Engine
from heed.insight.engines.choice import chosen
from heed.insight.figures import Tally, figure, shown
from heed.insight.measures import Measure, in_words_of
from heed.insight.periods import Period, whole_months
from heed.insight.queries.asked import Asked, told_apart_by
from heed.insight.queries.board import NOT_HERE, months_of, place_name
from heed.insight.queries.counting import LIVE, Tallies, Where, tallies
from heed.insight.queries.rebasing import rebased_months
from heed.insight.queries.scope import NO_SERVICE, Scope, applies
from heed.insight.series import KNOWN, Series, finding, series
from heed.insight.suppression import SMALLEST
from heed.insight.suppression import shown as unsuppressed
from heed.organisations import code_lists

HIDDEN = "hidden"
KINDS = {"complaint": "Complaints", "concern": "Concerns", "comment": "Comments", "compliment": "Compliments"}
NOT_KNOWN = "Not known"
NONE_CLOSED = (
    f"No month of receipt is {cohorts.CLOSED_SHARE}% closed yet, so none can be shown. Look by month of closing."
)


@dataclass(frozen=True)
class Figure:
    """A cell: its tally, None when it is hidden, and how it is shown ("" where there is no figure)."""

    tally: Tally | None
    text: str


@dataclass(frozen=True)
class Line:
    """One service, theme, channel or type: a cell for each whole month, oldest first, and all of them together."""

    code: str
    name: str
    cells: tuple[Figure, ...]
    total: Figure
    value: float | None


@dataclass(frozen=True)
class Detail:
    """What the page of a measure shows. `why_none`: why there is no figure. `why_no_lines`: why nothing is told apart."""

    scope: Scope
    measure: Measure
    asked: Asked
    period: Period
    computed_at: datetime
    series: Series | None
    why_none: str
    lines: tuple[Line, ...]
    why_no_lines: str
    engine: Engine = LIVE

    @property
    def place(self) -> str:
        """What the figures are of, in words: "Ward 4, Communication"."""
        narrowed = [("subject", self.asked.subject), ("channel", self.asked.channel)]
        of = [label(self.scope, column, code) for column, code in narrowed if code]
        return ", ".join([place_name(self.scope, self.asked.service), *of])

    @property
    def months(self) -> tuple[date, ...]:
        return self.period.months[-self.asked.months :]

    @property
    def finding(self) -> str:
        return finding(self.series) if self.series else ""

    @property
    def line_table(self) -> list[tuple[str, str, list[str]]]:
        """(address of the page of it alone, "" for none; name; all months together and then each month, as shown)."""
        return [
            (self._alone(line.code), line.name, [line.total.text, *(cell.text for cell in line.cells)])
            for line in self.lines
        ]

    def _alone(self, code: str) -> str:
        by = self.asked.by
        if by == "service":
            return self.asked.but(service=code).query if code in self.scope.choices() else ""
        return self.asked.but(by="service", **{by: code}).query if code and by != "kind" else ""

    @property
    def some_hidden(self) -> bool:
        return any(cell.tally is None for line in self.lines for cell in line.cells)

    @property
    def sees_exactly(self) -> bool:
        """Whether the person may see the cases behind the figures."""
        return sees_exactly(self.scope, self.asked.service)

    @property
    def period_in_words(self) -> str:
        return f"{words.month(self.months[0])} to {words.month(self.months[-1])}"


def sees_exactly(scope: Scope, service: str | None) -> bool:
    """Whether the person may see every case of what the page is narrowed to."""
    return scope.sees_all or (service is not None and service in scope.exact)


def detail(scope: Scope, measure: Measure, asked: Asked, *, at: datetime) -> Detail:
    """One measure with everything that the person may see of it. Facts are all that is read."""
    today = timezone.localdate(at)
    measure = in_words_of(measure, scope.organisation.activity_kind)
    period = whole_months(max(asked.months, KNOWN), today).since(facts.began_on(scope.organisation.code))
    source = chosen(scope.organisation.code)
    at = source.computed_at(at)
    empty = Detail(scope, measure, asked, period, at, None, measure.unfed, (), "", source.engine)
    if measure.unfed:
        return empty
    if measure.only_where and not applies(measure.only_where, scope.organisation):
        return replace(empty, why_none=NOT_HERE[measure.only_where])
    where = Where(scope.organisation.code, scope.codes(asked.service), period, asked.only, scope.activity)
    if asked.cohort and cohorts.has_cohorts(measure):
        return _of_cohorts(empty, where)
    return _filled(empty, where, months_of(tallies([measure], where, engine=source.engine), measure))


def _of_cohorts(empty: Detail, where: Where) -> Detail:
    measure, closed = cohorts.by_receipt(empty.measure), cohorts.closedness(empty.measure)
    counted = tallies([measure, closed], where, engine=empty.engine)
    whole = cohorts.closed_months(months_of(counted, closed))
    if not whole.intersection(where.period.months):
        return replace(empty, measure=measure, why_none=NONE_CLOSED)
    period = cohorts.up_to_the_last(where.period, whole)
    by_month = {month: tally for month, tally in months_of(counted, measure).items() if month in whole}
    return _filled(replace(empty, measure=measure, period=period), replace(where, period=period), by_month)


def _filled(empty: Detail, where: Where, by_month: Mapping[date, Tally]) -> Detail:
    lines, why_no_lines = _lines(empty, where)
    return replace(
        empty,
        series=series(empty.measure, by_month, empty.period, empty.asked.months, _rebased(empty)),
        lines=lines,
        why_no_lines=why_no_lines,
    )


def _rebased(of: Detail) -> list[date]:
    """New limits are said of a service or the whole, by month of closing: not of what is narrowed further."""
    if of.asked.is_narrowed or of.asked.cohort:
        return []
    return rebased_months(of.scope.organisation.pk, of.asked.service).get(of.measure.key, [])


def _lines(of: Detail, where: Where) -> tuple[tuple[Line, ...], str]:
    scope, measure, by = of.scope, of.measure, of.asked.by
    if by != "service":
        if not of.sees_exactly:
            return (), "Parts of a whole are small, so this is shown to those only who may see the cases."
        counted = tallies([measure], where, by=by, engine=of.engine)
        return _told_apart(of, counted[measure.key], sorted({code for _, code in counted[measure.key]})), ""
    if scope.outsider and not measure.whole:
        return (), (
            "By service this would tell too much about single people, so it is shown for the whole organisation only."
        )
    visible = None if scope.outsider or scope.sees_all else scope.exact
    counted = tallies([measure], replace(where, services=visible), by="service", engine=of.engine)
    cells = _hidden(counted, of) if scope.outsider else counted[measure.key]
    codes = [code for code in scope.services if visible is None or code in visible]
    return _told_apart(of, cells, codes), ""


Cells = Mapping[tuple[date, str], Tally | None]


def _told_apart(of: Detail, cells: Cells, codes: list[str]) -> tuple[Line, ...]:
    """A line for each code of which anything was counted, in the order of the alphabet."""
    names = {code: label(of.scope, of.asked.by, code) for code in codes}
    by_name = sorted(codes, key=lambda code: (code == NO_SERVICE, names[code].casefold()))
    lines = [_line(of, code, names[code], cells) for code in by_name]
    return tuple(line for line in lines if any(cell.text not in ("", "0") for cell in line.cells))


def _hidden(counted: Tallies, of: Detail) -> Cells:
    """Month by month, because the total of each is known."""
    exact, found = counted[of.measure.key], {}
    for month in of.months:
        line = {code: exact[month, code].of if (month, code) in exact else 0 for code in of.scope.services}
        for code, count in unsuppressed(line).items():
            found[month, code] = None if count is None else Tally(count, count)
    return found


def _line(of: Detail, code: str, name: str, cells: Cells) -> Line:
    line = [cells.get((month, code), Tally()) for month in of.months]
    known = [tally for tally in line if tally is not None]
    total = sum(known, Tally()) if len(known) == len(line) else None
    return Line(
        code, name, tuple(_cell(of.measure, tally) for tally in line), _cell(of.measure, total),
        figure(of.measure, total) if total else None,
    )  # fmt: skip


def _cell(measure: Measure, tally: Tally | None) -> Figure:
    return Figure(tally, HIDDEN if tally is None else shown(measure, figure(measure, tally)))


def choices(scope: Scope, measure: Measure) -> list[str]:
    """The columns by which the person may have the measure told apart."""
    return told_apart_by(measure) if not scope.outsider else ["service"]


def label(scope: Scope, column: str, code: str) -> str:
    """A code of a column of the facts, as the organisation calls it."""
    if column == "service":
        return scope.services.get(code, code)
    if not code:
        return NOT_KNOWN
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
