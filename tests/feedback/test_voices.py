"""Other voices: what is kept of them, what never is, and how they are counted."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import factories

from heed.audit.actor import Actor
from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.facts.models import FeedbackFact
from heed.feedback import voices
from heed.feedback.actions import voices as actions
from heed.feedback.models import Voice, VoiceWords
from heed.feedback.queries import voices as queries
from heed.feedback.voice_table import Known, read_table
from heed.feedback.voices import Heard
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 2)
AT = factories.NOW
COMMENT = Heard("friends_and_family", date(2026, 3, 31), words="The ward was cold at night.")


@pytest.fixture
def of() -> Organisation:
    return factories.organisation()


@pytest.fixture
def by(of: Organisation) -> Actor:
    return factories.actor(factories.person(of, "handler"), of)


def kept(of: Organisation, by: Actor, **changes: Any) -> Voice:
    return actions.record_voice(organisation=of, heard=replace(COMMENT, **changes), by=by, at=AT)


def test_words_are_kept_apart_and_nothing_of_them_in_the_audit(of: Organisation, by: Actor) -> None:
    voice = kept(of, by, subject="waiting_times", where="Survey")
    assert voice.words.text == "The ward was cold at night."
    assert [entry.detail for entry in Entry.objects.filter(verb="voice_recorded")] == [{"source": "friends_and_family"}]


def test_the_same_form_sent_twice_is_kept_once(of: Organisation, by: Actor) -> None:
    first, second = (
        actions.record_voice(organisation=of, heard=COMMENT, submission_key="k" * 32, by=by, at=AT) for _ in range(2)
    )
    assert first == second
    assert VoiceWords.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": "gossip"}, "source"),
        ({"heard_on": date(2026, 5, 1)}, "heard_on"),
        ({"heard_on": date(1980, 5, 1)}, "heard_on"),
        ({"from_on": date(2026, 4, 1)}, "from_on"),
        ({"from_on": date(1899, 12, 31)}, "from_on"),
        ({"number": 0}, "number"),
        ({"words": " "}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"source": "whistleblowing", "number": 9}, "words"),
        ({"source": "grievance", "words": "", "number": 4, "service_id": "first"}, "service_id"),
        ({"source": "staff_survey", "words": "", "number": 4}, "of_how_many"),
        ({"source": "staff_survey", "words": "", "number": 40, "of_how_many": 30}, "of_how_many"),
        ({"subject": "no_such"}, "subject"),
        ({"service_id": 0x7FFFFFFF}, "service_id"),
        ({"tone": "green"}, "tone"),
    ],
)
def test_what_cannot_be_kept_says_where(of: Organisation, by: Actor, changes: dict[str, Any], field: str) -> None:
    if changes.get("service_id") == "first":
        changes = {**changes, "service_id": of.services.get().pk}
    with pytest.raises(Refused) as refused:
        kept(of, by, **changes)
    assert refused.value.field == field
    assert not Voice.objects.exists()


@given(number=st.none() | st.integers(1, 20), source=st.sampled_from(sorted(voices.NO_SERVICE_WHEN_FEW)))
def test_no_number_under_five_of_those_who_spoke_up_is_ever_kept(number: int | None, source: str) -> None:
    found = voices.few(source, number)
    assert found is None or found >= voices.FEW


def test_few_who_spoke_up_are_shown_as_fewer_than_five(of: Organisation, by: Actor) -> None:
    few = kept(of, by, source="whistleblowing", words="", number=3)
    assert few.number is None
    kept(of, by, source="whistleblowing", words="", number=7)
    counted = queries.counted(of.pk, first=date(2026, 3, 1), last=TODAY)
    assert counted == {("", "whistleblowing"): queries.HowMany(7, 1, 0)}


def test_they_are_counted_by_subject_and_by_service_within_days_and_services(of: Organisation, by: Actor) -> None:
    service = of.services.get()
    kept(of, by, subject="waiting_times", service_id=service.pk, number=4)
    kept(of, by, subject="waiting_times", heard_on=date(2026, 2, 1))
    kept(of, by, source="claim")
    days = {"first": date(2026, 3, 1), "last": TODAY}
    assert {cell: heard.number for cell, heard in queries.counted(of.pk, **days).items()} == {
        ("waiting_times", "friends_and_family"): 4, ("", "claim"): 1,
    }  # fmt: skip
    by_service = queries.counted(of.pk, by="service", **days)
    assert set(by_service) == {(service.code, "friends_and_family"), ("", "claim")}
    assert set(queries.counted(of.pk, services=[service.code], **days)) == {("waiting_times", "friends_and_family")}
    assert set(queries.counted(of.pk, services=[""], **days)) == {("", "claim")}


class TestATable:
    HEADER = ("Date", "Comment", "Ward", "Theme", "Sentiment", "Count")

    def read(self, *lines: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Any:
        known = Known({"elm ward": 5}, {"waiting times": "waiting_times"})
        numbered = [(number, cells, "") for number, cells in enumerate(lines, start=2)]
        return read_table(
            header, numbered, source="survey_comment", where="Survey", known=known, dates="dmy", today=TODAY
        )

    def test_each_row_is_kept_or_listed_with_its_reason(self) -> None:
        table = self.read(
            ("31/3/2026", "Cold.", "Elm Ward", "Waiting times", "Negative", "3"),
            ("2026-03-30", "Kind staff.", "", "", "", ""),
            ("32/3/2026", "Cold.", "", "", "", ""),
            ("31/3/2026", "Cold.", "Oak Ward", "", "", ""),
            ("31/3/2026", "Cold.", "", "Food", "", ""),
            ("31/3/2026", "Cold.", "", "", "purple", ""),
            ("31/3/2026", "Cold.", "", "", "", "many"),
            ("31/3/2026", "", "", "", "", ""),
            ("3/4/2026", "Cold.", "", "", "", ""),
        )
        assert table.heard == [
            Heard("survey_comment", date(2026, 3, 31), 3, None, 5, "waiting_times", "bad", "Survey", "Cold."),
            Heard("survey_comment", date(2026, 3, 30), words="Kind staff.", where="Survey"),
        ]
        assert [row.row for row in table.rejected] == [4, 5, 6, 7, 8, 9, 10]
        assert "no service “Oak Ward”" in table.rejected[1].reason
        assert "in the future" in table.rejected[-1].reason

    @pytest.mark.parametrize("header", [("Comment",), ("Date",), ("a", "b")])
    def test_columns_that_say_nothing_are_refused(self, header: tuple[str, ...]) -> None:
        with pytest.raises(ValueError, match="There is no column"):
            self.read(("1", "2"), header=header)

    def test_what_was_brought_in_before_is_not_kept_twice(self, of: Organisation, by: Actor) -> None:
        rows = [COMMENT, COMMENT, replace(COMMENT, words="Another.")]
        first = actions.bring_in(organisation=of, heard=rows, file_name="a.csv", by=by, at=AT)
        again = actions.bring_in(organisation=of, heard=rows[:2], file_name="a.csv", by=by, at=AT)
        assert (first.rows_in, first.rows_there, again.rows_in, again.rows_there) == (3, 0, 0, 2)
        assert Voice.objects.count() == 3

    def test_a_file_can_be_taken_back_and_brought_in_again(self, of: Organisation, by: Actor) -> None:
        batch = actions.bring_in(organisation=of, heard=[COMMENT], file_name="a.csv", by=by, at=AT)
        assert [found.still for found in queries.batches(of.pk)] == [1]
        assert actions.take_back_batch(organisation=of, batch_id=batch.pk, by=by, at=AT) == 1
        assert not VoiceWords.objects.exists()
        assert not queries.batches(of.pk)
        again = actions.bring_in(organisation=of, heard=[COMMENT], file_name="a.csv", by=by, at=AT)
        assert again.rows_in == 1

    def test_elsewhere_nothing_is_taken_back(self, of: Organisation, by: Actor) -> None:
        batch = actions.bring_in(organisation=of, heard=[COMMENT], file_name="a.csv", by=by, at=AT)
        elsewhere = factories.organisation()
        assert not actions.take_back_batch(organisation=elsewhere, batch_id=batch.pk, by=by, at=AT)
        assert not actions.take_back(organisation=elsewhere, voice_id=batch.voices.get().pk, by=by, at=AT)
        assert VoiceWords.objects.count() == 1


def test_what_is_taken_back_is_counted_no_more_and_its_words_are_gone(of: Organisation, by: Actor) -> None:
    voice = kept(of, by)
    assert actions.take_back(organisation=of, voice_id=voice.pk, by=by, at=AT)
    assert not actions.take_back(organisation=of, voice_id=voice.pk, by=by, at=AT)
    assert not VoiceWords.objects.exists()
    assert not queries.counted(of.pk, first=date(2026, 1, 1), last=TODAY)
    assert queries.voice(of.pk, voice.pk) is None


def test_what_is_not_said_yet_waits_and_is_said(of: Organisation, by: Actor) -> None:
    voice = kept(of, by)
    comment = factories.received(of, kind="comment", text="The chairs are hard.").feedback
    case = factories.case(of, at=datetime(2026, 4, 1, 9, tzinfo=AT.tzinfo))
    assert queries.uncoded_voices(of.pk, 9) == [voice]
    assert queries.uncoded_feedback(of.pk, 9) == [comment]
    changed = actions.say_subjects(
        organisation=of, of_voices={voice.pk: "waiting_times"},
        of_feedback={comment.pk: "facilities", case.feedback_id: "facilities"}, by=by, at=AT,
    )  # fmt: skip
    assert changed == 2
    assert FeedbackFact.objects.get(feedback_id=str(comment.pk)).subject == "facilities"
    assert FeedbackFact.objects.get(feedback_id=str(case.feedback_id)).subject != "facilities"
    assert not queries.uncoded_voices(of.pk, 9)
    with pytest.raises(Refused):
        actions.say_subjects(organisation=of, of_voices={voice.pk: "no_such"}, of_feedback={}, by=by, at=AT)
