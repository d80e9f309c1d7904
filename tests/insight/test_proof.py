"""Did it work? What is answered about actions whose truth is known, and what is never called a success."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.insight.facts import tell_activity
from tests.insight.proofs import AFTER, AIMED, AROUND, COMPLETED, MONTHS, NOW, Scene, fallen, noon, scene, steady, tell

from heed.audit.actor import system
from heed.audit.refusals import Refused
from heed.facts.models import CaseFact, FeedbackFact
from heed.insight.actions.proof import answer_due, ask
from heed.insight.actions.rebase import rebase
from heed.insight.models import Verdict
from heed.insight.proof import judging
from heed.insight.proof.evidence import Found, found_of, inputs_of, plain
from heed.organisations import actions as organisations

pytestmark = pytest.mark.django_db
COMMUNICATIONS = ("complaint", "first", "communications")
FEBRUARY = noon(date(2026, 2, 3))  # six whole months after it


@pytest.fixture
def told() -> Scene:
    return scene()


def asked(of: Scene, at: datetime = NOW) -> Verdict:
    return ask(action_id=of.action.pk, by=factories.actor(of.manager, of.body), at=at)


def found(of: Scene, at: datetime = NOW) -> Found:
    return found_of(asked(of, at).found)


def test_fewer_complaints_and_fewer_found_well_founded_is_as_hoped(told: Scene) -> None:
    fallen(told.body)
    told.aim()
    kept = asked(told)
    out = found_of(kept.found)
    assert (kept.verdict, kept.reading) == ("fall", "hoped")
    assert (out.outcome.low or 1) < 11 / 24 < (out.outcome.high or 0)
    assert {one.role: one.says for one in out.beside} == {
        "upheld": "agrees", "reopened": "agrees", "other_themes": "open", "other_kinds": "open",
    }  # fmt: skip
    assert "have really fallen since August 2025: 55% lower than in the 36 months before" in kept.sentence
    assert (
        "It cannot be told whether it only moved to other themes or people still speak up as before." in kept.sentence
    )
    assert (out.fake or ("", ""))[1] == "no clear change"


def test_it_is_a_success_only_where_all_that_stands_beside_it_agrees(told: Scene) -> None:
    around = {key: steady(90) for key in AROUND}
    tell(told.body, {COMMUNICATIONS: steady(80, 40), **around}, reopened=lambda _: 0.3)
    told.aim()
    kept = asked(told)
    assert {one.says for one in found_of(kept.found).beside} == {"agrees"}
    assert (kept.verdict, kept.reading) == ("fall", "worked")
    assert "fewer were found well-founded too, and all that stands beside it agrees." in kept.sentence


def test_fewer_complaints_alone_are_never_a_success(told: Scene) -> None:
    """As many are found well-founded as before: the others have stopped complaining."""
    upheld = lambda month: 0.4 if month < AFTER else 0.87  # noqa: E731
    fallen(told.body, upheld=upheld, reopened=lambda _: 0.0)
    told.aim()
    kept = asked(told)
    assert (kept.verdict, kept.reading) == ("fall", "fewer")
    assert "That alone is no success: it is not shown that less goes wrong." in kept.sentence


def test_fewer_complaints_with_fewer_who_speak_up_at_all_are_no_success(told: Scene) -> None:
    around = {**AROUND, ("comment", "first", ""): steady(12, 4), ("compliment", "first", ""): steady(14, 5)}
    tell(told.body, {COMMUNICATIONS: steady(24, 11), **around})
    told.aim()
    kept = asked(told)
    assert (kept.verdict, kept.reading) == ("fall", "but")
    assert "went the wrong way, so it is no success yet" in kept.sentence


def test_a_channel_that_people_can_no_longer_reach_is_no_success(told: Scene) -> None:
    closed = lambda at, month: "web" if month >= AFTER or at % 2 else "phone"  # noqa: E731
    fallen(told.body, channel=closed)
    told.aim()
    out = found(told)
    assert {channel.code: channel.fell_away for channel in out.channels} == {"phone": True, "web": False}
    assert out.reading == "but"


def test_complaints_that_only_moved_to_other_themes_are_no_success(told: Scene) -> None:
    tell(told.body, {COMMUNICATIONS: steady(24, 11), **AROUND, ("complaint", "first", "other"): steady(15, 29)})
    told.aim(replace(AIMED, control="none", no_control_reason="Nobody else does the same."))
    out = found(told)
    assert {one.role: one.says for one in out.beside}["other_themes"] == "against"
    assert out.reading == "but"


def test_what_falls_everywhere_is_not_put_down_to_the_action(told: Scene) -> None:
    tell(
        told.body, {COMMUNICATIONS: steady(24, 11), **AROUND, ("complaint", "second", "communications"): steady(24, 11)}
    )
    told.aim(replace(AIMED, control="others"))
    kept = asked(told)
    assert (kept.verdict, kept.reading) == ("fall", "elsewhere")
    assert "cannot be put down to the action" in kept.sentence


def test_what_fell_long_before_is_not_put_down_to_the_action(told: Scene) -> None:
    def level(month: date) -> float:
        return 40.0 if month < date(2024, 1, 1) else 22.0 if month < AFTER else 8.0

    tell(told.body, {COMMUNICATIONS: level, **AROUND})
    told.aim()
    out = found(told)
    assert (out.fake or ("", ""))[1] == "real fall"
    assert out.reading in ("anyway", "none")  # the trend of the time before may explain all of it


def test_no_change_is_called_none_with_the_power_that_it_had(told: Scene) -> None:
    tell(told.body, {COMMUNICATIONS: steady(8), **AROUND})
    told.aim()
    kept = asked(told)
    assert (kept.verdict, kept.reading) == ("unclear", "none")
    assert (
        "There is no clear change in complaints received about communications in First since August 2025"
        in kept.sentence
    )
    assert "Had it really changed by a fifth, figures like these would have shown it" in kept.sentence


def test_a_rise_where_a_fall_was_hoped_for_is_the_other_way(told: Scene) -> None:
    tell(told.body, {COMMUNICATIONS: steady(10, 25), **AROUND})
    told.aim()
    assert (asked(told).verdict, asked_again(told)) == ("rise", "other_way")


def asked_again(of: Scene) -> str:
    return Verdict.objects.filter(action=of.action).latest("number").reading


def test_a_rise_that_was_hoped_for_is_as_hoped(told: Scene) -> None:
    """That more people speak up can be what an action is for."""
    tell(
        told.body, {("comment", "first", ""): steady(10, 25), **{k: v for k, v in AROUND.items() if k[0] != "comment"}}
    )
    told.aim(replace(AIMED, measure="received_comments", subject="", direction="rise", control="others"))
    kept = asked(told)
    assert (kept.verdict, kept.reading) == (
        "rise",
        "elsewhere",
    )  # nobody comments on the other service, so it is no control
    told.aim(replace(AIMED, measure="received_comments", subject="", direction="rise", control="none",
                     no_control_reason="Only this service asks."))  # fmt: skip
    assert (asked(told).verdict, asked_again(told)) == ("rise", "worked")


def test_everything_that_reaches_us_falling_is_never_a_success(told: Scene) -> None:
    tell(told.body, {COMMUNICATIONS: steady(24, 8), ("comment", "first", ""): steady(10, 4)})
    told.aim(replace(AIMED, measure="received", subject="", control="none", no_control_reason="It reaches everybody."))
    kept = asked(told)
    assert kept.verdict == "fall"
    assert kept.reading == "fewer"


def test_too_early_says_when_to_ask_again(told: Scene) -> None:
    fallen(told.body)
    told.aim()
    kept = asked(told, noon(date(2025, 12, 15)))
    assert (kept.verdict, kept.reading, kept.again_on) == ("early", "early", date(2026, 2, 1))
    assert (
        "4 months of the 6 that it takes after the action can be compared. Ask again from 1 February 2026."
        in kept.sentence
    )
    assert asked(told, FEBRUARY).verdict == "fall"


def test_too_short_a_past_is_said_to_stay_so(told: Scene) -> None:
    tell(told.body, {COMMUNICATIONS: steady(24, 11), **AROUND}, months=MONTHS[28:])
    told.aim()
    kept = asked(told)
    assert (kept.verdict, kept.reading, kept.again_on) == ("never", "never", None)
    assert (
        "8 months before the action can be compared, and it takes 12. Asking again later will not help."
        in kept.sentence
    )


def test_the_peak_that_led_to_it_is_left_out(told: Scene) -> None:
    def level(month: date) -> float:
        return 60.0 if date(2025, 3, 1) <= month <= date(2025, 5, 1) else 12.0

    tell(told.body, {COMMUNICATIONS: level, **AROUND})
    told.aim(replace(AIMED, peak_first=date(2025, 3, 1), peak_last=date(2025, 5, 1), phase_in=2))
    kept = asked(told)
    assert kept.verdict == "unclear"
    inputs = inputs_of(kept.inputs)
    assert [f"{month:%Y-%m}" for month in inputs.plan.months_left_out("peak")] == ["2025-03", "2025-04", "2025-05"]
    assert [f"{month:%Y-%m}" for month in inputs.plan.months_left_out("brought_in")] == ["2025-06", "2025-07"]
    assert [f"{month:%Y-%m}" for month in inputs.plan.months_left_out("bedding_in")] == ["2025-08", "2025-09"]
    assert inputs.plan.after[0] == date(2025, 10, 1)


def test_a_theme_is_that_of_the_case_also_where_the_person_chose_none(told: Scene) -> None:
    fallen(told.body)
    FeedbackFact.objects.update(subject="")
    told.aim()
    assert asked(told).verdict == "fall"


def test_a_share_is_judged_over_what_it_is_a_share_of(told: Scene) -> None:
    """Complaints double, and half as large a share is well-founded."""
    tell(told.body, {COMMUNICATIONS: steady(20, 40)}, upheld=lambda month: 0.6 if month < AFTER else 0.3)
    told.aim(replace(AIMED, measure="well_founded", control="none", no_control_reason="Nobody else does the same."))
    kept = asked(told)
    assert (kept.verdict, kept.reading) == ("fall", "worked")
    assert kept.sentence.startswith(
        "The share of cases decided about communications in First that were well-founded has"
    )
    assert found_of(kept.found).outcome.over is not None


def test_a_rate_is_judged_over_what_was_done(told: Scene) -> None:
    """As many complaints from twice as many contacts."""
    tell(told.body, {COMMUNICATIONS: steady(20), **AROUND})
    by = factories.actor(told.manager, told.body)
    organisations.choose_activity(organisation=told.body, kind="contacts", by=by, at=NOW)
    numbers = {month: 1000 if month < AFTER else 2000 for month in MONTHS}
    tell_activity(told.body.code, {"first": numbers, "second": dict.fromkeys(MONTHS, 1000)})
    told.aim(replace(AIMED, measure="complaints_rate", control="themes"))
    out = found(told)
    assert out.outcome.verdict == "real fall"
    assert out.outcome.middle == pytest.approx(0.5, abs=0.1)
    assert out.control is not None
    assert out.control.middle == pytest.approx(0.5, abs=0.1)
    assert out.reading == "elsewhere"


def test_days_are_judged_as_days_and_refused_where_they_rest_on_few(told: Scene) -> None:
    tell(told.body, {COMMUNICATIONS: steady(20), ("complaint", "first", "other"): steady(2)})
    CaseFact.objects.filter(received_on__gte=AFTER).update(working_days=9)
    days = replace(AIMED, measure="working_days_median", control="none", no_control_reason="Nobody else does the same.")
    told.aim(days)
    kept = asked(told)
    assert (kept.verdict, kept.reading) == ("fall", "worked")
    assert "working days fewer than in the 36 months before" in kept.sentence
    told.aim(replace(days, subject="other"))
    kept = asked(told)
    assert (kept.verdict, kept.reading) == ("never", "never")
    assert "fewer than 5 cases a month" in kept.sentence


def test_other_limits_begun_before_begin_the_time_before(told: Scene) -> None:
    fallen(told.body)
    told.aim()
    by = factories.actor(told.manager, told.body)
    frame: dict[str, Any] = {
        "organisation": told.body,
        "measure": "received_complaints",
        "service": "first",
        "by": by,
        "at": NOW,
    }
    rebase(month=date(2024, 2, 1), reason="Calls are counted here too.", **frame)
    rebase(month=date(2026, 1, 1), reason="Another ward came in.", **frame)
    inputs = inputs_of(asked(told).inputs)
    assert inputs.plan.before[0] == date(2024, 2, 1)
    assert inputs.notes == ("The limits of this figure were begun anew with January 2026: Another ward came in.",)


def test_the_kept_verdict_follows_from_its_kept_inputs(told: Scene) -> None:
    fallen(told.body)
    told.aim()
    kept = asked(told)
    kept.refresh_from_db()
    inputs = inputs_of(kept.inputs)
    assert plain(inputs) == kept.inputs
    assert plain(judging.judge(inputs)) == kept.found
    assert plain(found_of(kept.found)) == kept.found
    assert json.loads(json.dumps(kept.found, allow_nan=False)) == kept.found


def test_it_stays_as_it_was_and_is_asked_again_on_purpose(told: Scene) -> None:
    fallen(told.body)
    told.aim()
    first = asked(told, FEBRUARY)
    with pytest.raises(Refused, match="Nothing has changed since 3 February 2026, so the answer is the same"):
        asked(told, FEBRUARY + timedelta(days=2))
    second = asked(told)
    assert [first.number, second.number] == [1, 2]
    FeedbackFact.objects.all().delete()
    first.refresh_from_db()
    assert first.sentence != second.sentence
    for change in (lambda: Verdict.objects.update(sentence="It worked."), Verdict.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_heed_answers_once_when_enough_months_are_over(told: Scene) -> None:
    fallen(told.body)
    told.aim()
    by = system("proof", told.body.code)
    assert answer_due(organisation_id=told.body.pk, by=by, at=noon(date(2026, 1, 31))) == 0
    assert answer_due(organisation_id=told.body.pk, by=by, at=noon(date(2026, 2, 1))) == 1
    assert answer_due(organisation_id=told.body.pk, by=by, at=NOW) == 0
    kept = Verdict.objects.get()
    assert (kept.verdict, kept.asked_by, kept.number) == ("fall", None, 1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"measure": "no-such"}, "Heed no longer has the figure"),
        ({"measure": "actions_on_time", "subject": "", "control": "others"}, "whether actions were done"),
        ({"measure": "reopened"}, "can still rise"),
        ({"measure": "closed"}, "how much was closed"),
        ({"measure": "remedies_on_time"}, "does not know themes"),
        ({"measure": "received_comments"}, "Only complaints and concerns are given a theme"),
        ({"measure": "received"}, "Only complaints and concerns are given a theme"),
        ({"measure": "complaints_rate"}, "does not have this figure"),
        ({"measure": "ombudsman"}, "Nothing feeds this yet"),
    ],
)
def test_what_cannot_be_answered_is_refused_plainly(told: Scene, changed: dict[str, Any], words: str) -> None:
    fallen(told.body)
    told.aim(replace(AIMED, **changed))
    with pytest.raises(Refused, match=words):
        asked(told)


def test_nothing_is_asked_without_an_aim_or_before_it_is_completed(told: Scene) -> None:
    with pytest.raises(Refused, match="Nobody has said yet what this action should change"):
        asked(told)
    told.aim()
    with pytest.raises(Refused, match="Nothing has been received yet"):
        asked(told)
    type(told.action).objects.update(state="started", completed_on=None)
    fallen(told.body)
    with pytest.raises(Refused, match="once the action is completed"):
        asked(told)


def test_an_aim_that_was_chosen_late_is_told_as_such(told: Scene) -> None:
    fallen(told.body)
    told.aim(at=noon(COMPLETED + timedelta(days=90)))
    assert inputs_of(asked(told).inputs).late


def test_asking_costs_the_same_however_much_there_is(told: Scene) -> None:
    tell(told.body, {COMMUNICATIONS: steady(1), **AROUND})
    told.aim()
    with CaptureQueriesContext(connection) as few:
        asked(told)
    FeedbackFact.objects.all().delete()
    CaseFact.objects.all().delete()
    fallen(told.body, seed=4)
    with CaptureQueriesContext(connection) as many:
        asked(told)
    assert len(few) == len(many)
    assert len(few) < 20
