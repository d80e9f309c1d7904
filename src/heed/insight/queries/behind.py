"""What lies behind a figure: the ids of what was counted, for a page that shows of them what the person may see."""

from datetime import date

from heed.insight import cohorts, compiling
from heed.insight.compiling import Where
from heed.insight.engines.live import LIVE
from heed.insight.measures import Measure
from heed.insight.periods import one_month
from heed.insight.queries.asked import Asked
from heed.insight.queries.detail import sees_exactly
from heed.insight.queries.scope import Scope


def behind(
    scope: Scope, measure: Measure, asked: Asked, month: date, *, today: date, counted: bool | None = None
) -> list[int]:
    """The ids of the cases, items of feedback or actions of one month: of all, of those counted (True), or of the others.

    Nothing for whoever does not see the figure exactly: ids are counted on the live database, never on a snapshot, so that
    they fit what the page of a case says now."""
    if measure.unfed or not sees_exactly(scope, asked.service):
        return []
    if asked.cohort and cohorts.has_cohorts(measure):
        measure = cohorts.by_receipt(measure)
    where = Where(scope.organisation.code, scope.codes(asked.service), one_month(month, today), asked.only)
    rows = LIVE.rows(compiling.members(measure, where, LIVE.dialect, counted=counted))
    return sorted(int(row[0]) for row in rows)
