"""Pure: which numbers of answers may be told (R185, R256).

Whoever reads the figures is taken to know this rule, every page that ever was published, who was asked, who answered, and
where, and what those answered who let whoever looked after their case see it; and to lack only what all the others answered.
That few answered is no secret; what few answered is. What they may not learn: what each of fewer than SMALLEST people said.

1. Time is cut into blocks of whole quarters from the very first on, each as long as it takes until enough have answered.
   Blocks share no day, and no sum of them is told, so nothing can be had from a difference.
2. Nothing is told of what fewer than enough answered.
3. How many agreed is told only where SMALLEST agreed and SMALLEST did not. Else only which of the two it was: the number is
   one of SMALLEST.
4. The whole is divided by service only where the number is told of the whole and may be told of every part: of each
   service in which enough answered, and of all others together. So every number that is told, and every sum and
   difference of such, is of SMALLEST who agreed and SMALLEST who did not. Where one part may not be told, none is.
5. In all this only those count whose answers nobody was shown: by those that were, the others could be had from the whole.
   Where some were shown, no band is told either.

How blocks and parts are cut depends on how many answered, never on what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from heed.insight.periods import last_day, months_on

SMALLEST = 5
QUARTER = 3
OTHERS = "*"

Band = Literal["few", "most"]


@dataclass(frozen=True)
class Count:
    """How many agreed, and how many answered something else; those to whom it does not apply are in neither. `shown_yes` and
    `shown_no`: how many of these let whoever looked after their case see it."""

    yes: int = 0
    no: int = 0
    shown_yes: int = 0
    shown_no: int = 0

    @property
    def people(self) -> int:
        return self.yes + self.no

    @property
    def unshown(self) -> "Count":
        """Those whose answers nobody was shown."""
        return Count(self.yes - self.shown_yes, self.no - self.shown_no)

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.yes + other.yes, self.no + other.no, self.shown_yes + other.shown_yes, self.shown_no + other.shown_no
        )


@dataclass(frozen=True)
class Told:
    """What may be told of one group: how many answered; how many of them agreed, or only a `band`: fewer than SMALLEST
    did, or all but fewer than SMALLEST."""

    people: int
    yes: int | None = None
    band: Band | None = None


def may_tell(count: Count, smallest: int = SMALLEST) -> bool:
    return min(count.unshown.yes, count.unshown.no) >= smallest


def _is_enough(count: Count, fewest: int, smallest: int) -> bool:
    return count.people >= fewest and count.unshown.people >= 2 * smallest


def told(count: Count, fewest: int, smallest: int = SMALLEST) -> Told | None:
    """Of the whole; None where too few answered."""
    if not _is_enough(count, fewest, smallest):
        return None
    if may_tell(count, smallest):
        return Told(count.people, count.yes)
    if count.unshown.people < count.people:
        return None
    return Told(count.people, band="few" if count.yes < count.no else "most")


def parts(by_service: Mapping[str, Count], fewest: int, smallest: int = SMALLEST) -> dict[str, Told]:
    """By service, those in which too few answered together as OTHERS; nothing where one of them may not be told."""
    whole = sum(by_service.values(), Count())
    if not may_tell(whole, smallest) or whole.people < fewest:
        return {}
    cut = {service: count for service, count in by_service.items() if _is_enough(count, fewest, smallest)}
    others = sum((count for service, count in by_service.items() if service not in cut), Count())
    if others.people:
        cut[OTHERS] = others
    if len(cut) < 2 or not all(may_tell(count, smallest) for count in cut.values()):
        return {}
    return {service: Told(count.people, count.yes) for service, count in cut.items()}


@dataclass(frozen=True, order=True)
class Block:
    """Whole quarters of the calendar, from the first day to the last."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """ "January to March 2026", "July 2025 to March 2026"."""
        year = f" {self.first:%Y}" if self.first.year != self.last.year else ""
        return f"{self.first:%B}{year} to {self.last:%B %Y}"

    def __contains__(self, month: date) -> bool:
        return self.first <= month <= self.last


def quarter(month: date) -> date:
    """The first day of the quarter that a month is in."""
    return months_on(month.replace(day=1), -((month.month - 1) % QUARTER))


def blocks(people: Mapping[date, int], today: date, fewest: int) -> list[Block]:
    """The blocks up to now, oldest first. `people`: how many answered in each month, by its first day. A quarter that is
    not over is in none, nor are the last quarters while too few have answered in them."""
    found: list[Block] = []
    if not people:
        return found
    begins = at = quarter(min(people))
    waiting = 0
    while (ends := last_day(months_on(at, QUARTER - 1))) < today:
        waiting += _between(people, at, ends)
        at = months_on(at, QUARTER)
        if waiting >= fewest:
            found.append(Block(begins, ends))
            begins, waiting = at, 0
    return found


def _between(people: Mapping[date, int], first: date, last: date) -> int:
    return sum(many for month, many in people.items() if first <= month <= last)


def waits(people: Mapping[date, int], told_until: Iterable[Block]) -> bool:
    """Whether somebody answered since the last block."""
    last = max((block.last for block in told_until), default=date.min)
    return any(month > last for month in people)
