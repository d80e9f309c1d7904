"""What a measure is: one of six shapes over named columns of one fact table and one date column. No expression
language: a condition is one of the few classes below, and the queries know each of them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from heed.organisations.code_lists.provenance import Status

Shape = Literal["count", "share", "mean", "median", "percentile", "rate"]
Table = Literal["feedback", "case", "remedy", "action", "activity", "survey"]
Group = Literal["volume", "timeliness", "outcome", "learning"]
Direction = Literal["none", "higher", "lower"]

GROUPS: dict[Group, str] = {
    "volume": "Volume",
    "timeliness": "Timeliness",
    "outcome": "Outcome",
    "learning": "Learning and experience",
}
# The four categories of the LGSCO's guide could not be read; these are ours (domain facts 1.3, 12).
GROUPING = (
    "The grouping into volume, timeliness, outcome, and learning and experience is Heed’s own, not that of the Local "
    "Government and Social Care Ombudsman."
)


@dataclass(frozen=True)
class Is:
    """The column holds one of the values."""

    column: str
    values: tuple[str | bool | int, ...]


@dataclass(frozen=True)
class Has:
    """The column holds something."""

    column: str


@dataclass(frozen=True)
class By:
    """The day in `column` is known, and not after the day in `limit`."""

    column: str
    limit: str


@dataclass(frozen=True)
class NotBy:
    """The day in `column` is not known, or after the day in `limit`."""

    column: str
    limit: str


@dataclass(frozen=True)
class AtLeast:
    """The number in the column is at least `number`."""

    column: str
    number: int


Condition = Is | Has | By | NotBy | AtLeast


@dataclass(frozen=True)
class Wording:
    """How a figure is said: "37 of 44 cases closed were answered in time". `nouns` are one and several of what is
    counted, `happened` what puts it into the month, `which` what those counted in a share have in common."""

    nouns: tuple[str, str]
    happened: str
    which: str = ""


@dataclass(frozen=True)
class Measure:
    """One measure. `population` is what is counted, or what the share, mean or median is taken over; `among` singles
    out the counted part of a share; `value` is the number column of a mean, median or percentile. A rate is what is
    counted for each 1,000 of the activity (`over`, in words) that the organisation counts.

    `only_where`: it says something only where the procedure has pauses that move dates, or a second stage, or where the
    organisation has chosen its activity. `whole`: it
    counts every row of its table, so by service it may be told to those who see no case, small numbers hidden.
    `splits`: the columns by which it can be broken down further. `unfed`: why nothing feeds it yet.
    """

    key: str
    name: str
    shape: Shape
    why: str
    numerator: str
    denominator: str
    source: str
    status: Status
    reviewed_on: date
    version: int = 1
    table: Table = "case"
    on: str = ""
    population: tuple[Condition, ...] = ()
    among: tuple[Condition, ...] = ()
    value: str = ""
    percentile: int = 50
    wording: Wording = Wording(("case", "cases"), "")
    direction: Direction = "none"
    note: str = ""
    only_where: Literal["", "pauses", "stages", "activity"] = ""
    over: str = "units of activity"
    whole: bool = False
    splits: tuple[str, ...] = ()
    unfed: str = ""

    @property
    def unit(self) -> str:
        """What a figure is: things counted, per cent, working days, or so many for each 1,000 of activity."""
        if self.shape == "rate":
            return f"for each 1,000 {self.over}"
        if self.shape == "share":
            return "%"
        return self.wording.nouns[1] if self.shape == "count" else "working days"


@dataclass(frozen=True)
class Row:
    """One row of the default set, with the measures that answer it. The first is the one that is drawn."""

    key: str
    group: Group
    name: str
    formula: str
    measures: tuple[Measure, ...]

    @property
    def lead(self) -> Measure:
        return self.measures[0]

    @property
    def fed(self) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.measures if not measure.unfed)
