"""Extensions: whether they are in time, whether they count, how far they lead, and that they are judged once."""

import pytest

RECEIVED = "2026-04-02T16:45"


@pytest.fixture
def agreed(event):
    """A period agreed until 30 April."""
    return [
        event("received", RECEIVED),
        event("period_agreed", "2026-04-08T10:00", until="2026-04-30", by="agreement"),
    ]


@pytest.fixture
def counted(event):
    """Counted: respond by 22 April, and without a good reason no further than 7 May."""
    return [event("received", RECEIVED), event("acknowledged", "2026-04-08T10:00")]


@pytest.mark.parametrize("procedure", ["nhs-2009", "ukcg"])
@pytest.mark.parametrize(
    ("at", "given", "respond_by"),
    [
        ("2026-04-30T23:59", {"agreed": True}, "2026-06-01"),  # in time: the day itself
        ("2026-05-01T00:00", {"agreed": True}, "2026-04-30"),  # a day late
        ("2026-04-20T10:00", {"agreed": False}, "2026-04-30"),
        ("2026-04-20T10:00", {}, "2026-04-30"),
        ("2026-04-20T10:00", {"reason": "records", "good_reason": "records were flooded"}, "2026-04-30"),
    ],
)
def test_where_a_period_is_agreed_an_extension_counts_in_time_and_with_agreement(
    dates, event, agreed, procedure, at, given, respond_by
):
    due = dates(procedure, *agreed, event("extended", at, until="2026-06-01", **given))
    assert due["respond_by"] == respond_by
    assert due["original_respond_by"] == "2026-04-30"


@pytest.mark.parametrize("procedure", ["nhs-2009", "ukcg"])
def test_where_agreement_is_needed_no_limit_is_set(dates, event, agreed, procedure):
    due = dates(procedure, *agreed, event("extended", "2026-04-20T10:00", until="2027-04-01", agreed=True))
    assert due["respond_by"] == "2027-04-01"


@pytest.mark.parametrize("procedure", ["nhs-2009", "ukcg"])
def test_a_second_agreed_period_is_an_agreed_extension(dates, event, agreed, procedure):
    for by in ("agreement", "body"):
        for at, respond_by in (("2026-04-30T10:00", "2026-06-01"), ("2026-05-01T10:00", "2026-04-30")):
            due = dates(procedure, *agreed, event("period_agreed", at, until="2026-06-01", by=by))
            assert due["respond_by"] == respond_by
            assert due["original_respond_by"] == "2026-04-30"
    second = event("period_agreed", "2026-04-20T10:00", until="2026-06-01", by="agreement")
    removed = event("extension_removed", "2026-04-21T10:00")
    assert dates(procedure, *agreed, second, removed)["respond_by"] == "2026-04-30"


@pytest.mark.parametrize(
    ("at", "until", "given", "respond_by"),
    [
        ("2026-04-22T23:59", "2026-05-07", {"reason": "records"}, "2026-05-07"),
        ("2026-04-23T00:00", "2026-05-07", {"reason": "records"}, "2026-04-22"),
        ("2026-04-20T10:00", "2026-05-07", {}, "2026-04-22"),
        ("2026-04-20T10:00", "2026-05-07", {"reason": "  "}, "2026-04-22"),
        ("2026-04-20T10:00", "2026-05-07", {"agreed": True}, "2026-04-22"),
        ("2026-04-20T10:00", "2026-05-07", {"agreed": False, "reason": "records"}, "2026-05-07"),
        ("2026-04-20T10:00", "2026-05-08", {"reason": "records"}, "2026-04-22"),
        ("2026-04-20T10:00", "2026-05-08", {"reason": "records", "good_reason": ""}, "2026-04-22"),
        ("2026-04-20T10:00", "2026-05-08", {"reason": "records", "good_reason": False}, "2026-04-22"),
        ("2026-04-20T10:00", "2026-05-08", {"reason": "records", "good_reason": True}, "2026-05-08"),
        ("2026-04-20T10:00", "2026-05-08", {"reason": "records", "good_reason": "a death"}, "2026-05-08"),
        ("2026-04-20T10:00", "2026-05-08", {"good_reason": "a death"}, "2026-04-22"),  # and also a reason
        ("2026-04-20T10:00", "2027-01-04", {"reason": "records", "good_reason": "a death"}, "2027-01-04"),
    ],
)
def test_where_the_time_is_counted_an_extension_counts_in_time_with_a_reason_and_further_with_a_good_one(
    dates, event, counted, at, until, given, respond_by
):
    due = dates("lgsco-2024", *counted, event("extended", at, until=until, **given))
    assert due["respond_by"] == respond_by
    assert due["original_respond_by"] == "2026-04-22"


def test_the_limit_is_for_all_extensions_together(dates, event, counted):
    first = event("extended", "2026-04-20T10:00", until="2026-04-29", reason="records")
    second = {"at": "2026-04-28T10:00", "reason": "records"}
    within = event("extended", until="2026-05-07", **second)
    beyond = event("extended", until="2026-05-08", **second)
    assert dates("lgsco-2024", *counted, first, within)["respond_by"] == "2026-05-07"
    assert dates("lgsco-2024", *counted, first, beyond)["respond_by"] == "2026-04-29"
    assert dates("lgsco-2024", *counted, first, {**beyond, "good_reason": True})["respond_by"] == "2026-05-08"


def test_the_limit_is_counted_from_the_date_with_its_pauses(dates, event, counted):
    pauses = [event("paused", "2026-04-13T09:00"), event("resumed", "2026-04-15T09:00")]  # 24 April; limit 11 May
    for until, respond_by in (("2026-05-11", "2026-05-11"), ("2026-05-12", "2026-04-24")):
        extended = event("extended", "2026-04-20T10:00", until=until, reason="records")
        assert dates("lgsco-2024", *counted, *pauses, extended)["respond_by"] == respond_by


def test_a_second_extension_is_in_time_against_the_first(dates, event, counted):
    first = event("extended", "2026-04-20T10:00", until="2026-04-29", reason="records")
    for at, respond_by in (("2026-04-29T10:00", "2026-05-07"), ("2026-04-30T10:00", "2026-04-29")):
        second = event("extended", at, until="2026-05-07", reason="records")
        assert dates("lgsco-2024", *counted, first, second)["respond_by"] == respond_by


def test_one_that_fails_moves_nothing_and_a_later_one_is_judged_against_what_stood(dates, event, counted):
    late = event("extended", "2026-04-23T10:00", until="2026-05-06", reason="records")
    later = event("extended", "2026-05-05T10:00", until="2026-05-07", reason="records")
    assert dates("lgsco-2024", *counted, late, later)["respond_by"] == "2026-04-22"


def test_removing_takes_away_the_latest_that_stands(dates, event, counted):
    first = event("extended", "2026-04-20T10:00", until="2026-04-29", reason="records")
    second = event("extended", "2026-04-21T10:00", until="2026-05-06", reason="records")
    failed = event("extended", "2026-04-21T11:00", until="2026-05-07")  # no reason: it never stood
    removed = event("extension_removed", "2026-04-21T12:00")
    assert dates("lgsco-2024", *counted, first, second, failed)["respond_by"] == "2026-05-06"
    assert dates("lgsco-2024", *counted, first, second, failed, removed)["respond_by"] == "2026-04-29"
    assert dates("lgsco-2024", *counted, first, second, failed, removed, removed)["respond_by"] == "2026-04-22"


def test_an_extension_after_a_removal_is_judged_against_what_stands_then(dates, event, counted):
    first = event("extended", "2026-04-20T10:00", until="2026-04-29", reason="records")
    removed = event("extension_removed", "2026-04-21T10:00")
    late = event("extended", "2026-04-28T10:00", until="2026-05-06", reason="records")
    assert dates("lgsco-2024", *counted, first, removed, late)["respond_by"] == "2026-04-22"


def test_what_is_known_later_does_not_judge_an_extension_again(dates, event):
    received = event("received", RECEIVED)  # unacknowledged: 27 April
    extended = event("extended", "2026-04-24T10:00", until="2026-05-06", reason="records")
    in_time = dates("lgsco-2024", received, extended)
    assert in_time["respond_by"] == "2026-05-06"
    # An acknowledgement recorded afterwards moves the counted date to 22 April, before the extension.
    acknowledged = event("acknowledged", "2026-04-08T10:00")
    assert dates("lgsco-2024", received, extended, acknowledged)["respond_by"] == "2026-05-06"
    assert dates("lgsco-2024", received, acknowledged, extended)["respond_by"] == "2026-04-22"
    # A receipt put right later moves it to 17 April.
    corrected = event("received_corrected", "2026-05-01T10:00", to="2026-03-25T10:00")
    due = dates("lgsco-2024", received, extended, corrected)
    assert due["respond_by"] == "2026-05-06"
    assert due["original_respond_by"] == "2026-04-17"


def test_a_holiday_added_later_does_not_mend_a_late_extension_but_one_added_before_does(dates, event, counted):
    late = event("extended", "2026-04-23T10:00", until="2026-05-06", reason="records")
    holiday = event("holiday_added", "2026-04-23T09:00", on="2026-04-15")
    assert dates("lgsco-2024", *counted, late, holiday)["respond_by"] == "2026-04-23"
    assert dates("lgsco-2024", *counted, holiday, late)["respond_by"] == "2026-05-06"


def test_the_original_date_follows_only_a_corrected_receipt_or_an_added_holiday(dates, event):
    received = event("received", RECEIVED)
    moving_nothing = [
        event("extended", "2026-04-20T10:00", until="2026-05-06", reason="records"),
        event("paused", "2026-04-20T11:00"),
        event("resumed", "2026-04-22T11:00"),
        event("extension_removed", "2026-04-22T12:00"),
    ]
    assert dates("lgsco-2024", received, *moving_nothing)["original_respond_by"] == "2026-04-27"
    assert dates("lgsco-2024", received, *moving_nothing)["respond_by"] == "2026-04-29"
    holiday = event("holiday_added", "2026-04-22T13:00", on="2026-04-15")
    assert dates("lgsco-2024", received, *moving_nothing, holiday)["original_respond_by"] == "2026-04-28"
    corrected = event("received_corrected", "2026-04-22T13:00", to="2026-04-02T17:01")
    assert dates("lgsco-2024", received, *moving_nothing, corrected)["original_respond_by"] == "2026-04-28"


def test_an_agreed_date_is_not_moved_by_a_holiday_or_a_correction(dates, event, agreed):
    holiday = event("holiday_added", "2026-04-20T10:00", on="2026-04-30")
    corrected = event("received_corrected", "2026-04-20T11:00", to="2026-03-30T09:00")
    due = dates("nhs-2009", *agreed, holiday, corrected)
    assert due["respond_by"] == due["original_respond_by"] == "2026-04-30"


def test_how_each_extension_was_judged_is_told(clock, event, counted):
    events = [
        event("extended", "2026-04-20T10:00", until="2026-04-29", reason="records"),
        event("extended", "2026-05-20T10:00", until="2026-06-29"),
        event("extension_removed", "2026-05-21T10:00"),
    ]
    first, second = clock("lgsco-2024", *counted, *events).extensions
    assert (first.counts, first.stands) == (True, False)
    assert (second.counts, second.stands) == (False, False)
    assert "29 April 2026, the date that stood then" in second.why
    assert "no reason was recorded" in second.why
    assert "past 7 May 2026" in second.why
