"""Keep the training register: which courses there are, who had one, and remind people of what is due (R259)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from heed.accounts import queries as accounts
from heed.accounts.models import User
from heed.accounts.roles import ROLES
from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.care import courses, rules
from heed.care.actions.telling import tell
from heed.care.models import Course, Training, TrainingReminder
from heed.care.queries import training as queries
from heed.design import words
from heed.feedback.rules import clean
from heed.organisations.models import Organisation

OWN = ("INFERRED", "set by the organisation itself")


def take_over(*, organisation: Organisation, codes: Collection[str], by: Actor, at: datetime) -> int:
    """Begin with courses that Heed proposes, by their codes; how many are new. One that was ended before stands again."""
    proposed = courses.proposed()
    if not codes or not set(codes) <= proposed.keys():
        raise Refused("Choose at least one of the courses shown.", "codes")
    new = 0
    with transaction.atomic():
        for code in (code for code in proposed if code in codes):
            one = proposed[code]
            kept, is_new = Course.objects.get_or_create(
                organisation=organisation, key=code,
                defaults={
                    "name": one.name, "what_for": one.what_for, "roles": " ".join(one.roles), "status": one.status.value,
                    "months": one.months.value if one.months else None, "source": one.source,
                },
            )  # fmt: skip
            if not is_new and kept.ended_at is None:
                continue
            kept.ended_at = None
            kept.save(update_fields=["ended_at"])
            _record("course_begun", kept, by, at)
            new += 1
    return new


def set_course(
    *,
    organisation: Organisation,
    course_id: int | None = None,
    name: str,
    what_for: str,
    roles: Collection[str],
    months: int | None,
    by: Actor,
    at: datetime,
) -> Course:
    """Add a course of the organisation's own, or change one. `roles` empty: everybody; `months` None: once is enough."""
    if not set(roles) <= ROLES.keys():
        raise Refused("Choose from the roles shown.", "roles")
    if months is not None and not 1 <= months <= 120:
        raise Refused("Enter for how many months it holds, 1 to 120, or leave it empty.", "months")
    name, what_for = clean(name).strip(), clean(what_for).strip()
    try:
        with transaction.atomic():
            course = Course(organisation=organisation, status=OWN[0], source=OWN[1])
            if course_id is not None:
                course = _course(organisation, course_id)
            course.name, course.what_for, course.months = name, what_for, months
            course.roles = " ".join(key for key in ROLES if key in roles)
            course.save()
            _record("course_set", course, by, at)
    except IntegrityError:
        raise Refused("There is a course of this name already.", "name") from None
    return course


def end_course(*, organisation: Organisation, course_id: int, by: Actor, at: datetime) -> Course:
    """Nobody needs it from now on. Who had it stays on record."""
    with transaction.atomic():
        course = _course(organisation, course_id)
        course.ended_at = at
        course.save(update_fields=["ended_at"])
        _record("course_ended", course, by, at)
    return course


def record_training(
    *,
    organisation: Organisation,
    course_id: int,
    people: Sequence[int],
    had_on: date,
    evidence: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Several people had a course on one day; for how many that is new."""
    if had_on > timezone.localdate(at):
        raise Refused("This day is still to come. Record it when they have had it.", "had_on")
    members = accounts.members(organisation.pk).filter(pk__in=people)
    if not people or members.count() != len(set(people)):
        raise Refused("Choose people who belong to this organisation.", "people")
    new = 0
    with transaction.atomic():
        course = _course(organisation, course_id)
        for person in members:
            new += Training.objects.get_or_create(
                course=course, person=person, had_on=had_on,
                defaults={"evidence": clean(evidence).strip()[:300], "by_id": by.member_id, "at": at},
            )[1]  # fmt: skip
        detail = {"people": sorted(set(people)), "had_on": had_on.isoformat()}
        record(by=by, at=at, verb="training_recorded", kind="course", object_id=course.pk, detail=detail)
    return new


def remind(*, organisation: Organisation, at: datetime) -> int:
    """Everybody of whose training something is due is told how much, once a month at most; how many e-mails were queued."""
    today = timezone.localdate(at)
    due = queries.due_by_person(organisation.pk, today)
    last = dict(TrainingReminder.objects.filter(organisation=organisation).values_list("person_id", "sent_on"))
    wanted = [person for person in due if rules.may_remind(last.get(person), today)]
    sent = 0
    for person in User.objects.filter(pk__in=wanted):
        with transaction.atomic():
            sent += _remind(organisation, person, due[person.pk], today, at)
    return sent


def _remind(organisation: Organisation, person: User, number: int, today: date, at: datetime) -> bool:
    kept, is_new = TrainingReminder.objects.select_for_update().get_or_create(
        organisation=organisation, person=person, defaults={"sent_on": today}
    )
    if not is_new and not rules.may_remind(kept.sent_on, today):
        return False  # another worker was quicker
    kept.sent_on = today
    kept.save(update_fields=["sent_on"])
    fields = {"count": words.count(number, "course")}
    return bool(
        tell(organisation=organisation, person=person, letter="training_due", page="care/training/", fields=fields, at=at)
    )  # fmt: skip


def _course(organisation: Organisation, course_id: int) -> Course:
    """The course, locked. Raises Refused where it stands no more."""
    rows = Course.objects.select_for_update().filter(organisation=organisation, pk=course_id, ended_at=None)
    found = rows.first()
    if found is None:
        raise Refused("This course is not on the list any more.", "course")
    return found


def _record(verb: str, course: Course, by: Actor, at: datetime) -> None:
    record(by=by, at=at, verb=verb, kind="course", object_id=course.pk, organisation=course.organisation.code)
