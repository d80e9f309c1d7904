"""Keep that somebody was told of a complaint, what support they were offered, what they said, and that they were kept
informed (R137)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from heed.accounts import queries as accounts
from heed.accounts.permissions import Viewer
from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.care import rules
from heed.care.models import StaffSupport, SupportUpdate
from heed.cases.models import Case
from heed.feedback.rules import clean
from heed.organisations import code_lists


@dataclass(frozen=True)
class Told:
    """Who was told, when and how, and what they were offered with it (codes, may be none). Somebody who signs in by
    `person_id`, anybody else by name."""

    part: str
    told_on: date
    told_how: str
    person_id: int | None = None
    name: str = ""
    offered: Collection[str] = ()


def keep_told(*, case: Case, told: Told, by: Actor, at: datetime) -> StaffSupport:
    """Keep that somebody was told. Nothing of it is written to the case or its history (R147)."""
    _check(case, told, timezone.localdate(at))
    offered = _codes(told.offered)
    with transaction.atomic():
        made = StaffSupport.objects.create(
            organisation_id=case.organisation_id, case_reference=case.reference, person_id=told.person_id,
            name="" if told.person_id else clean(told.name).strip()[:200], part=told.part, told_on=told.told_on,
            told_how=told.told_how, told_by_id=by.member_id, offered=offered,
            offered_on=told.told_on if offered else None, offered_by_id=by.member_id if offered else None, at=at,
        )  # fmt: skip
        _record("staff_told", made, by, at)
    return made


def _check(case: Case, told: Told, today: date) -> None:
    if told.part not in rules.PARTS:
        raise Refused("Say what part they have in it.", "part")
    if told.told_how not in rules.TOLD_HOW:
        raise Refused("Say how they were told.", "told_how")
    if told.told_on > today:
        raise Refused("This day is still to come. Keep it when they have been told.", "told_on")
    if told.person_id is None and not told.name.strip():
        raise Refused("Choose somebody, or write their name.", "person")
    if told.person_id is not None:
        if not accounts.members(case.organisation_id).filter(pk=told.person_id).exists():
            raise Refused("Choose somebody who belongs to this organisation, or write their name.", "person")
        if StaffSupport.objects.filter(case_reference=case.reference, person_id=told.person_id).exists():
            raise Refused("It is kept already that they were told.", "person")


def offer(*, support_id: int, viewer: Viewer, offered: Collection[str], by: Actor, at: datetime) -> StaffSupport:
    """Offer support, or something else than before; what they said to an earlier offer is asked anew."""
    if not offered:
        raise Refused("Choose what you offered.", "offered")
    with transaction.atomic():
        found = _seen(support_id, viewer)
        if found.person_id == by.member_id:
            raise Refused("Somebody else offers it to you.")
        found.offered, found.offered_on, found.offered_by_id = _codes(offered), timezone.localdate(at), by.member_id
        found.answer, found.accepted, found.answered_on = "", "", None
        found.save()
        _record("support_offered", found, by, at)
    return found


def answer_offer(
    *, support_id: int, viewer: Viewer, accepted: Collection[str], by: Actor, at: datetime
) -> StaffSupport:
    """What they said to the offer: some of it, or none. They say so themselves, or who offered it writes it down."""
    with transaction.atomic():
        found = _seen(support_id, viewer)
        offered = found.offered.split()
        if not offered:
            raise Refused("Nothing has been offered yet.")
        if not set(accepted) <= set(offered):
            raise Refused("Choose from what was offered.", "accepted")
        found.accepted = " ".join(code for code in offered if code in accepted)
        found.answer = "accepted" if accepted else "declined"
        found.answered_on = timezone.localdate(at)
        found.save()
        _record("support_answered", found, by, at)
    return found


def keep_informed(
    *, support_id: int, viewer: Viewer, told_on: date, text: str, by: Actor, at: datetime
) -> SupportUpdate:
    """Keep that they were told how it goes, and what they were told."""
    if told_on > timezone.localdate(at):
        raise Refused("This day is still to come.", "told_on")
    if not text.strip():
        raise Refused("Write what they were told.", "text")
    with transaction.atomic():
        found = _seen(support_id, viewer)
        if found.person_id == by.member_id:
            raise Refused("Somebody else keeps you informed, and writes it down here.")
        made = SupportUpdate.objects.create(
            support=found, told_on=told_on, text=clean(text).strip(), by_id=by.member_id, at=at
        )
        _record("staff_kept_informed", found, by, at)
    return made


def _seen(support_id: int, viewer: Viewer) -> StaffSupport:
    """The row, locked, if the person may see it."""
    seen = StaffSupport.objects.seen_by(viewer).values("pk")
    found = StaffSupport.objects.select_for_update().filter(pk=support_id, pk__in=seen).first()
    if found is None:
        raise Refused("This is not there any more.")
    return found


def _codes(given: Collection[str]) -> str:
    listed = code_lists.load("staff-support")
    if any(code not in listed for code in given):
        raise Refused("Choose from the support shown.", "offered")
    return " ".join(code for code in listed.codes() if code in given)


def _record(verb: str, support: StaffSupport, by: Actor, at: datetime) -> None:
    """Under the support alone: the audit trail of the case does not learn of it."""
    record(by=by, at=at, verb=verb, kind="staff_support", object_id=support.pk)
