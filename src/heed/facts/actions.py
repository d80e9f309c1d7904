"""Writes facts. Called by the action that changed the thing, in its transaction."""

from typing import Any

from heed.facts.models import ActionFact, CaseFact, FeedbackFact, RemedyFact


def put_feedback(feedback_id: str, columns: dict[str, Any]) -> None:
    FeedbackFact.objects.update_or_create(feedback_id=feedback_id, defaults=columns)


def put_case(case_id: str, columns: dict[str, Any]) -> None:
    CaseFact.objects.update_or_create(case_id=case_id, defaults=columns)


def put_remedy(remedy_id: str, columns: dict[str, Any]) -> None:
    RemedyFact.objects.update_or_create(remedy_id=remedy_id, defaults=columns)


def put_action(action_id: str, columns: dict[str, Any]) -> None:
    ActionFact.objects.update_or_create(action_id=action_id, defaults=columns)


def count_learning(case_id: str, learning_actions: int) -> None:
    """How many improvement actions stand on this case's lessons."""
    CaseFact.objects.filter(case_id=case_id).update(learning_actions=learning_actions)
