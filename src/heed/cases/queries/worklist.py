"""What needs doing, soonest promise first, and the register of all cases; each for somebody who may see them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from heed.accounts.permissions import Viewer
from heed.cases import rules
from heed.cases.models import Case
from heed.deadlines.calendar import Calendar
from heed.organisations import queries as organisations
from heed.organisations.models import Service

# The worklist holds what has a next step. Either database keeps the rows without a day at one end of the index, and a
# plain range leaves them unread.
FIRST_DAY = date(1, 1, 1)
MINE, UNASSIGNED, OTHERS = "mine", "unassigned", "others"
NONE = "none"
RISKS = ("extreme", "high", "moderate", "low", NONE)
COLUMNS = (
    "pk", "reference", "kind", "stage", "status", "gist", "complainant_name", "next_step", "next_step_on", "risk",
    "received_at", "procedure", "nation", "outcome", "disposal", "handler__name", "service__name",
    "respond_by", "stage_2_respond_by", "review_by",
)  # fmt: skip


@dataclass(frozen=True)
class Chosen:
    """The filters of the worklist; "" chooses everything. `service` is the primary key as text."""

    whose: str = ""
    step: str = ""
    risk: str = ""
    service: str = ""


EVERYTHING = Chosen()


@dataclass(frozen=True)
class Counts:
    """How many cases each filter leaves, together with the other filters chosen: by filter and value."""

    by: dict[str, Counter[str]]
    services: dict[str, str]

    def of(self, name: str, value: str) -> int:
        return self.by[name][value]

    def total(self, name: str) -> int:
        return self.by[name].total()


@dataclass(frozen=True)
class Row:
    """One line of a list of cases. `on`: the day that it is listed by; `promised`: whether anybody was promised that day.
    `left`: working days from today to it, negative once it is past. `late`: a promise that was not kept in time."""

    pk: int
    reference: str
    kind: str
    stage: int
    status: str
    gist: str
    who: str
    risk: str
    handler: str
    service: str
    received_at: datetime
    step: str
    on: date | None
    left: int
    promised: bool
    late: bool
    outcome: str


def worklist(viewer: Viewer, chosen: Chosen = EVERYTHING) -> QuerySet[Case]:
    """Cases with something to do that the person may see and the filters leave. Order by next_step_on, pk."""
    cases = Case.objects.visible_to(viewer).filter(next_step_on__gte=FIRST_DAY)
    if chosen.step:
        cases = cases.filter(next_step=chosen.step)
    if chosen.risk:
        cases = cases.filter(risk="" if chosen.risk == NONE else chosen.risk)
    if chosen.service:
        cases = cases.filter(service_id=int(chosen.service)) if chosen.service != NONE else cases.filter(service=None)
    if chosen.whose == UNASSIGNED:
        cases = cases.filter(handler_id=None).exclude(investigator_id=viewer.person_id)
    elif chosen.whose == MINE:
        handled = Case.objects.filter(handler_id=viewer.person_id).values("pk")
        cases = cases.filter(pk__in=handled.union(Case.objects.filter(investigator_id=viewer.person_id).values("pk")))
    return cases


def _is_mine(viewer: Viewer) -> Q:
    return Q(handler_id=viewer.person_id) | Q(investigator_id=viewer.person_id)


def counts(viewer: Viewer, chosen: Chosen) -> Counts:
    """All counts beside the filters, from one query that an index answers: the cases with something to do that the person
    may see, grouped by everything that can be chosen."""
    cells = (
        Case.objects.visible_to(viewer)
        .filter(next_step__gt="")
        .values_list("next_step", "risk", "service_id")
        .annotate(
            number=Count("*"),
            mine=Count("pk", filter=_is_mine(viewer)),
            unassigned=Count("pk", filter=Q(handler_id=None) & ~_is_mine(viewer)),
        )
        .order_by()
    )
    return Counts(_added_up(cells, chosen), _service_names(viewer))


def _added_up(cells: Iterable[tuple[str, str, int | None, int, int, int]], chosen: Chosen) -> dict[str, Counter[str]]:
    """By filter, the cases that each value of it leaves together with the other filters."""
    whose, steps, risks, services = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for step, risk_code, service_id, number, mine, unassigned in cells:
        risk, service = risk_code or NONE, str(service_id or NONE)
        left = {"": number, MINE: mine, UNASSIGNED: unassigned}[chosen.whose]
        fits = (chosen.step in ("", step), chosen.risk in ("", risk), chosen.service in ("", service))
        if fits[1] and fits[2]:
            steps[step] += left
        if fits[0] and fits[2]:
            risks[risk] += left
        if fits[0] and fits[1]:
            services[service] += left
        if all(fits):
            whose.update({MINE: mine, UNASSIGNED: unassigned, OTHERS: number - mine - unassigned})
    return {"whose": whose, "step": steps, "risk": risks, "service": services}


def _service_names(viewer: Viewer) -> dict[str, str]:
    named = Service.objects.filter(organisation_id=viewer.organisation_id).order_by("name").values_list("pk", "name")
    return {str(pk): name for pk, name in named}


def all_cases(viewer: Viewer, status: str = "") -> QuerySet[Case]:
    """Every case that the person may see, open or closed. Order by received_at, pk, newest first."""
    cases = Case.objects.visible_to(viewer)
    return cases.filter(status=status) if status else cases


def of_ids(viewer: Viewer, ids: Iterable[int], *, feedback: bool = False) -> QuerySet[Case]:
    """Of these cases, or of the cases of these items of feedback, those that the person may see. Order as `all_cases`."""
    return all_cases(viewer).filter(**{"feedback_id__in" if feedback else "pk__in": list(ids)})


class Calendars:
    """The calendars of an organisation's cases, each made once. Closures are those of now."""

    def __init__(self, organisation_id: int):
        self._closures = organisations.closures(organisation_id)
        self._made: dict[tuple[str, str], Calendar] = {}

    def of(self, procedure: str, nation: str) -> Calendar:
        key = (procedure, nation)
        if key not in self._made:
            self._made[key] = rules.calendar_of(procedure, nation, self._closures)
        return self._made[key]


def rows(cases: Iterable[dict[str, Any]], organisation_id: int, today: date) -> list[Row]:
    """Lines for a list, from cases as dictionaries of COLUMNS."""
    calendars = Calendars(organisation_id)
    return [_row(case, calendars, today) for case in cases]


def _row(case: dict[str, Any], calendars: Calendars, today: date) -> Row:
    on = case["next_step_on"]
    respond_by = case["respond_by" if case["stage"] == 1 else "stage_2_respond_by"]
    promised = bool(on) and rules.is_promised(case["next_step"], on, respond_by=respond_by, review_by=case["review_by"])
    return Row(
        pk=case["pk"],
        reference=case["reference"],
        kind=case["kind"],
        stage=case["stage"],
        status=case["status"],
        gist=case["gist"],
        who=case["complainant_name"],
        risk=case["risk"],
        handler=case["handler__name"] or "",
        service=case["service__name"] or "",
        received_at=case["received_at"],
        step=case["next_step"],
        on=on,
        left=calendars.of(case["procedure"], case["nation"]).working_days_between(today, on) if on else 0,
        promised=promised,
        late=promised and on < today,
        outcome=case["outcome"],
    )
