"""Who somebody is in an organisation, and who else is there."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from heed.accounts.models import DemoMarker, Membership, User
from heed.accounts.permissions import Viewer
from heed.accounts.roles import Permission, roles_with
from heed.organisations.models import Organisation


def viewer(person: User, organisation: Organisation) -> Viewer | None:
    """The person's place in the organisation, None when they have none there."""
    roles = tuple(
        Membership.objects.filter(user=person, organisation=organisation)
        .order_by("pk")
        .values_list("role", "service_id")
    )
    if not roles or not person.is_active:
        return None
    return Viewer(person.pk, person.name, organisation.pk, organisation.code, roles)


def organisations_of(person: User) -> QuerySet[Organisation]:
    """Where the person has a role, by name."""
    return Organisation.objects.filter(memberships__user=person).distinct().order_by("name")


def people_who_may(permission: Permission, organisation_id: int, service_id: int | None = None) -> QuerySet[User]:
    """Active members with a role that gives the permission; with `service_id`, one-service roles count only there."""
    members = Membership.objects.filter(organisation_id=organisation_id, role__in=roles_with(permission))
    if service_id is not None:
        members = members.filter(service_id=service_id) | members.filter(service__isnull=True)
    return User.objects.filter(is_active=True, pk__in=members.values("user_id"))


def people_in_role(role: str, organisation_id: int, service_id: int | None = None) -> QuerySet[User]:
    """Active members who hold the role; with `service_id`, in that service."""
    held = Membership.objects.filter(organisation_id=organisation_id, role=role)
    if service_id is not None:
        held = held.filter(service_id=service_id)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id"))


def members(organisation_id: int) -> QuerySet[User]:
    """Everybody active who has any role in the organisation."""
    ids = Membership.objects.filter(organisation_id=organisation_id).values("user_id")
    return User.objects.filter(is_active=True, pk__in=ids)


def services_worked_in(person_id: int, organisation_id: int) -> frozenset[int]:
    """The services that the person belongs to by any role: they are not independent of them (R83)."""
    return frozenset(
        Membership.objects.filter(
            user_id=person_id, organisation_id=organisation_id, service__isnull=False
        ).values_list("service_id", flat=True)
    )


def names(person_ids: Iterable[int]) -> dict[int, str]:
    """Names by primary key."""
    return dict(User.objects.filter(pk__in=set(person_ids)).values_list("pk", "name"))


def is_demonstration() -> bool:
    """Whether this database was made by `heed demo`."""
    return DemoMarker.objects.exists()


def people_of_service(organisation_id: int, service_id: int | None) -> frozenset[int]:
    """Who belongs to a service by any role."""
    if service_id is None:
        return frozenset()
    rows = Membership.objects.filter(organisation_id=organisation_id, service_id=service_id)
    return frozenset(rows.values_list("user_id", flat=True))


def members_with_roles(organisation_id: int) -> QuerySet[User]:
    """Everybody with a role in the organisation, by name; `here` of each is the list of memberships."""
    here = Membership.objects.filter(organisation_id=organisation_id).select_related("service").order_by("role", "pk")
    return members(organisation_id).prefetch_related(Prefetch("memberships", here, to_attr="here"))


def member_with_roles(organisation_id: int, person_id: int) -> User | None:
    """One of them, None for who has no role there."""
    return members_with_roles(organisation_id).filter(pk=person_id).first()
