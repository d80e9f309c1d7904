"""Compares each analysis with its log, and each learning point with what it can be found by."""

from collections.abc import Iterator

from heed.learning import entries, proportion
from heed.learning.models import Analysis, AnalysisEvent, LearningPoint
from heed.search import queries as search
from heed.search.rows import Row

BATCH = 500


def count() -> int:
    return Analysis.objects.count() + LearningPoint.objects.count()


def problems(sample: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Batch after batch: how many analyses and points were compared, and a sentence for each difference."""
    order = "?" if sample is not None else "pk"
    ids = list(Analysis.objects.order_by(order).values_list("pk", flat=True)[:sample])
    for start in range(0, len(ids), BATCH):
        rows = Analysis.objects.filter(pk__in=ids[start : start + BATCH])
        rows = rows.prefetch_related("events", "drawn_on", "contributions")
        yield len(rows), [line for row in rows for line in _of_one(row)]
    points = list(LearningPoint.objects.order_by(order).values_list("pk", flat=True)[:sample])
    for start in range(0, len(points), BATCH):
        found = LearningPoint.objects.filter(pk__in=points[start : start + BATCH]).prefetch_related("links")
        gaps = search.outdated(Row(**entries.entry(point)) for point in found)
        yield len(found), [gap.sentence for gap in gaps]
    if sample is None:
        known = set(points)
        gone = [object_id for object_id in search.indexed_ids("learning") if object_id not in known]
        yield 0, [f"learning {object_id} can be found and is not there" for object_id in gone]


def _of_one(analysis: Analysis) -> Iterator[str]:
    log = sorted(analysis.events.all(), key=lambda event: event.number)
    if [event.number for event in log] != list(range(1, len(log) + 1)):
        yield f"analysis {analysis.pk}: its log has gaps"
    state = proportion.replay(event.kind for event in log)
    if state != analysis.state:
        yield f"analysis {analysis.pk} is {analysis.state}, its events lead to {state}"
    cases: set[int] = set()
    for event in log:
        if event.kind == "case_added":
            cases.add(event.data["case_id"])
        elif event.kind == "case_removed":
            cases.discard(event.data["case_id"])
    if cases != {row.case_id for row in analysis.drawn_on.all()}:
        yield f"analysis {analysis.pk} draws on other cases than its events say"
    yield from _answers(analysis, log)


def _answers(analysis: Analysis, log: list[AnalysisEvent]) -> Iterator[str]:
    said = {event.data["contribution_id"] for event in log if event.kind == "contributed"}
    kept = {row.pk for row in analysis.contributions.all() if row.answered_at}
    for pk in sorted(said ^ kept):
        yield f"analysis {analysis.pk}: contribution {pk} and the log do not agree on whether it was answered"
