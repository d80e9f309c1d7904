"""Agree on supervision, keep that a talk took place and what the two want to remember of it, write and share a reflection."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from heed.accounts import queries as accounts
from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.care.models import Reflection, Supervision, Talk, TalkNote
from heed.feedback.rules import clean
from heed.organisations.models import Organisation

CONFIDENTIAL = "Only the two whom a talk was between can do this."


def agree_supervision(
    *,
    organisation: Organisation,
    supervisor_id: int,
    supervised_id: int,
    every_weeks: int,
    next_on: date,
    by: Actor,
    at: datetime,
) -> Supervision:
    """From now on these two talk regularly. What was agreed for the second before, with whomever, ends: a new supervisor
    reads nothing of what was said to the last."""
    if supervisor_id == supervised_id:
        raise Refused("Supervision is between two people. Choose somebody else.", "supervisor")
    if accounts.members(organisation.pk).filter(pk__in=[supervisor_id, supervised_id]).count() != 2:
        raise Refused("Choose two people who belong to this organisation.", "supervisor")
    if not 1 <= every_weeks <= 26:
        raise Refused("Enter how many weeks lie between two talks: 1 to 26.", "every_weeks")
    if next_on < timezone.localdate(at):
        raise Refused("The next talk is on a day that is still to come.", "next_on")
    with transaction.atomic():
        standing = Supervision.objects.select_for_update().filter(
            organisation=organisation, supervised_id=supervised_id, ended_at=None
        )
        same = standing.filter(supervisor_id=supervisor_id).first()
        standing.exclude(pk=same.pk if same else 0).update(ended_at=at)
        made = same or Supervision(
            organisation=organisation, supervisor_id=supervisor_id, supervised_id=supervised_id, begun_at=at
        )
        made.every_weeks, made.next_on = every_weeks, next_on
        made.save()
        _record("supervision_agreed", made, by, at)
    return made


def end_supervision(*, organisation: Organisation, supervision_id: int, by: Actor, at: datetime) -> None:
    """The two do not talk regularly any more. What they kept stays with them."""
    with transaction.atomic():
        rows = Supervision.objects.select_for_update().filter(organisation=organisation, ended_at=None)
        found = rows.filter(pk=supervision_id).first()
        if found is None:
            raise Refused("This has ended already.")
        found.ended_at = at
        found.save(update_fields=["ended_at"])
        _record("supervision_ended", found, by, at)


def hold_talk(
    *,
    organisation: Organisation,
    supervision_id: int,
    held_on: date,
    next_on: date,
    text: str = "",
    by: Actor,
    at: datetime,
) -> Talk:
    """One of the two keeps that they talked, when they talk next, and, where they like, what they want to remember."""
    if held_on > timezone.localdate(at):
        raise Refused("This day is still to come. Keep the talk when you have had it.", "held_on")
    if next_on <= held_on:
        raise Refused("The next talk comes after this one.", "next_on")
    with transaction.atomic():
        found = _of_the_two(organisation, supervision_id, by)
        if Talk.objects.filter(supervision=found, held_on=held_on).exists():
            raise Refused("The talk of this day is kept already. Open it to add to the note.", "held_on")
        talk = Talk.objects.create(supervision=found, held_on=held_on, by_id=by.member_id, at=at)
        found.next_on = next_on
        found.save(update_fields=["next_on"])
        if text.strip():
            TalkNote.objects.create(talk=talk, text=clean(text).strip(), by_id=by.member_id, at=at)
        _record("supervision_held", found, by, at)
    return talk


def _of_the_two(organisation: Organisation, supervision_id: int, by: Actor) -> Supervision:
    rows = Supervision.objects.select_for_update().filter(organisation=organisation, ended_at=None)
    found = rows.filter(pk=supervision_id).first()
    if found is None or by.member_id not in (found.supervisor_id, found.supervised_id):
        raise Refused(CONFIDENTIAL)
    return found


def write_note(
    *, organisation: Organisation, talk_id: int, text: str, version: int, by: Actor, at: datetime
) -> TalkNote | None:
    """What the two want to remember of a talk, by either of them; nothing at all forgets it. `version` 0 where there was no
    note. Raises Stale when the other changed it meanwhile. No audit entry: that one was written is between the two."""
    with transaction.atomic():
        talk = Talk.objects.select_for_update(of=("self",)).select_related("supervision").filter(
            pk=talk_id, supervision__organisation=organisation
        ).first()  # fmt: skip
        if talk is None or by.member_id not in (talk.supervision.supervisor_id, talk.supervision.supervised_id):
            raise Refused(CONFIDENTIAL)
        kept = TalkNote.objects.select_related("by").filter(talk=talk).first()
        if (kept.version if kept else 0) != version:
            raise Stale(kept.by.name if kept else "The other", "the note")
        if not text.strip():
            TalkNote.objects.filter(talk=talk).delete()
            return None
        note = kept or TalkNote(talk=talk, version=0)
        note.text, note.by_id, note.at, note.version = clean(text).strip(), by.member_id, at, version + 1
        note.save()
    return note


def write_reflection(
    *,
    organisation: Organisation,
    reflection_id: int | None = None,
    text: str,
    version: int = 0,
    by: Actor,
    at: datetime,
) -> Reflection:
    """Write one, or write it anew; only its writer can. No audit entry: that somebody reflects is theirs alone."""
    if not text.strip():
        raise Refused("Write something, or leave the page.", "text")
    with transaction.atomic():
        one = Reflection(organisation=organisation, writer_id=by.member_id, written_at=at, version=0)
        if reflection_id is not None:
            one = _own_reflection(organisation, reflection_id, by)
        if one.version != version:
            raise Stale("You", "the reflection, in another window")
        one.text, one.version = clean(text).strip(), one.version + 1
        one.save()
    return one


def share_reflection(
    *, organisation: Organisation, reflection_id: int, shared: bool, by: Actor, at: datetime
) -> Reflection:
    """Let the supervisor of now read it, or make it the writer's alone again. Raises Refused where there is no supervisor."""
    with transaction.atomic():
        one = _own_reflection(organisation, reflection_id, by)
        standing = Supervision.objects.filter(organisation=organisation, supervised_id=by.member_id, ended_at=None)
        found = standing.first() if shared else None
        if shared and found is None:
            raise Refused("You have no supervisor here yet, so there is nobody to share it with.")
        one.shared_with_id, one.shared_at = (found.supervisor_id, at) if found else (None, None)
        one.save(update_fields=["shared_with", "shared_at"])
    return one


def forget_reflection(*, organisation: Organisation, reflection_id: int, by: Actor, at: datetime) -> None:  # noqa: ARG001
    """Remove it for good, whoever it was shared with; nothing tells that it was, nor when (`at` is not kept)."""
    with transaction.atomic():
        _own_reflection(organisation, reflection_id, by).delete()


def _own_reflection(organisation: Organisation, reflection_id: int, by: Actor) -> Reflection:
    rows = Reflection.objects.select_for_update().filter(organisation=organisation, writer_id=by.member_id)
    found = rows.filter(pk=reflection_id).first()
    if found is None:
        raise Refused("Only who wrote it can change it.")
    return found


def _record(verb: str, supervision: Supervision, by: Actor, at: datetime) -> None:
    record(by=by, at=at, verb=verb, kind="supervision", object_id=supervision.pk)
