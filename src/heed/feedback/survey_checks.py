"""Compares what was asked and answered with its facts. Facts of answers are counted, never told apart by person."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from heed.facts import queries as facts
from heed.feedback import projections
from heed.feedback.models import SurveyReply, SurveyRequest

BATCH = 500


def count() -> int:
    return SurveyRequest.objects.count() + SurveyReply.objects.count()


def problems(sample: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Batch after batch: how many were compared, and a sentence for each difference, which names no answer."""
    wanted = 0
    for ids in _batches(list(SurveyRequest.objects.values_list("pk", flat=True)), sample):
        requests = SurveyRequest.objects.filter(pk__in=ids).select_related("organisation")
        expected = dict(projections.request_fact(request) for request in requests)
        wanted += len(expected)
        yield len(ids), _differences(expected, "a request to say how it was")
    for keys in _batches(list(SurveyReply.objects.values_list("pk", flat=True)), sample):
        expected = {}
        for reply in SurveyReply.objects.filter(pk__in=keys):
            expected |= projections.answer_facts(reply)
        wanted += len(expected)
        yield len(keys), _differences(expected, "an answer about how it was")
    if sample is None and facts.survey_count() != wanted:
        yield 0, [f"there are {facts.survey_count()} fact rows for {wanted} requests and answers about how it was"]


def _batches(ids: Sequence[Any], sample: int | None) -> Iterator[Sequence[Any]]:
    chosen = ids if sample is None else random.sample(ids, min(sample, len(ids)))
    for start in range(0, len(chosen), BATCH):
        yield chosen[start : start + BATCH]


def _differences(expected: dict[str, dict[str, Any]], what: str) -> list[str]:
    kept = facts.rows_of_survey(list(expected))
    found = []
    for fact_id, columns in expected.items():
        row = kept.get(fact_id)
        if row is None:
            found.append(f"{what} has no fact row")
        elif any(row[name] != value for name, value in columns.items()):
            found.append(f"{what} has a fact row that differs from what is worked out again")
    return found
