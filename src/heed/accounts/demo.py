"""Step in as one of the cast, without a password: in the demonstration only.

It needs two things that no live installation has together: HEED_DEMO=1, and a database that `heed demo` made."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from heed.accounts.models import Membership, User
from heed.accounts.queries import is_demonstration
from heed.accounts.roles import ROLES
from heed.organisations.models import Organisation


def is_on() -> bool:
    return bool(settings.DEMO) and is_demonstration()


@dataclass(frozen=True)
class Part:
    """Somebody in the cast, in one organisation: by what roles, and what those do in a line."""

    person_id: int
    name: str
    job_title: str
    roles: str
    what: str


def cast() -> list[tuple[Organisation, list[Part]]]:
    """Everybody who can be stepped in as, by organisation, in the order in which they were written."""
    rows = (
        Membership.objects.filter(user__is_active=True)
        .select_related("user", "organisation", "service")
        .order_by("organisation__pk", "pk")
    )
    found: dict[Organisation, dict[int, list[Membership]]] = {}
    for row in rows:
        found.setdefault(row.organisation, {}).setdefault(row.user_id, []).append(row)
    return [(place, [_part(roles) for roles in people.values()]) for place, people in found.items()]


def _part(memberships: list[Membership]) -> Part:
    person = memberships[0].user
    names = [_role_in_words(membership) for membership in memberships]
    return Part(person.pk, person.name, person.job_title, ", ".join(names), ROLES[memberships[0].role].what)


def _role_in_words(membership: Membership) -> str:
    name = ROLES[membership.role].name
    return f"{name}, {membership.service.name}" if membership.service else name


def step_in(request: HttpRequest, person_id: int) -> User | None:
    """Sign in as one of the cast; None where that is nobody, or this is no demonstration."""
    if not is_on():
        return None
    person = User.objects.filter(pk=person_id, is_active=True, memberships__isnull=False).distinct().first()
    if person is not None:
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return person
