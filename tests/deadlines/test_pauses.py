"""Pauses: which dates they move, which close counts, several at once, and what an open one hides."""

import pytest


@pytest.fixture
def start(event):
    """Counted from 8 April: 22 April without pauses."""
    return [event("received", "2026-04-02T16:45"), event("acknowledged", "2026-04-08T10:00")]


@pytest.mark.parametrize(
    ("paused", "resumed", "respond_by"),
    [
        ("2026-04-14T17:00", "2026-04-15T09:00", "2026-04-23"),  # at the close: the clock stands for the 14th
        ("2026-04-14T17:00:01", "2026-04-15T09:00", "2026-04-22"),
        ("2026-04-14T09:00", "2026-04-14T17:00", "2026-04-22"),  # running again at the close
        ("2026-04-14T09:00", "2026-04-14T17:01", "2026-04-23"),
        ("2026-04-14T17:00", "2026-04-14T17:00", "2026-04-22"),
        ("2026-04-14T17:00", "2026-04-15T17:00", "2026-04-23"),
        ("2026-04-14T17:00", "2026-04-15T17:01", "2026-04-24"),
        ("2026-04-11T09:00", "2026-04-12T09:00", "2026-04-22"),  # a weekend
        ("2026-04-02T17:00", "2026-04-08T12:00", "2026-04-22"),  # before the count begins
        ("2026-04-02T17:00", "2026-04-10T12:00", "2026-04-23"),  # only its end falls into the count
        ("2026-04-22T17:01", "2026-05-10T09:00", "2026-04-22"),  # after the date was reached
        ("2026-04-22T16:59", "2026-04-23T09:00", "2026-04-23"),
        ("2026-04-22T16:59", "2026-04-23T17:01", "2026-04-24"),
        ("2026-04-30T09:00", "2026-05-06T09:00", "2026-04-22"),
    ],
)
def test_a_working_day_counts_if_the_clock_runs_at_its_close(dates, event, start, paused, resumed, respond_by):
    due = dates("lgsco-2024", *start, event("paused", paused), event("resumed", resumed))
    assert due["respond_by"] == respond_by


@pytest.mark.parametrize(
    ("paused", "respond_by"),
    [
        ("2026-04-13T09:00", None),
        ("2026-04-22T17:00", None),
        ("2026-04-22T17:01", "2026-04-22"),  # reached before the pause
        ("2026-05-06T09:00", "2026-04-22"),
    ],
)
def test_a_counted_date_that_an_open_pause_comes_before_is_not_known(dates, event, start, paused, respond_by):
    due = dates("lgsco-2024", *start, event("paused", paused))
    assert due["respond_by"] == respond_by
    assert due["original_respond_by"] == "2026-04-22"
    assert due["acknowledge_by"] == "2026-04-13"
    assert due["review_by"] == "2026-10-01"


def test_the_clock_stands_while_any_of_several_pauses_is_open(dates, event, start):
    overlapping = [
        event("paused", "2026-04-13T09:00", pause="records"),
        event("paused", "2026-04-14T09:00", pause="police"),
        event("resumed", "2026-04-15T09:00", pause="records"),
        event("resumed", "2026-04-17T09:00", pause="police"),
    ]
    assert dates("lgsco-2024", *start, *overlapping)["respond_by"] == "2026-04-28"
    assert dates("lgsco-2024", *start, *overlapping[:3])["respond_by"] is None
    nested = [
        event("paused", "2026-04-13T09:00", pause="long"),
        event("paused", "2026-04-14T09:00", pause="short"),
        event("resumed", "2026-04-15T09:00", pause="short"),
        event("resumed", "2026-04-17T09:00", pause="long"),
    ]
    assert dates("lgsco-2024", *start, *nested)["respond_by"] == "2026-04-28"


def test_one_pause_handed_over_to_another_at_the_close_leaves_the_clock_standing(dates, event, start):
    handed_over = [
        event("paused", "2026-04-13T09:00", pause="a"),
        event("resumed", "2026-04-13T17:00", pause="a"),
        event("paused", "2026-04-13T17:00", pause="b"),
        event("resumed", "2026-04-14T09:00", pause="b"),
    ]
    assert dates("lgsco-2024", *start, *handed_over)["respond_by"] == "2026-04-23"


def test_the_unnamed_pause_is_one_pause_and_others_run_beside_it(dates, event, start):
    events = [
        event("paused", "2026-04-13T09:00"),
        event("paused", "2026-04-13T10:00", pause="records"),
        event("resumed", "2026-04-14T09:00", pause=""),
        event("resumed", "2026-04-15T09:00", pause="records"),
    ]
    assert dates("lgsco-2024", *start, *events)["respond_by"] == "2026-04-24"


def test_several_pauses_one_after_another_add_up(dates, event, start):
    events = []
    for day in ("13", "15", "17"):
        events += [event("paused", f"2026-04-{day}T16:00"), event("resumed", f"2026-04-{day}T18:00")]
    assert dates("lgsco-2024", *start, *events)["respond_by"] == "2026-04-27"


def test_pauses_recorded_after_the_fact_are_counted_by_their_own_times(dates, event, start):
    events = [
        event("paused", "2026-04-16T09:00"),
        event("resumed", "2026-04-17T09:00"),
        event("paused", "2026-04-13T09:00"),
        event("resumed", "2026-04-14T09:00"),
    ]
    assert dates("lgsco-2024", *start, *events)["respond_by"] == "2026-04-24"


def test_a_holiday_inside_a_pause_is_lost_once(dates, event, start):
    events = [
        event("holiday_added", "2026-04-09T09:00", on="2026-04-14"),
        event("paused", "2026-04-13T09:00"),
        event("resumed", "2026-04-15T09:00"),
    ]
    assert dates("lgsco-2024", *start, *events)["respond_by"] == "2026-04-24"


def test_an_open_pause_never_moves_a_date_that_was_set(dates, event, start):
    extended = event("extended", "2026-04-10T09:00", until="2026-04-30", reason="records")
    paused, resumed = event("paused", "2026-04-13T09:00"), event("resumed", "2026-04-20T09:00")
    for events in (
        [extended, paused],
        [extended, paused, resumed],
        [paused, resumed, {**extended, "at": "2026-04-22T10:00"}],
    ):
        assert dates("lgsco-2024", *start, *events)["respond_by"] == "2026-04-30"


def test_a_removed_extension_lets_the_pause_be_seen_again(dates, event, start):
    events = [
        event("extended", "2026-04-10T09:00", until="2026-04-30", reason="records"),
        event("paused", "2026-04-13T09:00"),
        event("extension_removed", "2026-04-14T09:00"),
    ]
    assert dates("lgsco-2024", *start, *events)["respond_by"] is None


def test_under_an_open_pause_a_set_date_can_be_extended_within_the_limit_that_is_sure(dates, event, start):
    events = [
        event("extended", "2026-04-10T09:00", until="2026-04-30", reason="records"),
        event("paused", "2026-04-13T09:00"),
    ]
    # Started again at once on 15 April the count would end on 24 April, and its limit on 11 May.
    for until, respond_by in (("2026-05-11", "2026-05-11"), ("2026-05-12", "2026-04-30")):
        further = event("extended", "2026-04-15T09:00", until=until, reason="records")
        assert dates("lgsco-2024", *start, *events, further)["respond_by"] == respond_by


@pytest.mark.parametrize("procedure", ["nhs-2009", "ukcg"])
def test_where_the_setting_is_off_pauses_move_nothing(dates, event, procedure):
    events = [
        event("received", "2026-04-02T16:45"),
        event("period_agreed", "2026-04-08T10:00", until="2026-04-30", by="agreement"),
        event("paused", "2026-04-13T09:00"),
    ]
    assert dates(procedure, *events) == dates(procedure, *events[:2])


def test_central_government_counts_stage_2_through_a_pause(dates, event):
    events = [event("received", "2026-04-02T16:45"), event("escalated", "2026-04-08T10:00")]
    paused = event("paused", "2026-04-09T10:00")
    assert dates("ukcg", *events, paused) == dates("ukcg", *events)
    assert dates("ukcg", *events)["stage_2_respond_by"] == "2026-05-12"


def test_the_dates_without_pauses_are_given_beside(clock, event, start):
    stood = [event("paused", "2026-04-13T09:00"), event("resumed", "2026-04-15T09:00")]
    due = clock("lgsco-2024", *start, *stood)
    assert due.due["respond_by"].isoformat() == "2026-04-24"
    assert due.without_pauses["respond_by"].isoformat() == "2026-04-22"
    assert due.without_pauses["stage_2_respond_by"] is None
    due = clock("lgsco-2024", *start, event("paused", "2026-04-13T09:00"))
    assert due.due["respond_by"] is None
    assert due.without_pauses["respond_by"].isoformat() == "2026-04-22"
    extended = event("extended", "2026-04-20T09:00", until="2026-04-30", reason="records")
    assert clock("lgsco-2024", *start, *stood, extended).without_pauses["respond_by"].isoformat() == "2026-04-30"
    escalated = [event("escalated", "2026-04-24T09:00"), event("paused", "2026-04-27T09:00")]
    due = clock("lgsco-2024", *start, *escalated)
    assert due.due["stage_2_respond_by"] is None
    assert due.without_pauses["stage_2_respond_by"].isoformat() == "2026-06-02"
