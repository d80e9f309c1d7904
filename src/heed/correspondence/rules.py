"""Pure decisions about people we write to and about sending."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from heed.audit.actor import Actor

# How long to wait after each failed attempt. After the last one the message has failed for good: three days in all.
BACKOFF = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=30),
]

LONGEST_GREETING = 80
_NO_NAME = re.compile(r"[@:/\\<>]|\.\w{2,}|[0-9]{4}|[!?]")

SENTENCES = {"email": "Enter an email address in the correct format, like name@example.com."}

_NAMES = {
    "name": "name",
    "address_as": "how to address them",
    "email": "email address",
    "phone": "phone number",
    "postal_address": "postal address",
    "preferred_channel": "how they want to hear from us",
    "convenient_times": "convenient times",
    "may_leave_message": "whether we may leave a message",
    "email_is_private": "whether the email address is private",
    "post_is_safe": "whether post is safe",
    "adjustments": "adjustments",
    "adjustments_note": "note on adjustments",
    "support_needs": "support that they need",
    "do_not": "what we must not do",
}


class Reachable(Protocol):
    email: str
    phone: str
    postal_address: str


def folded(name: str) -> str:
    """What a name sorts by: without accents, case or doubled spaces, the same on every database. At most 400 long."""
    bare = "".join(
        character
        for character in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(character)
    )
    return " ".join(bare.split())[:400]


def greeting(*names: str) -> str:
    """The first of these names, for "Dear ..."; "" where it could be read as anything else than a name. Anybody can give
    anybody's address: what they type as a name must not make our e-mail carry their message or their link."""
    name = " ".join(next((name for name in names if name.strip()), "").split())
    return "" if len(name) > LONGEST_GREETING or _NO_NAME.search(name) else name


def settled(known: Mapping[str, Any], wishes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that `wishes` really mean. Lines are trimmed; what was said of an address goes with that address."""
    changes = {name: value.strip() if isinstance(value, str) else value for name, value in wishes.items()}
    for address, promise, unknown in [("email", "email_is_private", False), ("postal_address", "post_is_safe", None)]:
        if changes.get(address, known[address]) != known[address]:
            changes.setdefault(promise, unknown)
        if not changes.get(address, known[address]):
            changes[promise] = unknown
    return changes


def why_not_by(channel: str, person: Reachable) -> tuple[str, str] | None:
    """Why the person cannot be reached by the way that they prefer: a sentence and the field it concerns; or None."""
    lacking = {
        "email": (person.email, "Enter an email address, or choose another way of hearing from us.", "email"),
        "phone": (person.phone, "Enter a phone number, or choose another way of hearing from us.", "phone"),
        "post": (
            person.postal_address,
            "Enter a postal address, or choose another way of hearing from us.",
            "postal_address",
        ),
    }
    if channel not in lacking:
        return None
    held, sentence, field = lacking[channel]
    return None if held else (sentence, field)


def named(fields: Iterable[str]) -> str:
    """Fields of a correspondent in words: "email address, phone number"."""
    return ", ".join(_NAMES[field] for field in fields) or "nothing of note"


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after the `attempts`-th failed attempt (1 is the first); None: do not try again."""
    return BACKOFF[attempts - 1] if attempts <= len(BACKOFF) else None


CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=15)
CODE_TRIES = 5
LINK_DAYS = 14
ENDINGS = ("answered", "withdrawn", "reassigned")


class Opening(Protocol):
    """What a one-time link is judged by."""

    ended_at: datetime | None
    expires_at: datetime
    code_hash: str
    code_at: datetime | None
    code_tries: int


def holder(link_id: int, organisation: str) -> Actor:
    """Whoever holds a one-time link of an organisation (its code), as the doer of what they do with it."""
    return Actor("public", f"link-{link_id}", organisation)


def link_holds(link: Opening, at: datetime) -> bool:
    """Whether the link still opens something."""
    return link.ended_at is None and at < link.expires_at


def code_holds(link: Opening, at: datetime) -> bool:
    """Whether the newest code of the link can still be tried."""
    if not link.code_hash or link.code_at is None or link.code_tries >= CODE_TRIES:
        return False
    return at < link.code_at + CODE_LASTS
