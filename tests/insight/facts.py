"""Invented facts, at random but the same every time."""

import random
from datetime import date, timedelta

from heed.facts.models import ActionFact, ActivityFact, CaseFact, FeedbackFact, RemedyFact

TODAY = date(2026, 11, 22)
DAYS = 478  # from 1 August 2025


class Chance(random.Random):
    """Chances, and days none of which lies after `today`."""

    today = TODAY

    def day(self, days: int = DAYS) -> date:
        return self.today - timedelta(days=DAYS) + timedelta(days=self.randrange(days))

    def later(self, on: date | None, most: int, missing: float = 0.2) -> date | None:
        """A day up to `most` days after `on`, or none: what would lie after today has not happened."""
        if on is None or self.random() < missing:
            return None
        found = on + timedelta(days=self.randrange(most))
        return found if found <= self.today else None


def _case(chance: Chance, number: int, organisation: str, service: str) -> CaseFact:
    received = chance.day()
    answered = chance.later(received, 240)
    first_closed = chance.later(answered, 10)
    reopened = chance.later(first_closed, 60, missing=0.8)
    closed = chance.later(reopened, 40) if reopened else first_closed
    escalated = chance.later(answered, 60, missing=0.7)
    return CaseFact(
        case_id=str(number), feedback_id=str(number), organisation=organisation, service=service,
        kind=chance.choice(["complaint", "complaint", "concern"]), channel=chance.choice(["web", "phone"]),
        subject=chance.choice(["", "other", "communications"]), procedure="lgsco-2024",
        approach=chance.choice(["", "early", "closer"]), stage=2 if escalated else 1, statutory=chance.random() > 0.1,
        received_on=received, acknowledge_due_on=received + timedelta(days=5),
        acknowledged_on=chance.later(received, 9), original_due_on=received + timedelta(days=chance.randrange(20, 90)),
        current_due_on=received + timedelta(days=chance.randrange(60, 120)),
        unpaused_due_on=chance.choice([None, received + timedelta(days=50)]),
        review_due_on=received + timedelta(days=182), stage_1_responded_on=answered, responded_on=answered,
        first_closed_on=first_closed, closed_on=closed, escalated_on=escalated, reopened_on=reopened,
        extensions=chance.choice([0, 0, 1, 2]),
        outcome=chance.choice(["upheld", "partly_upheld", "not_upheld", "settled", "withdrawn"]) if closed else "",
        working_days=(answered - received).days * 5 // 7 if answered else None,
        learning_actions=chance.choice([0, 1, 3]),
    )  # fmt: skip


def invent(organisation: str, services: list[str], *, cases: int, seed: int = 1, today: date = TODAY) -> None:
    """Facts of one organisation: so many cases, and some feedback, remedies and actions."""
    chance = Chance(f"{organisation}{seed}")
    chance.today = today
    start = CaseFact.objects.count() * 1000
    numbers = range(start, start + cases)

    def place() -> dict[str, str]:
        return {"organisation": organisation, "service": chance.choice(services)}

    CaseFact.objects.bulk_create(_case(chance, number, **place()) for number in numbers)
    FeedbackFact.objects.bulk_create(
        FeedbackFact(
            feedback_id=str(number), kind=chance.choice(["complaint", "concern", "comment", "compliment"]),
            channel=chance.choice(["web", "phone"]), received_on=chance.day(), **place(),
        )
        for number in numbers
    )  # fmt: skip
    RemedyFact.objects.bulk_create(
        RemedyFact(remedy_id=str(number), case_id=str(number), kind="apology", due_on=(due := chance.day(DAYS + 30)),
                   delivered_on=chance.later(due - timedelta(days=20), 40), **place())
        for number in numbers[::3]
    )  # fmt: skip
    ActionFact.objects.bulk_create(
        _action(chance, str(number), chance.day(DAYS + 30), **place()) for number in numbers[::4]
    )


def _action(chance: Chance, action_id: str, due: date, **place: str) -> ActionFact:
    return ActionFact(
        action_id=action_id, due_on=due, completed_on=chance.later(due - timedelta(days=20), 40),
        verify_due_on=due + timedelta(days=10), verified_on=chance.later(due, 40),
        impact_due_on=due + timedelta(days=30), impact_measured_on=chance.later(due, 90),
        sustain_due_on=due + timedelta(days=60), sustained_on=chance.later(due, 120), **place,
    )  # fmt: skip


def tell_activity(organisation: str, numbers: dict[str, dict[date, int]], kind: str = "contacts") -> None:
    """How much was done, by service ("": the whole organisation) and first day of the month."""
    ActivityFact.objects.bulk_create(
        ActivityFact(organisation=organisation, service=service, kind=kind, month=month, number=number)
        for service, months in numbers.items()
        for month, number in months.items()
    )
