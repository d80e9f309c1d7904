"""Compares each improvement action with its log, its fact row and what it owes next, and cases with how many actions
stand on them."""

from collections.abc import Iterator

from django.db.models import Count

from heed.facts import queries as facts
from heed.learning import lifecycle, projections
from heed.learning.models import Action

BATCH = 500


def count() -> int:
    return Action.objects.count()


def problems(sample: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Batch after batch: how many actions were compared, and a sentence for each difference."""
    actions = projections.with_all_for_facts(Action.objects.order_by("pk"))
    ids = list(Action.objects.order_by("?" if sample is not None else "pk").values_list("pk", flat=True)[:sample])
    for start in range(0, len(ids), BATCH):
        rows = list(actions.filter(pk__in=ids[start : start + BATCH]))
        kept = facts.rows_of_actions([str(action.pk) for action in rows])
        yield len(rows), [line for action in rows for line in _of_one(action, kept.get(str(action.pk)))]
    if sample is None:
        yield 0, list(_of_all())


def _of_all() -> Iterator[str]:
    if facts.action_count() != count():
        yield f"there are {facts.action_count()} fact rows for {count()} actions"
    of_cases = Action.objects.filter(learning_point__case__isnull=False)
    found = of_cases.order_by().values_list("learning_point__case_id").annotate(many=Count("pk"))
    counted = {str(case_id): many for case_id, many in found}
    kept = facts.learning_actions()
    for case_id in sorted(counted.keys() | kept.keys()):
        if counted.get(case_id, 0) != kept.get(case_id, 0):
            yield (
                f"case {case_id}: fact learning_actions is {kept.get(case_id, 0)}, counted again it is "
                f"{counted.get(case_id, 0)}"
            )


def _of_one(action: Action, kept: dict[str, object] | None) -> Iterator[str]:
    state = lifecycle.replay([event.kind for event in sorted(action.events.all(), key=lambda event: event.number)])
    if state != action.state:
        yield f"action {action.pk} is {action.state}, its events lead to {state}"
    for name, value in projections.owed(action).items():
        if getattr(action, name) != value:
            yield f"action {action.pk}: {name} is {getattr(action, name)}, worked out again it is {value}"
    if kept is None:
        yield f"action {action.pk} has no fact row"
        return
    for name, value in projections.fact(action).items():
        if kept[name] != value:
            yield f"action {action.pk}: fact {name} is {kept[name]}, worked out again it is {value}"
