"""Some people of the demonstration say something of themselves, after what they told was received."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from heed.audit.actor import Actor, system
from heed.config.demonstration.places import read
from heed.feedback.actions import about_you
from heed.feedback.models import Feedback
from heed.insight.actions.groups import count_groups
from heed.organisations import actions as organisations
from heed.organisations.models import Organisation

SOURCE = "Invented for the demonstration"
DAYS_A_MONTH = 31
CHANCE = 7  # whose answers come out the same each time


def ask_and_tell(now: datetime, months: int) -> None:
    """Questions are asked since before the history begins; some answer; periods that are over are counted."""
    for entry in read("groups.toml")["organisation"]:
        organisation = Organisation.objects.get(code=entry["code"])
        _ask(organisation, entry, now, now - timedelta(days=DAYS_A_MONTH * months))
        chance = Random(f"{CHANCE}{organisation.code}")
        items = Feedback.objects.filter(organisation=organisation, case__isnull=False).order_by("pk")
        for feedback_id, received_at in items.values_list("pk", "received_at"):
            if chance.random() < entry["response"]:
                by = Actor("public", str(feedback_id), organisation.code)
                about_you.tell(feedback_id=feedback_id, answers=_answers(entry, chance), by=by, at=received_at)
        count_groups(organisation_id=organisation.pk, by=system("demo"), at=now)


def _ask(organisation: Organisation, entry: dict[str, Any], now: datetime, since: datetime) -> None:
    by = system("demo")
    organisations.set_group_questions(
        organisation=organisation, questions=list(entry["answers"]), period="year", by=by, at=since
    )
    counted_on = date(timezone.localdate(now).year - 1, 6, 30)
    for question, shares in entry["served"].items():
        organisations.set_population(
            organisation=organisation, question=question, shares=shares, source=SOURCE, counted_on=counted_on,
            by=by, at=now,
        )  # fmt: skip


def _answers(entry: dict[str, Any], chance: Random) -> dict[str, str]:
    return {
        question: chance.choices(list(weights), list(weights.values()))[0]
        for question, weights in entry["answers"].items()
        if chance.random() >= entry["leaves_out"]
    }
