"""Adds organisations from a readable file, checked as a whole before anything is written."""

import tomllib
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.design import colour as colours
from heed.organisations import code_lists, procedures
from heed.organisations.models import Organisation, Service

# Words that stand first in addresses of Heed's own, so that no organisation's pages can hide them.
TAKEN = {"accessibility", "demo", "design", "mailbox", "privacy", "sign-in", "sign-out", "static", "theme"}


@transaction.atomic
def add_organisations(*, text: str, by: Actor, at: datetime) -> list[Organisation]:
    """The organisations of a TOML text in the form of `demo/organisations.toml`, all or none.

    Raises Refused with a sentence: what is wrong, and in which organisation."""
    try:
        entries = tomllib.loads(text).get("organisation")
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"The file is not TOML: {error}.") from None
    if not isinstance(entries, list) or not entries:
        raise Refused("The file names no organisation: begin each with [[organisation]].")
    made = [_add(dict(entry), by, at) for entry in entries]
    for entry, organisation in zip(entries, made, strict=True):
        organisation.overseen_by.set(_overseers(organisation, entry.get("overseen_by", [])))
    return made


def _add(entry: dict[str, Any], by: Actor, at: datetime) -> Organisation:
    code = str(entry.get("code", ""))
    services = entry.pop("services", [])
    entry.pop("overseen_by", None)
    unknown = sorted(set(entry) - {field.name for field in Organisation._meta.concrete_fields} - {"id"})
    if unknown:
        raise Refused(f"{code}: there is no setting {', '.join(unknown)}.")
    organisation = Organisation(
        **{name: value.strip() if isinstance(value, str) else value for name, value in entry.items()}
    )
    _check(organisation)
    organisation.save()
    for service in services:
        _add_service(organisation, service)
    record(by=by, at=at, verb="organisation_added", kind="organisation", object_id=organisation.pk, organisation=code)
    return organisation


def _check(organisation: Organisation) -> None:
    code = organisation.code
    if code in TAKEN:
        raise Refused(f"{code}: this code stands for a page of Heed's own. Choose another.")
    known = {"procedure": procedures.keys(), "subject_list": code_lists.keys()}
    for field, keys in known.items():
        if getattr(organisation, field) not in keys:
            raise Refused(f"{code}: {field} must be one of {', '.join(keys)}.")
    if organisation.activity_kind and organisation.activity_kind not in code_lists.load("activity"):
        raise Refused(f"{code}: activity_kind must be one of {', '.join(code_lists.load('activity').codes())}.")
    if reason := colours.why_not_accent(organisation.colour):
        raise Refused(f"{code}: {reason}")
    try:
        organisation.full_clean()
    except ValidationError as error:
        faults = "; ".join(f"{field}: {' '.join(words)}" for field, words in error.message_dict.items())
        raise Refused(f"{code or 'An organisation without a code'}: {faults}") from None


def _add_service(organisation: Organisation, entry: dict[str, Any]) -> None:
    service = Service(organisation=organisation, **entry)
    if service.procedure and service.procedure not in procedures.keys():  # noqa: SIM118 (a function, not a mapping)
        raise Refused(f"{organisation.code}, {service.code}: there is no procedure {service.procedure!r}.")
    try:
        service.full_clean()
    except ValidationError as error:
        faults = "; ".join(f"{field}: {' '.join(words)}" for field, words in error.message_dict.items())
        raise Refused(f"{organisation.code}, service {service.code}: {faults}") from None
    service.save()


def _overseers(organisation: Organisation, codes: list[str]) -> list[Organisation]:
    found = list(Organisation.objects.filter(code__in=codes))
    missing = sorted(set(codes) - {overseer.code for overseer in found})
    if missing:
        raise Refused(f"{organisation.code}: it cannot be overseen by {', '.join(missing)}, which is not there.")
    return found
