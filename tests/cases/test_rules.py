from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from heed.cases import rules

START = date(2026, 4, 2)


def standing(**fields: Any) -> rules.Standing:
    values: dict[str, Any] = {
        "status": "registered",
        "acknowledged": True,
        "acknowledge_by": START,
        "respond_by": START + timedelta(days=30),
        "review_by": START + timedelta(days=180),
    }
    return rules.Standing(**{**values, **fields})


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        ({"status": "received", "acknowledged": False}, "register"),
        ({"acknowledged": False}, "acknowledge"),
        ({}, "rate"),
        ({"rated": True}, "split"),
        ({"rated": True, "issues": 1}, "choose"),
        ({"rated": True, "issues": 1, "approach": "closer"}, "plan"),
        ({"rated": True, "issues": 1, "approach": "closer", "planned": True}, "assign"),
        ({"rated": True, "issues": 1, "approach": "early", "planned": True}, "find"),
        ({"rated": True, "issues": 2, "issues_found": 1, "approach": "closer", "planned": True, "investigator": True}, "find"),
        ({"rated": True, "issues": 1, "issues_found": 1, "approach": "closer", "planned": True, "investigator": True}, "draft"),
        ({"disposal": "withdrawn"}, "draft"),
        ({"status": "sign_off"}, "sign"),
        ({"status": "signed"}, "send"),
        ({"status": "responded"}, "close"),
        ({"status": "closed"}, ""),
        ({"status": "closed", "remedy_due_on": START}, "remedy"),
    ],
)  # fmt: skip
def test_the_next_step_follows_from_what_stands(fields: dict[str, Any], step: str) -> None:
    assert rules.next_step(standing(**fields))[0] == step


LOOKED_INTO = {"rated": True, "issues": 1, "approach": "closer", "planned": True, "investigator": True}


@pytest.mark.parametrize("found", [0, 1])
def test_the_soonest_promise_comes_first(found: int) -> None:
    soon, late = START + timedelta(days=4), START + timedelta(days=31)
    of = {**LOOKED_INTO, "issues_found": found}
    assert rules.next_step(standing(**of, next_update_on=soon)) == ("update", soon)
    assert rules.next_step(standing(**of, next_update_on=late))[0] == ("draft" if found else "find")


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        ({"investigator": False}, "assign"),
        ({"rated": False}, "rate"),
        ({"status": "sign_off"}, "sign"),
        ({"status": "signed"}, "send"),
    ],
)
def test_what_is_done_in_a_moment_never_waits_behind_an_update(fields: dict[str, Any], step: str) -> None:
    soon = START + timedelta(days=4)
    assert rules.next_step(standing(**{**LOOKED_INTO, **fields}, next_update_on=soon)) == (step, soon)


def test_without_a_plan_its_steps_are_due_with_the_acknowledgement() -> None:
    assert rules.next_step(standing(respond_by=None)) == ("rate", START)


def test_with_a_plan_and_no_date_to_respond_the_six_months_count() -> None:
    done = {"rated": True, "issues": 1, "approach": "closer", "planned": True, "respond_by": None}
    assert rules.next_step(standing(**done)) == ("assign", START + timedelta(days=180))


def test_closing_was_promised_to_nobody_and_waits_behind_what_was() -> None:
    of = standing(status="responded")
    assert rules.next_step(of) == ("close", of.review_by)
    assert not rules.is_promised("close", of.review_by, respond_by=of.respond_by, review_by=of.review_by)


def test_a_step_is_promised_only_by_a_day_that_somebody_was_told() -> None:
    review = START + timedelta(days=180)
    assert rules.is_promised("find", START, respond_by=START, review_by=review)
    assert rules.is_promised("plan", START, respond_by=None, review_by=review)  # due with the acknowledgement
    assert not rules.is_promised("find", review, respond_by=None, review_by=review)
    assert rules.is_promised("find", review, respond_by=review, review_by=review)
    assert rules.is_promised("remedy", review, respond_by=None, review_by=review)


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ([], ""),
        (["upheld"], "upheld"),
        (["upheld", "upheld"], "upheld"),
        (["not_upheld"], "not_upheld"),
        (["upheld", "not_upheld"], "partly_upheld"),
        (["partly_upheld"], "partly_upheld"),
    ],
)
def test_the_outcome_of_a_case_follows_from_its_issues(findings: list[str], outcome: str) -> None:
    assert rules.outcome(findings) == outcome


INVESTIGATE: dict[str, Any] = {
    "complained_about": False,
    "same_service": False,
    "answered_before": False,
    "approach": "closer",
    "stage": 1,
    "may_answer_own": False,
    "reason": "",
}


@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({}, True),
        ({"complained_about": True}, False),
        ({"complained_about": True, "approach": "early", "reason": "Why not"}, False),
        ({"same_service": True}, False),
        ({"same_service": True, "approach": "early"}, False),
        ({"same_service": True, "approach": "early", "reason": "A lost glove"}, True),
        ({"same_service": True, "may_answer_own": True, "reason": "It is theirs to answer"}, True),
        ({"same_service": True, "may_answer_own": True, "stage": 2, "reason": "It is theirs"}, False),
        ({"answered_before": True, "stage": 2}, False),
    ],
)
def test_who_may_investigate(fields: dict[str, Any], allowed: bool) -> None:
    assert (rules.why_not_investigate(**{**INVESTIGATE, **fields}) is None) is allowed


def test_settled_in_conversation_only_by_the_end_of_the_next_working_day() -> None:
    received = timezone.make_aware(datetime(2026, 4, 2, 16, 45))
    last_day = date(2026, 4, 7)
    late = timezone.make_aware(datetime(2026, 4, 8, 0, 0))
    in_time = timezone.make_aware(datetime(2026, 4, 7, 23, 59))

    def why(settled: datetime, oral: bool = True) -> str | None:
        return rules.why_not_settle_orally(
            channel_is_oral=oral, received_at=received, settled_at=settled, last_day=last_day
        )

    assert why(in_time) is None
    assert "7 April 2026" in (why(late) or "")
    assert why(in_time, oral=False) is not None
    assert why(received - timedelta(minutes=1)) is not None
