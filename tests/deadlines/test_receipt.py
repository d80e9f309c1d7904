"""From the receipt: day 0, the last day to acknowledge, the review, and what is put right as if always known."""

from datetime import date

import pytest

from heed.deadlines.counting import last_day_of_months

RECEIVED = "2026-04-02T16:45"


def test_all_six_names_are_always_there(dates, event):
    names = {"acknowledge_by", "respond_by", "original_respond_by", "review_by"}
    names |= {"stage_2_acknowledge_by", "stage_2_respond_by"}
    for procedure in ("nhs-2009", "lgsco-2024", "ukcg"):
        assert set(dates(procedure, event("received", RECEIVED))) == names


@pytest.mark.parametrize("at", ["2026-08-29T00:00", "2026-08-29T23:59", "2026-08-30T12:00", "2026-08-31T12:00"])
def test_nhs_day_0_is_the_true_day_also_at_a_weekend_or_bank_holiday(dates, event, at):
    # Saturday, Sunday and the bank holiday Monday all count from themselves: Tuesday is the first working day.
    assert dates("nhs-2009", event("received", at))["acknowledge_by"] == "2026-09-03"


@pytest.mark.parametrize(
    ("procedure", "at", "acknowledge_by"),
    [
        ("lgsco-2024", "2026-04-08T17:00", "2026-04-15"),  # in hours
        ("lgsco-2024", "2026-04-08T17:00:01", "2026-04-16"),
        ("lgsco-2024", "2026-04-08T17:01", "2026-04-16"),
        ("lgsco-2024", "2026-04-08T00:01", "2026-04-15"),
        ("lgsco-2024", "2026-04-02T17:01", "2026-04-14"),  # Thursday before Easter: counts as Tuesday
        ("lgsco-2024", "2026-04-03T09:00", "2026-04-14"),  # Good Friday
        ("lgsco-2024", "2026-04-11T09:00", "2026-04-20"),  # Saturday: counts as Monday 13
        ("ukcg", "2026-04-08T17:00", "2026-04-13"),
        ("ukcg", "2026-04-08T17:01", "2026-04-14"),
        ("ukcg", "2026-04-11T09:00", "2026-04-16"),
        ("nhs-2009", "2026-04-08T17:01", "2026-04-13"),  # the true day, whatever the hour
    ],
)
def test_what_arrives_after_five_or_on_a_closed_day_arrives_the_next_working_day_where_that_is_on(
    dates, event, procedure, at, acknowledge_by
):
    assert dates(procedure, event("received", at))["acknowledge_by"] == acknowledge_by


def test_an_acknowledgement_counts_from_its_own_date_even_after_hours_and_on_a_closed_day(dates, event):
    received = event("received", "2026-04-02T09:00")
    for at in ("2026-04-08T10:00", "2026-04-08T23:00"):
        assert dates("lgsco-2024", received, event("acknowledged", at))["respond_by"] == "2026-04-22"
    # Saturday 11 April: Monday 13 is the first of the ten.
    assert dates("lgsco-2024", received, event("acknowledged", "2026-04-11T10:00"))["respond_by"] == "2026-04-24"


def test_an_acknowledgement_before_the_day_it_counts_as_arriving_still_counts_from_its_own_date(dates, event):
    saturday = [event("received", "2026-04-11T09:00"), event("acknowledged", "2026-04-11T09:30")]
    due = dates("lgsco-2024", *saturday)
    assert due["acknowledge_by"] == "2026-04-20"
    assert due["respond_by"] == "2026-04-24"


@pytest.mark.parametrize("at", ["2026-04-13T09:00", "2026-04-14T09:00", "2026-05-14T09:00"])
def test_a_late_acknowledgement_earns_no_time(dates, event, at):
    due = dates("lgsco-2024", event("received", RECEIVED), event("acknowledged", at))
    assert due["respond_by"] == "2026-04-27"


def test_met_dates_stay(dates, event):
    due = dates(
        "lgsco-2024",
        event("received", RECEIVED),
        event("acknowledged", "2026-04-08T10:00"),
        event("escalated", "2026-05-01T10:00"),
    )
    assert (due["acknowledge_by"], due["respond_by"]) == ("2026-04-13", "2026-04-22")


@pytest.mark.parametrize("procedure", ["nhs-2009", "ukcg"])
def test_where_the_response_is_agreed_there_is_no_date_until_it_is(dates, event, procedure):
    received = event("received", RECEIVED)
    due = dates(procedure, received, event("acknowledged", "2026-04-08T10:00"))
    assert due["respond_by"] is None
    assert due["original_respond_by"] is None
    for by in ("agreement", "body"):
        agreed = event("period_agreed", "2026-04-08T10:00", until="2026-05-09", by=by)  # a Saturday: as agreed
        due = dates(procedure, received, agreed)
        assert due["respond_by"] == due["original_respond_by"] == "2026-05-09"


@pytest.mark.parametrize(
    ("received", "review_by"),
    [
        ("2026-04-02", "2026-10-01"),
        ("2026-04-01", "2026-09-30"),
        ("2026-08-31", "2027-02-28"),
        ("2026-08-30", "2027-02-28"),
        ("2026-08-29", "2027-02-28"),
        ("2026-08-28", "2027-02-27"),
        ("2027-08-29", "2028-02-28"),
        ("2027-08-30", "2028-02-29"),
        ("2026-03-31", "2026-09-30"),
        ("2026-10-31", "2027-04-30"),
        ("2026-10-30", "2027-04-29"),
        ("2026-07-01", "2026-12-31"),
        ("2026-11-15", "2027-05-14"),
    ],
)
def test_the_review_is_the_last_day_of_six_months_that_begin_with_the_receipt(dates, event, received, review_by):
    for procedure in ("nhs-2009", "lgsco-2024", "ukcg"):
        assert dates(procedure, event("received", f"{received}T18:00"))["review_by"] == review_by


def test_six_months_hold_every_day_once():
    """The end of six months lies a day before what the next day's six months begin after, or at a month's end."""
    for ordinal in range(date(2026, 1, 1).toordinal(), date(2029, 1, 1).toordinal()):
        first, following = date.fromordinal(ordinal), date.fromordinal(ordinal + 1)
        step = (last_day_of_months(following, 6) - last_day_of_months(first, 6)).days
        assert step in (0, 1, 2, 3, 4)
        assert 180 <= (last_day_of_months(first, 6) - first).days <= 184


def test_the_review_is_not_moved_off_a_closed_day_nor_by_anything_but_a_corrected_receipt(dates, event):
    events = [
        event("received", RECEIVED),
        event("acknowledged", "2026-04-08T10:00"),
        event("extended", "2026-04-20T10:00", until="2026-05-07", reason="records"),
        event("paused", "2026-04-21T10:00"),
        event("holiday_added", "2026-04-21T11:00", on="2026-10-01"),
        event("escalated", "2026-05-01T10:00"),
    ]
    assert dates("lgsco-2024", *events)["review_by"] == "2026-10-01"
    corrected = event("received_corrected", "2026-05-02T10:00", to="2026-03-16T10:00")
    assert dates("lgsco-2024", *events, corrected)["review_by"] == "2026-09-15"
    assert dates("nhs-2009", event("received", "2026-05-04T10:00"))["review_by"] == "2026-11-03"
    assert dates("nhs-2009", event("received", "2026-05-11T10:00"))["review_by"] == "2026-11-10"
    assert dates("nhs-2009", event("received", "2026-04-05T10:00"))["review_by"] == "2026-10-04"  # a Sunday


def test_a_corrected_receipt_acts_as_if_always_known(dates, event):
    acknowledged = event("acknowledged", "2026-04-16T10:00")
    wrong = [event("received", "2026-04-13T10:00"), acknowledged]
    corrected = [*wrong, event("received_corrected", "2026-04-20T10:00", to=RECEIVED)]
    right = [event("received", RECEIVED), acknowledged]
    assert dates("lgsco-2024", *corrected) == dates("lgsco-2024", *right) != dates("lgsco-2024", *wrong)


def test_the_latest_correction_holds_and_may_make_room_for_an_earlier_event(dates, event):
    events = [
        event("received", "2026-04-13T10:00"),
        event("received_corrected", "2026-04-20T10:00", to="2026-04-09T10:00"),
        event("acknowledged", "2026-04-08T10:00"),  # before both, until the last correction is known
        event("received_corrected", "2026-04-21T10:00", to=RECEIVED),
    ]
    right = [event("received", RECEIVED), event("acknowledged", "2026-04-08T10:00")]
    assert dates("lgsco-2024", *events) == dates("lgsco-2024", *right)


def test_an_added_holiday_acts_as_if_always_known(dates, event):
    events = [event("received", RECEIVED), event("acknowledged", "2026-04-08T10:00")]
    holiday = event("holiday_added", "2026-05-14T10:00", on="2026-04-10")
    due = dates("lgsco-2024", *events, holiday)
    assert due["acknowledge_by"] == "2026-04-14"
    assert due["respond_by"] == due["original_respond_by"] == "2026-04-23"
    assert due["review_by"] == "2026-10-01"


def test_what_arrives_on_an_added_holiday_arrives_the_next_working_day(dates, event):
    holiday = event("holiday_added", "2026-05-14T10:00", on="2026-04-08")
    assert dates("lgsco-2024", event("received", "2026-04-08T10:00"), holiday)["acknowledge_by"] == "2026-04-16"
    assert dates("nhs-2009", event("received", "2026-04-08T10:00"), holiday)["acknowledge_by"] == "2026-04-13"


def test_a_holiday_added_twice_or_at_a_weekend_or_on_a_bank_holiday_changes_nothing_more(dates, event):
    received = event("received", RECEIVED)
    once = event("holiday_added", "2026-04-09T10:00", on="2026-04-08")
    due = dates("nhs-2009", received, once)
    assert due["acknowledge_by"] == "2026-04-10"
    closed = [event("holiday_added", "2026-04-09T10:00", on=day) for day in ("2026-04-11", "2026-04-06", "2026-04-08")]
    assert dates("nhs-2009", received, once, *closed) == due


def test_each_nation_has_its_own_bank_holidays(dates, event):
    received = event("received", "2026-07-10T10:00")  # the Twelfth is kept on Monday 13 July in Northern Ireland alone
    found = {nation: dates("nhs-2009", received, nation=nation)["acknowledge_by"] for nation in
             ("england", "wales", "scotland", "northern-ireland")}  # fmt: skip
    assert found == {
        "england": "2026-07-15",
        "wales": "2026-07-15",
        "scotland": "2026-07-15",
        "northern-ireland": "2026-07-16",
    }
