"""How much the organisation and its services did: what rates are taken over. Every change keeps what was before it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.design import words
from heed.facts import actions as facts
from heed.facts import queries as fact_queries
from heed.organisations import code_lists, rules
from heed.organisations.models import ActivityChange, Organisation, Service

Cells = Mapping[tuple[str, date], int | None]


def choose_activity(*, organisation: Organisation, kind: str, by: Actor, at: datetime) -> Organisation:
    """Say what is counted here, a code of the list `activity`. Numbers of another kind stay, and count again when that
    kind is chosen again."""
    if kind not in code_lists.load("activity"):
        raise Refused("Choose what is counted.", "kind")
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        before, row.activity_kind = row.activity_kind, kind
        row.save(update_fields=["activity_kind"])
        _record("activity_chosen", row, row.pk, by, at, kind=kind, before=before)
    return row


def enter_activity(
    *, organisation: Organisation, cells: Cells, source: str, way: str, version: int, by: Actor, at: datetime
) -> ActivityChange:
    """Keep numbers of the chosen kind, by code of the service ("": the whole organisation) and first day of the month;
    None takes a number out. What is as it was is left alone.

    source: where they come from, in words. way: "typed" or "brought_in". version: the newest change that the page was
    made from, 0 for none."""
    if not source.strip():
        raise Refused("Say where the numbers come from.", "source")
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if not row.activity_kind:
            raise Refused("Choose what is counted first.")
        _refuse_stale(row, version)
        _refuse_unfit(row, cells, timezone.localdate(at))
        return _keep(row, row.activity_kind, cells, source.strip(), way, by, at)


def undo_activity(*, organisation: Organisation, change_id: int, by: Actor, at: datetime) -> ActivityChange:
    """Give back what stood before a change, where nobody has changed it again since."""
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        change = ActivityChange.objects.filter(organisation=row, pk=change_id).first()
        if change is None:
            raise Refused("This change is not there.")
        if ActivityChange.objects.filter(undoes=change).exists():
            raise Refused("This change was taken back already.")
        standing = fact_queries.activity(row.code, change.kind)
        cells = {
            (service, date.fromisoformat(f"{month}-01")): before
            for service, month, before, since in change.cells
            if standing.get((service, date.fromisoformat(f"{month}-01"))) == since
        }
        if not cells:
            raise Refused("All of these numbers were changed again since, so there is nothing to take back.")
        return _keep(row, change.kind, cells, change.source, "undone", by, at, undoes=change)


def _refuse_stale(row: Organisation, version: int) -> None:
    newest = ActivityChange.objects.filter(organisation=row).first()
    if newest is not None and newest.pk != version:
        raise Stale("Somebody", f"numbers were entered on {words.moment(newest.at)}")


def _refuse_unfit(row: Organisation, cells: Cells, today: date) -> None:
    codes = {rules.WHOLE, *Service.objects.filter(organisation=row).values_list("code", flat=True)}
    for (service, month), number in cells.items():
        if service not in codes:
            raise Refused(f"There is no service “{service}”.")
        if month.day != 1 or (number is not None and not 0 <= number <= rules.LARGEST):
            raise Refused(f"A number is from 0 to {rules.LARGEST:,}, and of a whole month.")
        if reason := rules.why_not_month(month, today):
            raise Refused(f"{reason}. A rate is taken over whole months only.")


def _keep(
    row: Organisation, kind: str, cells: Cells, source: str, way: str, by: Actor, at: datetime,
    undoes: ActivityChange | None = None,
) -> ActivityChange:  # fmt: skip
    standing = fact_queries.activity(row.code, kind)
    changed = {key: number for key, number in cells.items() if standing.get(key) != number}
    if not changed:
        raise Refused("These numbers are kept already: nothing is different.")
    change = ActivityChange.objects.create(
        organisation=row, kind=kind, way=way, source=source, actor_kind=by.kind, actor_id=by.id, at=at, undoes=undoes,
        cells=[[s, f"{m:%Y-%m}", standing.get((s, m)), number] for (s, m), number in sorted(changed.items())],
    )  # fmt: skip
    facts.put_activity(row.code, kind, changed)
    _record("activity_undone" if undoes else "activity_entered", row, change.pk, by, at, kind=kind, cells=len(changed))
    return change


def _record(verb: str, row: Organisation, object_id: int, by: Actor, at: datetime, **detail: object) -> None:
    kind = "organisation" if verb == "activity_chosen" else "activity_change"
    record(by=by, at=at, verb=verb, kind=kind, object_id=object_id, organisation=row.code, detail=detail)
