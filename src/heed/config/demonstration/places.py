"""The organisations and people of the demonstration."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

from heed.accounts.models import Membership, User
from heed.organisations.models import Organisation, Service

FOLDER = Path(settings.BASE_DIR) / "demo"
CODES = ("riverside-nhs", "fenwick-council", "dept-works", "harbour-agency", "archive-office")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text())


def make_organisations() -> None:
    """The organisations with their services, and who oversees whom."""
    for entry in read("organisations.toml")["organisation"]:
        services, overseers = entry.pop("services"), entry.pop("overseen_by", [])
        organisation = Organisation.objects.create(**{key: _text(value) for key, value in entry.items()})
        organisation.overseen_by.set(Organisation.objects.filter(code__in=overseers))
        Service.objects.bulk_create(Service(organisation=organisation, **service) for service in services)


def _text(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def make_people() -> None:
    """The cast, with their roles. Nobody has a password: they are stepped in as, in the demonstration only."""
    for entry in read("cast.toml")["person"]:
        person = User.objects.filter(email=entry["email"]).first() or User.objects.create_user(
            entry["email"], entry["name"]
        )
        person.job_title = entry.get("job_title", person.job_title)
        person.phone = entry.get("phone", person.phone)
        person.save(update_fields=["job_title", "phone"])
        organisation = Organisation.objects.get(code=entry["organisation"])
        for role in entry["roles"]:
            service = (
                Service.objects.get(organisation=organisation, code=role["service"]) if "service" in role else None
            )
            Membership.objects.create(user=person, organisation=organisation, role=role["role"], service=service)
