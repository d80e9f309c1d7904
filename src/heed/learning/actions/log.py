"""The frame of every change to an action: lock it, check its version, change it, and write log and facts together."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.cases.models import Case, ComplainedAbout
from heed.facts import actions as facts
from heed.learning import lifecycle, projections, rules, sentences
from heed.learning.models import Action, ActionEvent, ActionReason


class Change:
    """One change in progress. `action` is locked; events are kept in the order in which they are added."""

    def __init__(self, action: Action, by: Actor, at: datetime):
        self.action, self.by, self.at = action, by, at

    @property
    def case(self) -> Case | None:
        """The case that the action comes of, None where it comes of many."""
        return self.action.learning_point.case

    def event(self, kind: str, **data: Any) -> ActionEvent:
        """Add an event of codes, dates and ids."""
        if self.by.kind == "public":
            data.setdefault("outside_id", self.action.outside_owner_id)
        values = {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}
        return ActionEvent.objects.create(
            action=self.action,
            number=self.action.events.count() + 1,
            kind=kind,
            at=self.at,
            actor_kind=self.by.kind,
            actor_id=self.by.id,
            data=values,
        )

    def move(self, kind: str, **data: Any) -> ActionEvent:
        """Make a move of the lifecycle, or refuse with a sentence."""
        if refusal := rules.why_not_move(kind, self.action.state):
            raise Refused(refusal)
        self.action.state = lifecycle.after(kind)
        return self.event(kind, **data)

    def reason(self, text: str) -> int:
        """Keep words that explain an event, and return the id that the event carries."""
        return ActionReason.objects.create(action=self.action, text=text.strip()).pk

    def finish(self) -> None:
        """Save the action with what it owes next, and write its fact."""
        self.action.version += 1
        for name, value in projections.owed(self.action).items():
            setattr(self.action, name, value)
        self.action.save()
        facts.put_action(str(self.action.pk), projections.fact(self.action))


@contextmanager
def changing(action_id: int, *, by: Actor, at: datetime, version: int) -> Iterator[Change]:
    """Lock an action, let it be changed, and write all that follows in the same transaction.

    Raises Stale when `version` is not the action's, Refused when the person is complained about in a case that it comes of,
    or owns it no longer and has no account."""
    with transaction.atomic():
        action = (
            Action.objects.select_for_update(of=("self",))
            .select_related("organisation", "service", "learning_point__case__feedback")
            .get(pk=action_id)
        )
        if action.version != version:
            raise Stale(*sentences.last_change(action))
        refuse_if_against(by, action.learning_point.case_ids)
        if by.kind == "public" and action.outside_owner_id is None:
            raise Refused("This action has another owner now.")
        change = Change(action, by, at)
        yield change
        change.finish()


def is_against(by: Actor, case_ids: Collection[int]) -> bool:
    """Whether somebody is complained about in one of these cases (R255)."""
    if by.staff_id is None:
        return False
    return ComplainedAbout.objects.filter(case_id__in=case_ids, person_id=by.staff_id).exists()


def refuse_if_against(by: Actor, case_ids: Collection[int]) -> None:
    """Nobody who is complained about has a part in what is made of it (R255)."""
    if is_against(by, case_ids):
        which = "one of these cases" if len(case_ids) > 1 else "this case"
        raise Refused(f"You are complained about in {which}, so you cannot act in it.")


def staff_id(by: Actor) -> int:
    """Who learns, promises and publishes is always a member of staff."""
    if by.staff_id is None:
        raise ValueError(f"{by.kind} {by.id} is not a member of staff")
    return by.staff_id
