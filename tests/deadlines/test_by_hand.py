"""Figures that were counted by hand with a calendar on the wall, before the clock existed."""

import pytest


@pytest.mark.parametrize("hour", ["16:45", "17:01"])
def test_nhs_england_over_easter(dates, event, hour):
    due = dates("nhs-2009", event("received", f"2026-04-02T{hour}"))
    assert due == {
        "acknowledge_by": "2026-04-09",
        "respond_by": None,
        "original_respond_by": None,
        "review_by": "2026-10-01",
        "stage_2_acknowledge_by": None,
        "stage_2_respond_by": None,
    }


@pytest.mark.parametrize("hour", ["16:45", "17:01"])
def test_nhs_scotland_has_no_easter_monday(dates, event, hour):
    due = dates("nhs-2009", event("received", f"2026-04-02T{hour}"), nation="scotland")
    assert due["acknowledge_by"] == "2026-04-08"


def test_nhs_received_on_a_saturday_before_a_bank_holiday(dates, event):
    due = dates("nhs-2009", event("received", "2026-08-29T10:00"))
    assert due["acknowledge_by"] == "2026-09-03"
    assert due["review_by"] == "2027-02-28"


def test_lgsco_unacknowledged(dates, event):
    due = dates("lgsco-2024", event("received", "2026-04-02T16:45"))
    assert due["acknowledge_by"] == "2026-04-13"
    assert due["respond_by"] == "2026-04-27"


@pytest.fixture
def acknowledged(event):
    return [event("received", "2026-04-02T16:45"), event("acknowledged", "2026-04-08T10:00")]


def test_lgsco_acknowledged(dates, acknowledged):
    due = dates("lgsco-2024", *acknowledged)
    assert due["acknowledge_by"] == "2026-04-13"
    assert due["respond_by"] == "2026-04-22"


@pytest.mark.parametrize(
    ("paused", "resumed", "respond_by"),
    [
        ("2026-04-13T09:00", "2026-04-15T09:00", "2026-04-24"),
        ("2026-04-10T18:00", "2026-04-13T09:00", "2026-04-22"),
        ("2026-04-10T12:00", "2026-04-13T09:00", "2026-04-23"),
    ],
)
def test_lgsco_acknowledged_and_paused(dates, event, acknowledged, paused, resumed, respond_by):
    due = dates("lgsco-2024", *acknowledged, event("paused", paused), event("resumed", resumed))
    assert due["respond_by"] == respond_by
    assert due["original_respond_by"] == "2026-04-22"
    assert due["acknowledge_by"] == "2026-04-13"


@pytest.mark.parametrize(("until", "respond_by"), [("2026-05-07", "2026-05-07"), ("2026-05-08", "2026-04-22")])
def test_lgsco_extended_without_a_good_reason_goes_up_to_7_may(dates, event, acknowledged, until, respond_by):
    extended = event("extended", "2026-04-20T09:00", until=until, reason="records have to be found")
    assert dates("lgsco-2024", *acknowledged, extended)["respond_by"] == respond_by


def test_lgsco_escalated_after_hours_before_a_bank_holiday(dates, event):
    received, escalated = event("received", "2026-04-02T16:45"), event("escalated", "2026-05-01T17:30")
    due = dates("lgsco-2024", received, escalated)
    assert due["stage_2_acknowledge_by"] == "2026-05-12"
    assert due["stage_2_respond_by"] == "2026-06-10"
    due = dates("lgsco-2024", received, escalated, event("acknowledged", "2026-05-07T09:00"))
    assert due["stage_2_acknowledge_by"] == "2026-05-12"
    assert due["stage_2_respond_by"] == "2026-06-05"
