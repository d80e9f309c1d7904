"""How each date came about, in plain English: one sentence a step, for the public and staff alike."""

from datetime import date, datetime

from heed.deadlines import words
from heed.deadlines.calendar import Calendar
from heed.deadlines.counting import Counted, StageDates, Stop
from heed.deadlines.record import Record, StageRecord
from heed.deadlines.timescales import Timescales

ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}


def arrival(record: Record, latest: date) -> list[str]:
    """When the complaint arrived, and what was put right later as if it had always been known.

    Added holidays are named where they lie between the arrival and the `latest` due date.
    """
    lines = [f"The complaint arrived on {words.moment(record.received_at)}."]
    if record.corrected_at:
        lines.append(
            f"That was put right on {words.day(record.corrected_at.date())} (it was first recorded as "
            f"{words.moment(record.first_received_at)}), and counts as if it had always been known."
        )
    for day, added_at in sorted(record.holidays.items()):
        if record.received_at.date() <= day <= latest:
            lines.append(
                f"The holiday on {words.day(day)} was added on {words.day(added_at.date())}, "
                "and counts as if it had always been known."
            )
    return lines


def acknowledge_by(stage: StageRecord, dates: StageDates, timescales: Timescales, calendar: Calendar) -> list[str]:
    """From the arrival, of the complaint or of the request for stage 2, to the last day to acknowledge it."""
    days = timescales.stage(stage.number).acknowledge_days
    lines = []
    if stage.escalated_at:
        lines.append(f"Stage 2 was asked for on {words.moment(stage.escalated_at)}.")
    lines += _day_0(dates, timescales, calendar)
    skipped = words.leaving_out(calendar.skipped(dates.day_0, dates.acknowledge_by))
    lines.append(
        f"{'Acknowledge' if stage.number == 1 else 'Acknowledge stage 2'} by {words.day(dates.acknowledge_by)}, "
        f"the {_nth(days)} working day after {words.day(dates.day_0)}{skipped}."
    )
    lines += timescales.caveat("acknowledge_days", stage.number)
    lines.append(_acknowledged(stage, dates))
    return lines


def _day_0(dates: StageDates, timescales: Timescales, calendar: Calendar) -> list[str]:
    arrived_on = dates.arrived_at.date()
    if not timescales.late_arrival_moves_to_next_working_day:
        return [f"Working days are counted from {words.day(arrived_on)}, the day it arrived, whatever the hour."]
    if dates.day_0 == arrived_on:
        return []
    holiday = calendar.holiday(arrived_on)
    if dates.arrived_at.time() > timescales.closes_at and calendar.is_working_day(arrived_on):
        why = f"after {words.clock_time(timescales.closes_at)}"
    else:
        why = f"on {holiday}" if holiday else "at a weekend"
    skipped = words.leaving_out(calendar.skipped(arrived_on, dates.day_0))
    return [
        f"It came {why}, so it counts as arriving on the next working day, {words.day(dates.day_0)}{skipped}.",
        *timescales.caveat("late_arrival_moves_to_next_working_day"),
    ]


def _acknowledged(stage: StageRecord, dates: StageDates) -> str:
    what = "It" if stage.number == 1 else "Stage 2"
    if stage.acknowledged_at is None:
        return f"{what} has not been acknowledged yet."
    in_time = "in time" if stage.acknowledged_at.date() <= dates.acknowledge_by else "late"
    return f"{what} was acknowledged on {words.day(stage.acknowledged_at.date())}, {in_time}."


def respond_by(
    record: Record, stage: StageRecord, dates: StageDates, timescales: Timescales, calendar: Calendar
) -> list[str]:
    """From the acknowledgement, or the agreed period, to the date that stands, or why there is none yet."""
    lines = _counted(dates.counted, stage, timescales, calendar) if dates.counted else _agreed(stage)
    lines += _pauses(dates, stage, timescales, calendar)
    extensions = [extension for extension in record.extensions if extension.stage == stage.number]
    for extension in extensions:
        lines.append(extension.why)
        if extension.removed_at:
            removed_on = words.day(extension.removed_at.date())
            lines.append(f"The extension to {words.day(extension.until)} was removed on {removed_on}.")
    lines.append(_conclusion(dates, stage))
    return lines


def _counted(counted: Counted, stage: StageRecord, timescales: Timescales, calendar: Calendar) -> list[str]:
    if counted.from_ == "acknowledgement":
        start = "the day it was acknowledged"
    elif counted.from_ == "arrival":
        start = "the day it counts as arriving"
    else:
        start = "the last day to acknowledge it, as a late or missing acknowledgement earns no time"
    skipped = words.leaving_out(calendar.skipped(counted.day_0, counted.plain))
    return [
        f"The time to respond is counted from {words.day(counted.day_0)}, {start}.",
        *timescales.caveat("respond_from", stage.number),
        f"The {_nth(counted.days)} working day after that is {words.day(counted.plain)}{skipped}.",
        *timescales.caveat("respond_days", stage.number),
    ]


def _agreed(stage: StageRecord) -> list[str]:
    if stage.period is None:
        return []
    recorded, until = words.day(stage.period.at.date()), words.day(stage.period.until)
    if stage.period.by == "body":
        return [
            f"The organisation decided on {recorded} to respond by {until}, as no period was agreed with the person."
        ]
    return [f"It was agreed with the person on {recorded} that the response comes by {until}."]


def _pauses(dates: StageDates, stage: StageRecord, timescales: Timescales, calendar: Calendar) -> list[str]:
    if not stage.pauses:
        return []
    if not (dates.counted and timescales.pauses_move):
        return ["A pause was recorded, but here a pause does not move the date to respond."]
    lines = [_stop(stop, dates.counted, calendar) for stop in dates.counted.stops]
    close = words.clock_time(timescales.closes_at)
    lines.append(f"A working day counts if the clock runs at its close, {close}.")
    lines += timescales.caveat("pauses_move")
    if dates.counted.moved:
        lines.append(f"With its pauses the counted date is {words.day(dates.counted.moved)}.")
    return lines


def _stop(stop: Stop, counted: Counted, calendar: Calendar) -> str:
    if stop.end is None or stop.last is None:
        return f"The clock has stood still since {words.moment(stop.start)}."
    stretch = f"The clock stood still from {words.moment(stop.start)} to {words.moment(stop.end)}"
    lost = working_days_lost(stop.first, stop.last, counted, calendar)
    if not lost:
        return f"{stretch}, which takes no working day out of the count."
    return f"{stretch}, which takes {words.working_days(lost)} out of the count."


def working_days_lost(first: date, last: date, counted: Counted, calendar: Calendar) -> int:
    """The working days from `first` to `last` that fell into the count."""
    start, end = max(first, counted.day_0), min(last, counted.moved or last)
    if start > end:
        return 0
    own = calendar.is_working_day(start) and start > counted.day_0
    return calendar.working_days_between(start, end) + own


def _conclusion(dates: StageDates, stage: StageRecord) -> str:
    if dates.respond_by:
        what = "Respond" if stage.number == 1 else "Respond to stage 2"
        return f"{what} by {words.day(dates.respond_by)}."
    if dates.counted:
        return "When the response is due cannot be known until the clock is started again."
    return "When the response is due is not known yet: no period to respond has been agreed."


def original(stage: StageRecord, dates: StageDates) -> list[str]:
    """What the date to respond was at first."""
    if dates.original_respond_by is None:
        return ["There is no original date to respond yet: no period has been agreed."]
    how = "as first agreed or decided" if stage.period else "counted without pauses and extensions"
    return [f"The original date to respond is {words.day(dates.original_respond_by)}, {how}."]


def review(received_at: datetime, review_by: date, timescales: Timescales) -> list[str]:
    """The end of the months that begin with the true day of receipt."""
    return [
        f"Review by {words.day(review_by)}, the last day of the {timescales.review_months} months that begin with "
        f"{words.day(received_at.date())}, the day it arrived; this date is not moved off a weekend or a holiday.",
        *timescales.caveat("review_months"),
    ]


def no_stage_2(timescales: Timescales) -> list[str]:
    """Why there are no dates for stage 2."""
    if len(timescales.stages) == 1:
        return ["This procedure has one stage, so there are no dates for stage 2."]
    return ["Stage 2 has not been asked for, so it has no dates yet."]


def _nth(number: int) -> str:
    return f"{number}{ORDINALS.get(number, 'th')}"
