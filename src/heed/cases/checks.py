"""Compares each case with what its log and rows say of it."""

import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import Count, Max

from heed.cases import lifecycle, projections
from heed.cases.models import Case, CaseEvent, Remedy
from heed.cases.whole import BEHIND_A_CASE, Whole, gather
from heed.deadlines import clock
from heed.facts import queries as facts
from heed.search import queries as search
from heed.search.rows import Row

BATCH = 500


def count() -> int:
    return Case.objects.count()


def problems(sample: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Batch after batch: how many cases were compared, and a sentence for each difference between status, dates, facts
    and search entry and what is worked out again. All cases, or `sample` of them at random."""
    for cases in _batches(sample):
        rows = gather(cases)
        found: list[str] = []
        kept = facts.rows_of_cases([str(case.pk) for case in cases])
        counts = _counts(cases)
        for of in rows:
            found += [f"case {of.case.reference}: {what}" for what in _of_one(of, kept, counts)]
        found += [gap.sentence for gap in search.outdated(_entry(of) for of in rows)]
        found += list(_remedies(cases))
        yield len(cases), found
    if sample is None:
        yield 0, list(_left_behind())


def _batches(sample: int | None) -> Iterator[list[Case]]:
    everything = Case.objects.select_related(*BEHIND_A_CASE).order_by("pk")
    if sample is not None:
        ids = list(Case.objects.values_list("pk", flat=True))
        chosen = iter(everything.filter(pk__in=random.sample(ids, min(sample, len(ids)))))
        while batch := list(islice(chosen, BATCH)):
            yield batch
        return
    last = 0
    while batch := list(everything.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _counts(cases: list[Case]) -> dict[int, tuple[int, int]]:
    """How many events each case has, and the highest number among them."""
    rows = CaseEvent.objects.filter(case__in=cases).values("case").annotate(many=Count("pk"), last=Max("number"))
    return {row["case"]: (row["many"], row["last"]) for row in rows.order_by()}


def _of_one(of: Whole, kept: dict[str, dict[str, Any]], counts: dict[int, tuple[int, int]]) -> Iterator[str]:
    case = of.case
    status = lifecycle.replay([entry.kind for entry in of.log])
    if status != case.status:
        yield f"it is {case.status!r}, its log says {status!r}"
    if counts.get(case.pk, (0, 0)) != (case.event_count, case.event_count):
        yield f"its log should hold events 1 to {case.event_count}, and does not"
    try:
        columns, fact = projections.columns(of), projections.fact(of)
    except clock.Contradiction as contradiction:
        yield f"its log contradicts itself: {contradiction}"
        return
    yield from _differ("", columns, {name: getattr(case, name) for name in columns})
    if str(case.pk) not in kept:
        yield "it has no fact row"
    else:
        yield from _differ("fact ", fact, kept[str(case.pk)])


def _differ(prefix: str, wanted: dict[str, Any], kept: dict[str, Any]) -> Iterator[str]:
    for name, value in wanted.items():
        if kept[name] != value:
            yield f"{prefix}{name} is {kept[name]}, worked out again it is {value}"


def _entry(of: Whole) -> Row:
    return Row(**projections.search_entry(of), at=of.case.received_at)


def _remedies(cases: list[Case]) -> Iterator[str]:
    remedies = Remedy.objects.filter(case__in=cases).select_related("case__organisation", "case__service")
    kept = facts.rows_of_remedies([str(remedy.pk) for remedy in remedies])
    for remedy in remedies:
        if str(remedy.pk) not in kept:
            yield f"remedy {remedy.pk} has no fact row"
        else:
            for what in _differ("fact ", projections.remedy_fact(remedy), kept[str(remedy.pk)]):
                yield f"remedy {remedy.pk}: {what}"


def _left_behind() -> Iterator[str]:
    """Facts and search entries of cases that are not there."""
    ids = set(Case.objects.values_list("pk", flat=True))
    gone = {int(case_id) for case_id in facts.case_ids()} - ids
    yield from (f"there is a fact row of case {case_id}, and no such case" for case_id in sorted(gone))
    unfound = set(search.indexed_ids("case")) - ids
    yield from (f"there is a search entry of case {case_id}, and no such case" for case_id in sorted(unfound))
