"""Everything that is heard, side by side: complaints, concerns, comments and compliments, and other voices, by theme or by
service (R186, R222, R234). What only others speak of stands out, because nobody complains of it."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.utils import timezone

from heed.design import words
from heed.feedback.queries import voices
from heed.feedback.queries.voices import HowMany
from heed.insight.engines.choice import chosen
from heed.insight.measures import BY_KEY
from heed.insight.measures.declaration import Is
from heed.insight.periods import Period, last_day, whole_months
from heed.insight.queries.counting import Tallies, Where, tallies
from heed.insight.queries.scope import Scope
from heed.organisations import code_lists

By = Literal["subject", "service"]
CASES = BY_KEY["received_statutory"]
FOUR = {
    "complaint": ("Complaints", replace(CASES, key="cases_complaint", population=(Is("kind", ("complaint",)),))),
    "concern": ("Concerns", replace(CASES, key="cases_concern", population=(Is("kind", ("concern",)),))),
    "comment": ("Comments", BY_KEY["received_comments"]),
    "compliment": ("Compliments", BY_KEY["received_compliments"]),
}
UNWELL = ("complaint", "concern")
NOT_SAID = {"subject": "Not said yet what it is about", "service": "No service named"}
SOME = 3  # entries elsewhere from which on it is worth a sentence that nobody complains
TOLD = 3


@dataclass(frozen=True)
class Column:
    """One way in which people are heard. `source`: "" for the four Cs, else the code of the other voice."""

    code: str
    label: str
    source: str = ""


@dataclass(frozen=True)
class Cell:
    """How many were heard in one way: `shown` in words, "" for none. `number` counts an entry of fewer than five as one."""

    number: int = 0
    shown: str = ""


@dataclass(frozen=True)
class Line:
    """A theme, or a service. `ways`: in how many ways it was heard."""

    code: str
    label: str
    cells: tuple[Cell, ...]

    @property
    def ways(self) -> int:
        return sum(1 for cell in self.cells if cell.number)

    @property
    def number(self) -> int:
        return sum(cell.number for cell in self.cells)


@dataclass(frozen=True)
class Everything:
    """`lines`: what is heard in most ways first; what has no name comes last. `sentences`: what stands out."""

    by: By
    period: Period
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    sentences: tuple[str, ...]
    computed_at: datetime


def everything_heard(scope: Scope, *, by: By, months: int, at: datetime) -> Everything:
    """Whole months. A service manager sees what was heard of their services."""
    period = whole_months(months, timezone.localdate(at))
    source = chosen(scope.organisation.code)
    services = None if scope.sees_all else scope.exact
    where = Where(scope.organisation.code, services, period)
    counted = tallies([measure for _, measure in FOUR.values()], where, by=by, engine=source.engine)
    others = voices.counted(
        scope.organisation.pk, first=period.first, last=last_day(period.months[-1]), services=services, by=by
    )
    columns = _columns({heard for _, heard in others})
    found = _found(counted, others, period)
    lines = sorted(
        (_line(scope, by, code, columns, cells) for code, cells in found.items()),
        key=lambda line: (not line.code, -line.ways, -line.number, line.label),
    )
    return Everything(
        by, period, columns, tuple(lines), _sentences(columns, lines) if by == "subject" else (),
        source.computed_at(at),
    )  # fmt: skip


def _columns(sources: set[str]) -> tuple[Column, ...]:
    """The four Cs always; other voices where there are any."""
    listed = code_lists.load("other-voices")
    others = [Column(code, listed.label(code), code) for code in listed.codes() if code in sources]
    return (*(Column(code, label) for code, (label, _) in FOUR.items()), *others)


def _found(counted: Tallies, others: dict[tuple[str, str], HowMany], period: Period) -> dict[str, dict[str, Cell]]:
    """By subject or service, then by column."""
    numbers: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for code, (_, measure) in FOUR.items():
        for (month, what), tally in counted.get(measure.key, {}).items():
            if month in period.months:
                numbers[what][code] += tally.of
    found = {what: {code: Cell(many, f"{many:,}") for code, many in of.items() if many} for what, of in numbers.items()}
    for (what, source), heard in others.items():
        found.setdefault(what, {})[source] = Cell(heard.number + heard.few, _shown(heard))
    return {what: cells for what, cells in found.items() if cells}


def _shown(heard: HowMany) -> str:
    if heard.of_how_many:
        return f"{heard.number:,} of {heard.of_how_many:,}"
    if not heard.few:
        return f"{heard.number:,}"
    fewer = "fewer than 5" if heard.few == 1 else f"{heard.few} × fewer than 5"
    return f"{heard.number:,} and {fewer}" if heard.number else fewer


def _line(scope: Scope, by: By, code: str, columns: tuple[Column, ...], cells: dict[str, Cell]) -> Line:
    return Line(code, _label(scope, by, code), tuple(cells.get(column.code, Cell()) for column in columns))


def _label(scope: Scope, by: By, code: str) -> str:
    if not code:
        return NOT_SAID[by]
    if by == "service":
        return scope.services.get(code, code)
    listed = code_lists.load(scope.organisation.subject_list)
    return listed.label(code) if code in listed else code.replace("_", " ").capitalize()


def _sentences(columns: tuple[Column, ...], lines: list[Line]) -> tuple[str, ...]:
    """What others speak of and nobody complains about, and what is both thanked for and complained of."""
    named = [line for line in lines if line.code]
    silent = [line for line in named if _silent(columns, line)]
    both = [line for line in named if _of(columns, line, UNWELL) and _of(columns, line, ("compliment",))]
    told = [
        f"Nobody complained about “{line.label}”, but it was heard elsewhere: {_listed(columns, line)}."
        for line in silent[:TOLD]
    ]
    told += [
        f"People both thanked and complained about “{line.label}”: {_listed(columns, line)}. What goes well in one place may "
        "be learned in another."
        for line in both[:1]
    ]
    return tuple(told)


def _silent(columns: tuple[Column, ...], line: Line) -> bool:
    elsewhere = sum(cell.number for column, cell in zip(columns, line.cells, strict=True) if column.source)
    return elsewhere >= SOME and not _of(columns, line, UNWELL)


def _of(columns: tuple[Column, ...], line: Line, codes: tuple[str, ...]) -> int:
    return sum(cell.number for column, cell in zip(columns, line.cells, strict=True) if column.code in codes)


def _listed(columns: tuple[Column, ...], line: Line) -> str:
    pairs = zip(columns, line.cells, strict=True)
    return words.join([f"{_lower(column.label)} ({cell.shown})" for column, cell in pairs if cell.number])


def _lower(label: str) -> str:
    """In the middle of a sentence; a name in it stays one."""
    return label[:1].lower() + label[1:]


def rows(page: Everything) -> list[list[object]]:
    """The table as a file has it."""
    heading = "Theme" if page.by == "subject" else "Service"
    head: list[object] = [heading, "Heard in ways", *(column.label for column in page.columns)]
    return [head, *([line.label, line.ways, *(cell.shown for cell in line.cells)] for line in page.lines)]
