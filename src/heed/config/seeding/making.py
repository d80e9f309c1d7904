"""One case while it is made: its rows, its log, and what its projections need, all in memory."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from heed.cases import lifecycle, projections, rules
from heed.cases.models import Case, CaseEvent, Reason
from heed.cases.whole import Whole
from heed.config.seeding.history import moment
from heed.config.seeding.staff import Body
from heed.config.seeding.words import Topic, fill
from heed.config.seeding.writing import Rows
from heed.deadlines.calendar import Calendar
from heed.facts.models import CaseFact
from heed.organisations import procedures
from heed.organisations.procedures.schema import Procedure
from heed.search.rows import Row, prepare

OPENS, CLOSES = time(9), time(16, 30)


class Over(Exception):
    """The next step would lie beyond the end of what has happened: the case stays as it is."""


class Making:
    """`case` and its `feedback` hold columns as attributes, as the projections read them. `now` is the moment of the last
    step; nothing may happen at `end` or after it."""

    def __init__(self, case: Any, body: Body, topic: Topic, rows: Rows, chance: Random, end: datetime):
        self.case, self.body, self.topic, self.rows, self.chance, self.end = case, body, topic, rows, chance, end
        self.now: datetime = case.received_at
        self.log: list[rules.Logged] = []
        self.whole = Whole(case, self.log)
        self.issues: list[Any] = []
        self.remedies: list[Any] = []
        self.responses = 0
        self.drafters: set[int] = set()
        self.update_every: int | None = None  # working days between the updates that the plan promises
        self.learning_actions = 0
        self.is_tidy = False  # every remedy comes by its day
        self.place_in(case.service)

    def place_in(self, service: Any) -> None:
        """The case belongs to this service, and is counted by the procedure that it follows."""
        case = self.case
        case.service, case.service_id = service, service.pk if service else None
        case.procedure = (service.procedure if service else "") or self.body.organisation.procedure
        self.whole.calendar = _calendar(case.procedure, case.nation)

    @property
    def procedure(self) -> Procedure:
        return procedures.load(self.case.procedure)

    @property
    def calendar(self) -> Calendar:
        return self.whole.calendar

    def later(self, days: int = 0) -> datetime:
        """Go on, some minutes later or so many working days later, in office hours. Raises Over."""
        soon = self.now + timedelta(minutes=self.chance.randrange(4, 40))
        works = self.calendar.is_working_day(soon.date()) and OPENS <= soon.time() < CLOSES
        if days or not works:
            soon = moment(self.chance, self.calendar.add_working_days(self.now.date(), max(days, 1)))
        if soon >= self.end:
            raise Over
        self.now = soon
        return soon

    def event(
        self, kind: str, by: int | None, /, *, at: datetime | None = None, clock: Any = None, **data: Any
    ) -> None:
        """Add an event as `cases.actions.log` does; `by` None: the public."""
        values = {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}
        if clock is not None:
            values["clock"] = clock
        case, at = self.case, at or self.now
        case.event_count += 1
        if kind in lifecycle.MOVES:
            if case.event_count > 1 and not lifecycle.may(kind, case.status):
                raise ValueError(f"{kind} cannot follow {case.status!r}")
            case.status = lifecycle.after(kind)
        self.log.append(rules.Logged(kind, at, values))
        self.rows.add(
            CaseEvent, case_id=case.pk, number=case.event_count, kind=kind, at=at, recorded_at=self.now,
            actor_kind="staff" if by else "public", actor_id=str(by or ""), data=values,
        )  # fmt: skip

    def row(self, model: Any, **values: Any) -> int:
        """A row that belongs to the case."""
        return self.rows.add(model, case_id=self.case.pk, **values)

    def reason(self, text: str) -> int:
        return self.row(Reason, text=self.words(text))

    def words(self, text: str) -> str:
        return fill(self.chance, text, self.case.service.code if self.case.service else "")

    def promised(self) -> date | None:
        """The date of the response that stands now, at the stage that the case is in."""
        due = rules.due_dates_on(self.case.procedure, self.calendar, self.log).due
        return due["respond_by" if self.case.stage == 1 else "stage_2_respond_by"]

    def finish(self) -> None:
        """What follows from all of it: the case's columns, its fact and its search entry."""
        case, of = self.case, self.whole
        of.remedies_owed = sorted(remedy.due_on for remedy in self.remedies if remedy.delivered_on is None)
        case.version = 1 + case.event_count
        vars(case).update(projections.columns(of))
        columns = dict(vars(case), id=case.pk)
        for name in ("pk", "feedback", "organisation", "service"):
            del columns[name]
        self.rows.add(Case, **columns)
        self.rows.add(CaseFact, case_id=str(case.pk), learning_actions=self.learning_actions, **projections.fact(of))
        self.rows.found.append(prepare(Row(**projections.search_entry(of), at=self.now)))


_CALENDARS: dict[tuple[str, str], Calendar] = {}


def _calendar(procedure: str, nation: str) -> Calendar:
    """The calendar of a procedure in a nation; the seed makes no closures."""
    if (procedure, nation) not in _CALENDARS:
        _CALENDARS[procedure, nation] = rules.calendar_of(procedure, nation, ())
    return _CALENDARS[procedure, nation]
