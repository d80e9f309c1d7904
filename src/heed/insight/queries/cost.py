"""What handling cost, from the steps that happened, by what the organisation says that each takes (R198)."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Case as Choose
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from heed.cases import rules
from heed.cases.models import Case, CaseEvent
from heed.insight import costing
from heed.insight.costing import STEPS, Cost, Price
from heed.insight.models import StepCost
from heed.insight.periods import Period
from heed.insight.queries.scope import Scope

APPROACHES = {"early": "Early resolution", "closer": "Closer look", "": "No approach chosen"}


@dataclass(frozen=True)
class Part:
    """What cases of one approach cost at one stage."""

    approach: str
    stage: int
    cost: Cost


@dataclass(frozen=True)
class Costs:
    """`months`: each whole month, newest first; None where nothing was said of any step. `steps`: each counted step by its
    name, dearest first. `uncounted`: names of the steps that nothing was said of."""

    months: tuple[tuple[date, Cost | None], ...]
    parts: tuple[Part, ...]
    steps: tuple[tuple[str, Cost], ...]
    uncounted: tuple[str, ...]
    total: Cost


@dataclass(frozen=True)
class OfCase:
    """What one case cost so far: each counted step by its name, and all together."""

    steps: tuple[tuple[str, Cost], ...]
    uncounted: tuple[str, ...]
    total: Cost


def is_set(organisation_id: int) -> bool:
    """Whether the organisation has said what anything takes. Until then there is no cost."""
    return StepCost.objects.filter(organisation_id=organisation_id).exists()


def said(organisation_id: int) -> list[tuple[str, StepCost]]:
    """All that was said, by the name of the step in the order of the journey, latest first."""
    rows = StepCost.objects.filter(organisation_id=organisation_id).select_related("set_by")
    order = list(STEPS)
    ordered = sorted(rows.order_by("-from_month"), key=lambda row: order.index(row.step))
    return [(STEPS[row.step].name, row) for row in ordered]


def _prices(organisation_id: int) -> list[Price]:
    rows = StepCost.objects.filter(organisation_id=organisation_id)
    return [Price(*row) for row in rows.values_list("step", "from_month", "minutes", "pence_an_hour")]


def _uncounted(prices: list[Price], month: date) -> tuple[str, ...]:
    return tuple(step.name for step in STEPS.values() if costing.in_force(prices, step.key, month) is None)


def costs(scope: Scope, period: Period) -> Costs:
    """What the handling of cases cost in the whole months of a period, for what the person may see added up."""
    prices, by = _prices(scope.organisation.pk), dict[tuple[date, str, int, str], Cost]()
    for index, kind, approach, stage, times in _counted(scope, period):
        step = costing.STEP_OF[kind]
        key = (period.months[index], approach, stage, step)
        by[key] = by.get(key, Cost()) + costing.cost(prices, step, period.months[index], times)

    def summed(position: int) -> dict[object, Cost]:
        found: dict[object, Cost] = {}
        for key, one in by.items():
            found[key[position]] = found.get(key[position], Cost()) + one
        return found

    parts = {(approach, stage): Cost() for approach in APPROACHES for stage in (1, 2)}
    for (_, approach, stage, _), one in by.items():
        parts[approach, stage] += one
    months, steps = summed(0), summed(3)
    dearest = sorted(
        ((STEPS[str(key)].name, one) for key, one in steps.items()), key=lambda pair: -pair[1].pence_minutes
    )
    return Costs(
        months=tuple(
            (month, months.get(month, Cost()) if len(_uncounted(prices, month)) < len(STEPS) else None)
            for month in reversed(period.months)
        ),
        parts=tuple(Part(APPROACHES[approach], stage, one) for (approach, stage), one in parts.items() if one.steps),
        steps=tuple((name, one) for name, one in dearest if one.steps),
        uncounted=_uncounted(prices, period.part),
        total=sum(by.values(), Cost()),
    )


def _counted(scope: Scope, period: Period) -> list[tuple[int, str, str, int, int]]:
    """(index of the month, kind of event, approach, stage, how many). The months are told apart by the database itself, by
    moments and not by a function of dates, which SQLite would hand back to Python for every row."""
    edges = [_start(month) for month in (*period.months[1:], period.part)]
    events = CaseEvent.objects.filter(
        case__organisation=scope.organisation, kind__in=costing.STEP_OF, at__gte=_start(period.first), at__lt=edges[-1]
    )
    codes = scope.codes(None)
    if codes is not None:
        events = events.filter(case__service__code__in=codes)
    month = Choose(
        *(When(at__lt=edge, then=Value(index)) for index, edge in enumerate(edges)), output_field=IntegerField()
    )
    rows = _at_stage(events).annotate(month=month).order_by().values_list("month", "kind", "case__approach", "of_stage")
    return list(rows.annotate(times=Count("pk")))


def _at_stage(events: QuerySet[CaseEvent]) -> QuerySet[CaseEvent]:
    """`of_stage`: 2 from the event on by which the case went there."""
    before = CaseEvent.objects.filter(case_id=OuterRef("case_id"), kind="escalated", number__lt=OuterRef("number"))
    second = Q(case__stage=2) & Q(Exists(before))
    return events.annotate(of_stage=Choose(When(second, then=Value(2)), default=Value(1)))


def _start(month: date) -> datetime:
    return timezone.make_aware(datetime.combine(month, time.min))


def of_case(case: Case) -> OfCase:
    """What a case cost so far."""
    prices, by, last = _prices(case.organisation_id), dict[str, Cost](), case.received_at
    events = CaseEvent.objects.filter(case=case, kind__in=costing.STEP_OF).order_by("number")
    for kind, at in events.values_list("kind", "at"):
        step, last = costing.STEP_OF[kind], max(last, at)
        by[step] = by.get(step, Cost()) + costing.cost(prices, step, rules.day(at).replace(day=1), 1)
    counted = tuple((STEPS[step].name, by[step]) for step in STEPS if step in by and by[step].steps)
    return OfCase(counted, _uncounted(prices, rules.day(last).replace(day=1)), sum(by.values(), Cost()))
