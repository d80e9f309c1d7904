"""Compares each improvement action with its log and its fact row."""

from collections.abc import Iterator

from heed.facts import queries as facts
from heed.learning import projections
from heed.learning.models import Action

BATCH = 500


def count() -> int:
    return Action.objects.count()


def problems(sample: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Batch after batch: how many actions were compared, and a sentence for each difference."""
    actions = Action.objects.select_related("organisation", "service").order_by("?" if sample is not None else "pk")
    ids = list(actions.values_list("pk", flat=True)[:sample])
    for start in range(0, len(ids), BATCH):
        rows = list(actions.filter(pk__in=ids[start : start + BATCH]))
        kept = facts.rows_of_actions([str(action.pk) for action in rows])
        yield len(rows), [line for action in rows for line in _of_one(action, kept.get(str(action.pk)))]
    if sample is None and facts.action_count() != count():
        yield 0, [f"there are {facts.action_count()} fact rows for {count()} actions"]


def _of_one(action: Action, kept: dict[str, object] | None) -> Iterator[str]:
    if kept is None:
        yield f"action {action.pk} has no fact row"
        return
    for name, value in projections.fact(action).items():
        if kept[name] != value:
            yield f"action {action.pk}: fact {name} is {kept[name]}, worked out again it is {value}"
