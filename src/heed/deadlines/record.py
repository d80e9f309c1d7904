"""What the events amount to: the state that dates are counted from."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime


@dataclass(frozen=True)
class Pause:
    """A stretch in which the clock stands; `closed_at` is None while it is open."""

    name: str
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Period:
    """The period to respond that was first agreed with the person, or decided by the body."""

    until: date
    by: str
    at: datetime


@dataclass(frozen=True)
class Extension:
    """An extension as it was judged when it was recorded; `why` is the sentence of that judgement."""

    stage: int
    until: date
    at: datetime
    counts: bool
    why: str
    removed_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it moves the date now."""
        return self.counts and self.removed_at is None


@dataclass
class StageRecord:
    """What was recorded in one stage. `escalated_at` is None in the first, which arrives when the complaint does."""

    number: int
    escalated_at: datetime | None = None
    acknowledged_at: datetime | None = None
    period: Period | None = None
    pauses: list[Pause] = field(default_factory=list)

    def open_pause(self, name: str) -> int | None:
        """The place of the pause of that name which is still open."""
        places = (place for place, pause in enumerate(self.pauses) if pause.name == name and pause.closed_at is None)
        return next(places, None)

    def close_pause(self, place: int, at: datetime) -> None:
        """End the pause at that place."""
        self.pauses[place] = replace(self.pauses[place], closed_at=at)


@dataclass
class Record:
    """All that was recorded, in the order of recording."""

    received_at: datetime
    first_received_at: datetime
    corrected_at: datetime | None = None
    holidays: dict[date, datetime] = field(default_factory=dict)  # the day -> when it was added
    stages: list[StageRecord] = field(default_factory=lambda: [StageRecord(1)])
    extensions: list[Extension] = field(default_factory=list)

    @property
    def current(self) -> StageRecord:
        """The stage that acknowledgements, extensions and pauses concern now."""
        return self.stages[-1]

    def arrived_at(self, number: int) -> datetime:
        """When the complaint, or the request for stage 2, truly arrived."""
        return self.stages[number - 1].escalated_at or self.received_at

    def extended_until(self, number: int) -> date | None:
        """Where the latest standing extension of that stage leads to."""
        standing = [extension.until for extension in self.extensions if extension.stage == number and extension.stands]
        return standing[-1] if standing else None
