"""What cannot all be true, or cannot be read, is refused with a sentence."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heed.deadlines.calendar import Calendar
from heed.deadlines.clock import Contradiction, Due, due_dates
from heed.organisations import procedures

RECEIVED = {"kind": "received", "at": "2026-04-02T16:45"}
ACKNOWLEDGED = {"kind": "acknowledged", "at": "2026-04-08T10:00"}
PAUSED = {"kind": "paused", "at": "2026-04-09T10:00"}
RESUMED = {"kind": "resumed", "at": "2026-04-10T10:00"}
EXTENDED = {"kind": "extended", "at": "2026-04-10T10:00", "until": "2026-04-30", "agreed": True, "reason": "records"}
AGREED = {"kind": "period_agreed", "at": "2026-04-08T10:00", "until": "2026-04-30", "by": "agreement"}
ESCALATED = {"kind": "escalated", "at": "2026-04-24T10:00"}
REMOVED = {"kind": "extension_removed", "at": "2026-04-20T10:00"}


def corrected(to: str, at: str = "2026-04-20T10:00") -> dict:
    return {"kind": "received_corrected", "at": at, "to": to}


@pytest.mark.parametrize(
    ("procedure", "events", "sentence"),
    [
        ("nhs-2009", [], "first event must be `received`"),
        ("nhs-2009", [ACKNOWLEDGED, RECEIVED], "first event must be `received`"),
        ("nhs-2009", [RECEIVED, RECEIVED], "received a second time"),
        ("nhs-2009", [RECEIVED, ACKNOWLEDGED, RECEIVED], "received a second time"),
        ("nhs-2009", [RECEIVED, {**ACKNOWLEDGED, "at": "2026-04-02T16:44"}], "before its receipt"),
        ("nhs-2009", [RECEIVED, {**AGREED, "at": "2026-04-01T09:00"}], "before its receipt"),
        ("nhs-2009", [RECEIVED, {**AGREED, "until": "2026-04-01"}], "ends on 1 April 2026 is dated before its receipt"),
        (
            "nhs-2009",
            [RECEIVED, {"kind": "holiday_added", "on": "2026-05-01", "at": "2026-04-01T10:00"}],
            "before its rec",
        ),
        ("lgsco-2024", [RECEIVED, {**PAUSED, "at": "2026-04-01T09:00"}], "before its receipt"),
        ("lgsco-2024", [RECEIVED, PAUSED, {**RESUMED, "at": "2026-04-01T09:00"}], "it cannot have ended"),
        ("lgsco-2024", [RECEIVED, {**ESCALATED, "at": "2026-04-01T09:00"}], "before its receipt"),
        ("nhs-2009", [RECEIVED, ACKNOWLEDGED, corrected("2026-04-09T10:00")], "before its receipt"),
        ("nhs-2009", [RECEIVED, corrected("2026-04-21T10:00")], "before its receipt"),  # later than its own correction
        ("nhs-2009", [RECEIVED, corrected("2026-04-01T10:00", at="2026-03-31T10:00")], "before its receipt"),
        ("lgsco-2024", [RECEIVED, PAUSED, PAUSED], "has been open since 9 April 2026 at 10am"),
        ("nhs-2009", [RECEIVED, PAUSED, PAUSED], "has been open since 9 April 2026 at 10am"),
        ("lgsco-2024", [RECEIVED, {**PAUSED, "pause": "a"}, {**PAUSED, "pause": "a"}], "The pause ‘a’ has been open"),
        ("lgsco-2024", [RECEIVED, RESUMED], "not open"),
        ("lgsco-2024", [RECEIVED, PAUSED, RESUMED, RESUMED], "not open"),
        ("lgsco-2024", [RECEIVED, PAUSED, {**RESUMED, "pause": "a"}], "The pause ‘a’ is not open"),
        ("lgsco-2024", [RECEIVED, PAUSED, {**RESUMED, "at": "2026-04-09T09:59"}], "cannot have ended on 9 April 2026"),
        ("lgsco-2024", [RECEIVED, PAUSED, RESUMED, ESCALATED, {**RESUMED, "at": "2026-04-27T10:00"}], "not open"),
        ("lgsco-2024", [RECEIVED, ACKNOWLEDGED, ACKNOWLEDGED], "cannot be acknowledged again"),
        ("ukcg", [RECEIVED, ESCALATED, *[{**ACKNOWLEDGED, "at": "2026-04-27T10:00"}] * 2], "Stage 2 was acknowledged"),
        ("lgsco-2024", [RECEIVED, ESCALATED, ACKNOWLEDGED], "Stage 2 was asked for on 24 April 2026"),
        ("nhs-2009", [RECEIVED, EXTENDED], "no period to respond had been agreed"),
        ("ukcg", [RECEIVED, EXTENDED, AGREED], "no date to extend"),
        ("lgsco-2024", [RECEIVED, PAUSED, EXTENDED], "the clock stood still"),
        ("nhs-2009", [RECEIVED, REMOVED], "no extension stood"),
        ("lgsco-2024", [RECEIVED, EXTENDED, REMOVED, REMOVED], "no extension stood"),
        ("lgsco-2024", [RECEIVED, {**EXTENDED, "reason": ""}, REMOVED], "no extension stood"),
        ("lgsco-2024", [RECEIVED, AGREED], "no period to respond can be agreed"),
        ("nhs-2009", [RECEIVED, ESCALATED], "one stage"),
        ("lgsco-2024", [RECEIVED, ESCALATED, {**ESCALATED, "at": "2026-04-27T10:00"}], "no stage after it"),
    ],
)
def test_contradictions(clock, procedure, events, sentence):
    with pytest.raises(Contradiction, match=sentence) as refused:
        clock(procedure, *events)
    assert str(refused.value).endswith(".")


def test_at_the_very_moment_of_receipt_is_not_before_it(clock):
    assert clock("nhs-2009", RECEIVED, {**ACKNOWLEDGED, "at": RECEIVED["at"]}).due["acknowledge_by"]
    same_day = {**AGREED, "until": "2026-04-02"}
    assert clock("nhs-2009", RECEIVED, same_day).due["respond_by"] == date(2026, 4, 2)


def test_events_may_be_recorded_out_of_the_order_of_their_times(clock):
    late_record = {**ACKNOWLEDGED, "at": "2026-04-07T10:00"}
    assert clock("lgsco-2024", RECEIVED, PAUSED, RESUMED, late_record).due["respond_by"] == date(2026, 4, 22)


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([{**RECEIVED, "at": "1999-12-31T10:00"}], "31 December 1999 is outside the calendar"),
        ([{**RECEIVED, "at": "2036-01-01T10:00"}], "1 January 2036 is outside the calendar"),
        ([{**RECEIVED, "at": "1066-10-14T10:00"}], "2000 to 2035"),
        ([{**RECEIVED, "at": "9999-12-31T10:00"}], "2000 to 2035"),
        ([{**RECEIVED, "at": "2035-12-28T10:00"}], "leads past 2035"),
        ([RECEIVED, {**AGREED, "until": "2062-05-01"}], "1 May 2062"),
        ([RECEIVED, {**ACKNOWLEDGED, "at": "2062-04-08T10:00"}], "8 April 2062"),
        ([RECEIVED, {"kind": "holiday_added", "on": "2062-04-08", "at": "2026-04-08T10:00"}], "8 April 2062"),
        ([RECEIVED, corrected("1926-04-02T10:00")], "2 April 1926"),
        ([RECEIVED, corrected("1926-04-02T10:00"), corrected("2026-04-01T10:00")], "2 April 1926"),
    ],
)
def test_a_year_outside_the_calendar(clock, events, sentence):
    with pytest.raises(Contradiction, match=sentence):
        clock("nhs-2009", *events)


def test_a_first_receipt_in_an_impossible_year_can_be_put_right(clock):
    right = clock("nhs-2009", {**RECEIVED, "at": "2062-04-02T16:45"}, corrected(RECEIVED["at"]))
    assert right.due == clock("nhs-2009", RECEIVED).due


def test_the_review_may_lie_after_the_last_year_as_nothing_is_counted_for_it(clock):
    assert clock("nhs-2009", {**RECEIVED, "at": "2035-11-01T10:00"}).due["review_by"] == date(2036, 4, 30)


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (7, "Event 3 must be an object with a kind and a time, not 7"),
        (None, "not nothing"),
        ([], "not \\[\\]"),
        ("received", 'not "received"'),
        ({}, "no known kind: nothing. There are: received, acknowledged"),
        ({"kind": "postponed", "at": "2026-04-08T10:00"}, 'no known kind: "postponed"'),
        ({"kind": ["paused"], "at": "2026-04-08T10:00"}, "no known kind"),
        ({"kind": "Paused", "at": "2026-04-08T10:00"}, "no known kind"),
        ({"kind": "acknowledged"}, "Event 3 \\(acknowledged\\): `at` is missing"),
        ({"kind": "acknowledged", "at": None}, "`at` is missing"),
        ({**ACKNOWLEDGED, "at": "2026-04-08"}, "`at` must be London time without an offset"),
        ({**ACKNOWLEDGED, "at": "2026-04-08T10:00Z"}, "without an offset"),
        ({**ACKNOWLEDGED, "at": "2026-04-08T10:00+01:00"}, "without an offset"),
        ({**ACKNOWLEDGED, "at": "2026-04-08 10:00"}, "without an offset"),
        ({**ACKNOWLEDGED, "at": "08/04/2026 10:00"}, "without an offset"),
        ({**ACKNOWLEDGED, "at": "٢٠٢٦-٠٤-٠٨T10:00"}, "without an offset"),
        ({**ACKNOWLEDGED, "at": "2026-04-08T10:00\n"}, "without an offset"),
        ({**ACKNOWLEDGED, "at": 1775642400}, "without an offset"),
        ({**ACKNOWLEDGED, "at": datetime(2026, 4, 8, 10, tzinfo=UTC)}, "without an offset"),
        ({**ACKNOWLEDGED, "at": "2026-02-30T10:00"}, "is no such date or time"),
        ({**ACKNOWLEDGED, "at": "2026-04-08T25:00"}, "is no such date or time"),
        ({**ACKNOWLEDGED, "at": "2026-04-08T24:00"}, "without an offset"),
        ({**ACKNOWLEDGED, "at": "0000-01-01T10:00"}, "is no such date or time"),
        ({"kind": "extended", "at": "2026-04-08T10:00"}, "`until` is missing"),
        ({**EXTENDED, "until": "2026-04-31"}, "`until` is no such date"),
        ({**EXTENDED, "until": "2026-04-30T10:00"}, "`until` must be a date such as"),
        ({**EXTENDED, "until": datetime(2026, 4, 30, 10)}, "`until` must be a date such as"),
        ({**EXTENDED, "until": 20260430}, "`until` must be a date such as"),
        ({**EXTENDED, "agreed": "yes"}, "`agreed` must be true or false"),
        ({**EXTENDED, "agreed": 1}, "`agreed` must be true or false"),
        ({**EXTENDED, "reason": 3}, "`reason` must be words"),
        ({**EXTENDED, "good_reason": ["x"]}, "`good_reason` must be words"),
        ({**AGREED, "by": "everyone"}, "`by` must be agreement or body"),
        ({**AGREED, "by": ["body"]}, "`by` must be agreement or body"),
        ({**PAUSED, "pause": 1}, "`pause` must be a name"),
        ({"kind": "holiday_added", "at": "2026-04-08T10:00"}, "`on` is missing"),
        ({"kind": "received_corrected", "at": "2026-04-08T10:00", "to": "2026-04-02"}, "`to` must be London time"),
        ({"kind": "received_corrected", "at": "2026-04-08T10:00"}, "`to` is missing"),
        ({**ACKNOWLEDGED, "at": "x" * 500}, "x\\.\\.\\.\\.$"),
    ],
)
def test_what_cannot_be_read(clock, event, sentence):
    with pytest.raises(Contradiction, match=sentence):
        clock("nhs-2009", RECEIVED, AGREED, event)


def test_dates_and_naive_instants_are_taken_as_well_as_text(clock):
    as_text = clock("nhs-2009", RECEIVED, AGREED)
    as_objects = clock(
        "nhs-2009",
        {"kind": "received", "at": datetime(2026, 4, 2, 16, 45)},
        {"kind": "period_agreed", "at": datetime(2026, 4, 8, 10), "until": date(2026, 4, 30)},
    )
    assert as_text == as_objects


def test_fields_of_other_kinds_and_unknown_ones_are_passed_over(clock):
    noted = {**ACKNOWLEDGED, "until": "nonsense", "note": "rang her", "by": 7}
    assert clock("nhs-2009", RECEIVED, noted) == clock("nhs-2009", RECEIVED, ACKNOWLEDGED)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
fields = st.sampled_from(["kind", "at", "until", "by", "agreed", "reason", "good_reason", "pause", "to", "on"])
kinds = st.sampled_from(["received", "acknowledged", "period_agreed", "extended", "paused", "resumed", "escalated"])


@settings(deadline=None)
@given(
    st.sampled_from(["nhs-2009", "lgsco-2024", "ukcg"]),
    st.lists(st.dictionaries(fields, anything, max_size=5) | anything, max_size=4),
    kinds,
)
def test_whatever_comes_is_answered_or_refused_with_a_sentence(procedure, rest, kind):
    events = [RECEIVED, *[{"kind": kind, "at": "2026-04-08T10:00", **event} if isinstance(event, dict) else event
                          for event in rest]]  # fmt: skip
    assert answered_or_refused(procedure, events)


def answered_or_refused(procedure: str, events: list) -> bool:
    """Whether there is an answer or a sentence; any other exception is an error of ours."""
    try:
        return isinstance(due_dates(procedures.load(procedure).timescales, Calendar("england"), events), Due)
    except Contradiction as refused:
        return str(refused).endswith(".")
