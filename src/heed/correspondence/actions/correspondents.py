"""Keeping how a person wants to be addressed and reached."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.correspondence import queries, rules
from heed.correspondence.models import Correspondent


class Wishes(TypedDict, total=False):
    """What may be kept of a correspondent; the fields of the model say what each means."""

    name: str
    address_as: str
    email: str
    phone: str
    postal_address: str
    preferred_channel: str
    convenient_times: str
    may_leave_message: bool | None
    email_is_private: bool
    post_is_safe: bool | None
    adjustments: list[str]
    adjustments_note: str
    support_needs: str
    do_not: str


def add_correspondent(*, by: Actor, at: datetime, **wishes: Unpack[Wishes]) -> Correspondent:
    """A new correspondent. Raises Refused, with the field, for what cannot be kept."""
    correspondent = Correspondent(created_at=at)
    _set(correspondent, wishes, by, at)
    with transaction.atomic():
        correspondent.save()
        _record("correspondent_added", correspondent, by, at)
    return correspondent


def update_correspondent(
    *, correspondent: Correspondent, by: Actor, at: datetime, version: int | None = None, **wishes: Unpack[Wishes]
) -> Correspondent:
    """Change the fields that are given and return the row as it now stands.

    `version` is that of the page that was edited: Stale is raised if somebody else changed it since. A new e-mail
    address is not private, and a new postal address not known to be safe, until the same change says so. Raises
    Refused, with the field, for what cannot be kept."""
    with transaction.atomic():
        row = Correspondent.objects.select_for_update().get(pk=correspondent.pk)
        if version is not None and row.version != version:
            raise Stale(queries.who_changed(row), rules.named(row.changed_fields))
        before = {name: getattr(row, name) for name in Wishes.__annotations__}
        _set(row, wishes, by, at)
        changed = [name for name in before if getattr(row, name) != before[name]]
        if not changed:
            return Correspondent.objects.get(pk=row.pk)
        row.changed_fields = changed
        row.version += 1
        row.save()
        _record("correspondent_changed", row, by, at)
    return row


def _set(correspondent: Correspondent, wishes: Wishes, by: Actor, at: datetime) -> None:
    unknown = wishes.keys() - Wishes.__annotations__.keys()
    if unknown:
        raise TypeError(f"A correspondent has no {', '.join(sorted(unknown))}.")
    known = {name: getattr(correspondent, name) for name in Wishes.__annotations__}
    for name, value in rules.settled(known, dict(wishes)).items():
        setattr(correspondent, name, value)
    correspondent.name_folded = rules.folded(correspondent.name)
    correspondent.changed_at, correspondent.changed_by_kind, correspondent.changed_by_id = at, by.kind, by.id
    _refuse_what_cannot_be_kept(correspondent)


def _refuse_what_cannot_be_kept(correspondent: Correspondent) -> None:
    ours = {field.name for field in correspondent._meta.concrete_fields} - Wishes.__annotations__.keys()
    try:
        correspondent.clean_fields(exclude=ours)
    except ValidationError as fault:
        field, sentences = next(iter(fault.message_dict.items()))
        raise Refused(rules.SENTENCES.get(field, sentences[0]), field) from fault
    if reason := rules.why_not_by(correspondent.preferred_channel, correspondent):
        raise Refused(*reason)


def _record(verb: str, correspondent: Correspondent, by: Actor, at: datetime) -> None:
    """The names of the fields, never what they hold."""
    detail = {"fields": correspondent.changed_fields}
    record(by=by, at=at, verb=verb, kind="correspondent", object_id=correspondent.pk, detail=detail)
