"""People who say something of themselves, and the facts of their cases, invented."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from heed.audit.actor import system
from heed.facts.models import CaseFact
from heed.feedback.about_you import keyed
from heed.feedback.models import AboutYouAnswer
from heed.organisations import actions
from heed.organisations.models import Organisation

ADMIN = system("test")


def ask(of: Organisation, *questions: str, since: Any, period: str = "year") -> None:
    actions.set_group_questions(organisation=of, questions=questions, period=period, by=ADMIN, at=since)


def case(of: Organisation, number: int, on: date, *, founded: bool, how: str) -> CaseFact:
    due = on + timedelta(days=30)
    answered = {"in_time": due - timedelta(days=3), "extended": due + timedelta(days=9), "neither": None}[how]
    return CaseFact(
        case_id=f"{of.code[-2:]}{number}", feedback_id=f"{of.code[-2:]}{number}", organisation=of.code, kind="complaint",
        channel="web", procedure=of.procedure, received_on=on, original_due_on=due, stage_1_responded_on=answered,
        extensions=int(how == "extended"), outcome="upheld" if founded else "not_upheld",
    )  # fmt: skip


def invent(
    of: Organisation, first: date, last: date, *, cases: int, answers: Mapping[str, Mapping[str, float]],
    response: float = 0.6, seed: int = 1,
) -> None:  # fmt: skip
    """So many cases, evenly over the days; some of their people answer, by the weights of each question's answers."""
    chance = random.Random(seed)
    facts, rows = [], []
    for number in range(cases):
        on = first + timedelta(days=chance.randrange((last - first).days + 1))
        how = chance.choices(["in_time", "extended", "neither"], [5, 3, 2])[0]
        fact = case(of, seed * 100_000 + number, on, founded=chance.random() < 0.4, how=how)
        facts.append(fact)
        if chance.random() < response:
            rows += [
                AboutYouAnswer(
                    organisation=of.code, who=keyed(fact.feedback_id), question=question, told_in=f"{on:%Y-%m}",
                    answer=chance.choices(list(weights), list(weights.values()))[0],
                )
                for question, weights in answers.items()
            ]  # fmt: skip
    CaseFact.objects.bulk_create(facts)
    AboutYouAnswer.objects.bulk_create(rows)
