"""What facts tell of their own quality."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests import factories
from tests.insight.facts import TODAY

from heed.facts.models import CaseFact, FeedbackFact
from heed.feedback.models import Batch, Feedback
from heed.insight.engines.live import TABLES
from heed.insight.measures import BY_KEY, MEASURES
from heed.insight.periods import whole_months
from heed.insight.queries import quality
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
PERIOD = whole_months(12, TODAY)
DAY = date(2026, 6, 1)


@pytest.fixture
def body() -> Organisation:
    return factories.organisation()


def fact(body: Organisation, **columns: Any) -> None:
    """A case with nothing wrong in it, but for `columns`."""
    number = str(CaseFact.objects.count())
    answered = columns.get("received_on", DAY) + timedelta(days=20)
    CaseFact.objects.create(
        **{
            "case_id": number, "feedback_id": number, "organisation": body.code, "service": "first", "kind": "complaint",
            "channel": "web", "subject": "other", "procedure": "nhs-2009", "risk": "low", "received_on": DAY,
            "acknowledge_due_on": DAY, "acknowledged_on": DAY, "original_due_on": answered, "responded_on": answered,
            "closed_on": answered, "first_closed_on": answered, "working_days": 14, "outcome": "upheld", **columns,
        }
    )  # fmt: skip


def texts(found: list[quality.Note]) -> list[str]:
    return [note.text for note in found]


def test_facts_without_a_fault_need_no_note(body: Organisation) -> None:
    for _ in range(3):
        fact(body)
    assert quality.all_notes(body, period=PERIOD) == []
    assert all(quality.notes(body, measure, period=PERIOD) == [] for measure in MEASURES)


def test_each_gap_and_contradiction_is_counted(body: Organisation) -> None:
    before = DAY - timedelta(days=3)
    fact(body, service="", subject="")
    fact(body, risk="", outcome="")
    fact(body, acknowledged_on=before)
    fact(body, responded_on=before, stage_1_responded_on=before)
    fact(body, closed_on=before, first_closed_on=before)
    fact(body, imported=True, original_due_on=None, working_days=None, subject="")
    fact(body, closed_on=None, risk="", outcome="", original_due_on=None)
    fact(body, received_on=DAY - timedelta(days=900), service="")
    fact(factories.organisation(), service="")
    assert texts(quality.all_notes(body, period=PERIOD)) == [
        "1 of 7 cases names no service, so it is in no figure by service.",
        "2 of 7 cases have no subject.",
        "1 of 6 closed cases was never rated for its risk.",
        "1 of 7 cases was brought in from a file, and is only as complete as that file.",
        "1 of 6 closed cases has no day on record by which the answer was first told.",
        "1 of 7 cases was acknowledged before it was received.",
        "1 of 7 cases was answered before it was received.",
        "1 of 7 cases was closed before it was received.",
        "1 of 6 closed cases has no day of an answer or a settlement on record.",
        "1 of 6 closed cases has no outcome on record.",
    ]


def test_a_measure_has_the_notes_of_what_it_reads(body: Organisation) -> None:
    fact(body, service="", outcome="", acknowledged_on=DAY - timedelta(days=1))
    acknowledged = quality.notes(body, BY_KEY["acknowledged_in_time"], period=PERIOD)
    assert [note.key for note in acknowledged] == ["no_service", "acknowledged_before_received"]
    upheld = quality.notes(body, BY_KEY["upheld"], period=PERIOD)
    assert [note.key for note in upheld] == ["no_service", "no_outcome"]
    assert quality.notes(body, BY_KEY["received_rate"], period=PERIOD) == []


def test_only_what_the_person_sees_is_counted(body: Organisation) -> None:
    fact(body, subject="")
    fact(body, subject="", service="second")
    found = quality.all_notes(body, period=PERIOD, services=frozenset({"second"}))
    assert texts(found) == ["1 of 1 case has no subject."]


def test_rows_of_a_file_without_a_date_are_told(body: Organisation) -> None:
    measure = BY_KEY["received"]
    assert quality.notes(body, measure, period=PERIOD) == []
    item = factories.received(body, kind="comment").feedback
    batch = Batch.objects.create(organisation=body, file_name="old.csv", started_at=factories.NOW)
    Feedback.objects.filter(pk=item.pk).update(batch=batch, received_on_assumed=True)
    FeedbackFact.objects.filter(feedback_id=item.pk).update(subject="other")
    found = quality.notes(body, measure, period=PERIOD)
    assert texts(found) == [
        "1 of 1 row of a file came without a date, and counts as received on the day it was brought in."
    ]


def test_each_check_is_of_a_column_that_its_table_has() -> None:
    for measure in MEASURES:
        if not measure.unfed:
            table = TABLES[measure.table]
            assert quality.used(measure) <= {field.name for field in table._meta.get_fields()}
    for check in quality.CHECKS:
        assert check.columns <= {field.name for field in TABLES[check.table]._meta.get_fields()}
