"""Actions of the past whose effect can be asked, so that the demonstration shows one that worked, one of which nothing can be
said, and one for which it is too early."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from heed.accounts.models import User
from heed.audit.actor import Actor, system
from heed.config.demonstration.places import CODES, read
from heed.config.seeding.run import seed_background
from heed.insight.actions.proof import answer_due, ask
from heed.learning import actions as learning
from heed.learning.aiming import Aimed
from heed.learning.models import Action
from heed.learning.rules import Promised
from heed.organisations.models import Organisation, Service

CHECKS = {"progress": ("At the weekly meeting", 7), "completion": ("Ten are looked at", 14),
          "maintenance": ("Twenty are looked at", 120), "impact": ("What people tell us, by month", 210)}  # fmt: skip


def tell_cases(now: datetime, begins: int) -> None:
    """The complaints of `demo/proof.toml`, besides those that are there already. begins: how many cases those are."""
    for entry in read("proof.toml")["cases"]:
        shares = tuple(float(code == entry["organisation"]) for code in CODES)
        until = timezone.localdate(now) - timedelta(days=entry["until"])
        seed_background(
            entry["many"], until=until, months=entry["months"], seed=2, shares=shares, marked=False, begins=begins,
            only=(entry["service"], entry["subject"]),
        )  # fmt: skip
        begins += entry["many"]


def tell_actions(now: datetime) -> None:
    """Promise, aim, start and complete each on its day; then Heed answers those that can be answered, as its worker does."""
    for entry in read("proof.toml")["action"]:
        action = _done(entry, timezone.localdate(now))
        by = system("demo", entry["organisation"])
        if not answer_due(organisation_id=action.organisation_id, by=by, at=now):
            ask(action_id=action.pk, by=by, at=now)


def _done(entry: dict[str, Any], today: date) -> Action:
    organisation = Organisation.objects.get(code=entry["organisation"])
    service = Service.objects.get(organisation=organisation, code=entry["service"])
    started_on, completed_on = (today - timedelta(days=entry[name]) for name in ("started", "completed"))
    promised_at, by = _at(started_on - timedelta(days=14)), _actor(entry["by"], organisation)
    point = learning.learn_from(
        organisation_id=organisation.pk, origin=learning.Origin("elsewhere", "", entry["origin"]), text=entry["learned"],
        level="service", service_id=service.pk, names_nobody=True, by=by, at=promised_at,
    )  # fmt: skip
    action = learning.promise_action(
        learning_point_id=point.pk, promised=_promised(entry, started_on, completed_on), by=by, at=promised_at
    )
    aimed = Aimed(service=service.code, **entry["aim"])
    learning.choose_aim(action_id=action.pk, aimed=aimed, by=by, at=promised_at, version=action.version)
    version = action.version + 1
    learning.start(action_id=action.pk, started_on=started_on, by=by, at=_at(started_on), version=version)
    learning.show_done(
        action_id=action.pk, done_on=completed_on, evidence=entry["evidence"], by=_actor(entry["owner"], organisation),
        at=_at(completed_on), version=version + 1,
    )  # fmt: skip
    learning.record_check(
        action_id=action.pk, kind="completion", done_on=completed_on, worked=True, note=entry["looked"], by=by,
        at=_at(completed_on), version=version + 2,
    )  # fmt: skip
    return action


def _promised(entry: dict[str, Any], started_on: date, completed_on: date) -> Promised:
    owner = User.objects.get(email__startswith=f"{entry['owner']}@")
    checks: dict[str, Any] = {f"{kind}_check": how for kind, (how, _) in CHECKS.items()}
    days: dict[str, Any] = {
        f"{kind}_check_on": completed_on + timedelta(days=after) for kind, (_, after) in CHECKS.items()
    }
    days["progress_check_on"] = started_on + timedelta(days=CHECKS["progress"][1])
    return Promised(
        step=entry["step"], owner_id=owner.pk, start_on=started_on, finish_on=completed_on, standard_met=entry["standard"],
        involvement=entry["involvement"], **checks, **days,
    )  # fmt: skip


def _actor(who: str, organisation: Organisation) -> Actor:
    return Actor("staff", str(User.objects.get(email__startswith=f"{who}@").pk), organisation.code)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(11)))
