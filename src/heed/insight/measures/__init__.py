"""The measures: the sixteen rows of the default set, in four groups, as reviewed declarations."""

from dataclasses import replace

from heed.insight.measures import learning, outcome, timeliness, volume
from heed.insight.measures.activity import in_words_of
from heed.insight.measures.declaration import GROUPING, GROUPS, Group, Measure, Row

__all__ = [
    "BY_KEY",
    "GROUPING",
    "GROUPS",
    "MEASURES",
    "ROWS",
    "Group",
    "Measure",
    "Row",
    "in_words_of",
    "row_of",
    "rows_for",
]

ROWS: tuple[Row, ...] = (*volume.ROWS, *timeliness.ROWS, *outcome.ROWS, *learning.ROWS)
MEASURES: tuple[Measure, ...] = tuple(measure for row in ROWS for measure in row.measures)
BY_KEY: dict[str, Measure] = {measure.key: measure for measure in MEASURES}


def row_of(measure: Measure) -> Row:
    """The row that a measure belongs to."""
    return next(row for row in ROWS if any(measure.key == one.key for one in row.measures))


def rows_for(activity: str) -> tuple[Row, ...]:
    """All rows as an organisation reads them that counts this kind of activity, "" where it has not said."""
    return tuple(replace(row, measures=tuple(in_words_of(m, activity) for m in row.measures)) for row in ROWS)
