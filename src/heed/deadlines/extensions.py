"""The judgement of an extension: made once, when it is recorded, by what was known then."""

from dataclasses import dataclass
from datetime import date, datetime

from heed.deadlines import words
from heed.deadlines.calendar import Calendar
from heed.deadlines.counting import Counted, StageDates, count_running, stops
from heed.deadlines.events import Contradiction, Event
from heed.deadlines.record import Extension, Pause, StageRecord
from heed.deadlines.timescales import Timescales


@dataclass(frozen=True)
class Standing:
    """What stood when the extension was recorded; `calendar` leaves out the holidays added until then."""

    stage: StageRecord
    dates: StageDates
    timescales: Timescales
    calendar: Calendar


def judged(event: Event, until: date, standing: Standing) -> Extension:
    """The extension to `until` with its judgement. Raises Contradiction where no date stands that could be extended."""
    stood = standing.dates.respond_by
    if stood is None:
        raise Contradiction(_no_date(event, standing.dates))
    limit = _limit(event.at, standing)
    faults = [
        *_lateness(event, stood),
        *_missing_agreement(event, standing),
        *_missing_reasons(event, until, standing, limit),
    ]
    kind = "agreed period" if event.kind == "period_agreed" else "extension"
    what = f"The {kind} to {words.day(until)}, recorded on {words.day(event.at.date())},"
    if faults:
        why = f"{what} moves nothing, because {words.listed(faults)}."
    else:
        in_time = f"it was recorded in time, as {words.day(stood)} was the date that stood then"
        why = f"{what} counts: {in_time}, and {_merits(until, standing, limit)}."
    return Extension(standing.stage.number, until, event.at, not faults, why)


def _merits(until: date, standing: Standing, limit: date | None) -> str:
    if standing.timescales.extension_needs == "agreement":
        return "the person agreed to it"
    if limit and until > limit:
        return f"it has a good reason, which it needs past {words.day(limit)}"
    return "it has a reason"


def _no_date(event: Event, dates: StageDates) -> str:
    start = f"An extension was recorded on {words.moment(event.at)}, but there is no date to extend:"
    if dates.counted:
        return f"{start} the clock stood still then, and has to be started again first."
    return f"{start} no period to respond had been agreed."


def _lateness(event: Event, stood: date) -> list[str]:
    late = event.at.date() > stood
    return [f"it came after {words.day(stood)}, the date that stood then"] if late else []


def _missing_agreement(event: Event, standing: Standing) -> list[str]:
    missing = standing.timescales.extension_needs == "agreement" and not event.agreed
    return ["the person did not agree to it"] if missing else []


def _missing_reasons(event: Event, until: date, standing: Standing, limit: date | None) -> list[str]:
    if standing.timescales.extension_needs != "reason":
        return []
    faults = [] if event.reason else ["no reason was recorded"]
    if limit and until > limit and not event.good_reason:
        faults.append(f"it leads past {words.day(limit)}, which needs a good reason, and none was recorded")
    return faults


def _limit(at: datetime, standing: Standing) -> date | None:
    """How far all extensions together may lead without a good reason."""
    counted = standing.dates.counted
    days = standing.timescales.stage(standing.stage.number).extension_days
    if days is None or counted is None:
        return None
    return standing.calendar.add_working_days(counted.moved or _earliest(at, counted, standing), days)


def _earliest(at: datetime, counted: Counted, standing: Standing) -> date:
    """The earliest that a date hidden by an open pause can still be: as if the clock started again at once."""
    closed = [
        pause if pause.closed_at else Pause(pause.name, pause.opened_at, max(at, pause.opened_at))
        for pause in standing.stage.pauses
    ]
    stood = stops(closed, standing.timescales.closes_at)
    return count_running(standing.calendar, counted.day_0, counted.days, stood) or counted.plain
