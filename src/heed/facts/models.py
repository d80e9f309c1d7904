"""What is counted: dates and codes only, ids as text, no foreign keys, nobody's name or words.

A fact never holds a judgement that time alone changes; "overdue" is worked out when it is asked."""

import secrets
from typing import ClassVar

from django.db import models


class Placed(models.Model):
    """Where a fact belongs. Codes, so that facts outlive and never join the tables above. `KEY`: the column with the id of
    the thing. `PLACED_BY`: the date whose month, with the organisation, is the part of the facts that the row lies in."""

    KEY: ClassVar[str]
    PLACED_BY: ClassVar[str]

    organisation = models.CharField(max_length=40)
    service = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


class FeedbackFact(Placed):
    """One row per item of feedback, whatever its kind."""

    KEY, PLACED_BY = "feedback_id", "received_on"

    feedback_id = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=30)
    subject = models.CharField(max_length=60, blank=True)
    received_on = models.DateField()
    imported = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["organisation", "received_on", "kind", "service"], name="fact_received")]


def _covering(on: str, *read: str) -> models.Index:
    return models.Index(fields=["organisation", on, *read, "service"], name=f"case_fact_{on}"[:30])


class CaseFact(Placed):
    """One row per case. Dates are null until the thing happened; `working_days` counts receipt to answer."""

    KEY, PLACED_BY = "case_id", "received_on"

    case_id = models.CharField(max_length=20, unique=True)
    feedback_id = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=30)
    subject = models.CharField(max_length=60, blank=True)
    subjects = models.CharField(max_length=400, blank=True, help_text="codes, parted by spaces")
    procedure = models.CharField(max_length=40)
    approach = models.CharField(max_length=20, blank=True)
    stage = models.PositiveSmallIntegerField(default=1)
    risk = models.CharField(max_length=20, blank=True)
    statutory = models.BooleanField(default=True, help_text="counted in statutory returns")
    imported = models.BooleanField(default=False)
    received_on = models.DateField()
    acknowledge_due_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    original_due_on = models.DateField(null=True)
    current_due_on = models.DateField(null=True)
    unpaused_due_on = models.DateField(null=True)
    review_due_on = models.DateField(null=True)
    stage_1_responded_on = models.DateField(null=True)
    responded_on = models.DateField(null=True)
    first_closed_on = models.DateField(null=True, help_text="stays when the case is reopened; closed_on does not")
    closed_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)
    reopened_on = models.DateField(null=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=20, blank=True)
    issues = models.PositiveSmallIntegerField(default=0)
    issues_upheld = models.PositiveSmallIntegerField(default=0)
    working_days = models.PositiveIntegerField(null=True)
    learning_actions = models.PositiveSmallIntegerField(default=0)

    class Meta:
        # Each holds all that the measures by its date ask for, so that they are counted without reading the rows.
        indexes = [
            _covering("received_on", "statutory", "kind"),
            _covering("acknowledge_due_on", "statutory", "acknowledged_on"),
            _covering("stage_1_responded_on", "escalated_on"),
            _covering("review_due_on", "statutory", "stage_1_responded_on"),
            _covering("first_closed_on", "reopened_on"),
            _covering("escalated_on"),
            models.Index(fields=["organisation", "closed_on"], name="case_fact_closed_on"),
        ]


class RemedyFact(Placed):
    """One row per remedy: what was promised by when, and when it was delivered."""

    KEY, PLACED_BY = "remedy_id", "due_on"

    remedy_id = models.CharField(max_length=20, unique=True)
    case_id = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    due_on = models.DateField()
    delivered_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "due_on"])]


class ActionFact(Placed):
    """One row per improvement action. Dates are null until the thing was done."""

    KEY, PLACED_BY = "action_id", "due_on"

    action_id = models.CharField(max_length=20, unique=True)
    started_on = models.DateField(null=True)
    due_on = models.DateField()
    completed_on = models.DateField(null=True)
    verify_due_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    impact_due_on = models.DateField(null=True)
    impact_measured_on = models.DateField(null=True)
    sustain_due_on = models.DateField(null=True)
    sustained_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "due_on"])]


class ActivityFact(Placed):
    """How much a service did in a month, or, without a service, the whole organisation: what rates are taken over.

    `kind`: a code of the list `activity`. `month`: its first day. No row: nobody has said. All numbers of a month change
    together."""

    KEY, PLACED_BY = "month", "month"

    kind = models.CharField(max_length=20)
    month = models.DateField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "month", "service"], name="activity_fact_once"),
        ]


def random_key() -> int:
    """A primary key that tells nothing of the order in which rows came."""
    return secrets.randbits(62)


class SurveyFact(Placed):
    """One row per time that somebody was asked how it was (`kind` "request", with whether they answered), and one per
    answer to one statement (`kind` "answer"). No id here leads to a request, a case or a person, and none from one answer
    to another: keys are random or keyed hashes. `month`: the first day of the month, of being asked or of answering."""

    KEY, PLACED_BY = "fact_id", "month"

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    fact_id = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10)
    month = models.DateField()
    audience = models.CharField(max_length=20)
    campaign = models.BooleanField(default=False)
    occasion = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    question = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=20, blank=True)
    answered = models.BooleanField(default=False)

    class Meta:
        # Holds all that is counted of answers, in the order in which they are put together.
        indexes = [
            models.Index(
                fields=["organisation", "audience", "kind", "question", "month", "service", "answer"],
                name="survey_fact_answers",
            )
        ]


class FactChange(models.Model):
    """Says that a fact was written, in the same transaction: one row for each part of the facts (organisation and first
    day of a month) that it lies in or lay in before. A copy of the facts takes the rows away when it holds them; rows
    never wait for each other, as a counter for each part would. `table` "": everything may have changed."""

    table = models.CharField(max_length=10, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    organisation = models.CharField(max_length=40, blank=True)
    month = models.DateField(null=True)


class CopyMark(models.Model):
    """The name of the copy that the changes were last taken into, and of the one that was about to be put in place then.
    By these a copy that belongs to another state of the database, such as one before a backup was put back, is told. One
    row."""

    name = models.CharField(max_length=40, blank=True)
    coming = models.CharField(max_length=40, blank=True)


TABLES: dict[str, type[Placed]] = {
    "feedback": FeedbackFact,
    "case": CaseFact,
    "remedy": RemedyFact,
    "action": ActionFact,
    "activity": ActivityFact,
    "survey": SurveyFact,
}
