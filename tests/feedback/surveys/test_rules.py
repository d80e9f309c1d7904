"""Whom to ask, when and how: pure rules, tried on whatever may happen."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heed.feedback import surveys
from heed.feedback.surveys import rules
from heed.feedback.surveys.rules import Reach, Standing

TIMING = surveys.timing()
OWN = TIMING.of("complainant")
DAY = date(2026, 3, 2)
USUAL = Standing(acknowledged_on=DAY, promised_on=DAY + timedelta(days=40), way="email")
GAP = TIMING.gap_days.value


def on(standing: Standing, days: int) -> str | None:
    occasion = rules.chosen(OWN, standing, DAY + timedelta(days=days), TIMING)
    return occasion.key if occasion else None


def test_each_stage_has_its_time() -> None:
    assert [on(USUAL, days) for days in (0, 6, 7, 19)] == [None, None, "making", "making"]
    assert [on(USUAL, days) for days in (20, 41, 42)] == ["informed", "informed", None]
    asked = frozenset({"making", "informed", "outcome"})
    closed = replace(USUAL, answered_on=DAY + timedelta(days=40), closed_on=DAY + timedelta(days=45), asked=asked)
    assert [on(closed, days) for days in (134, 135, 195, 196)] == [None, "reflecting", "reflecting", None]


def test_the_outcome_is_asked_three_weeks_after_the_answer_and_for_two_months() -> None:
    answered = replace(USUAL, answered_on=DAY + timedelta(days=40), asked=frozenset({"making", "informed"}))
    assert [on(answered, days) for days in (40, 60, 61, 121, 122)] == [None, None, "outcome", "outcome", None]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"refused": True}, "never"),
        ({"way": ""}, "never"),
        ({"asked": frozenset({"making"})}, "never"),
        ({"owed": True}, "wait"),
        ({"asked_on": (DAY,)}, "wait"),
        ({"do_not": True}, "person"),
        ({"flags": frozenset({"death"})}, "person"),
        ({"flags": frozenset({"publicity"})}, "ask"),
        ({"needs": frozenset({"easy_read"})}, "person"),
        ({"needs": frozenset({"large_print"})}, "ask"),
    ],
)
def test_what_speaks_against_asking(change: dict[str, object], what: str) -> None:
    found = rules.verdict(OWN[0], replace(USUAL, **change), DAY + timedelta(days=8), TIMING)
    assert found.what == what
    assert bool(found.why) == (what != "ask")


def test_what_a_person_has_to_decide_is_listed_for_them() -> None:
    careful = replace(USUAL, flags=frozenset({"safeguarding"}))
    day = DAY + timedelta(days=8)
    assert rules.chosen(OWN, careful, day, TIMING) is None
    assert rules.to_decide(OWN, careful, day, TIMING) == OWN[0]
    assert rules.to_decide(OWN, USUAL, day, TIMING) is None


days = st.integers(0, 120)
lives = st.builds(
    lambda ack, promised, answered, closed: replace(
        USUAL,
        acknowledged_on=DAY + timedelta(days=ack),
        promised_on=DAY + timedelta(days=ack + promised),
        answered_on=DAY + timedelta(days=ack + answered) if answered else None,
        closed_on=DAY + timedelta(days=ack + answered + closed) if answered and closed else None,
    ),
    days, days, days, days,
)  # fmt: skip


@settings(max_examples=40)
@given(life=lives, owed=st.sets(st.integers(0, 400)))
def test_over_a_whole_life_nobody_is_asked_twice_too_soon_or_while_something_is_owed(
    life: Standing, owed: set[int]
) -> None:
    asked: list[tuple[str, int]] = []
    for number in range(0, 400, 2):
        today = DAY + timedelta(days=number)
        known = {name: day if day and day <= today else None for name, day in _dates(life).items()}
        standing = replace(
            life, **known, promised_on=life.promised_on, owed=number in owed,
            asked=frozenset(key for key, _ in asked), asked_on=tuple(DAY + timedelta(days=day) for _, day in asked),
        )  # fmt: skip
        if occasion := rules.chosen(OWN, standing, today, TIMING):
            asked.append((occasion.key, number))
            assert number not in owed
            answered_on = known["answered_on"]
            assert answered_on is None or today - answered_on >= timedelta(days=21)
            assert today <= rules.first_day(occasion, standing) + timedelta(days=occasion.within_days)  # type: ignore[operator]
    keys = [key for key, _ in asked]
    assert len(set(keys)) == len(keys)
    assert all(later - earlier >= GAP for (_, earlier), (_, later) in pairwise(asked))


def _dates(life: Standing) -> dict[str, date | None]:
    return {name: getattr(life, name) for name in ("acknowledged_on", "answered_on", "closed_on")}


@pytest.mark.parametrize(
    ("reach", "way"),
    [
        (Reach(), ""),
        (Reach(email="a@b.example"), "email"),
        (Reach(email="a@b.example", follows=True), "email"),
        (Reach(follows=True), "page"),
        (Reach(preferred="portal", email="a@b.example", follows=True), "page"),
        (Reach(preferred="phone", phone=True, email="a@b.example"), "phone"),
        (Reach(preferred="phone", phone=True, no_calls=True), ""),
        (Reach(phone=True), ""),  # nobody is rung who did not choose the phone
        (Reach(preferred="post", post=True), "post"),
        (Reach(preferred="post", post=True, post_is_safe=False, email="a@b.example"), "email"),
        (Reach(post=True), ""),  # it is not known whether letters are safe
        (Reach(post=True, post_is_safe=True), "post"),
        (Reach(preferred="representative", email="a@b.example", follows=True), ""),
    ],
)
def test_people_are_asked_their_way(reach: Reach, way: str) -> None:
    assert rules.way_for(reach) == way


def test_one_reminder_and_an_end() -> None:
    later = DAY + timedelta(days=TIMING.remind_days.value)
    assert not rules.may_remind(DAY, False, later - timedelta(days=1), TIMING)
    assert rules.may_remind(DAY, False, later, TIMING)
    assert not rules.may_remind(DAY, True, later, TIMING)
    assert rules.closes_on(DAY, TIMING) > later


@pytest.mark.parametrize(
    ("answers", "text", "begins"),
    [
        ({}, " ", "Nothing is answered yet. Answer at least one"),
        ({"simple": "perhaps"}, "", "This is not asked"),
        ({"other": "agree"}, "", "This is not asked"),
        ({"confident": "agree"}, "", "This is not asked"),  # of another stage
        ({}, "x" * 5_001, "Use at most 5,000"),
        ({"simple": "does_not_apply"}, "", None),
        ({}, "It was good to be asked.", None),
    ],
)
def test_answers_that_cannot_be_kept(answers: dict[str, str], text: str, begins: str | None) -> None:
    asked = surveys.load("complainant").only(("making",))
    found = rules.why_not_answer(asked, answers, text)
    assert found is None if begins is None else found is not None and found.startswith(begins)
