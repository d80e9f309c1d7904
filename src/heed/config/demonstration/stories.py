"""Tells the stories of `demo/cases.toml` through the actions: one after another, each step on its day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.cases.actions.receive import receive
from heed.cases.models import Case
from heed.feedback.given import Given, PersonGiven
from heed.feedback.models import Feedback
from heed.organisations.models import Organisation, Service

SATURDAY = 5


@dataclass
class Story:
    """One case while its story is told. Steps look things up here."""

    organisation: Organisation
    feedback: Feedback
    received_on: date
    now: datetime
    case_id: int | None = None

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.known_id)

    @property
    def known_id(self) -> int:
        """The case's primary key; a comment or compliment has none, and its story no steps."""
        if self.case_id is None:
            raise ValueError(f"{self.feedback.reference} has no case.")
        return self.case_id

    def person(self, who: str) -> int:
        """The primary key of one of the cast by the front of their address."""
        return User.objects.get(email__startswith=f"{who}@").pk

    def actor(self, who: str) -> Actor:
        if who == "public":
            return Actor("public", str(self.feedback.pk), self.organisation.code)
        return Actor("staff", str(self.person(who)), self.organisation.code)

    def service(self, code: str) -> int:
        return Service.objects.get(organisation=self.organisation, code=code).pk

    def when(self, day: int, hour: int = 10, minute: int = 0) -> datetime:
        """A moment some days after receipt, on the Monday when that is a weekend, and never later than now."""
        on = self.received_on + timedelta(days=day)
        while day and on.weekday() >= SATURDAY:
            on += timedelta(days=1)
        moment = timezone.make_aware(datetime.combine(on, time(hour, minute)))
        return max(self.feedback.received_at + timedelta(minutes=day + 1), min(moment, self.now))

    def day(self, step: dict[str, Any], name: str) -> date | None:
        """A date of a step: `NAME_after(_days)` counts from receipt, `NAME_in_days` from today."""
        for key, start in ((f"{name}_after_days", self.received_on), (f"{name}_after", self.received_on),
                           (f"{name}_in_days", timezone.localdate(self.now))):  # fmt: skip
            if key in step:
                return start + timedelta(days=step[key])
        return None

    def promised_day(self, step: dict[str, Any], name: str) -> date:
        """A date that the step has to give."""
        found = self.day(step, name)
        if found is None:
            raise ValueError(f"The step {step['do']!r} of {self.feedback.reference} gives no {name!r}.")
        return found


def begin(entry: dict[str, Any], now: datetime) -> Story:
    """Receive what the story begins with."""
    organisation = Organisation.objects.get(code=entry["organisation"])
    received_on = timezone.localdate(now) - timedelta(days=entry["days_ago"])
    while entry["channel"] != "web" and received_on.weekday() >= SATURDAY:
        received_on -= timedelta(days=1)
    received_at = timezone.make_aware(datetime.combine(received_on, time.fromisoformat(entry["time"])))
    complainant = _person(entry.get("complainant"))
    logged_by = entry.get("logged_by")
    by = (
        Actor("staff", str(User.objects.get(email__startswith=f"{logged_by}@").pk), organisation.code)
        if logged_by
        else Actor("public", "", organisation.code)
    )
    given = Given(
        kind=entry["kind"],
        channel=entry["channel"],
        text=entry["text"].strip(),
        service_id=Service.objects.get(organisation=organisation, code=entry["service"]).pk,
        happened=entry.get("happened", ""),
        subject=entry.get("subject", ""),
        desired_outcomes=tuple(entry.get("outcomes", [])),
        desired_outcome_text=entry.get("outcome_text", ""),
        complainant=complainant,
        person_affected=_person(entry.get("affected")),
        relationship=entry.get("relationship", ""),
    )
    received = receive(organisation=organisation, given=given, received_at=received_at, by=by, at=received_at)
    return Story(organisation, received.feedback, received_on, now, received.case.pk if received.case else None)


def _person(entry: dict[str, Any] | None) -> PersonGiven | None:
    if entry is None:
        return None
    values = {**entry, "adjustments": tuple(entry.get("adjustments", []))}
    return PersonGiven(**values)
