"""The organisations and people of the demonstration."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from heed.accounts.models import Membership, User
from heed.audit.actor import system
from heed.organisations.founding import add_organisations
from heed.organisations.models import Organisation, Service

FOLDER = Path(settings.BASE_DIR) / "demo"
CODES = ("riverside-nhs", "fenwick-council", "dept-works", "harbour-agency", "archive-office")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def make_organisations(now: datetime) -> None:
    """The organisations with their services, and who oversees whom."""
    text = (FOLDER / "organisations.toml").read_text(encoding="utf-8")
    add_organisations(text=text, by=system("demo"), at=now)


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
