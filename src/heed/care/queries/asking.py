"""Who asked for time or a talk: for the two alone; for all others counts of quarters that are over, without few."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from heed.accounts import queries as accounts
from heed.accounts.models import User
from heed.accounts.permissions import Permission, Viewer
from heed.care import rules
from heed.care.models import Asking, Supervision


def can_be_asked(organisation_id: int, person_id: int) -> QuerySet[User]:
    """Who looks after people here, and the person's supervisor; where there is neither, such as for the one who looks after
    all others, whoever answers for the organisation."""
    managers = accounts.people_who_may(Permission.LOOK_AFTER_PEOPLE, organisation_id).values("pk")
    supervisor = Supervision.objects.filter(
        organisation_id=organisation_id, supervised_id=person_id, ended_at=None
    ).values("supervisor_id")
    others = accounts.members(organisation_id).exclude(pk=person_id).order_by("name_folded", "pk")
    found = others.filter(Q(pk__in=managers) | Q(pk__in=supervisor))
    answers = accounts.people_who_may(Permission.SIGN, organisation_id).values("pk")
    return found if found.exists() else others.filter(pk__in=answers)


def askings(viewer: Viewer, limit: int = 20) -> list[Asking]:
    """What the person asked, or was asked, newest first."""
    return list(_seen(viewer)[:limit])


def asking(viewer: Viewer, asking_id: int) -> Asking | None:
    """One of them."""
    return _seen(viewer).filter(pk=asking_id).first()


def _seen(viewer: Viewer) -> QuerySet[Asking]:
    return Asking.objects.seen_by(viewer).select_related("person", "to").order_by("-asked_at", "-pk")


def unanswered(viewer: Viewer) -> int:
    """How many wait for an answer of the person."""
    return _seen(viewer).filter(to_id=viewer.person_id, answered_at=None).count()


@dataclass(frozen=True)
class Quarter:
    """A quarter that is over: how often somebody asked, and was answered within a day. In words, few not told."""

    first: date
    last: date
    asked: str
    soon: str


def quarters(organisation_id: int, today: date, number: int = 4) -> list[Quarter]:
    """The last quarters that are over, newest first. One question."""
    firsts = rules.quarters_before(today, number)
    rows = Asking.objects.filter(organisation_id=organisation_id, asked_at__gte=_start(firsts[-1]))
    listed = list(rows.order_by().values_list("asked_at", "answered_at"))
    return [_quarter(first, listed) for first in firsts]


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _quarter(first: date, listed: list[tuple[datetime, datetime | None]]) -> Quarter:
    of = [row for row in listed if rules.quarter_of(timezone.localdate(row[0])) == first]
    soon = sum(rules.within_a_day(asked, answered) for asked, answered in of)
    last = rules.quarter_of(first + timedelta(days=100)) - timedelta(days=1)
    told = rules.told_number(soon) if len(of) >= rules.FEW else ""
    return Quarter(first, last, rules.told_number(len(of)), told)
