"""Answers of people who were asked how it was, as facts."""

import secrets
from datetime import date

from heed.facts import actions as facts
from heed.insight.periods import months_on
from heed.insight.survey_rule import quarter
from heed.organisations.models import Organisation

KINDS = {"yes": "agree", "strongly": "strongly_agree", "no": "disagree", "neither": "neither", "na": "does_not_apply"}


def quarter_before(today: date) -> date:
    """The first month of the last quarter that is over."""
    return months_on(quarter(today), -3)


def answer(
    org: Organisation, month: date, service: str = "first", stage: str = "making", question: str = "simple", **many: int
) -> None:
    """So many answers of each kind; `na` for does not apply."""
    facts.put_surveys(
        {
            secrets.token_hex(8): {
                "organisation": org.code, "service": service, "kind": "answer", "month": month,
                "audience": "complainant", "occasion": "making", "stage": stage, "question": question,
                "answer": KINDS[kind], "campaign": False, "answered": False,
            }
            for kind, number in many.items() for _ in range(number)
        }
    )  # fmt: skip
