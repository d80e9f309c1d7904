"""Who belongs to an organisation, and in what roles: changed by its administrators, each change in the audit trail."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from heed.accounts.models import Membership, User
from heed.accounts.roles import ROLES
from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.organisations.models import Organisation, Service


def add_person(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    role: str,
    service_id: int | None = None,
    job_title: str = "",
    by: Actor,
    at: datetime,
) -> User:
    """Give somebody their first role here. Who is known already by that address, from another organisation, keeps their
    name and title. A new person cannot sign in until they have a password."""
    with transaction.atomic():
        person = User.objects.filter(email=email.strip().lower()).first()
        if person is None:
            person = _new_person(email.strip().lower(), name.strip(), job_title.strip())
            record(by=by, at=at, verb="person_added", kind="user", object_id=person.pk, organisation=organisation.code)
        give_role(organisation=organisation, person_id=person.pk, role=role, service_id=service_id, by=by, at=at)
    return person


def _new_person(email: str, name: str, job_title: str) -> User:
    try:
        validate_email(email)
    except ValidationError:
        raise Refused("Enter an email address in the correct format, like name@example.com.", "email") from None
    if not name:
        raise Refused("Enter their name.", "name")
    person = User.objects.create_user(email, name)
    person.job_title = job_title
    person.save(update_fields=["job_title"])
    return person


def give_role(
    *, organisation: Organisation, person_id: int, role: str, service_id: int | None = None, by: Actor, at: datetime
) -> Membership:
    """Give a role in the organisation; some roles count in one service only."""
    if role not in ROLES:
        raise Refused("Choose one of the roles.", "role")
    service = None
    if ROLES[role].needs_service:
        service = service_id and Service.objects.filter(organisation=organisation, pk=service_id).first()
        if not service:
            raise Refused(f"Choose the service: {ROLES[role].name.lower()} is a role in one service.", "service")
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person_id)
        membership, is_new = Membership.objects.get_or_create(
            user=person, organisation=organisation, role=role, service=service
        )
        if not is_new:
            raise Refused(f"{person.name} has this role already.", "role")
        _record("role_given", membership, by, at)
    return membership


def take_role(*, organisation: Organisation, membership_id: int, by: Actor, at: datetime) -> None:
    """Take a role away. Somebody always has to be left who can give roles."""
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        membership = Membership.objects.filter(organisation=organisation, pk=membership_id).first()
        if membership is None:
            raise Refused("This role was taken away already.")
        administrators = Membership.objects.filter(
            organisation=organisation, role="administrator", user__is_active=True
        )
        if membership.role == "administrator" and administrators.count() == 1:
            raise Refused("This is the last administrator. Make somebody else one first.")
        _record("role_taken", membership, by, at)
        membership.delete()


def _record(verb: str, membership: Membership, by: Actor, at: datetime) -> None:
    record(by=by, at=at, verb=verb, kind="user", object_id=membership.user_id, organisation=membership.organisation.code,
           detail={"role": membership.role, "service": membership.service_id})  # fmt: skip
