"""An action that was completed some while ago, with facts about it whose truth is known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.utils import timezone
from tests import factories

from heed.accounts.models import User
from heed.facts.models import CaseFact, FeedbackFact
from heed.insight.models import Verdict
from heed.insight.periods import months_between, months_on
from heed.insight.proof.evidence import Inputs, Series, plain
from heed.insight.proof.judging import judge
from heed.insight.proof.wording import sentence
from heed.learning import actions as learning
from heed.learning.actions import choose_aim
from heed.learning.aiming import Aimed
from heed.learning.models import Action, Aim
from heed.learning.rules import Promised
from heed.organisations.models import Organisation

TODAY = date(2026, 11, 22)
NOW = timezone.make_aware(datetime(2026, 11, 22, 9, 0))
STARTED, COMPLETED = date(2025, 6, 10), date(2025, 7, 3)
FIRST, LAST = date(2022, 6, 1), date(2026, 10, 1)
MONTHS = months_between(FIRST, LAST)
AFTER = months_on(COMPLETED.replace(day=1), 1)
AIMED = Aimed("received_complaints", "first", "communications", "fall", "themes")


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=12)


@dataclass
class Scene:
    """A body, its manager, and an action that was completed on COMPLETED."""

    body: Organisation
    manager: User
    owner: User
    action: Action

    def aim(self, aimed: Aimed = AIMED, *, at: datetime | None = None, reason: str = "It was forgotten then.") -> Aim:
        """Says what it should change; on time, unless another moment is given."""
        version = Action.objects.get(pk=self.action.pk).version
        aim = choose_aim(action_id=self.action.pk, aimed=aimed, reason=reason, by=factories.actor(self.manager, self.body),
                         at=at or NOW, version=version)  # fmt: skip
        if at is None:
            Aim.objects.filter(pk=aim.pk).update(chosen_at=noon(STARTED - timedelta(days=5)), late_reason="")
        return aim


def scene(**fields: Any) -> Scene:
    body = factories.organisation(**fields)
    factories.service(body, "second")
    manager = factories.person(body, "complaints_manager", name="Morag Ellis")
    owner = factories.person(body, "action_owner", name="Owen Price")
    return Scene(body, manager, owner, completed(body, manager, owner))


def completed(
    body: Organisation, manager: User, owner: User, *, step: str = "Families are rung before a move."
) -> Action:
    """Promised, started and completed through the actions, each on its day."""
    by, promised_at = factories.actor(manager, body), noon(STARTED - timedelta(days=10))
    point = learning.learn_from(
        organisation_id=body.pk, origin=learning.Origin("warning", "1", "19 complaints about communications"),
        text=f"Nobody owns the call. {step}", level="service", names_nobody=True,
        service_id=body.services.get(code="first").pk, by=by, at=promised_at,
    )  # fmt: skip
    days = {"progress": 7, "completion": 40, "impact": 250, "maintenance": 120}
    promised = Promised(
        step=step, owner_id=owner.pk, start_on=STARTED, finish_on=COMPLETED, standard_met="The transfer policy",
        involvement="Some of them read the form first.", **{f"{kind}_check": f"Look at {kind}" for kind in days},
        **{f"{kind}_check_on": STARTED + timedelta(days=after) for kind, after in days.items()},
    )  # fmt: skip
    action = learning.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=promised_at)
    action = learning.start(action_id=action.pk, started_on=STARTED, by=by, at=noon(STARTED), version=action.version)
    action = learning.show_done(
        action_id=action.pk, done_on=COMPLETED, evidence="The form hangs on the ward.", by=by, at=noon(COMPLETED),
        version=action.version,
    )  # fmt: skip
    looks = factories.actor(factories.person(body, "handler"), body)
    learning.record_check(
        action_id=action.pk, kind="completion", done_on=COMPLETED, worked=True, note="It hangs there.", by=looks,
        at=noon(COMPLETED), version=action.version,
    )  # fmt: skip
    return Action.objects.get(pk=action.pk)


Level = Callable[[date], float]


def steady(before: float, after: float | None = None) -> Level:
    """So many a month, and another number from the first month after the action on."""
    return lambda month: before if after is None or month < AFTER else after


def tell(
    body: Organisation, levels: Mapping[tuple[str, str, str], Level], *, seed: int = 1, upheld: Level = lambda _: 0.5,
    reopened: Level = lambda _: 0.1, channel: Callable[[int, date], str] = lambda at, _: ("web", "phone")[at % 2],
    months: Sequence[date] = MONTHS,
) -> None:  # fmt: skip
    """Facts of feedback and, where it is a complaint, of its case, closed in the month that it was received. levels: by
    (kind, service, subject), how many a month are expected; they vary as chance does."""
    rng, feedback, cases = np.random.default_rng(seed), list[FeedbackFact](), list[CaseFact]()
    for (kind, service, subject), level in levels.items():
        for month in (each for each in months for _ in range(int(rng.poisson(level(each))))):
            at = len(feedback)
            on = month + timedelta(days=at % 28)
            place: dict[str, Any] = {"organisation": body.code, "service": service, "subject": subject, "kind": kind,
                                     "channel": channel(at, month), "received_on": on}  # fmt: skip
            feedback.append(FeedbackFact(feedback_id=f"{body.pk}-{at}", **place))
            if kind == "complaint":
                cases.append(
                    CaseFact(
                        case_id=f"{body.pk}-{at}", feedback_id=f"{body.pk}-{at}", procedure=body.procedure, closed_on=on,
                        first_closed_on=on, stage_1_responded_on=on, working_days=int(rng.integers(5, 40)),
                        outcome="upheld" if rng.random() < upheld(month) else "not_upheld",
                        reopened_on=on if rng.random() < reopened(month) else None, **place,
                    )
                )  # fmt: skip
    FeedbackFact.objects.bulk_create(feedback)
    CaseFact.objects.bulk_create(cases)


AROUND: dict[tuple[str, str, str], Level] = {
    ("complaint", "first", "other"): steady(15),
    ("complaint", "second", "communications"): steady(10),
    ("comment", "first", ""): steady(12),
    ("compliment", "first", ""): steady(14),
}


def fallen(body: Organisation, **more: Any) -> None:
    """Complaints about communications really fall by half, and nothing else moves."""
    tell(body, {("complaint", "first", "communications"): steady(24, 11), **AROUND}, **more)


def kept_answer(
    action: Action, *, service: str = "first", number: int = 1, verdict: str = "", at: datetime = NOW
) -> Verdict:
    """An answer about an action as it is kept, from invented months."""
    months, change = months_between(date(2023, 6, 1), date(2026, 5, 1)), 26
    y = tuple(float(20 + at % 3) if at < change else float(9 + at % 2) for at in range(len(months)))
    inputs = Inputs(
        "fall", True, months, change, {24: "brought_in", 25: "bedding_in"}, date(2026, 2, 1),
        (Series("outcome", "received_complaints", 1, "count", "Complaints received", "complaints received in First", True, y),
         Series("upheld", "proof_founded", 1, "count", "Found well-founded", "cases found well-founded in First", True, y),
         Series("other_kinds", "proof_other_kinds", 1, "count", "Others", "comments received in First", True, (7.0,) * 36)),
        {"phone": (5,) * 36, "web": (6,) * 36}, "Nobody else does the same.",
    )  # fmt: skip
    found = judge(inputs)
    return Verdict.objects.create(
        action=action, number=number, verdict=verdict or "fall", reading=found.reading, sentence=sentence(inputs, found),
        measure="received_complaints", measure_version=1, service=service, method="1", software="0.1", inputs=plain(inputs),
        found=plain(found), computed_at=at, asked_at=at,
    )  # fmt: skip
