"""The measures: the sixteen rows of the default set, in four groups, as reviewed declarations."""

from heed.insight.measures import learning, outcome, timeliness, volume
from heed.insight.measures.declaration import GROUPING, GROUPS, Group, Measure, Row

__all__ = ["BY_KEY", "GROUPING", "GROUPS", "MEASURES", "ROWS", "Group", "Measure", "Row", "row_of"]

ROWS: tuple[Row, ...] = (*volume.ROWS, *timeliness.ROWS, *outcome.ROWS, *learning.ROWS)
MEASURES: tuple[Measure, ...] = tuple(measure for row in ROWS for measure in row.measures)
BY_KEY: dict[str, Measure] = {measure.key: measure for measure in MEASURES}


def row_of(measure: Measure) -> Row:
    """The row that a measure belongs to."""
    return next(row for row in ROWS if measure in row.measures)
