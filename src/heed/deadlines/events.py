"""Recorded events as the clock reads them: plain dicts in, checked values out."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T(?!24)\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Contradiction(ValueError):
    """Events that cannot all be true, or cannot be read: `str` is a sentence that says what is wrong."""


@dataclass(frozen=True)
class Event:
    """One recorded event. Instants are London wall time; what the kind does not use keeps its default."""

    kind: str
    at: datetime
    until: date | None = None
    on: date | None = None
    to: datetime | None = None
    by: str = "agreement"
    agreed: bool = False
    reason: bool = False  # whether one was recorded; the words stay where they are
    good_reason: bool = False
    pause: str = ""

    def dates(self) -> list[date]:
        """Every date that the event names."""
        return [self.at.date(), *(day for day in (self.until, self.on, self.to and self.to.date()) if day)]


KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "received": (),
        "acknowledged": (),
        "period_agreed": ("until", "by"),
        "extended": ("until", "agreed", "reason", "good_reason"),
        "extension_removed": (),
        "paused": ("pause",),
        "resumed": ("pause",),
        "received_corrected": ("to",),
        "holiday_added": ("on",),
        "escalated": (),
    }
)
_MUST_BE_GIVEN = ("at", "until", "to", "on")


def read(raw: object, place: int) -> Event:
    """The event that stands at `place` (from 1) in its list.

    `raw` is a mapping with `kind`, `at` and what that kind needs, as in the help of `heed clock`; dates and instants
    are ISO text or `date` and naive `datetime` objects. Fields of other kinds are passed over. Raises Contradiction.
    """
    if not isinstance(raw, Mapping):
        raise Contradiction(f"Event {place} must be an object with a kind and a time, not {_shown(raw)}.")
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise Contradiction(f"Event {place} has no known kind: {_shown(kind)}. There are: {', '.join(KINDS)}.")
    values: dict[str, Any] = {}
    for name in ("at", *KINDS[kind]):
        if raw.get(name) is not None:
            values[name] = _READERS[name](raw[name], f"Event {place} ({kind}): `{name}`")
        elif name in _MUST_BE_GIVEN:
            raise Contradiction(f"Event {place} ({kind}): `{name}` is missing.")
    return Event(kind=kind, **values)


def _instant(value: object, what: str) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is None:
        return value
    if isinstance(value, str) and INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            raise Contradiction(f"{what} is no such date or time: {_shown(value)}.") from None
    raise Contradiction(f"{what} must be London time without an offset, such as 2026-04-02T16:45, not {_shown(value)}.")


def _day(value: object, what: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Contradiction(f"{what} is no such date: {_shown(value)}.") from None
    raise Contradiction(f"{what} must be a date such as 2026-05-07, not {_shown(value)}.")


def _yes_or_no(value: object, what: str) -> bool:
    if isinstance(value, bool):
        return value
    raise Contradiction(f"{what} must be true or false, not {_shown(value)}.")


def _given(value: object, what: str) -> bool:
    """Whether a reason was given: its words, or true where only that is known."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return bool(value.strip())
    raise Contradiction(f"{what} must be words, or true or false, not {_shown(value)}.")


def _by(value: object, what: str) -> str:
    if value in ("agreement", "body"):
        return str(value)
    raise Contradiction(f"{what} must be agreement or body, not {_shown(value)}.")


def _name(value: object, what: str) -> str:
    if isinstance(value, str):
        return value.strip()
    raise Contradiction(f"{what} must be a name, not {_shown(value)}.")


_READERS: Mapping[str, Callable[[object, str], object]] = MappingProxyType(
    {
        "at": _instant,
        "to": _instant,
        "until": _day,
        "on": _day,
        "by": _by,
        "agreed": _yes_or_no,
        "reason": _given,
        "good_reason": _given,
        "pause": _name,
    }
)


def _shown(value: object) -> str:
    """A value as the sentence quotes it: never long."""
    text = "nothing" if value is None else json.dumps(value, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."
