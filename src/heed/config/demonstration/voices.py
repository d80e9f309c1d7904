"""What the organisations of the demonstration hear beside feedback."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.config.demonstration.places import read
from heed.feedback.actions import voices
from heed.feedback.voices import Heard
from heed.organisations.models import Organisation


def hear(now: datetime) -> None:
    """All of `demo/voices.toml`, recorded as by hand."""
    organisations = {row.code: row for row in Organisation.objects.all()}
    services = {
        (row.code, service.code): service.pk for row in organisations.values() for service in row.services.all()
    }
    people = {person.email.partition("@")[0]: person.pk for person in User.objects.all()}
    for entry in read("voices.toml")["voice"]:
        code = entry["organisation"]
        by = Actor("staff", str(people[entry["by"]]), code)
        heard = _heard(entry, services.get((code, entry.get("service", ""))), now)
        voices.record_voice(organisation=organisations[code], heard=heard, by=by, at=now)


def _heard(entry: dict[str, Any], service_id: int | None, now: datetime) -> Heard:
    said = {
        name: entry[name] for name in ("subject", "tone", "number", "of_how_many", "where", "words") if name in entry
    }
    on = timezone.localdate(now) - timedelta(days=entry["days_ago"])
    return Heard(source=entry["source"], heard_on=on, service_id=service_id, **said)
