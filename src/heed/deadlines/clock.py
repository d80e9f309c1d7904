"""The clock: a pure function from recorded events to due dates, with their derivation in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from heed.deadlines import derivation, events, history
from heed.deadlines.calendar import Calendar, OutsideCalendar
from heed.deadlines.counting import StageDates, last_day_of_months, stage_dates
from heed.deadlines.events import Contradiction
from heed.deadlines.record import Extension, Record
from heed.deadlines.timescales import Timescales

__all__ = ["NAMES", "Contradiction", "Due", "due_dates"]

NAMES = (
    "acknowledge_by",
    "respond_by",
    "original_respond_by",
    "review_by",
    "stage_2_acknowledge_by",
    "stage_2_respond_by",
)


@dataclass(frozen=True)
class Due:
    """What the clock answers.

    `due` has the six NAMES; None where there is no such date or it cannot be known yet, which the derivation says.
    `without_pauses` has `respond_by` and `stage_2_respond_by` as if the clock had never stood. `extensions` are all
    that were recorded, with how each was judged. `explain` makes the sentences of `derivation_of`.
    """

    due: dict[str, date | None]
    without_pauses: dict[str, date | None]
    extensions: tuple[Extension, ...]
    explain: Callable[[], dict[str, list[str]]] = field(repr=False, compare=False)

    @cached_property
    def derivation_of(self) -> dict[str, list[str]]:
        """The sentences for `received` and for each of the six, made when they are first asked for: most dates are
        counted for lists and figures, which show none."""
        return self.explain()

    @property
    def derivation(self) -> list[str]:
        """All sentences in order; what explains two dates alike stands once."""
        lines: list[str] = []
        before: list[str] = []
        for steps in self.derivation_of.values():
            lines += steps if steps != before else []
            before = steps
        return lines


def due_dates(timescales: Timescales, calendar: Calendar, recorded: Sequence[Mapping[str, object]]) -> Due:
    """The due dates that follow from `recorded`, events in the order of recording (see `events.read`).

    `calendar` is that of the nation, with the organisation's closures and the procedure's closed days. Raises
    Contradiction, whose `str` is a sentence, where the events cannot all be true, cannot be read, or need a year that
    the calendar does not know.
    """
    try:
        parsed = [events.read(event, place) for place, event in enumerate(recorded, start=1)]
        record = history.read(parsed, history.Rules(timescales, calendar))
        return _due(timescales, calendar.with_closures(record.holidays), record)
    except OutsideCalendar as reason:
        raise Contradiction(str(reason)) from None


def _due(timescales: Timescales, calendar: Calendar, record: Record) -> Due:
    first = stage_dates(timescales, record, 1, calendar)
    second = stage_dates(timescales, record, 2, calendar) if len(record.stages) == 2 else None
    review_by = last_day_of_months(record.received_at.date(), timescales.review_months)
    due = {
        "acknowledge_by": first.acknowledge_by,
        "respond_by": first.respond_by,
        "original_respond_by": first.original_respond_by,
        "review_by": review_by,
        "stage_2_acknowledge_by": second.acknowledge_by if second else None,
        "stage_2_respond_by": second.respond_by if second else None,
    }
    return Due(
        due=due,
        without_pauses={
            "respond_by": first.respond_by_without_pauses,
            "stage_2_respond_by": second.respond_by_without_pauses if second else None,
        },
        extensions=tuple(record.extensions),
        explain=lambda: {
            "received": derivation.arrival(record, max(day for day in due.values() if day)),
            **_first_stage(timescales, calendar, record, first),
            "review_by": derivation.review(record.received_at, review_by, timescales),
            **_second_stage(timescales, calendar, record, second),
        },
    )


def _first_stage(timescales: Timescales, calendar: Calendar, record: Record, dates: StageDates) -> dict[str, list[str]]:
    stage = record.stages[0]
    return {
        "acknowledge_by": derivation.acknowledge_by(stage, dates, timescales, calendar),
        "respond_by": derivation.respond_by(record, stage, dates, timescales, calendar),
        "original_respond_by": derivation.original(stage, dates),
    }


def _second_stage(
    timescales: Timescales, calendar: Calendar, record: Record, dates: StageDates | None
) -> dict[str, list[str]]:
    if dates is None:
        none = derivation.no_stage_2(timescales)
        return {"stage_2_acknowledge_by": none, "stage_2_respond_by": none}
    stage = record.stages[1]
    return {
        "stage_2_acknowledge_by": derivation.acknowledge_by(stage, dates, timescales, calendar),
        "stage_2_respond_by": derivation.respond_by(record, stage, dates, timescales, calendar),
    }
