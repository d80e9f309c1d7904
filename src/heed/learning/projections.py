"""What follows from an action's rows and log: its fact row, and how many actions stand on a case's lessons. Written by
the action that changed it, in the same transaction; worked out again by `heed check`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from heed.learning.models import Action


def fact(action: Action) -> dict[str, Any]:
    """The action's fact row, from its log and checks; those that `with_all_for_facts` fetched are not asked for again."""
    first = min(action.events.all(), key=lambda event: event.number)
    checks = sorted(action.checks.all(), key=lambda check: (check.done_on, check.pk))
    return fact_of(action, first.data, [(check.kind, check.worked, check.done_on) for check in checks])


def fact_of(action: Any, first: Mapping[str, str], checks: Sequence[tuple[str, bool, date]]) -> dict[str, Any]:
    """The same for an action at hand: `first` is the data of its first event, `checks` kind, whether it worked and day
    of each. What was due is what was first promised: a date that moves later does not become kept."""

    def promised(name: str) -> date:
        return date.fromisoformat(first[name])

    def checked(kind: str, *, only_worked: bool) -> date | None:
        return next((on for made, worked, on in checks if made == kind and (worked or not only_worked)), None)

    return {
        "organisation": action.organisation.code,
        "service": action.service.code if action.service else "",
        "started_on": action.started_on,
        "due_on": promised("finish_on"),
        "completed_on": action.completed_on,
        "verify_due_on": promised("completion_check_on"),
        "verified_on": checked("completion", only_worked=True),
        "impact_due_on": promised("impact_check_on"),
        "impact_measured_on": checked("impact", only_worked=False),
        "sustain_due_on": promised("maintenance_check_on"),
        "sustained_on": checked("maintenance", only_worked=True),
    }


def with_all_for_facts(actions: QuerySet[Action]) -> QuerySet[Action]:
    """The same actions, with what `fact` reads fetched at once."""
    return actions.select_related("organisation", "service").prefetch_related("events", "checks")


def actions_on_case(case_id: int) -> int:
    """How many actions were promised because of one case."""
    return Action.objects.filter(learning_point__case_id=case_id).count()
