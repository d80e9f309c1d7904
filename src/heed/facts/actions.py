"""Writes facts. Called by the action that changed the thing, in its transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from heed.facts.models import ActionFact, ActivityFact, CaseFact, FeedbackFact, RemedyFact

Rows = Mapping[str, dict[str, Any]]  # the id of the thing, and all columns of its fact


def put_feedback(feedback_id: str, columns: dict[str, Any]) -> None:
    put_feedbacks({feedback_id: columns})


def put_feedbacks(rows: Rows) -> None:
    """The same for many, such as a part of an imported file."""
    _put(FeedbackFact, "feedback_id", rows)


def put_case(case_id: str, columns: dict[str, Any]) -> None:
    put_cases({case_id: columns})


def put_cases(rows: Rows) -> None:
    """The same for many, such as a part of an imported file."""
    _put(CaseFact, "case_id", rows)


def put_remedy(remedy_id: str, columns: dict[str, Any]) -> None:
    _put(RemedyFact, "remedy_id", {remedy_id: columns})


def put_action(action_id: str, columns: dict[str, Any]) -> None:
    _put(ActionFact, "action_id", {action_id: columns})


def _put(model: type[Model], key: str, rows: Rows) -> None:
    """Insert each row, or replace these columns of the one that is there, all in one statement."""
    if rows:
        model._default_manager.bulk_create(
            [model(**{key: of}, **columns) for of, columns in rows.items()],
            update_conflicts=True,
            unique_fields=[key],
            update_fields=list(next(iter(rows.values()))),
        )


def count_learning(case_id: str, learning_actions: int) -> None:
    """How many improvement actions stand on this case's lessons."""
    CaseFact.objects.filter(case_id=case_id).update(learning_actions=learning_actions)


def put_activity(organisation: str, kind: str, cells: Mapping[tuple[str, date], int | None]) -> None:
    """The numbers of months, by service ("" for the whole organisation) and first day of the month; None takes one out."""
    ActivityFact.objects.bulk_create(
        [
            ActivityFact(organisation=organisation, kind=kind, service=service, month=month, number=number)
            for (service, month), number in cells.items()
            if number is not None
        ],
        update_conflicts=True,
        unique_fields=["organisation", "kind", "month", "service"],
        update_fields=["number"],
    )
    gone: dict[str, list[date]] = {}
    for (service, month), number in cells.items():
        if number is None:
            gone.setdefault(service, []).append(month)
    for service, months in gone.items():
        ActivityFact.objects.filter(organisation=organisation, kind=kind, service=service, month__in=months).delete()
