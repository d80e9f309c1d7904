"""What follows from an action's rows and log: its fact row, what it owes next, and how many actions stand on a case's
lessons. Written by the action that changed it, in the same transaction; worked out again by `heed check`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from heed.learning import owing
from heed.learning.models import Action, Check


def fact(action: Action) -> dict[str, Any]:
    """The action's fact row, from its log and checks; those that `with_all_for_facts` fetched are not asked for again."""
    events = sorted(action.events.all(), key=lambda event: event.number)
    completed = next((event.data["completed_on"] for event in events if event.kind == "completed"), None)
    checks = sorted(action.checks.all(), key=lambda check: (check.done_on, check.pk))
    return fact_of(
        action,
        events[0].data,
        [(check.kind, check.worked, check.done_on) for check in checks],
        date.fromisoformat(completed) if completed else None,
    )


def fact_of(
    action: Any, first: Mapping[str, str], checks: Sequence[tuple[str, bool, date]], completed_on: date | None
) -> dict[str, Any]:
    """The same for an action at hand: `first` is the data of its first event, `checks` kind, whether it worked and day
    of each, `completed_on` the day on which it was first done, as somebody else then found.

    What was due is what was first promised: a date that moves later does not become kept. That it was done in time stays
    true of an action that slips later; that it lasts does not."""

    def promised(name: str) -> date:
        return date.fromisoformat(first[name])

    def checked(kind: str, *, only_worked: bool) -> date | None:
        return next((on for made, worked, on in checks if made == kind and (worked or not only_worked)), None)

    return {
        "organisation": action.organisation.code,
        "service": action.service.code if action.service else "",
        "started_on": action.started_on,
        "due_on": promised("finish_on"),
        "completed_on": completed_on,
        "verify_due_on": promised("completion_check_on"),
        "verified_on": checked("completion", only_worked=True),
        "impact_due_on": promised("impact_check_on"),
        "impact_measured_on": checked("impact", only_worked=False),
        "sustain_due_on": promised("maintenance_check_on"),
        "sustained_on": _sustained([(worked, on) for made, worked, on in checks if made == "maintenance"]),
    }


def _sustained(looks: Sequence[tuple[bool, date]]) -> date | None:
    """Since when it has been found to last: the first of the looks since it last slipped; None while it has."""
    since = None
    for lasts, on in looks:
        since = (since or on) if lasts else None
    return since


def owed(action: Action) -> dict[str, Any]:
    """What the action owes next, as it is kept with it for lists."""
    checks: list[Check] = sorted(action.checks.all(), key=lambda check: (check.at, check.pk))
    on, what = owing.owed(action, checks)
    return {"owed_on": on, "owed_what": what, "owed_by_id": owing.owed_by(action, what)}


def with_all_for_facts(actions: QuerySet[Action]) -> QuerySet[Action]:
    """The same actions, with what `fact` and `owed` read fetched at once."""
    return actions.select_related("organisation", "service").prefetch_related("events", "checks")


def actions_on_case(case_id: int) -> int:
    """How many actions were promised because of one case."""
    return Action.objects.filter(learning_point__case_id=case_id).count()
