"""Facts, read row by row: for the check that compares them with what they were made from. Figures are insight's."""

from datetime import date
from typing import Any

from django.db.models import Min, Model

from heed.facts.models import ActionFact, ActivityFact, CaseFact, FeedbackFact, RemedyFact


def _rows(model: type[Model], key: str, ids: list[str]) -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in model._default_manager.filter(**{f"{key}__in": ids}).values()}


def rows_of_feedback(ids: list[str]) -> dict[str, dict[str, Any]]:
    """Fact rows by the id of the item."""
    return _rows(FeedbackFact, "feedback_id", ids)


def rows_of_cases(ids: list[str]) -> dict[str, dict[str, Any]]:
    """Fact rows by the id of the case."""
    return _rows(CaseFact, "case_id", ids)


def rows_of_remedies(ids: list[str]) -> dict[str, dict[str, Any]]:
    """Fact rows by the id of the remedy."""
    return _rows(RemedyFact, "remedy_id", ids)


def rows_of_actions(ids: list[str]) -> dict[str, dict[str, Any]]:
    """Fact rows by the id of the action."""
    return _rows(ActionFact, "action_id", ids)


def case_ids() -> list[str]:
    """The ids of all cases that have a fact row."""
    return list(CaseFact.objects.values_list("case_id", flat=True))


def feedback_count() -> int:
    return FeedbackFact.objects.count()


def began_on(organisation: str) -> date | None:
    """The day of the organisation's first item of feedback, by its code."""
    first: date | None = FeedbackFact.objects.filter(organisation=organisation).aggregate(first=Min("received_on"))[
        "first"
    ]
    return first


def action_count() -> int:
    return ActionFact.objects.count()


def learning_actions() -> dict[str, int]:
    """How many improvement actions each case's fact says, by the case's id, where there are any."""
    rows = CaseFact.objects.filter(learning_actions__gt=0)
    return dict(rows.values_list("case_id", "learning_actions"))


def activity(
    organisation: str, kind: str, since: date = date.min, before: date = date.max
) -> dict[tuple[str, date], int]:
    """How much was done, by service ("" for the whole organisation) and month, from the month `since` on."""
    rows = ActivityFact.objects.filter(organisation=organisation, kind=kind, month__gte=since, month__lt=before)
    return {(service, month): number for service, month, number in rows.values_list("service", "month", "number")}
