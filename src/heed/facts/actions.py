"""Writes facts. Called by the action that changed the thing, in its transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from heed.facts.models import (
    TABLES,
    ActionFact,
    ActivityFact,
    CaseFact,
    CopyMark,
    FactChange,
    FeedbackFact,
    Placed,
    RemedyFact,
    SurveyFact,
)

AT_ONCE = 500  # ids in one statement
Place = tuple[str, str, date]  # the id of the thing, its organisation, and the first day of the month of its part
Rows = Mapping[str, dict[str, Any]]  # the id of the thing, and all columns of its fact


def put_feedback(feedback_id: str, columns: dict[str, Any]) -> None:
    put_feedbacks({feedback_id: columns})


def put_feedbacks(rows: Rows) -> None:
    """The same for many, such as a part of an imported file."""
    _put(FeedbackFact, rows)


def put_case(case_id: str, columns: dict[str, Any]) -> None:
    put_cases({case_id: columns})


def put_cases(rows: Rows) -> None:
    """The same for many, such as a part of an imported file."""
    _put(CaseFact, rows)


def put_remedy(remedy_id: str, columns: dict[str, Any]) -> None:
    _put(RemedyFact, {remedy_id: columns})


def put_action(action_id: str, columns: dict[str, Any]) -> None:
    _put(ActionFact, {action_id: columns})


def put_survey(fact_id: str, columns: dict[str, Any]) -> None:
    put_surveys({fact_id: columns})


def put_surveys(rows: Rows) -> None:
    """The same for many, such as all answers of a form."""
    _put(SurveyFact, rows)


def remove_survey(fact_ids: Iterable[str]) -> None:
    """Answers that somebody takes back are counted no more."""
    ids = list(fact_ids)
    places = _places(SurveyFact, ids)
    SurveyFact.objects.filter(fact_id__in=ids).delete()
    _log(SurveyFact, places)


def count_learning(case_id: str, learning_actions: int) -> None:
    """How many improvement actions stand on this case's lessons."""
    CaseFact.objects.filter(case_id=case_id).update(learning_actions=learning_actions)
    _log(CaseFact, _places(CaseFact, [case_id]))


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
    _log(ActivityFact, {(month.isoformat(), organisation, month) for _, month in cells})


def replaced_all() -> None:
    """Say that any fact may have changed, for whoever writes facts in bulk past these functions."""
    FactChange.objects.create()


def announce_copy(name: str) -> None:
    """Say that a copy of this name, which holds the changes so far, is about to be put in place: if its maker is killed
    before it takes them, it is known all the same."""
    CopyMark.objects.update_or_create(pk=1, defaults={"coming": name})


def take_changes(changes: Sequence[int], *, into: str) -> None:
    """Forget these changes (primary keys): the copy of this name holds them."""
    with transaction.atomic():
        for start in range(0, len(changes), AT_ONCE):
            FactChange.objects.filter(pk__in=changes[start : start + AT_ONCE]).delete()
        CopyMark.objects.update_or_create(pk=1, defaults={"name": into, "coming": ""})


def forget_changes() -> None:
    """There is no copy of the facts: what has changed for one is of no use, and the next is made of everything."""
    if not FactChange.objects.exists() and not CopyMark.objects.exists():
        return  # asked first without writing: this is asked every few minutes
    with transaction.atomic():
        FactChange.objects.all().delete()
        CopyMark.objects.all().delete()


def _put(model: type[Placed], rows: Rows) -> None:
    """Insert each row, or replace these columns of the one that is there, all in one statement; and say so."""
    if not rows:
        return
    places = _places(model, rows)
    model._default_manager.bulk_create(
        [model(**{model.KEY: of}, **columns) for of, columns in rows.items()],
        update_conflicts=True,
        unique_fields=[model.KEY],
        update_fields=list(next(iter(rows.values()))),
    )
    now = {(of, columns["organisation"], columns[model.PLACED_BY].replace(day=1)) for of, columns in rows.items()}
    _log(model, places | now)


def _places(model: type[Placed], ids: Iterable[str]) -> set[Place]:
    """Where these facts lie, as far as they are there."""
    found = model._default_manager.filter(**{f"{model.KEY}__in": list(ids)})
    places = found.values_list(model.KEY, "organisation", model.PLACED_BY)
    return {(of, organisation, on.replace(day=1)) for of, organisation, on in places}


def _log(model: type[Placed], places: Iterable[Place]) -> None:
    table = next(name for name, of in TABLES.items() if of is model)
    FactChange.objects.bulk_create(
        FactChange(table=table, fact_id=fact_id, organisation=organisation, month=month)
        for fact_id, organisation, month in sorted(places)
    )
