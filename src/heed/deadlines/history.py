"""Reads events in the order of recording, refuses what cannot be true, and keeps what dates are counted from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import cast

from heed.deadlines import calendar as calendars
from heed.deadlines import words
from heed.deadlines.calendar import Calendar
from heed.deadlines.counting import stage_dates
from heed.deadlines.events import Contradiction, Event
from heed.deadlines.extensions import Standing, judged
from heed.deadlines.record import Pause, Period, Record, StageRecord
from heed.deadlines.timescales import Timescales


@dataclass(frozen=True)
class Rules:
    """What a case is counted by."""

    timescales: Timescales
    calendar: Calendar


def read(events: Sequence[Event], rules: Rules) -> Record:
    """The record that the events make. Raises Contradiction, or OutsideCalendar for a year that is not known."""
    if not events or events[0].kind != "received":
        raise Contradiction("The first event must be `received`: nothing can be counted before the complaint arrived.")
    received_at = events[0].at
    record = Record(received_at=received_at, first_received_at=received_at)
    for event in events[1:]:
        _STEPS[event.kind](record, event, rules)
    _check_dates(events, record)
    return record


def _check_dates(events: Sequence[Event], record: Record) -> None:
    """Nothing is dated before the receipt, as it is known now, and every year is in the calendar."""
    calendars.check(record.received_at.date())
    for event in events[1:]:
        if event.at < record.received_at:
            _refuse_early(f"`{event.kind}` on {words.moment(event.at)}", record)
        if event.until and event.until < record.received_at.date():
            _refuse_early(f"a period that ends on {words.day(event.until)}", record)
        for day in event.dates():
            calendars.check(day)


def _refuse_early(what: str, record: Record) -> None:
    raise Contradiction(
        f"The complaint arrived on {words.moment(record.received_at)}, so {what} is dated before its receipt."
    )


def _received(_record: Record, event: Event, _rules: Rules) -> None:
    raise Contradiction(
        f"The complaint is received a second time on {words.moment(event.at)}; "
        "a wrong receipt is put right with `received_corrected`."
    )


def _acknowledged(record: Record, event: Event, _rules: Rules) -> None:
    stage = record.current
    if stage.acknowledged_at:
        raise Contradiction(
            f"Stage {stage.number} was acknowledged on {words.moment(stage.acknowledged_at)} already, "
            f"so it cannot be acknowledged again on {words.moment(event.at)}."
        )
    if stage.escalated_at and event.at < stage.escalated_at:
        raise Contradiction(
            f"Stage 2 was asked for on {words.moment(stage.escalated_at)}, "
            f"so it cannot have been acknowledged on {words.moment(event.at)}."
        )
    stage.acknowledged_at = event.at


def _period_agreed(record: Record, event: Event, rules: Rules) -> None:
    first = record.stages[0]
    until = cast(date, event.until)
    if rules.timescales.stage(1).respond != "agreed":
        raise Contradiction("This procedure sets the time to respond itself, so no period to respond can be agreed.")
    if first.period is None:
        first.period = Period(until, event.by, event.at)
    else:
        _extend(record, replace(event, agreed=True), rules)


def _extend(record: Record, event: Event, rules: Rules) -> None:
    stage = record.current
    known = rules.calendar.with_closures(record.holidays)
    dates = stage_dates(rules.timescales, record, stage.number, known)
    record.extensions.append(judged(event, cast(date, event.until), Standing(stage, dates, rules.timescales, known)))


def _extension_removed(record: Record, event: Event, _rules: Rules) -> None:
    for place in reversed(range(len(record.extensions))):
        if record.extensions[place].stands:
            record.extensions[place] = replace(record.extensions[place], removed_at=event.at)
            return
    raise Contradiction(f"On {words.moment(event.at)} no extension stood that could be removed.")


def _paused(record: Record, event: Event, _rules: Rules) -> None:
    stage = record.current
    place = stage.open_pause(event.pause)
    if place is not None:
        since = words.moment(stage.pauses[place].opened_at)
        raise Contradiction(f"{_pause(event)} has been open since {since}, so it cannot be opened again.")
    stage.pauses.append(Pause(event.pause, event.at))


def _resumed(record: Record, event: Event, _rules: Rules) -> None:
    """Ends the pause of that name in this stage, or else the one that stage 1 left open when it ended."""
    for stage in reversed(record.stages):
        place = stage.open_pause(event.pause)
        if place is not None:
            _close(stage, place, event)
            return
    raise Contradiction(f"{_pause(event)} is not open, so it cannot be ended on {words.moment(event.at)}.")


def _close(stage: StageRecord, place: int, event: Event) -> None:
    opened_at: datetime = stage.pauses[place].opened_at
    if event.at < opened_at:
        raise Contradiction(
            f"{_pause(event)} began on {words.moment(opened_at)}, so it cannot have ended on {words.moment(event.at)}."
        )
    stage.close_pause(place, event.at)


def _pause(event: Event) -> str:
    return f"The pause ‘{event.pause}’" if event.pause else "The pause"


def _received_corrected(record: Record, event: Event, _rules: Rules) -> None:
    record.received_at = cast(datetime, event.to)
    record.corrected_at = event.at


def _holiday_added(record: Record, event: Event, _rules: Rules) -> None:
    record.holidays.setdefault(cast(date, event.on), event.at)


def _escalated(record: Record, event: Event, rules: Rules) -> None:
    if len(rules.timescales.stages) == 1:
        raise Contradiction("This procedure has one stage, so a complaint cannot go on to stage 2.")
    if record.current.escalated_at:
        since = words.moment(record.current.escalated_at)
        raise Contradiction(f"Stage 2 was asked for on {since} already, and there is no stage after it.")
    record.stages.append(StageRecord(2, escalated_at=event.at))


_STEPS: Mapping[str, Callable[[Record, Event, Rules], None]] = MappingProxyType(
    {
        "received": _received,
        "acknowledged": _acknowledged,
        "period_agreed": _period_agreed,
        "extended": _extend,
        "extension_removed": _extension_removed,
        "paused": _paused,
        "resumed": _resumed,
        "received_corrected": _received_corrected,
        "holiday_added": _holiday_added,
        "escalated": _escalated,
    }
)
