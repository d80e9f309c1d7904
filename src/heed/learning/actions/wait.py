"""Which action waits for which."""

from datetime import datetime

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.learning.actions.log import Change, changing, staff_id
from heed.learning.models import Action, Dependency
from heed.organisations.models import Organisation

FURTHEST = 200  # actions in a chain: far more than anybody plans


def wait_for(*, action_id: int, waits_for: int, by: Actor, at: datetime, version: int) -> Action:
    """The action waits until another of the organisation is completed. Never in a circle, even through others.

    Raises Refused with a sentence and the field that it concerns."""
    with changing(action_id, by=by, at=at, version=version) as change:
        action = change.action
        other = Action.objects.filter(organisation_id=action.organisation_id, pk=waits_for).first()
        if other is None or other.pk == action.pk:
            raise Refused("Choose another action of this organisation.", "waits_for")
        if other.state == "completed":
            raise Refused("That action is completed, so nothing has to wait for it.", "waits_for")
        # Locked, so that two actions cannot be told at once to wait for each other.
        Organisation.objects.select_for_update().get(pk=action.organisation_id)
        if action.pk in _behind(other.pk):
            raise Refused("That action waits for this one already, so neither could ever go on.", "waits_for")
        _, is_new = Dependency.objects.get_or_create(
            action=action, waits_for=other, defaults={"by_id": staff_id(by), "at": at}
        )
        if not is_new:
            raise Refused("It waits for that action already.", "waits_for")
        change.event("waits", waits_for=other.pk)
    return action


def wait_no_more(*, action_id: int, waits_for: int, by: Actor, at: datetime, version: int) -> Action:
    """The action does not wait for the other any longer."""
    with changing(action_id, by=by, at=at, version=version) as change:
        gone, _ = Dependency.objects.filter(action=change.action, waits_for_id=waits_for).delete()
        if not gone:
            raise Refused("It does not wait for that action.", "waits_for")
        change.event("waits_no_more", waits_for=waits_for)
    return change.action


def _behind(action_id: int) -> set[int]:
    """Everything that an action waits for, directly or through others, and itself."""
    seen, next_ones = {action_id}, {action_id}
    for _ in range(FURTHEST):
        rows = Dependency.objects.filter(action_id__in=next_ones).values_list("waits_for_id", flat=True)
        next_ones = set(rows) - seen
        if not next_ones:
            break
        seen |= next_ones
    return seen


def let_go_on(change: Change) -> None:
    """The action was completed: those that waited for it, and now wait for nothing, have it in their history; `chase`
    tells their owners."""
    waiting = Action.objects.select_for_update(of=("self",)).filter(
        pk__in=Dependency.objects.filter(waits_for=change.action).values("action_id")
    )
    for action in waiting.exclude(state="completed").order_by("pk"):
        if not action.waits_for.exclude(waits_for__state="completed").exclude(waits_for=change.action).exists():
            Change(action, change.by, change.at).event("may_go_on", waits_for=change.action.pk)
