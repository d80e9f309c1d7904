"""Figures about groups of people as CSV: what the page shows, and nothing more."""

from collections.abc import Iterator

from heed.insight.group_words import MARKS
from heed.insight.queries.groups import GroupLine, Groups, Share, Topic

NOT_SHOWN = "not shown"
COLUMNS = (
    "From", "To", "Question", "Group", "Within level", "Told us", "% of those who told us", "% of all received",
    "% of the people we serve", "Source of that", *(f"{name}: {what}" for name in MARKS.values() for what in ("how many", "%")),
)  # fmt: skip


def rows(shown: Groups) -> Iterator[tuple[object, ...]]:
    """A line for each group that the page shows, under the names of the columns."""
    yield COLUMNS
    if shown.period is None:
        return
    for topic in shown.topics:
        days = (shown.period.first.isoformat(), shown.period.last.isoformat(), topic.question.title)
        if not topic.lines:
            yield (*days, NOT_SHOWN)
        for line in topic.lines:
            yield (*days, *_line(topic, line))


def _line(topic: Topic, line: GroupLine) -> Iterator[object]:
    yield from (line.label, line.depth, line.of_told.many, _percent(line.of_told), _percent(line.of_received))
    yield "" if line.served is None else round(line.served, 1)
    yield topic.population.source if topic.population and line.served is not None else ""
    for mark in MARKS:
        share = line.marks[mark]
        yield from (share.many, _percent(share)) if share else (NOT_SHOWN, NOT_SHOWN)


def _percent(share: Share) -> float:
    return round(share.percent, 1)
