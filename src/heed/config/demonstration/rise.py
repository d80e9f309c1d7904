"""A rise of the last whole week, told in `demo/rise.toml`, so that the demonstration has an early warning that is true."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from heed.audit.actor import system
from heed.config.demonstration import places, stories
from heed.config.demonstration.steps import STEPS
from heed.insight.actions.watching import watch
from heed.organisations.models import Organisation


def tell_rise(now: datetime) -> None:
    """Receive what the file tells, each on its day, and put it right in conversation."""
    of = places.read("rise.toml")
    monday = timezone.localdate(now) - timedelta(days=timezone.localdate(now).weekday() + 7)
    for number, told in enumerate(of["told"]):
        days_ago = (timezone.localdate(now) - monday).days - told["weekday"]
        story = stories.begin(_entry(of, told, days_ago, f"07700 900 {810 + number}"), now)
        step = {"do": "settle", "by": of["handler"], "text": of["settled"]}
        STEPS["settle"](story, step, story.when(1, 10, 30))


def look(now: datetime) -> None:
    """The night's run of every organisation, as the worker does it."""
    for organisation in Organisation.objects.all():
        watch(organisation=organisation, on=timezone.localdate(now), by=system("demo", organisation.code), at=now)


def _entry(of: dict[str, Any], told: dict[str, Any], days_ago: int, phone: str) -> dict[str, Any]:
    """As an entry of `demo/cases.toml`."""
    kept = {name: of[name] for name in ("organisation", "service", "subject", "logged_by")}
    return {
        **kept, "kind": "complaint", "channel": "phone", "days_ago": days_ago, "time": told["time"],
        "text": told["text"], "complainant": {"name": told["name"], "phone": phone},
    }  # fmt: skip
