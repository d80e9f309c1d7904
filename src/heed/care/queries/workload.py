"""What each handler carries against what was agreed with them, and what they are good at (R139). By name, never ranked; no
measure is made of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from heed.accounts import queries as accounts
from heed.accounts.models import User
from heed.accounts.permissions import Permission, Viewer
from heed.care import rules
from heed.care.models import Capacity, Skill
from heed.care.rules import Load
from heed.cases.models import Case
from heed.cases.queries.worklist import Calendars
from heed.cases.rules import OF_ITS_OWN_DAY
from heed.organisations import code_lists
from heed.organisations.models import Organisation

HIGH = ("high", "extreme")


def loads(organisation: Organisation, today: date, person_id: int | None = None) -> list[Load]:
    """Of all who may handle cases, or of one. Four questions, however many cases there are."""
    people = accounts.people_who_may(Permission.HANDLE, organisation.pk).order_by("name_folded", "pk")
    people = people.filter(pk=person_id) if person_id is not None else people
    calendar = Calendars(organisation.pk).of(organisation.procedure, organisation.nation)
    until = calendar.add_working_days(today, rules.PROMISES_AHEAD)
    counted, agreed = _counted(organisation.pk, today, until), _agreed(organisation.pk)
    found = []
    for pk, name in people.values_list("pk", "name"):
        most, hours = agreed.get(pk, (None, None))
        found.append(Load(pk, name, *counted.get(pk, (0, 0, 0, 0)), most, hours))
    return found


def _promised() -> Q:
    """As `cases.rules.is_promised` says of one case: of whose next step a day was promised to somebody."""
    respond_by = Q(stage=1, respond_by__isnull=False) | Q(stage=2, stage_2_respond_by__isnull=False)
    not_review = Q(review_by__isnull=True) | ~Q(next_step_on=F("review_by"))
    return ~Q(next_step="close") & (Q(next_step__in=OF_ITS_OWN_DAY) | respond_by | not_review)


def _counted(organisation_id: int, today: date, until: date) -> dict[int, tuple[int, int, int, int]]:
    """Open cases, those of high risk, those with a promise until then, and those with a promise that is late."""
    rows = (
        Case.objects.filter(organisation_id=organisation_id, handler__isnull=False)
        .exclude(status="closed")
        .order_by()
        .values("handler_id")
        .annotate(
            open=Count("pk"),
            high=Count("pk", filter=Q(risk__in=HIGH)),
            soon=Count("pk", filter=_promised() & Q(next_step_on__range=(today, until))),
            late=Count("pk", filter=_promised() & Q(next_step_on__lt=today)),
        )
    )
    return {row["handler_id"]: (row["open"], row["high"], row["soon"], row["late"]) for row in rows}


def _agreed(organisation_id: int) -> dict[int, tuple[int, int]]:
    """The most cases and the hours a week that were agreed last, by person."""
    rows = Capacity.objects.filter(organisation_id=organisation_id, agreed_by__isnull=False).order_by("pk")
    return {
        person: (most, hours) for person, most, hours in rows.values_list("person_id", "most_cases", "hours_a_week")
    }


def proposal(organisation_id: int, person_id: int) -> Capacity | None:
    """What waits to be agreed with somebody."""
    rows = Capacity.objects.filter(organisation_id=organisation_id, person_id=person_id, agreed_by=None)
    return rows.select_related("proposed_by").first()


def skills(organisation_id: int, person_id: int | None = None) -> dict[int, dict[str, str]]:
    """By person, the detail of each skill by its code, in the order of the list."""
    rows = Skill.objects.filter(organisation_id=organisation_id, person__is_active=True)
    rows = rows.filter(person_id=person_id) if person_id is not None else rows
    place = {code: number for number, code in enumerate(code_lists.load("skills").codes())}
    found: dict[int, dict[str, str]] = {}
    for row in sorted(rows, key=lambda skill: place.get(skill.code, len(place))):
        found.setdefault(row.person_id, {})[row.code] = row.detail
    return found


def named_skills(kept: dict[str, str]) -> list[str]:
    """Languages (Urdu, Polish)"""
    listed = code_lists.load("skills")
    return [f"{_label(listed, code)} ({detail})" if detail else _label(listed, code) for code, detail in kept.items()]


def _label(listed: Any, code: str) -> str:
    return str(listed.label(code)) if code in listed else code


def members_with(viewer: Viewer) -> QuerySet[User]:
    """Everybody who works here: whose skills may be kept."""
    return accounts.members(viewer.organisation_id).order_by("name_folded", "pk")


def beside_names(organisation: Organisation, today: date, asks: Iterable[str]) -> dict[int, str]:
    """What stands beside each handler's name when a case is given: skills that fit first, then the room that they have, so
    that nobody is given more than agreed unseen. `asks`: the adjustments and flags of the case."""
    fits, kept = rules.fitting(asks), skills(organisation.pk)
    found = {}
    for load in loads(organisation, today):
        theirs = kept.get(load.person_id, {})
        fitting = named_skills({code: detail for code, detail in theirs.items() if code in fits})
        found[load.person_id] = "; ".join([*fitting, load.standing])
    return found
