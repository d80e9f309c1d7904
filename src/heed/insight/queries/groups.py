"""Groups of people, as counted once for each period, beside the people served. The same for everybody who may see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from heed.insight.blocks import Block
from heed.insight.disclosure import MARKS, TOLD
from heed.insight.models import GroupFigures
from heed.organisations import queries as organisations
from heed.organisations.code_lists import questions
from heed.organisations.code_lists.questions import Question
from heed.organisations.groups import share_of
from heed.organisations.models import GroupSettings, Organisation, Population
from heed.statistics.shares import wilson


@dataclass(frozen=True)
class Share:
    """`many` of `of`, in per cent, and the range that chance alone leaves (95%)."""

    many: int
    of: int

    @property
    def percent(self) -> float:
        return 100 * self.many / self.of

    @property
    def range(self) -> tuple[float, float]:
        low, high = wilson(self.many, self.of)
        return 100 * low, 100 * high

    def leaves_out(self, percent: float) -> bool:
        """Whether another share lies outside what chance alone would give."""
        low, high = self.range
        return not low <= percent <= high


@dataclass(frozen=True)
class GroupLine:
    """One group: how many told us, as a share of those who did and of all received, what share of the people served it is
    (None: not entered), and each outcome (None: not shown)."""

    code: str
    label: str
    depth: int
    of_told: Share
    of_received: Share
    served: float | None
    marks: dict[str, Share | None]

    @property
    def is_everybody(self) -> bool:
        return self.code == TOLD


@dataclass(frozen=True)
class Topic:
    """One question: everybody who answered first, then the groups; no lines where too few answered."""

    question: Question
    received: int
    lines: tuple[GroupLine, ...]
    population: Population | None

    @property
    def everybody(self) -> GroupLine:
        return self.lines[0]

    @property
    def groups(self) -> tuple[GroupLine, ...]:
        return self.lines[1:]

    @property
    def some_hidden(self) -> bool:
        """Whether a group is not divided, or an outcome not told."""
        shown = {line.code for line in self.lines}
        every = {part.code for _, part in self.question.walk()}
        return bool(every - shown) or any(share is None for line in self.lines for share in line.marks.values())


@dataclass(frozen=True)
class Groups:
    """What the page shows. `period` None: nothing was counted yet."""

    settings: GroupSettings | None
    periods: tuple[Block, ...]
    period: Block | None = None
    counted_at: datetime | None = None
    asked_since: date | None = None
    received: int = 0
    topics: tuple[Topic, ...] = ()


def groups(organisation: Organisation, first_on: date | None = None) -> Groups:
    """The period that begins on that day, or the latest. Three statements; no answer is read."""
    settings = organisations.group_settings(organisation.pk)
    kept = list(GroupFigures.objects.filter(organisation=organisation.code))
    periods = tuple(Block(row.first_on, row.last_on) for row in kept)
    row = next((one for one in kept if first_on in (None, one.first_on)), None)
    if row is None:
        return Groups(settings, periods)
    populations = organisations.populations(organisation.pk)
    topics = tuple(
        _topic(questions.load(one["key"], row.last_on), one["lines"], row.received, populations.get(one["key"]))
        for one in row.questions
    )
    return Groups(
        settings, periods, Block(row.first_on, row.last_on), row.counted_at, row.asked_since, row.received, topics
    )


Row = tuple[str, int, int, dict[str, int]]


def _topic(question: Question, rows: list[Row], received: int, population: Population | None) -> Topic:
    return Topic(question, received, tuple(_lines(question, rows, received, population)), population)


def _lines(question: Question, rows: list[Row], received: int, population: Population | None) -> Iterator[GroupLine]:
    for code, depth, people, marks in rows:
        yield GroupLine(
            code=code,
            label="Everybody who told us" if code == TOLD else question.name(code),
            depth=depth,
            of_told=Share(people, rows[0][2]),
            of_received=Share(people, received),
            served=_served(question, population, code),
            marks={mark: Share(marks[mark], people) if mark in marks else None for mark in MARKS},
        )


def _served(question: Question, population: Population | None, code: str) -> float | None:
    if population is None or code == TOLD:
        return None
    return share_of(question, population.shares, code)
