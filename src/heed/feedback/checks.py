"""Compares each item of feedback with its fact row and its search entry."""

import random
from collections.abc import Iterator
from itertools import islice

from heed.facts import queries as facts
from heed.feedback import projections
from heed.feedback.models import Feedback
from heed.search import queries as search
from heed.search.rows import Row

BATCH = 500


def count() -> int:
    return Feedback.objects.count()


def problems(sample: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Batch after batch: how many items were compared, and a sentence for each difference."""
    for items in _batches(sample):
        kept = facts.rows_of_feedback([str(item.pk) for item in items])
        found = []
        for item in items:
            row = kept.get(str(item.pk))
            if row is None:
                found.append(f"feedback {item.reference} has no fact row")
                continue
            for name, value in projections.fact(item).items():
                if row[name] != value:
                    found.append(
                        f"feedback {item.reference}: fact {name} is {row[name]}, worked out again it is {value}"
                    )
        words = (_entry(item) for item in items if not hasattr(item, "case"))
        found += [gap.sentence for gap in search.outdated(words)]
        yield len(items), found
    if sample is None and facts.feedback_count() != count():
        yield 0, [f"there are {facts.feedback_count()} fact rows for {count()} items of feedback"]


def _batches(sample: int | None) -> Iterator[list[Feedback]]:
    everything = Feedback.objects.select_related(
        "organisation", "service", "narrative", "complainant", "case"
    ).order_by("pk")
    if sample is not None:
        ids = list(Feedback.objects.values_list("pk", flat=True))
        chosen = iter(everything.filter(pk__in=random.sample(ids, min(sample, len(ids)))))
        while batch := list(islice(chosen, BATCH)):
            yield batch
        return
    last = 0
    while batch := list(everything.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _entry(item: Feedback) -> Row:
    return Row(
        kind="feedback",
        object_id=item.pk,
        organisation_id=item.organisation_id,
        title=projections.search_title(item),
        text=item.narrative.text,
        at=item.recorded_at,
    )
