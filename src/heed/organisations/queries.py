"""Organisations and services, read."""

from datetime import date

from django.db.models import QuerySet

from heed.organisations.models import Closure, Organisation, Service


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
