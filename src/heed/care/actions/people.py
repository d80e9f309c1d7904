"""Agree on what somebody can carry, keep their skills, ask for time or a talk, and answer."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from heed.accounts import queries as accounts
from heed.accounts.models import User
from heed.accounts.permissions import Permission
from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.care import rules
from heed.care.actions.telling import tell
from heed.care.models import Asking, Capacity, Skill
from heed.care.queries import asking as asking_queries
from heed.feedback.rules import clean
from heed.organisations import code_lists
from heed.organisations.models import Organisation


def _may_speak_for(organisation: Organisation, person_id: int, by: Actor) -> None:
    """Themselves, or who looks after people, of somebody who belongs here."""
    managers = accounts.people_who_may(Permission.LOOK_AFTER_PEOPLE, organisation.pk)
    if by.member_id != person_id and not managers.filter(pk=by.member_id).exists():
        raise Refused("This is between them and whoever looks after people here.")
    if not accounts.members(organisation.pk).filter(pk=person_id).exists():
        raise Refused("Choose somebody who belongs to this organisation.")


def propose_capacity(
    *, organisation: Organisation, person_id: int, hours_a_week: int, most_cases: int, by: Actor, at: datetime
) -> Capacity:
    """Say how much somebody can carry: they themselves, or who looks after people. It counts once the other agrees."""
    if refusal := rules.why_not_capacity(hours_a_week, most_cases):
        raise Refused(*refusal)
    _may_speak_for(organisation, person_id, by)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person_id)
        Capacity.objects.filter(organisation=organisation, person_id=person_id, agreed_by=None).delete()
        made = Capacity.objects.create(
            organisation=organisation, person_id=person_id, hours_a_week=hours_a_week, most_cases=most_cases,
            proposed_by_id=by.member_id, proposed_at=at,
        )  # fmt: skip
        record(by=by, at=at, verb="capacity_proposed", kind="user", object_id=person_id)
    return made


def agree_capacity(*, organisation: Organisation, person_id: int, by: Actor, at: datetime) -> Capacity:
    """The other of the two agrees with what was proposed. Raises Refused for who proposed it."""
    _may_speak_for(organisation, person_id, by)
    with transaction.atomic():
        rows = Capacity.objects.select_for_update().filter(organisation=organisation, person_id=person_id)
        found = rows.filter(agreed_by=None).first()
        if found is None:
            raise Refused("Nothing waits to be agreed.")
        if by.member_id == found.proposed_by_id or person_id not in (by.member_id, found.proposed_by_id):
            raise Refused("One proposes and the other agrees: the person, and who looks after people.")
        found.agreed_by_id, found.agreed_at = by.member_id, at
        found.save(update_fields=["agreed_by", "agreed_at"])
        record(by=by, at=at, verb="capacity_agreed", kind="user", object_id=person_id)
    return found


def set_skills(
    *, organisation: Organisation, person_id: int, skills: Mapping[str, str], by: Actor, at: datetime
) -> None:
    """Keep what somebody can be asked for: codes of the list "skills", each with a detail or "". Theirs and their manager's."""
    listed = code_lists.load("skills")
    if unknown := [code for code in skills if code not in listed]:
        raise Refused(f"Choose from the skills shown, not {unknown[0]}.", "codes")
    _may_speak_for(organisation, person_id, by)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person_id)
        rows = Skill.objects.filter(organisation=organisation, person_id=person_id)
        rows.exclude(code__in=list(skills)).delete()
        for code, detail in skills.items():
            values = {"detail": clean(detail).strip()[:120], "by_id": by.member_id, "at": at}
            Skill.objects.update_or_create(organisation=organisation, person_id=person_id, code=code, defaults=values)
        record(by=by, at=at, verb="skills_kept", kind="user", object_id=person_id, detail={"skills": sorted(skills)})


def ask(
    *, organisation: Organisation, to_id: int, helps: Collection[str], words: str = "", by: Actor, at: datetime
) -> Asking:
    """Ask somebody for time or a talk; they are told by e-mail that they were asked, and nothing more. No audit entry: that
    somebody had a hard day is between the two."""
    listed = code_lists.load("what-helps")
    if not helps or any(code not in listed for code in helps):
        raise Refused("Choose what would help.", "helps")
    if not asking_queries.can_be_asked(organisation.pk, by.member_id).filter(pk=to_id).exists():
        raise Refused("Choose somebody who looks after people here, or your supervisor.", "to")
    with transaction.atomic():
        made = Asking.objects.create(
            organisation=organisation, person_id=by.member_id, to_id=to_id, asked_at=at, words=clean(words).strip(),
            helps=" ".join(code for code in listed.codes() if code in helps),
        )  # fmt: skip
        page = f"care/ask/{made.pk}/"
        tell(organisation=organisation, person=made.to, letter="care_asked", page=page, fields={}, at=at)
    return made


def answer_asking(*, organisation: Organisation, asking_id: int, answer: str, by: Actor, at: datetime) -> Asking:
    """Whom it was asked of answers, once; who asked is told that there is an answer."""
    if not answer.strip():
        raise Refused("Write what you can do, and when.", "answer")
    with transaction.atomic():
        rows = Asking.objects.select_for_update(of=("self",)).select_related("person")
        found = rows.filter(organisation=organisation, pk=asking_id, to_id=by.member_id).first()
        if found is None:
            raise Refused("Only whom they asked can answer.")
        if found.answered_at is not None:
            raise Refused("You have answered already. Talk with them, if more is to be said.")
        found.answer, found.answered_at = clean(answer).strip(), at
        found.save(update_fields=["answer", "answered_at"])
        page = f"care/ask/{found.pk}/"
        tell(organisation=organisation, person=found.person, letter="care_answered", page=page, fields={}, at=at)
    return found
