"""The frame of every change to a case: lock it, check its version, change it, and write log, dates, fact and search
entry together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.cases import lifecycle, projections, rules, sentences
from heed.cases.models import Case, CaseEvent, ComplainedAbout, Reason
from heed.cases.whole import BEHIND_A_CASE, gather
from heed.deadlines import clock
from heed.facts import actions as facts
from heed.search import actions as search
from heed.search.rows import Row

TWICE = timedelta(minutes=5)  # the same again within this time is a form that was sent twice, and is kept once


class Change:
    """One change in progress. `case` is locked."""

    def __init__(self, case: Case, by: Actor, at: datetime):
        self.case, self.by, self.at = case, by, at

    def event(
        self, kind: str, *, at: datetime | None = None, clock: dict[str, Any] | None = None, **data: Any
    ) -> CaseEvent:
        """Add an event of codes, dates and ids. `at`: when it happened, if not now. `clock`: what the clock reads."""
        self.case.event_count += 1
        values = {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}
        if clock is not None:
            values["clock"] = clock
        return CaseEvent.objects.create(
            case=self.case,
            number=self.case.event_count,
            kind=kind,
            at=at or self.at,
            recorded_at=self.at,
            actor_kind=self.by.kind,
            actor_id=self.by.id,
            data=values,
        )

    def move(self, kind: str, *, at: datetime | None = None, **data: Any) -> CaseEvent:
        """Make a move of the lifecycle, or refuse with a sentence."""
        if refusal := rules.why_not_move(kind, self.case.status):
            raise Refused(refusal)
        self.case.status = lifecycle.after(kind)
        return self.event(kind, at=at, **data)

    def reason(self, text: str) -> int:
        """Keep words that explain an event, and return the id that the event carries."""
        return Reason.objects.create(case=self.case, text=text).pk

    def finish(self) -> None:
        """Dates, next step, fact and search entry follow from what was written."""
        finish([self.case], self.at)


def finish(cases: Sequence[Case], at: datetime) -> None:
    """What follows from what was written, for some cases at once, in few queries however many they are: an import
    opens hundreds. Raises Refused when the dates of one cannot be counted."""
    rows = gather(cases)
    for of in rows:
        try:
            for name, value in projections.columns(of).items():
                setattr(of.case, name, value)
        except clock.Contradiction as contradiction:
            raise Refused(str(contradiction)) from contradiction
        of.case.version += 1
        of.case.save()
    facts.put_cases({str(of.case.pk): projections.fact(of) for of in rows})
    search.index_many(Row(**projections.search_entry(of), at=at) for of in rows)


@contextmanager
def changing(case_id: int, *, by: Actor, at: datetime, version: int | None = None) -> Iterator[Change]:
    """Lock a case, let it be changed, and write all that follows in the same transaction.

    Raises Stale when `version` is not the case's, Refused when the person is complained about in it."""
    with transaction.atomic():
        # Locked first and read then: what is joined to a row that had to be waited for is, on PostgreSQL, as it was before.
        Case.objects.select_for_update().only("pk").get(pk=case_id)
        case = Case.objects.select_related(*BEHIND_A_CASE).get(pk=case_id)
        if version is not None and case.version != version:
            raise Stale(*sentences.last_change(case))
        if by.staff_id is not None and ComplainedAbout.objects.filter(case=case, person_id=by.staff_id).exists():
            raise Refused("You are complained about in this case, so you cannot act in it.")
        change = Change(case, by, at)
        yield change
        change.finish()
