"""What administrators may change: services, days that do not count, the risk matrix, look and contact."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.deadlines import calendar
from heed.design import colour as colours
from heed.organisations import code_lists
from heed.organisations.models import Closure, Organisation, Service

CODE_LENGTH = 40


def add_service(*, organisation: Organisation, name: str, group: str = "", by: Actor, at: datetime) -> Service:
    """A new service. Its code, which figures carry, is made from its name and then stays."""
    if not name.strip():
        raise Refused("Enter the name of the service.", "name")
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        service = Service(organisation=organisation, name=name.strip(), group=group.strip())
        _refuse_twice(service)
        service.code = _new_code(organisation, service.name)
        service.save()
        _record("service_added", "service", service.pk, organisation, by, at)
    return service


def change_service(
    *, organisation: Organisation, service_id: int, name: str, group: str, is_active: bool, by: Actor, at: datetime
) -> Service:
    """Rename a service, or close it: nothing new is filed under it, and what is there stays."""
    if not name.strip():
        raise Refused("Enter the name of the service.", "name")
    with transaction.atomic():
        service = Service.objects.select_for_update().get(organisation=organisation, pk=service_id)
        service.name, service.group, service.is_active = name.strip(), group.strip(), is_active
        _refuse_twice(service)
        service.save(update_fields=["name", "group", "is_active"])
        _record("service_changed", "service", service.pk, organisation, by, at)
    return service


def _refuse_twice(service: Service) -> None:
    others = Service.objects.filter(organisation_id=service.organisation_id, name=service.name).exclude(pk=service.pk)
    if others.exists():
        raise Refused("There is a service of this name already.", "name")


def _new_code(organisation: Organisation, name: str) -> str:
    """Letters, digits and hyphens, unlike any other of the organisation."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower())
    base = "-".join(plain.split())[: CODE_LENGTH - 4].strip("-") or "service"
    taken = set(Service.objects.filter(organisation=organisation).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if code not in taken)


def add_closure(*, organisation: Organisation, on: date, reason: str, by: Actor, at: datetime) -> Closure:
    """A day that does not count as a working day, as if that had always been known. Dates that are kept have to be
    counted again: `cases.tasks.close_day` does both."""
    first, last = calendar.years()
    if not first <= on.year <= last:
        raise Refused(f"The calendar knows the years {first} to {last}.", "on")
    if not reason.strip():
        raise Refused("Say why this day does not count.", "reason")
    with transaction.atomic():
        closure, is_new = Closure.objects.get_or_create(
            organisation=organisation, on=on, defaults={"reason": reason.strip(), "added_at": at}
        )
        if not is_new:
            raise Refused("This day is on the list already.", "on")
        _record("closure_added", "closure", closure.pk, organisation, by, at, on=on.isoformat())
    return closure


def remove_closure(*, organisation: Organisation, closure_id: int, by: Actor, at: datetime) -> date:
    """The day counts after all. Returns it."""
    with transaction.atomic():
        closure = Closure.objects.select_for_update().filter(organisation=organisation, pk=closure_id).first()
        if closure is None:
            raise Refused("This day is not on the list any more.")
        _record("closure_removed", "closure", closure.pk, organisation, by, at, on=closure.on.isoformat())
        closure.delete()
    return closure.on


def set_risk_matrix(
    *, organisation: Organisation, cells: Mapping[str, Mapping[str, str]], by: Actor, at: datetime
) -> Organisation:
    """Which risk a seriousness and a likelihood give here: `cells[seriousness][likelihood]`, all codes. The default of the
    code lists stands again when it is given. Ratings made before keep the risk that they were given."""
    default = code_lists.default_risk_matrix()
    risks = code_lists.load("risk").codes()
    if any(cells.get(row, {}).get(column) not in risks for row, columns in default.items() for column in columns):
        raise Refused("Choose a risk for every seriousness and likelihood.")
    own = {row: {column: cells[row][column] for column in columns} for row, columns in default.items()}
    return _set(organisation, "risk_matrix_set", by, at, risk_matrix={} if own == default else own)


def set_look(*, organisation: Organisation, colour: str, by: Actor, at: datetime) -> Organisation:
    """The accent colour of the organisation's pages, refused where it cannot be read."""
    if refusal := colours.why_not_accent(colour):
        raise Refused(refusal, "colour")
    return _set(organisation, "colour_set", by, at, colour=colours.normalise(colour))


def set_contact(
    *, organisation: Organisation, contact_phone: str, contact_email: str, contact_address: str, by: Actor, at: datetime
) -> Organisation:
    """How the public reaches the organisation; it stands on its pages and in its letters."""
    if not contact_phone.strip() and not contact_email.strip():
        raise Refused("Give a phone number or an email address, so that people can reach somebody.", "contact_phone")
    return _set(
        organisation,
        "contact_set",
        by,
        at,
        contact_phone=contact_phone.strip(),
        contact_email=contact_email.strip(),
        contact_address=contact_address.strip(),
    )


def _set(organisation: Organisation, verb: str, by: Actor, at: datetime, **fields: Any) -> Organisation:
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))
        _record(verb, "organisation", row.pk, row, by, at)
    return row


def _record(
    verb: str, kind: str, object_id: int, organisation: Organisation, by: Actor, at: datetime, **detail: Any
) -> None:
    record(by=by, at=at, verb=verb, kind=kind, object_id=object_id, organisation=organisation.code, detail=detail)
