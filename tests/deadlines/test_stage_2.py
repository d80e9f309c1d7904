"""After `escalated`: acknowledgement, extensions and pauses concern stage 2, and stage 1 stays as it was."""

import pytest

START = ("2026-04-02T16:45", "2026-04-08T10:00", "2026-04-24T10:00")


@pytest.fixture
def escalated(event):
    """Stage 1 answered by 22 April; stage 2 asked for on 24 April: acknowledge by 1 May, respond by 2 June."""
    received, acknowledged, asked = START
    return [event("received", received), event("acknowledged", acknowledged), event("escalated", asked)]


def test_stage_2_counts_as_stage_1_with_its_own_days(dates, event, escalated):
    due = dates("lgsco-2024", *escalated)
    assert (due["acknowledge_by"], due["respond_by"]) == ("2026-04-13", "2026-04-22")
    assert (due["stage_2_acknowledge_by"], due["stage_2_respond_by"]) == ("2026-05-01", "2026-06-02")
    due = dates("lgsco-2024", *escalated, event("acknowledged", "2026-04-27T10:00"))
    assert (due["stage_2_acknowledge_by"], due["stage_2_respond_by"]) == ("2026-05-01", "2026-05-27")
    assert (due["acknowledge_by"], due["respond_by"]) == ("2026-04-13", "2026-04-22")
    late = dates("lgsco-2024", *escalated, event("acknowledged", "2026-05-20T10:00"))
    assert late["stage_2_respond_by"] == "2026-06-02"


def test_an_acknowledgement_after_escalation_is_that_of_stage_2_also_when_stage_1_had_none(dates, event):
    events = [event("received", START[0]), event("escalated", START[2]), event("acknowledged", "2026-04-27T10:00")]
    due = dates("lgsco-2024", *events)
    assert due["respond_by"] == "2026-04-27"  # stage 1 stayed unacknowledged
    assert due["stage_2_respond_by"] == "2026-05-27"


@pytest.mark.parametrize(
    ("until", "given", "respond_by"),
    [
        ("2026-07-01", {"reason": "records"}, "2026-06-02"),
        ("2026-06-30", {"reason": "records"}, "2026-06-30"),  # 20 working days after 2 June
        ("2026-07-01", {"reason": "records", "good_reason": True}, "2026-07-01"),
        ("2026-06-30", {}, "2026-06-02"),
    ],
)
def test_extensions_of_stage_2_have_its_own_limit(dates, event, escalated, until, given, respond_by):
    due = dates("lgsco-2024", *escalated, event("extended", "2026-06-02T10:00", until=until, **given))
    assert due["stage_2_respond_by"] == respond_by
    assert due["respond_by"] == "2026-04-22"


def test_an_extension_of_stage_2_is_in_time_against_the_date_of_stage_2(dates, event, escalated):
    late = event("extended", "2026-06-03T10:00", until="2026-06-10", reason="records")
    assert dates("lgsco-2024", *escalated, late)["stage_2_respond_by"] == "2026-06-02"


def test_an_extension_of_stage_1_stays_with_stage_1(dates, event, escalated):
    extended = event("extended", "2026-04-20T10:00", until="2026-05-06", reason="records")
    due = dates("lgsco-2024", *escalated[:2], extended, escalated[2])
    assert (due["respond_by"], due["stage_2_respond_by"]) == ("2026-05-06", "2026-06-02")


def test_removing_after_escalation_takes_the_latest_that_stands_in_either_stage(dates, event, escalated):
    first = event("extended", "2026-04-20T10:00", until="2026-05-06", reason="records")
    second = event("extended", "2026-05-20T10:00", until="2026-06-10", reason="records")
    removed = event("extension_removed", "2026-05-21T10:00")
    events = [*escalated[:2], first, escalated[2], second, removed]
    due = dates("lgsco-2024", *events)
    assert (due["respond_by"], due["stage_2_respond_by"]) == ("2026-05-06", "2026-06-02")
    due = dates("lgsco-2024", *events, removed)
    assert (due["respond_by"], due["stage_2_respond_by"]) == ("2026-04-22", "2026-06-02")


def test_pauses_after_escalation_move_stage_2_alone(dates, event, escalated):
    pauses = [event("paused", "2026-05-11T09:00"), event("resumed", "2026-05-13T09:00")]
    due = dates("lgsco-2024", *escalated, *pauses)
    assert (due["respond_by"], due["stage_2_respond_by"]) == ("2026-04-22", "2026-06-04")
    assert dates("lgsco-2024", *escalated, pauses[0])["stage_2_respond_by"] is None


def test_a_pause_that_stage_1_left_open_hides_stage_1_alone_until_it_is_ended(dates, event, escalated):
    opened = event("paused", "2026-04-13T09:00", pause="records")
    events = [*escalated[:2], opened, escalated[2]]
    due = dates("lgsco-2024", *events)
    assert (due["respond_by"], due["stage_2_respond_by"]) == (None, "2026-06-02")
    due = dates("lgsco-2024", *events, event("resumed", "2026-04-28T09:00", pause="records"))
    assert (due["respond_by"], due["stage_2_respond_by"]) == ("2026-05-08", "2026-06-02")


def test_stage_2_may_have_a_pause_of_the_same_name_and_it_is_ended_first(dates, event, escalated):
    opened = event("paused", "2026-04-13T09:00")
    again = [event("paused", "2026-05-11T09:00"), event("resumed", "2026-05-13T09:00")]
    due = dates("lgsco-2024", *escalated[:2], opened, escalated[2], *again)
    assert (due["respond_by"], due["stage_2_respond_by"]) == (None, "2026-06-04")


def test_central_government_counts_its_second_stage(dates, event):
    events = [
        event("received", START[0]),
        event("period_agreed", "2026-04-08T10:00", until="2026-04-30", by="body"),
        event("escalated", "2026-05-01T17:30"),
    ]
    due = dates("ukcg", *events)
    assert due["respond_by"] == "2026-04-30"
    assert (due["stage_2_acknowledge_by"], due["stage_2_respond_by"]) == ("2026-05-08", "2026-06-08")
    due = dates("ukcg", *events, event("acknowledged", "2026-05-06T10:00"))
    assert due["stage_2_respond_by"] == "2026-06-04"
    for given, respond_by in (({"agreed": True}, "2026-07-31"), ({"agreed": False, "reason": "x"}, "2026-06-08")):
        extended = event("extended", "2026-06-08T10:00", until="2026-07-31", **given)
        assert dates("ukcg", *events, extended)["stage_2_respond_by"] == respond_by


def test_an_agreed_period_after_escalation_extends_stage_2_unless_stage_1_had_none(dates, event):
    received, escalated = event("received", START[0]), event("escalated", START[2])
    agreed = event("period_agreed", "2026-04-08T10:00", until="2026-04-30", by="agreement")
    later = event("period_agreed", "2026-04-27T10:00", until="2026-06-30", by="agreement")
    due = dates("ukcg", received, agreed, escalated, later)
    assert (due["respond_by"], due["stage_2_respond_by"]) == ("2026-04-30", "2026-06-30")
    due = dates("ukcg", received, escalated, later)
    assert (due["respond_by"], due["stage_2_respond_by"]) == ("2026-06-30", "2026-05-29")


def test_a_corrected_receipt_or_a_holiday_reaches_stage_2_only_as_far_as_it_concerns_it(dates, event, escalated):
    corrected = event("received_corrected", "2026-04-27T10:00", to="2026-03-25T10:00")
    due = dates("lgsco-2024", *escalated, corrected)
    assert due["acknowledge_by"] == "2026-04-01"
    assert due["stage_2_respond_by"] == "2026-06-02"
    holiday = event("holiday_added", "2026-04-27T10:00", on="2026-05-20")
    due = dates("lgsco-2024", *escalated, holiday)
    assert (due["respond_by"], due["stage_2_respond_by"]) == ("2026-04-22", "2026-06-03")


def test_stage_2_may_be_acknowledged_at_the_very_moment_it_is_asked_for(dates, event, escalated):
    due = dates("lgsco-2024", *escalated, event("acknowledged", START[2]))
    assert due["stage_2_respond_by"] == "2026-05-26"
