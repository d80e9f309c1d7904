"""How it was for people, by the stages of My Expectations: the answers, how many answer, and how that was before (R115,
R185, R195). Everybody sees the same, whatever their role: nothing is told that could show what one person answered."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count as Many
from django.db.models import Q
from django.utils import timezone

from heed.facts.models import SurveyFact
from heed.feedback import surveys
from heed.feedback.models import SurveyReply
from heed.feedback.surveys import DOES_NOT_APPLY, POSITIVE, Question, Questionnaire, Stage, Timing
from heed.insight import survey_rule as rule
from heed.insight.queries.scope import NO_SERVICE, NO_SERVICE_NAME
from heed.insight.survey_rule import Block, Count, Told
from heed.organisations.models import Organisation, Service
from heed.statistics import shares

OTHER_PLACES = "All others together"
Cells = dict[str, list[tuple[date, str, Count]]]  # by statement: month, code of the service, how many


@dataclass(frozen=True)
class Asked:
    """How many were asked about a stage in the quarters of a block, and how many of them answered."""

    asked: int
    answered: int

    @property
    def rate(self) -> int | None:
        return round(100 * self.answered / self.asked) if self.asked else None


@dataclass(frozen=True)
class Line:
    """One statement, or one service: what may be told of it. None: too few answered."""

    name: str
    told: Told | None

    @property
    def share(self) -> int | None:
        """Per cent who agreed, where the number is told."""
        return round(100 * self.told.yes / self.told.people) if self.told and self.told.yes is not None else None

    @property
    def interval(self) -> tuple[int, int] | None:
        """How far chance alone may take the share, in per cent: 95%, by Wilson."""
        if self.told is None or self.told.yes is None:
            return None
        low, high = shares.wilson(self.told.yes, self.told.people)
        return round(100 * low), round(100 * high)

    @property
    def text(self) -> str:
        """As pages say it."""
        if self.told is None:
            return "too few answered"
        if self.told.band is not None:
            people, least = self.told.people, rule.SMALLEST - 1
            few = f"{least} or fewer" if self.told.band == "few" else f"{people - least:,} or more"
            return f"{few} of {people:,} agreed"
        return f"{self.share}% of {self.told.people:,} agreed"

    @property
    def range_text(self) -> str:
        """How far chance may take it: "47% to 75%", "" where no number is told."""
        return f"{self.interval[0]}% to {self.interval[1]}%" if self.interval else ""


@dataclass(frozen=True)
class Of:
    """One block of one stage: its headline, all its statements, how many answer, and, where it may be told, by service."""

    block: Block
    headline: Line
    lines: tuple[Line, ...]
    asked: Asked
    services: tuple[Line, ...]


@dataclass(frozen=True)
class StageFigures:
    """One stage through time, the newest block first. `waits`: more have answered, too few to be told of yet."""

    stage: Stage
    blocks: tuple[Of, ...]
    waits: bool

    @property
    def title(self) -> str:
        """The stage as My Expectations calls it, whoever was asked."""
        return surveys.STAGES[self.stage.key]

    @property
    def newest(self) -> Of | None:
        return self.blocks[0] if self.blocks else None

    @property
    def change(self) -> str:
        """The newest block beside the one before, in words."""
        return change(self.blocks[0].headline, self.blocks[1].headline) if len(self.blocks) > 1 else ""


@dataclass(frozen=True)
class Experience:
    """All stages of one audience. `asked_since`: nothing was ever asked where it is None."""

    audience: str
    questionnaire: Questionnaire
    stages: tuple[StageFigures, ...]
    computed_at: datetime

    @property
    def is_empty(self) -> bool:
        return not any(stage.blocks or stage.waits for stage in self.stages)


def change(now: Line, before: Line) -> str:
    """Whether more agree than before, as far as chance leaves it open (Newcombe's interval); "" where a number is not
    told."""
    if now.told is None or before.told is None or now.told.yes is None or before.told.yes is None:
        return ""
    low, high = shares.difference(now.told.yes, now.told.people, before.told.yes, before.told.people)
    if low > 0:
        return "More agree than in the time before."
    if high < 0:
        return "Fewer agree than in the time before."
    return "No clear change from the time before: the difference can be chance."


def experience(organisation: Organisation, audience: str, at: datetime) -> Experience:
    """What one audience answered, from the first answer on. Three statements, and one for the names of services."""
    today, asked = timezone.localdate(at), surveys.load(audience)
    timing = surveys.timing(today)
    cells, requests = _answers(organisation.code, audience), _requests(organisation.code, audience)
    names = {NO_SERVICE: NO_SERVICE_NAME, rule.OTHERS: OTHER_PLACES}
    names |= dict(Service.objects.filter(organisation=organisation).values_list("code", "name"))
    stages = tuple(_stage(stage, audience, cells, requests, names, today, timing) for stage in asked.stages)
    return Experience(audience, asked, stages, at)


Headline = tuple[Block, Line]


def headlines(organisation: Organisation, at: datetime) -> dict[str, Headline]:
    """The newest that may be told of the headline of each stage, of people who complained."""
    found = experience(organisation, "complainant", at)
    return {one.stage.key: (one.newest.block, one.newest.headline) for one in found.stages if one.newest}


def _answers(organisation: str, audience: str) -> Cells:
    rows = SurveyFact.objects.filter(organisation=organisation, audience=audience, kind="answer").exclude(
        answer=DOES_NOT_APPLY
    )
    cells: Cells = defaultdict(list)
    agreed = Many("pk", filter=Q(answer__in=POSITIVE))
    grouped = rows.values_list("question", "month", "service").annotate(many=Many("pk"), yes=agreed).order_by()
    for question, month, service, many, yes in grouped:
        cells[question].append((month, service, Count(yes, many - yes)))
    for question, month, service, count in _shown(organisation, audience):
        cells[question].append((month, service, count))
    return cells


def _shown(organisation: str, audience: str) -> Iterator[tuple[str, date, str, Count]]:
    """Of the answers that are counted already, those that the person let whoever looked after their case see."""
    replies = SurveyReply.objects.filter(organisation=organisation, audience=audience, shared_with__isnull=False)
    for told_in, service, answers in replies.values_list("told_in", "service", "answers"):
        month = date.fromisoformat(f"{told_in}-01")
        for question, answer in answers.items():
            if answer != DOES_NOT_APPLY:
                agreed = answer in POSITIVE
                yield question, month, service, Count(shown_yes=int(agreed), shown_no=int(not agreed))


Requests = dict[str, dict[date, Asked]]  # by occasion and month


def _requests(organisation: str, audience: str) -> Requests:
    rows = SurveyFact.objects.filter(organisation=organisation, audience=audience, kind="request")
    found: Requests = defaultdict(dict)
    for occasion, month, answered, many in rows.values_list("occasion", "month", "answered").annotate(many=Many("pk")):
        before = found[occasion].get(month, Asked(0, 0))
        found[occasion][month] = Asked(before.asked + many, before.answered + (many if answered else 0))
    return found


def _stage(
    stage: Stage, audience: str, cells: Cells, requests: Requests, names: Mapping[str, str], today: date, timing: Timing
) -> StageFigures:
    people: Counter[date] = Counter()
    for month, _, count in cells.get(stage.headline.key, ()):
        people[month] += count.people
    found = rule.blocks(people, today, timing.enough.value)
    occasion = next((one.key for one in timing.of(audience) if stage.key in one.stages), "")
    asked, fewest = requests.get(occasion, {}), timing.fewest.value
    of = [_block(stage, block, cells, asked, names, fewest) for block in reversed(found)]
    return StageFigures(stage, tuple(of), rule.waits(people, found))


def _block(
    stage: Stage, block: Block, cells: Cells, requests: Mapping[date, Asked], names: Mapping[str, str], fewest: int
) -> Of:
    inside = [one for month, one in requests.items() if month in block]
    asked = Asked(sum(one.asked for one in inside), sum(one.answered for one in inside))
    lines = tuple(Line(question.text, _whole(question, block, cells, fewest)) for question in stage.questions)
    headline = Line(stage.headline.text, _whole(stage.headline, block, cells, fewest))
    by_service = rule.parts(_by_service(stage.headline, block, cells), fewest)
    services = [Line(names.get(code, code), told) for code, told in by_service.items()]
    services.sort(key=lambda line: (line.name == OTHER_PLACES, line.name.casefold()))
    return Of(block, headline, lines, asked, tuple(services))


def _by_service(question: Question, block: Block, cells: Cells) -> dict[str, Count]:
    found: dict[str, Count] = defaultdict(Count)
    for month, service, count in cells.get(question.key, ()):
        if month in block:
            found[service] += count
    return dict(found)


def _whole(question: Question, block: Block, cells: Cells, fewest: int) -> Told | None:
    return rule.told(sum(_by_service(question, block, cells).values(), Count()), fewest)
