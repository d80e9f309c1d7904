"""Facts, read row by row: for the check that compares them with what they were made from. Figures are insight's."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min, Model, Q

from heed.facts.models import (
    TABLES,
    ActionFact,
    ActivityFact,
    CaseFact,
    CopyMark,
    FactChange,
    FeedbackFact,
    RemedyFact,
    SurveyFact,
)

INVENTED = "-"  # begins the ids of facts that `heed seed --facts-only` made: nothing else stands behind them


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


def rows_of_survey(ids: list[str]) -> dict[str, dict[str, Any]]:
    """Fact rows by their id."""
    return _rows(SurveyFact, "fact_id", ids)


def survey_count() -> int:
    return SurveyFact.objects.count()


def case_ids() -> list[str]:
    """The ids of all cases that have a fact row; without the facts that were invented alone."""
    return list(CaseFact.objects.exclude(case_id__startswith=INVENTED).values_list("case_id", flat=True))


def feedback_count() -> int:
    return FeedbackFact.objects.exclude(feedback_id__startswith=INVENTED).count()


def began_on(organisation: str) -> date | None:
    """The day of the organisation's first item of feedback, by its code."""
    first: date | None = FeedbackFact.objects.filter(organisation=organisation).aggregate(first=Min("received_on"))[
        "first"
    ]
    return first


def action_count() -> int:
    return ActionFact.objects.exclude(action_id__startswith=INVENTED).count()


def invented_count() -> int:
    """How many case facts were invented alone, without cases."""
    return CaseFact.objects.filter(case_id__startswith=INVENTED).count()


def learning_actions() -> dict[str, int]:
    """How many improvement actions each case's fact says, by the case's id, where there are any."""
    rows = CaseFact.objects.filter(learning_actions__gt=0).exclude(case_id__startswith=INVENTED)
    return dict(rows.values_list("case_id", "learning_actions"))


def activity(
    organisation: str, kind: str, since: date = date.min, before: date = date.max
) -> dict[tuple[str, date], int]:
    """How much was done, by service ("" for the whole organisation) and month, from the month `since` on."""
    rows = ActivityFact.objects.filter(organisation=organisation, kind=kind, month__gte=since, month__lt=before)
    return {(service, month): number for service, month, number in rows.values_list("service", "month", "number")}


@dataclass(frozen=True)
class Changes:
    """What was written since the last copy: the primary keys of the log's rows; by table, the parts (organisation and
    first day of a month) that were touched, and the ids of the things. `everything`: more than that, or unknown what."""

    log: tuple[int, ...]
    parts: dict[str, set[tuple[str, date]]]
    ids: dict[str, set[str]]
    everything: bool = False


def changes(most: int) -> Changes:
    """What has changed; everything, where more than `most` rows of the log wait."""
    if FactChange.objects.filter(table="").exists() or FactChange.objects.count() > most:
        return Changes(tuple(FactChange.objects.values_list("pk", flat=True)), {}, {}, everything=True)
    rows = list(FactChange.objects.exclude(table="").values_list("pk", "table", "fact_id", "organisation", "month"))
    parts: dict[str, set[tuple[str, date]]] = {}
    ids: dict[str, set[str]] = {}
    for _, table, fact_id, organisation, month in rows:
        if month:  # every row of a table has one
            parts.setdefault(table, set()).add((organisation, month))
        ids.setdefault(table, set()).add(fact_id)
    return Changes(tuple(row[0] for row in rows), parts, ids)


def changed_ids(table: str) -> set[str]:
    """The ids of the things whose facts were written since the last copy, as far as they are known one by one."""
    return set(FactChange.objects.filter(table=table).values_list("fact_id", flat=True))


def is_known(copy: str) -> bool:
    """Whether the copy of this name belongs to the database as it is now: what has changed since is in the log."""
    return CopyMark.objects.filter(Q(name=copy) | Q(coming=copy)).exists()


def roughly_how_many() -> int:
    """How many facts there are at most, without counting them."""
    in_order = [model for model in TABLES.values() if model is not SurveyFact]  # its keys are random
    known = sum(model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in in_order)
    return known + SurveyFact.objects.count()
