"""Put it right: promise a remedy with a date, and record that it was delivered."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases import projections
from heed.cases.actions.log import Change, changing
from heed.cases.models import Case, Issue, Remedy
from heed.deadlines import calendar
from heed.design import words
from heed.facts import actions as facts
from heed.organisations import code_lists


def agree_remedy(
    *,
    case_id: int,
    kind: str,
    description: str,
    due_on: date,
    amount_pence: int | None = None,
    issue_id: int | None = None,
    decision: str = "",
    show_to: str = "",
    by: Actor,
    at: datetime,
    version: int,
) -> Remedy:
    """Promise a remedy, by a day (R100-R103). Money is whole pence. `decision`: the Ombudsman's that recommended it; `show_to`:
    whom it has to be shown to once it is done, without which it is not delivered (R123)."""
    if kind not in code_lists.load("remedies"):
        raise Refused("Choose what kind of remedy this is.", "kind")
    if not description.strip():
        raise Refused("Say what will be done to put it right.", "description")
    with changing(case_id, by=by, at=at, version=version) as change:
        _check_due(due_on, change.case)
        issue = Issue.objects.filter(case=change.case, pk=issue_id).first() if issue_id else None
        if issue_id and issue is None:
            raise Refused("Choose one of the issues of this case.", "issue_id")
        remedy = Remedy.objects.create(
            case=change.case, kind=kind, description=description.strip(), due_on=due_on,
            amount_pence=amount_pence, issue=issue, decision=decision.strip(), show_to=show_to.strip(), agreed_at=at,
        )  # fmt: skip
        change.event(
            "remedy_agreed", remedy_id=remedy.pk, remedy=kind, due_on=due_on, recommended=bool(remedy.decision)
        )
        facts.put_remedy(str(remedy.pk), projections.remedy_fact(remedy))
    return remedy


@contextmanager
def _undelivered(remedy_id: int, *, by: Actor, at: datetime, version: int) -> Iterator[tuple[Change, Remedy]]:
    """Lock the case of a remedy that is not delivered yet, let both be changed, and write the remedy's fact with it."""
    case_id = Remedy.objects.values_list("case_id", flat=True).get(pk=remedy_id)
    with changing(case_id, by=by, at=at, version=version) as change:
        remedy = Remedy.objects.get(pk=remedy_id)
        if remedy.delivered_on:
            raise Refused("This remedy was recorded as delivered already.")
        yield change, remedy
        facts.put_remedy(str(remedy.pk), projections.remedy_fact(remedy))


def _check_due(due_on: date, case: Case) -> None:
    last = calendar.years()[1]
    if due_on < timezone.localdate(case.received_at):
        raise Refused("The remedy cannot be due before the complaint came in.", "due_on")
    if due_on.year > last:
        raise Refused(f"Choose a day up to the end of {last}: no later year can be counted.", "due_on")


def change_remedy(
    *,
    remedy_id: int,
    description: str,
    due_on: date,
    reason: str,
    amount_pence: int | None = None,
    show_to: str = "",
    by: Actor,
    at: datetime,
    version: int,
) -> Remedy:
    """Put a promise right that is not delivered yet: its words, amount, day or who has to be shown. Whoever was told of it
    reads the `reason`. The days that were promised before stay in the log."""
    if not description.strip():
        raise Refused("Say what will be done to put it right.", "description")
    if not reason.strip():
        raise Refused("Say why it changes. The person reads it.", "reason")
    with _undelivered(remedy_id, by=by, at=at, version=version) as (change, remedy):
        _check_due(due_on, change.case)
        was = (remedy.description, remedy.amount_pence, remedy.due_on, remedy.show_to)
        new = (description.strip(), amount_pence, due_on, show_to.strip())
        if was == new:
            raise Refused("Nothing in it is other than before.")
        before = _in_words(remedy)
        remedy.description, remedy.amount_pence, remedy.due_on, remedy.show_to = new
        remedy.save(update_fields=["description", "amount_pence", "due_on", "show_to"])
        texts = {"before_id": before, "after_id": _in_words(remedy), "reason_id": reason.strip()}
        kept: dict[str, Any] = {name: change.reason(text) for name, text in texts.items()}
        change.event("remedy_changed", remedy_id=remedy.pk, was_due_on=was[2], due_on=due_on, **kept)
    return remedy


def _in_words(remedy: Remedy) -> str:
    """What is promised, as one text, so that a change of it can be read in the history."""
    amount = f"{words.money(remedy.amount_pence)}. " if remedy.amount_pence else ""
    shown = f" To be shown to: {remedy.show_to}." if remedy.show_to else ""
    return f"{amount}{remedy.description}{shown}"


def deliver_remedy(
    *, remedy_id: int, delivered_on: date, note: str, shown: str = "", by: Actor, at: datetime, version: int
) -> Remedy:
    """Record that what was promised was done, also after the case is closed. `shown`: how and when it was shown to whoever
    has to see it; needed where the remedy names them."""
    if not note.strip():
        raise Refused("Say how it was delivered, so that anyone can check.", "note")
    if delivered_on > timezone.localdate(at):
        raise Refused("The day of delivery cannot be in the future.", "delivered_on")
    with _undelivered(remedy_id, by=by, at=at, version=version) as (change, remedy):
        if delivered_on < timezone.localdate(change.case.received_at):
            raise Refused("It cannot have been delivered before the complaint came in.", "delivered_on")
        if remedy.show_to and not shown.strip():
            raise Refused(
                f"Say how and when it was shown to: {remedy.show_to}. Until then it stays on the worklist.", "shown"
            )
        remedy.delivered_on, remedy.delivery_note, remedy.shown = delivered_on, note.strip(), shown.strip()
        remedy.save(update_fields=["delivered_on", "delivery_note", "shown"])
        change.event("remedy_delivered", remedy_id=remedy.pk, delivered_on=delivered_on)
    return remedy
