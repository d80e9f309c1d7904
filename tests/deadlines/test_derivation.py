"""The derivation in words: one plain sentence a step, for each date, and why a date is missing."""

import re

import pytest

RECEIVED = {"kind": "received", "at": "2026-04-02T16:45"}
ACKNOWLEDGED = {"kind": "acknowledged", "at": "2026-04-08T10:00"}
PAUSED = {"kind": "paused", "at": "2026-04-13T09:00"}
RESUMED = {"kind": "resumed", "at": "2026-04-15T09:00"}
ESCALATED = {"kind": "escalated", "at": "2026-05-01T17:30"}
EXTENDED = {"kind": "extended", "at": "2026-04-20T10:00", "until": "2026-05-07", "agreed": True, "reason": "records"}
REMOVED = {"kind": "extension_removed", "at": "2026-04-21T10:00"}
AGREED = {"kind": "period_agreed", "at": "2026-04-08T10:00", "until": "2026-04-30", "by": "agreement"}
CORRECTED = {"kind": "received_corrected", "at": "2026-04-21T10:00", "to": "2026-04-01T09:00"}
HOLIDAY = {"kind": "holiday_added", "at": "2026-04-21T10:00", "on": "2026-04-10"}

EVERYTHING = [
    ("nhs-2009", [RECEIVED]),
    ("nhs-2009", [RECEIVED, AGREED, PAUSED, RESUMED, EXTENDED, REMOVED, CORRECTED, HOLIDAY, ACKNOWLEDGED]),
    ("lgsco-2024", [RECEIVED]),
    ("lgsco-2024", [RECEIVED, ACKNOWLEDGED, PAUSED]),
    ("lgsco-2024", [RECEIVED, ACKNOWLEDGED, PAUSED, RESUMED, EXTENDED, REMOVED, ESCALATED, CORRECTED, HOLIDAY]),
    ("lgsco-2024", [RECEIVED, {**EXTENDED, "reason": ""}, ESCALATED, {**PAUSED, "at": "2026-05-06T09:00"}]),
    ("ukcg", [{**RECEIVED, "at": "2026-04-03T16:45"}, {**AGREED, "by": "body"}, ESCALATED]),
    ("ukcg", [RECEIVED, AGREED, {**EXTENDED, "agreed": False}, ESCALATED, {**EXTENDED, "at": "2026-05-05T10:00"}]),
]


def test_an_nhs_case_reads_so(clock):
    assert clock("nhs-2009", RECEIVED, ACKNOWLEDGED, AGREED).derivation == [
        "The complaint arrived on 2 April 2026 at 4:45pm.",
        "Working days are counted from 2 April 2026, the day it arrived, whatever the hour.",
        "Acknowledge by 9 April 2026, the 3rd working day after 2 April 2026, "
        "leaving out Good Friday (3 April 2026) and Easter Monday (6 April 2026).",
        "It was acknowledged on 8 April 2026, in time.",
        "It was agreed with the person on 8 April 2026 that the response comes by 30 April 2026.",
        "Respond by 30 April 2026.",
        "The original date to respond is 30 April 2026, as first agreed or decided.",
        "Review by 1 October 2026, the last day of the 6 months that begin with 2 April 2026, the day it arrived; "
        "this date is not moved off a weekend or a holiday.",
        "This procedure has one stage, so there are no dates for stage 2.",
    ]


def test_a_council_case_with_a_pause_reads_so(clock):
    derived = clock("lgsco-2024", RECEIVED, ACKNOWLEDGED, PAUSED, RESUMED).derivation_of["respond_by"]
    assert derived == [
        "The time to respond is counted from 8 April 2026, the day it was acknowledged.",
        "The 10th working day after that is 22 April 2026.",
        "The clock stood still from 13 April 2026 at 9am to 15 April 2026 at 9am, "
        "which takes 2 working days out of the count.",
        "A working day counts if the clock runs at its close, 5pm.",
        "That is a setting; no published text was found that states it "
        "(INFERRED: the Code knows no pause; the date without pauses is shown beside it).",
        "With its pauses the counted date is 24 April 2026.",
        "Respond by 24 April 2026.",
    ]


@pytest.mark.parametrize(("procedure", "events"), EVERYTHING)
def test_every_step_is_one_sentence_and_every_date_that_is_answered_is_in_its_own_words(clock, procedure, events):
    answered = clock(procedure, *events)
    for line in answered.derivation:
        assert re.fullmatch(r"[A-Z].*[^.]\.", line), line
        assert not re.search(r"\d{4}-\d{2}-\d{2}|None|_", line), line
    for name, day in answered.due.items():
        words = " ".join(answered.derivation_of[name])
        if day:
            assert f"{day.day} {day:%B %Y}" in words, name
        else:
            assert re.search(r"no dates|not known yet|cannot be known|no original date|no dates yet", words), name


@pytest.mark.parametrize(("procedure", "events"), EVERYTHING)
def test_the_derivation_is_that_of_all_dates_in_order(clock, procedure, events):
    answered = clock(procedure, *events)
    lines = [line for steps in answered.derivation_of.values() for line in steps]
    assert list(answered.derivation_of) == ["received", *answered.due]
    assert set(answered.derivation) == set(lines)
    if ESCALATED in events:
        assert answered.derivation == lines


@pytest.mark.parametrize("procedure", ["lgsco-2024", "ukcg"])
@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-04-02T17:01", "It came after 5pm, so"),
        ("2026-04-04T09:00", "It came at a weekend, so"),
        ("2026-04-04T19:00", "It came at a weekend, so"),
        ("2026-04-03T19:00", "It came on Good Friday, so"),
    ],
)
def test_a_moved_arrival_is_told_with_the_provenance_of_the_rule(clock, procedure, at, why):
    first, second, *_rest = clock(procedure, {**RECEIVED, "at": at}).derivation_of["acknowledge_by"]
    assert first.startswith(why)
    assert "next working day, 7 April 2026" in first
    assert "INFERRED: no source" in second
    assert "a setting" in second


def test_an_arrival_in_hours_needs_no_rule(clock):
    assert "INFERRED: no source that was read says how to count" not in " ".join(clock("ukcg", RECEIVED).derivation)


def test_figures_from_memory_are_told_as_such(clock):
    derived = clock("ukcg", RECEIVED, ESCALATED).derivation_of
    assert "RECALLED" in " ".join(derived["acknowledge_by"])
    assert "RECALLED" in " ".join(derived["stage_2_acknowledge_by"])
    assert "MHCLG" in " ".join(derived["stage_2_respond_by"])
    assert "RECALLED" not in " ".join(clock("nhs-2009", RECEIVED).derivation)


@pytest.mark.parametrize(
    ("procedure", "events", "name", "sentence"),
    [
        ("nhs-2009", [RECEIVED], "respond_by", "no period to respond has been agreed"),
        ("nhs-2009", [RECEIVED], "stage_2_respond_by", "This procedure has one stage"),
        ("ukcg", [RECEIVED], "stage_2_acknowledge_by", "Stage 2 has not been asked for"),
        ("lgsco-2024", [RECEIVED, ACKNOWLEDGED, PAUSED], "respond_by", "stood still since 13 April 2026 at 9am"),
        ("lgsco-2024", [RECEIVED, ACKNOWLEDGED, PAUSED], "respond_by", "cannot be known until the clock is started"),
        ("lgsco-2024", [RECEIVED], "respond_by", "a late or missing acknowledgement earns no time"),
        ("lgsco-2024", [RECEIVED], "acknowledge_by", "It has not been acknowledged yet."),
        (
            "lgsco-2024",
            [RECEIVED, {**ACKNOWLEDGED, "at": "2026-04-14T09:00"}],
            "acknowledge_by",
            "14 April 2026, late.",
        ),
        ("nhs-2009", [RECEIVED, {**AGREED, "by": "body"}], "respond_by", "The organisation decided on 8 April 2026"),
        ("nhs-2009", [RECEIVED, AGREED, PAUSED], "respond_by", "here a pause does not move the date"),
        ("nhs-2009", [RECEIVED, AGREED, {**EXTENDED, "agreed": False}], "respond_by", "the person did not agree to it"),
        ("nhs-2009", [RECEIVED, AGREED, EXTENDED], "respond_by", "the person agreed to it"),
        ("nhs-2009", [RECEIVED, AGREED, EXTENDED, REMOVED], "respond_by", "7 May 2026 was removed on 21 April 2026"),
        (
            "nhs-2009",
            [RECEIVED, AGREED, {**EXTENDED, "at": "2026-05-01T00:00"}],
            "respond_by",
            "came after 30 April 2026",
        ),
        (
            "nhs-2009",
            [RECEIVED, AGREED, {**AGREED, "until": "2026-06-01"}],
            "respond_by",
            "agreed period to 1 June 2026",
        ),
        ("lgsco-2024", [RECEIVED, EXTENDED], "respond_by", "it has a reason"),
        (
            "lgsco-2024",
            [RECEIVED, {**EXTENDED, "until": "2026-06-01"}],
            "respond_by",
            "past 12 May 2026, which needs a",
        ),
        (
            "lgsco-2024",
            [RECEIVED, {**EXTENDED, "until": "2026-06-01", "good_reason": True}],
            "respond_by",
            "it has a good reason, which it needs past 12 May 2026",
        ),
        ("lgsco-2024", [RECEIVED, CORRECTED], "received", "first recorded as 2 April 2026 at 4:45pm"),
        ("lgsco-2024", [RECEIVED, HOLIDAY], "received", "The holiday on 10 April 2026 was added on 21 April 2026"),
        ("lgsco-2024", [RECEIVED, HOLIDAY], "acknowledge_by", "and an added holiday (10 April 2026)"),
        ("lgsco-2024", [RECEIVED, {**PAUSED, "at": "2026-04-30T09:00"}], "respond_by", "Respond by 27 April 2026."),
    ],
)
def test_what_happened_and_what_is_missing_is_said(clock, procedure, events, name, sentence):
    assert sentence in " ".join(clock(procedure, *events).derivation_of[name])


@pytest.mark.parametrize(
    ("paused", "resumed", "taken"),
    [
        ("2026-04-10T18:00", "2026-04-13T09:00", "no working day"),
        ("2026-04-10T12:00", "2026-04-13T09:00", "1 working day "),
        ("2026-04-03T12:00", "2026-04-10T09:00", "1 working day "),  # only 9 April lies in the count
        ("2026-04-03T12:00", "2026-04-08T09:00", "no working day"),
        ("2026-04-30T12:00", "2026-05-06T09:00", "no working day"),  # after the date was reached
        ("2026-04-16T12:00", "2026-04-21T09:00", "3 working days "),
    ],
)
def test_a_pause_tells_how_many_working_days_it_takes_out(clock, paused, resumed, taken):
    events = [RECEIVED, ACKNOWLEDGED, {**PAUSED, "at": paused}, {**RESUMED, "at": resumed}]
    assert f"takes {taken}" in " ".join(clock("lgsco-2024", *events).derivation_of["respond_by"])


def test_a_holiday_that_touches_no_date_is_not_spoken_of(clock):
    assert "The holiday on" not in " ".join(clock("nhs-2009", RECEIVED, {**HOLIDAY, "on": "2027-04-10"}).derivation)
    assert "The holiday on" not in " ".join(clock("nhs-2009", RECEIVED, {**HOLIDAY, "on": "2026-03-10"}).derivation)


@pytest.mark.parametrize(
    ("at", "said"),
    [("00:00", "midnight"), ("12:00", "midday"), ("12:30", "12:30pm"), ("00:05", "12:05am"), ("09:00", "9am"),
     ("16:45", "4:45pm"), ("17:00:30", "5:00:30pm")],
)  # fmt: skip
def test_times_are_said_as_people_say_them(clock, at, said):
    assert clock("nhs-2009", {**RECEIVED, "at": f"2026-04-02T{at}"}).derivation[0].endswith(f"at {said}.")
