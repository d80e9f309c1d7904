"""What a verdict rests on and what it found, as kept: plain figures that are written once and read for ever."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from heed.insight.proof.months import Plan

METHOD = "1"  # counted up when the same inputs could lead to another verdict
OUTCOME, CONTROL = "outcome", "control"
DAYS = ("mean", "median")


@dataclass(frozen=True)
class Series:
    """One figure by month, oldest first. role: OUTCOME, CONTROL, or one of `beside`. phrase: what it is, within a sentence;
    many: whether its verb is plural. y: counted, or the value of the month; of: out of how many (shares and values), or over
    how much (rates); None for counts. None inside: not known."""

    role: str
    key: str
    version: int
    shape: str
    name: str
    phrase: str
    many: bool
    y: tuple[float | None, ...]
    of: tuple[int | None, ...] | None = None


@dataclass(frozen=True)
class Inputs:
    """All that a verdict is worked out from. direction: "fall" or "rise". channels: by code, what was received by it, by month.
    late: the aim was chosen after the start. notes: what else to know, as sentences."""

    direction: str
    received: bool
    months: tuple[date, ...]
    change: int
    left_out: Mapping[int, str]
    enough_on: date
    series: tuple[Series, ...]
    channels: Mapping[str, tuple[int, ...]]
    why_no_control: str = ""
    late: bool = False
    notes: tuple[str, ...] = ()

    @property
    def plan(self) -> Plan:
        return Plan(self.months, self.change, self.left_out)

    @property
    def outcome(self) -> Series:
        return next(one for one in self.series if one.role == OUTCOME)

    def of_role(self, role: str) -> Series | None:
        return next((one for one in self.series if one.role == role), None)


@dataclass(frozen=True)
class Judged:
    """What was found of one series. verdict: of `impact`, "" where none can be had and `why_none` says why. middle, low, high:
    the ratio of after to before, or, for days, the difference; None without end. before, after: months that count; counted
    and over: their sums (days: the mean of the months, and how many cases). power: of seeing a change by a fifth."""

    role: str
    verdict: str
    middle: float | None = None
    low: float | None = None
    high: float | None = None
    before: int = 0
    after: int = 0
    counted: tuple[float, float] = (0, 0)
    over: tuple[int, int] | None = None
    trend: bool = False
    follows: float | None = None
    power: float | None = None
    avoided: tuple[float, float, float] | None = None
    exact: bool = False
    says: str = ""
    why_none: str = ""


@dataclass(frozen=True)
class Channel:
    """How people reached us: so many before and after. fell_away: less of it than of the others, beyond chance."""

    code: str
    before: int
    after: int
    fell_away: bool


@dataclass(frozen=True)
class Found:
    """The verdict with all that stands beside it. difference: from the control, as `Judged.middle` with its limits. fake: the
    month of a date at which nothing was done, and what the same question finds there; None where the time before is too
    short. reading: a key of `judging.READINGS`."""

    outcome: Judged
    control: Judged | None
    difference: tuple[float, float, float] | None
    fake: tuple[date, str] | None
    beside: tuple[Judged, ...]
    channels: tuple[Channel, ...]
    reading: str
    again_on: date | None = None


def plain(of: Inputs | Found) -> dict[str, Any]:
    """As JSON keeps it."""
    return {name: _plain(value) for name, value in asdict(of).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def inputs_of(kept: Mapping[str, Any]) -> Inputs:
    """What `plain` made of them."""
    series = tuple(
        Series(**{**one, "y": tuple(one["y"]), "of": None if one["of"] is None else tuple(one["of"])})
        for one in kept["series"]
    )
    values = {
        **kept, "series": series, "months": tuple(map(date.fromisoformat, kept["months"])),
        "left_out": {int(at): why for at, why in kept["left_out"].items()},
        "enough_on": date.fromisoformat(kept["enough_on"]), "notes": tuple(kept["notes"]),
        "channels": {code: tuple(counts) for code, counts in kept["channels"].items()},
    }  # fmt: skip
    return Inputs(**values)


def found_of(kept: Mapping[str, Any]) -> Found:
    fake, again = kept["fake"], kept["again_on"]
    return Found(
        outcome=_judged(kept["outcome"]), control=_judged(kept["control"]) if kept["control"] else None,
        difference=_three(kept["difference"]), fake=(date.fromisoformat(fake[0]), fake[1]) if fake else None,
        beside=tuple(_judged(one) for one in kept["beside"]), channels=tuple(Channel(**one) for one in kept["channels"]),
        reading=kept["reading"], again_on=date.fromisoformat(again) if again else None,
    )  # fmt: skip


def _judged(kept: Mapping[str, Any]) -> Judged:
    over = kept["over"]
    return Judged(
        **{
            **kept, "counted": tuple(kept["counted"]), "over": None if over is None else tuple(over),
            "avoided": _three(kept["avoided"]),
        }
    )  # fmt: skip


def _three(kept: Any) -> tuple[float, float, float] | None:
    return None if kept is None else (kept[0], kept[1], kept[2])
