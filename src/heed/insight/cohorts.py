"""Pure: figures of closed cases by the month in which they were received, only of months that are as good as all closed.

By the month of closing, a month of many old cases looks slow whatever was done in it. By the month of receipt, a month still
half open looks fast. So either the decided of a month are counted, or a whole cohort (statistics 1.3).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from heed.insight.figures import Tally
from heed.insight.measures.declaration import Has, Measure, Wording
from heed.insight.measures.timeliness import OWED_ANSWER
from heed.insight.periods import Period

CLOSED_SHARE = 95  # per cent of a month's cases that are closed before it counts


def has_cohorts(measure: Measure) -> bool:
    """Whether it is a share or a middle of what was closed in a month."""
    return measure.table == "case" and measure.on == "closed_on" and measure.shape != "count"


def by_receipt(measure: Measure) -> Measure:
    """The same measure over those received in a month that are closed."""
    return replace(
        measure,
        on="received_on",
        population=(*measure.population, Has("closed_on")),
        wording=replace(measure.wording, happened="received in the month and closed since"),
        note=f"{measure.note} By the month of receipt, of months of which {CLOSED_SHARE}% or more are closed.".strip(),
    )


def closedness(measure: Measure) -> Measure:
    """How many of those received in a month are closed."""
    return Measure(
        key="closedness", name="Closed since", shape="share", on="received_on", population=OWED_ANSWER,
        among=(Has("closed_on"),), why="", numerator="", denominator="", source="", status=measure.status,
        reviewed_on=measure.reviewed_on, wording=Wording(("case", "cases"), "received", "closed since"),
    )  # fmt: skip


def closed_months(closed: Mapping[date, Tally]) -> frozenset[date]:
    """The months as good as all closed."""
    return frozenset(month for month, tally in closed.items() if 100 * tally.n >= CLOSED_SHARE * tally.of)


def up_to_the_last(period: Period, whole: frozenset[date]) -> Period:
    """The period up to its last month that is as good as all closed; as it is where none is."""
    last = max((month for month in period.months if month in whole), default=None)
    return period if last is None else replace(period, months=tuple(m for m in period.months if m <= last))
