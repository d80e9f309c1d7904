"""Organisations and services, read."""

from datetime import date

from django.db.models import QuerySet

from heed.facts import queries as facts
from heed.organisations.code_lists import questions
from heed.organisations.models import ActivityChange, Closure, GroupSettings, Organisation, Population, Service


def by_code(code: str) -> Organisation | None:
    return Organisation.objects.filter(code=code).first()


def all_organisations() -> QuerySet[Organisation]:
    return Organisation.objects.order_by("name")


def services(organisation_id: int) -> QuerySet[Service]:
    """The active services, by group and name."""
    return Service.objects.filter(organisation_id=organisation_id, is_active=True).order_by("group", "name", "pk")


def closures(organisation_id: int) -> list[date]:
    """Days that the organisation does not count, besides bank holidays."""
    return list(Closure.objects.filter(organisation_id=organisation_id).values_list("on", flat=True))


def every_service(organisation_id: int) -> QuerySet[Service]:
    """The services, closed ones too, by group and name."""
    return Service.objects.filter(organisation_id=organisation_id).order_by("-is_active", "group", "name", "pk")


def closure_days(organisation_id: int) -> QuerySet[Closure]:
    """The closures with their reasons, the latest first."""
    return Closure.objects.filter(organisation_id=organisation_id).order_by("-on")


def activity(organisation: Organisation, year: int) -> dict[tuple[str, date], int]:
    """How much was done in a calendar year, of the kind that is chosen: by code of the service ("": the whole
    organisation) and first day of the month."""
    return facts.activity(organisation.code, organisation.activity_kind, date(year, 1, 1), date(year + 1, 1, 1))


def activity_changes(organisation_id: int) -> QuerySet[ActivityChange]:
    """When numbers of activity were entered, corrected or taken back, newest first, each with what took it back."""
    return ActivityChange.objects.filter(organisation_id=organisation_id).select_related("undone_by").order_by("-pk")


def activity_changes_since(organisation: Organisation, version: int) -> QuerySet[ActivityChange]:
    """What was changed after that change, of the kind that is chosen, the oldest first."""
    found = ActivityChange.objects.filter(organisation=organisation, kind=organisation.activity_kind, pk__gt=version)
    return found.order_by("pk")


def newest_activity_change(organisation_id: int) -> ActivityChange | None:
    return ActivityChange.objects.filter(organisation_id=organisation_id).first()


def group_settings(organisation_id: int) -> GroupSettings | None:
    """Which questions about groups of people are asked; None where that was never decided, and so nothing is."""
    return GroupSettings.objects.filter(organisation_id=organisation_id).first()


def asks_about_groups(organisation_id: int) -> bool:
    """Whether the organisation asks anything about groups of people."""
    return GroupSettings.objects.filter(organisation_id=organisation_id, asked_since__isnull=False).exists()


def questions_asked(organisation_id: int, on: date) -> list[questions.Question]:
    """The questions that an organisation asks, in their order, as they stand on a day."""
    found = group_settings(organisation_id)
    return (
        [questions.load(question.key, on) for question in questions.all_of_them() if question.key in found.questions]
        if found
        else []
    )


def populations(organisation_id: int) -> dict[str, Population]:
    """How the people served divide into groups, by the key of the question, where somebody entered it."""
    return {row.question: row for row in Population.objects.filter(organisation_id=organisation_id)}


def asking_about_groups() -> list[int]:
    """The ids of the organisations that ask anything about groups of people."""
    return list(GroupSettings.objects.filter(asked_since__isnull=False).values_list("organisation_id", flat=True))
