"""A handler's own figures: of the cases that they look after, against their own past. There is no way to ask for anybody
else's: the person is the one who looks (R264)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from heed.accounts.permissions import Viewer
from heed.cases import lifecycle, rules
from heed.cases.models import Case, CaseEvent, Plan
from heed.deadlines.calendar import Calendar
from heed.facts.models import CaseFact
from heed.insight.figures import Tally
from heed.insight.measures import BY_KEY, Measure
from heed.insight.measures.declaration import AtLeast, By, Condition, Has, Is, NotBy
from heed.insight.periods import Period, whole_months
from heed.insight.queries.practice import said
from heed.organisations import queries as organisations

RECENT, BEFORE = 3, 12  # whole months: the latest, and those before them
MEASURES = ("acknowledged_in_time", "answered_as_first_told", "extended", "reopened")
ENDS = ("response_sent", "closed", "settled_orally")
CHAIN = ("plan_agreed", "update_sent", "contact_logged", *ENDS)


@dataclass(frozen=True)
class Row:
    """One figure in the latest months and in those before, as shown. `about`: what is counted."""

    name: str
    about: str
    recent: str
    before: str


@dataclass(frozen=True)
class Own:
    """`open_now`: cases that the person looks after and that are not closed. `looked_after`: all that are counted here."""

    open_now: int
    looked_after: int
    recent: Period
    before: tuple[date, ...]
    rows: tuple[Row, ...]


def own_figures(viewer: Viewer, at: datetime) -> Own:
    """The figures of whoever looks. A case counts with whoever looks after it now."""
    today = timezone.localdate(at)
    recent, long = whole_months(RECENT, today), whole_months(RECENT + BEFORE, today)
    cases = list(
        Case.objects.visible_to(viewer).filter(handler_id=viewer.person_id).only(
            "pk", "status", "procedure", "nation", "organisation_id"
        )
    )  # fmt: skip
    facts = list(CaseFact.objects.filter(case_id__in=[str(case.pk) for case in cases]))
    before = long.months[:BEFORE]
    rows = [_row(BY_KEY[key], facts, recent.months, before) for key in MEASURES]
    rows.append(_contact_row(cases, today, recent.months, before))
    open_now = sum(case.status in lifecycle.OPEN for case in cases)
    return Own(open_now, len(cases), recent, before, tuple(rows))


def _row(measure: Measure, facts: Iterable[CaseFact], recent: Iterable[date], before: Iterable[date]) -> Row:
    tallies: dict[date, Tally] = {}
    for fact in facts:
        on = getattr(fact, measure.on)
        if on and all(holds(condition, fact) for condition in measure.population):
            one = Tally(int(all(holds(condition, fact) for condition in measure.among)), 1)
            month = on.replace(day=1)
            tallies[month] = tallies.get(month, Tally()) + one
    return Row(
        measure.name,
        f"{measure.numerator} Out of: {_lower(measure.denominator)}",
        *_both(measure, tallies, recent, before),
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _both(
    measure: Measure, tallies: dict[date, Tally], recent: Iterable[date], before: Iterable[date]
) -> tuple[str, str]:
    def over(months: Iterable[date]) -> str:
        return said(measure, sum((tallies.get(month, Tally()) for month in months), Tally()))

    return over(recent), over(before)


def holds(condition: Condition, fact: Any) -> bool:
    """Whether a row of facts meets a condition of a measure; the same as what is compiled into SQL."""
    value = getattr(fact, condition.column)
    match condition:
        case Is(_, values):
            return value in values
        case Has():
            return value is not None and value != ""
        case By(_, limit):
            return value is not None and getattr(fact, limit) is not None and value <= getattr(fact, limit)
        case NotBy(_, limit):
            return value is None or (getattr(fact, limit) is not None and value > getattr(fact, limit))
        case AtLeast(_, number):
            return value is not None and value >= number
    raise ValueError(condition)


def _contact_row(cases: list[Case], today: date, recent: Iterable[date], before: Iterable[date]) -> Row:
    tallies: dict[date, Tally] = {}
    for on, kept in _promises(cases, today):
        month = on.replace(day=1)
        tallies[month] = tallies.get(month, Tally()) + Tally(int(kept), 1)
    about = (
        "Updates given by the day that followed from the plan. Out of: updates that were due so while the case was not "
        "answered."
    )
    share = BY_KEY["acknowledged_in_time"]  # a share like the others, shown in the same way
    return Row("Contact kept as agreed", about, *_both(share, tallies, recent, before))


def _promises(cases: list[Case], today: date) -> list[tuple[date, bool]]:
    """(the day that an update was promised by, whether it was given by then) of all the cases."""
    if not cases:
        return []
    ids = [case.pk for case in cases]
    every = dict(Plan.objects.filter(case_id__in=ids).values_list("pk", "update_every_days"))
    closures = organisations.closures(cases[0].organisation_id)
    logs: dict[int, list[rules.Logged]] = {}
    events = CaseEvent.objects.filter(case_id__in=ids, kind__in=CHAIN).order_by("case_id", "number")
    for case_id, *event in events.values_list("case_id", "kind", "at", "data"):
        logs.setdefault(case_id, []).append(rules.Logged(*event))
    found: list[tuple[date, bool]] = []
    for case in cases:
        calendar = rules.calendar_of(case.procedure, case.nation, closures)
        found += promises(logs.get(case.pk, []), every, calendar, today)
    return found


def promises(
    log: Iterable[rules.Logged], every: dict[int, int | None], calendar: Calendar, today: date
) -> list[tuple[date, bool]]:
    """(the day that an update was promised by, whether it was given by then) of one case. A plan promises the first, each
    update the next; the answer ends them, and one that was not due yet by then was never owed. `every`: working days
    between updates, by the id of the plan."""
    found: list[tuple[date, bool]] = []
    promised: date | None = None
    days: int | None = None
    for entry in log:
        if entry.kind == "contact_logged" and not entry.data.get("is_update"):
            continue
        on = rules.day(entry.at)
        given = entry.kind in ("update_sent", "contact_logged")
        if promised and (given or on > promised):
            found.append((promised, given and on <= promised))
        if entry.kind == "plan_agreed":
            days = every.get(entry.data["plan_id"])
        promised = calendar.add_working_days(on, days) if days and entry.kind not in ENDS else None
    if promised and promised < today:
        found.append((promised, False))
    return found
