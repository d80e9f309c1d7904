"""How it was for people, as a table to take away: no more than the page tells."""

from collections.abc import Iterator

from heed.design import words
from heed.feedback.surveys import AUDIENCES
from heed.insight.export import as_csv as written
from heed.insight.queries.experience import Experience, Line, Of

COLUMNS = (
    "Who", "Stage", "From", "To", "What", "Answered", "Agreed", "Agreed, %", "Chance, low %", "Chance, high %", "Asked",
    "Worked out on",
)  # fmt: skip
HIDDEN = "not told"


def as_csv(found: Experience) -> str:
    """A line for each stage, block and statement, and for each service where that is told."""
    return written(_rows(found))


def _rows(found: Experience) -> Iterator[tuple[object, ...]]:
    yield COLUMNS
    for stage in found.stages:
        for of in stage.blocks:
            start = (AUDIENCES[found.audience], stage.title, of.block.first, of.block.last)
            for line in of.lines:
                yield _row(start, line.name, line, of, found)
            for line in of.services:
                yield _row(start, f"{of.headline.name} ({line.name})", line, of, found)


def _row(start: tuple[object, ...], name: str, line: Line, of: Of, found: Experience) -> tuple[object, ...]:
    people = line.told.people if line.told else HIDDEN
    yes = line.told.yes if line.told and line.told.yes is not None else HIDDEN
    low, high = line.interval or (HIDDEN, HIDDEN)
    share = line.share if line.share is not None else HIDDEN
    return (*start, name, people, yes, share, low, high, of.asked.asked, words.moment(found.computed_at))
