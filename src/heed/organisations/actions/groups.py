"""Which questions about groups of people are asked, and who the people served are."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.organisations.code_lists import questions as group_questions
from heed.organisations.groups import PERIODS, why_not_population
from heed.organisations.models import GroupSettings, Organisation, Population


def set_group_questions(
    *, organisation: Organisation, questions: Sequence[str], period: str, by: Actor, at: datetime
) -> GroupSettings:
    """Which questions about groups of people are asked from now on, and over what periods they are counted. Answers that
    were given stay until they are old or taken back; a question that is not asked any more is not shown either."""
    known = [question.key for question in group_questions.all_of_them()]
    if unknown := sorted(set(questions) - set(known)):
        raise Refused(f"There is no question {', '.join(unknown)}.", "questions")
    if period not in dict(PERIODS):
        raise Refused("Choose years or quarters.", "period")
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        row = GroupSettings.objects.filter(organisation=organisation).first() or GroupSettings(
            organisation=organisation
        )
        if not questions:
            row.asked_since = None
        elif row.asked_since is None:
            row.asked_since = timezone.localdate(at)
        row.questions, row.period = [key for key in known if key in questions], period
        row.save()
        _record("group_questions_set", organisation, by, at, questions=row.questions)
    return row


def set_population(
    *, organisation: Organisation, question: str, shares: Mapping[str, int], source: str, counted_on: date,
    by: Actor, at: datetime,
) -> Population:  # fmt: skip
    """How the people served divide into the groups of one question (per mille, by code), with source and date (R187)."""
    asked = group_questions.load(question)
    known = {part.code for _, part in asked.walk()}
    if set(shares) - known or not all(0 <= share <= 1000 for share in shares.values()):
        raise Refused("Enter shares between 0 and 100.")
    if not source.strip():
        raise Refused("Say where the figures are from.", "source")
    if refusal := why_not_population(asked, shares, counted_on, timezone.localdate(at)):
        raise Refused(refusal)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        row, _ = Population.objects.update_or_create(
            organisation=organisation,
            question=question,
            defaults={"shares": dict(shares), "source": source.strip(), "counted_on": counted_on},
        )
        _record("population_set", organisation, by, at, question=question)
    return row


def remove_population(*, organisation: Organisation, question: str, by: Actor, at: datetime) -> None:
    """There is no comparison for this question any more."""
    with transaction.atomic():
        Population.objects.filter(organisation=organisation, question=question).delete()
        _record("population_removed", organisation, by, at, question=question)


def _record(verb: str, organisation: Organisation, by: Actor, at: datetime, **detail: Any) -> None:
    record(
        by=by, at=at, verb=verb, kind="organisation", object_id=organisation.pk, organisation=organisation.code,
        detail=detail,
    )  # fmt: skip
