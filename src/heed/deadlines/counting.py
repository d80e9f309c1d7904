"""The dates of a stage, counted from what was recorded: no words, no judgement."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from heed.deadlines.calendar import Calendar
from heed.deadlines.record import Pause, Record, StageRecord
from heed.deadlines.timescales import Timescales

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stop:
    """A stretch in which the clock stood, and the days `first` to `last` at whose close it did (None: still does)."""

    start: datetime
    end: datetime | None
    first: date
    last: date | None


@dataclass(frozen=True)
class Counted:
    """A response date that is counted in working days after `day_0`.

    `plain` leaves pauses out of account; `moved` does not, and is None where an open pause comes before it.
    """

    day_0: date
    from_: Literal["acknowledgement", "acknowledge_by", "arrival"]
    days: int
    plain: date
    moved: date | None
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class StageDates:
    """The dates of one stage. `first_until` is the first agreed end, `extended_until` that of a standing extension."""

    arrived_at: datetime
    day_0: date
    acknowledge_by: date
    counted: Counted | None
    first_until: date | None
    extended_until: date | None

    @property
    def respond_by(self) -> date | None:
        """The date that stands; None where there is none or it cannot be known yet."""
        return self.extended_until or self.first_until or (self.counted.moved if self.counted else None)

    @property
    def respond_by_without_pauses(self) -> date | None:
        """The same as if the clock had never stood."""
        return self.extended_until or self.original_respond_by

    @property
    def original_respond_by(self) -> date | None:
        """The first agreed date, or the counted one without pauses and extensions."""
        return self.first_until or (self.counted.plain if self.counted else None)


def stage_dates(timescales: Timescales, record: Record, number: int, calendar: Calendar) -> StageDates:
    """The dates of stage `number` by what is recorded. `calendar` already leaves out added holidays."""
    times, stage, arrived_at = timescales.stage(number), record.stages[number - 1], record.arrived_at(number)
    day_0 = arrival_day(arrived_at, timescales, calendar)
    acknowledge_by = calendar.add_working_days(day_0, times.acknowledge_days)
    counted = None
    if times.respond == "counted":
        from_, start = _counted_from(times.respond_from, stage, day_0, acknowledge_by)
        counted = _counted(from_, start, times.respond_days, stage.pauses if timescales.pauses_move else (),
                           timescales.closes_at, calendar)  # fmt: skip
    return StageDates(
        arrived_at=arrived_at,
        day_0=day_0,
        acknowledge_by=acknowledge_by,
        counted=counted,
        first_until=stage.period.until if stage.period else None,
        extended_until=record.extended_until(number),
    )


def arrival_day(at: datetime, timescales: Timescales, calendar: Calendar) -> date:
    """Day 0: the true day, or the next working day for what comes after the close or on a day that does not count."""
    day = at.date()
    if not timescales.late_arrival_moves_to_next_working_day:
        return day
    return calendar.add_working_days(day, 1) if at.time() > timescales.closes_at else calendar.on_or_after(day)


def _counted_from(
    respond_from: str, stage: StageRecord, day_0: date, acknowledge_by: date
) -> tuple[Literal["acknowledgement", "acknowledge_by", "arrival"], date]:
    if respond_from == "arrival":
        return "arrival", day_0
    if stage.acknowledged_at and stage.acknowledged_at.date() <= acknowledge_by:
        return "acknowledgement", stage.acknowledged_at.date()
    return "acknowledge_by", acknowledge_by


def _counted(
    from_: Literal["acknowledgement", "acknowledge_by", "arrival"],
    day_0: date,
    days: int,
    pauses: Sequence[Pause],
    closes_at: time,
    calendar: Calendar,
) -> Counted:
    plain = calendar.add_working_days(day_0, days)
    stood = tuple(stops(pauses, closes_at))
    moved = count_running(calendar, day_0, days, stood) if stood else plain
    return Counted(day_0, from_, days, plain, moved, stood)


def stops(pauses: Iterable[Pause], closes_at: time) -> list[Stop]:
    """The stretches in which any pause was open, in order and apart. An event at the close is before the close."""
    stretches: list[tuple[datetime, datetime | None]] = []
    for pause in sorted(pauses, key=lambda pause: pause.opened_at):
        if stretches:
            start, end = stretches[-1]
            if end is None or pause.opened_at <= end:
                later = None if end is None or pause.closed_at is None else max(end, pause.closed_at)
                stretches[-1] = (start, later)
                continue
        stretches.append((pause.opened_at, pause.closed_at))
    return [
        Stop(
            start,
            end,
            _first_close_from(start, closes_at),
            _first_close_from(end, closes_at) - ONE_DAY if end else None,
        )
        for start, end in stretches
    ]


def _first_close_from(at: datetime, closes_at: time) -> date:
    """The day of the first close that is not before `at`."""
    return at.date() if at.time() <= closes_at else at.date() + ONE_DAY


def count_running(calendar: Calendar, day_0: date, days: int, stood: Sequence[Stop]) -> date | None:
    """The day on which `days` working days after `day_0` have counted; None if an open stop comes before it."""
    left, counted_to = days, day_0
    for stop in stood:
        before = stop.first - ONE_DAY
        if before > counted_to:
            running = calendar.working_days_between(counted_to, before)
            if running >= left:
                break
            left, counted_to = left - running, before
        if stop.last is None:
            return None
        counted_to = max(counted_to, stop.last)
    return calendar.add_working_days(counted_to, left)


def last_day_of_months(first: date, months: int) -> date:
    """The last day of so many months that begin with `first`; where the last month is too short, its last day."""
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    length = monthrange(year, month)[1]
    return date(year, month, first.day) - ONE_DAY if first.day <= length else date(year, month, length)
