"""What the staff choose from: services, people, subjects, channels."""

from collections.abc import Iterable
from typing import Any

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission
from heed.organisations import code_lists
from heed.organisations import queries as organisations

Choices = list[tuple[str, Any]]
TAKEN_DOWN = ("phone", "in_person", "letter", "email")


def services(organisation_id: int, empty: str = "Choose one") -> Choices:
    """The active services under their groups."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for service in organisations.services(organisation_id):
        groups.setdefault(service.group, []).append((str(service.pk), service.name))
    choices: Choices = [("", empty)]
    for group, listed in groups.items():
        choices += [(group, listed)] if group else listed
    return choices


def service_codes(organisation_id: int) -> list[tuple[str, str]]:
    """Codes and names of the active services."""
    return list(organisations.services(organisation_id).values_list("code", "name"))


def people(permission: Permission, organisation_id: int, empty: str = "Choose one") -> Choices:
    """Whoever has the permission in the organisation, by name, with their job title."""
    found = accounts.people_who_may(permission, organisation_id)
    return [("", empty), *((str(person.pk), named(person)) for person in found)]


def members(organisation_id: int, empty: str = "Choose one") -> Choices:
    """Everybody who has a role in the organisation."""
    return [("", empty), *((str(person.pk), named(person)) for person in accounts.members(organisation_id))]


def named(person: Any) -> str:
    return f"{person.name}, {person.job_title}" if person.job_title else person.name


def codes(code_list: str, only: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Codes and labels of a list; `only` some of them, in that order."""
    known = code_lists.load(code_list)
    return known.choices() if only is None else [(code, known.label(code)) for code in only]


def grouped(code_list: str, empty: str = "Choose one") -> Choices:
    """Codes and labels under the headings of the list."""
    choices: Choices = [("", empty)]
    for group, pairs in code_lists.load(code_list).grouped_choices():
        choices += [(group, pairs)] if group else pairs
    return choices


def hints(code_list: str) -> dict[str, str]:
    """What explains each code."""
    return {item.code: item.hint for item in code_lists.load(code_list).items if item.hint}
