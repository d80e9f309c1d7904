"""One-time links: leave for somebody without an account to do one thing, sent to their own address."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.correspondence import queries, rules
from heed.correspondence.actions.correspondents import add_correspondent
from heed.correspondence.actions.messages import notify, open_thread
from heed.correspondence.models import OneTimeLink, Thread

CODE_LETTER = "link_code"


@transaction.atomic
def send_link(
    *,
    organisation_id: int,
    purpose: str,
    object_id: object,
    letter: str,
    fields: Mapping[str, str | date | None],
    by: Actor,
    at: datetime,
    name: str = "",
    email: str = "",
    thread: Thread | None = None,
    days: int = rules.LINK_DAYS,
    needs_code: bool = True,
) -> OneTimeLink:
    """Make a link of 128 random bits and queue the e-mail that carries it, by a letter with a field `link` of kind "once".

    It goes to `name` at `email`, or to whom `thread` is with. `needs_code`: opening it asks for six digits that are sent to
    the same address, so that a link passed on or left in a browser opens nothing. Raises Refused, with the field, for
    an address that cannot be written to."""
    if thread is None:
        if not email.strip():
            raise Refused("Enter the email address to which the link goes.", "email")
        person = add_correspondent(by=by, at=at, name=name, email=email)
        thread = open_thread(organisation_id=organisation_id, correspondent=person, at=at)
    word = secrets.token_urlsafe(16)
    address = f"{settings.PUBLIC_ADDRESS}/{thread.organisation.code}/link/{word}/"
    message = notify(thread=thread, letter=letter, fields={**fields, "link": address}, by=by, at=at)
    if message is None:
        raise Refused("We have no email address of them, so no link can be sent.", "email")
    link = OneTimeLink.objects.create(
        organisation_id=organisation_id, thread=thread, message=message, word_hash=queries.link_hash(word),
        purpose=purpose, object_id=str(object_id), needs_code=needs_code, made_at=at, expires_at=at + timedelta(days=days),
        by_kind=by.kind, by_id=by.id,
    )  # fmt: skip
    _record("link_sent", link, by, at)
    return link


@transaction.atomic
def send_code(*, link_id: int, at: datetime) -> None:
    """Send six new digits to the address of the link; those sent before are worth nothing from now on."""
    link = OneTimeLink.objects.select_for_update(of=("self",)).select_related("thread__organisation").get(pk=link_id)
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}}"
    by = rules.holder(link.pk, link.thread.organisation.code)
    notify(thread=link.thread, letter=CODE_LETTER, fields={"code": code}, by=by, at=at)
    link.code_hash, link.code_at, link.code_tries = queries.link_hash(f"{link.pk}:{code}"), at, 0
    link.save(update_fields=["code_hash", "code_at", "code_tries"])
    _record("link_code_sent", link, by, at)


@transaction.atomic
def open_link(*, link_id: int, code: str, at: datetime) -> bool:
    """Try a code. Each try is counted; a code serves once, so that nobody who saw it can use it again."""
    link = OneTimeLink.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=link_id)
    if link.needs_code and not _fits(link, code, at):
        OneTimeLink.objects.filter(pk=link.pk).update(code_tries=F("code_tries") + 1)
        return False
    link.code_hash, link.opened_at = "", link.opened_at or at
    link.save(update_fields=["code_hash", "opened_at"])
    _record("link_opened", link, rules.holder(link.pk, link.organisation.code), at)
    return True


def _fits(link: OneTimeLink, code: str, at: datetime) -> bool:
    digits = "".join(letter for letter in code if letter in "0123456789")
    given = queries.link_hash(f"{link.pk}:{digits}")
    return rules.code_holds(link, at) and secrets.compare_digest(link.code_hash, given)


@transaction.atomic
def note_view(*, link_id: int, organisation: str, at: datetime) -> None:
    """Somebody looked at what the link opens."""
    OneTimeLink.objects.filter(pk=link_id).update(views=F("views") + 1, seen_at=at)
    by = rules.holder(link_id, organisation)
    record(by=by, at=at, verb="link_viewed", kind="link", object_id=link_id)


@transaction.atomic
def end_links(*, purpose: str, object_id: object, why: str, by: Actor, at: datetime) -> int:
    """End every link about one thing that still opens it; how many there were. `why`: "answered", "withdrawn" or
    "reassigned"."""
    if why not in rules.ENDINGS:
        raise ValueError(f"a link does not end because it is {why!r}")
    links = OneTimeLink.objects.select_for_update().filter(
        purpose=purpose, object_id=str(object_id), ended_at=None, expires_at__gt=at
    )
    ended = list(links)
    for link in ended:
        link.ended_at, link.ended_why, link.code_hash = at, why, ""
        link.save(update_fields=["ended_at", "ended_why", "code_hash"])
        _record("link_ended", link, by, at)
    return len(ended)


def _record(verb: str, link: OneTimeLink, by: Actor, at: datetime) -> None:
    record(by=by, at=at, verb=verb, kind="link", object_id=link.pk, detail={"purpose": link.purpose})
