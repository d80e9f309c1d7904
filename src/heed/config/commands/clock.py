"""Due dates for anyone to check: a JSON list of cases in, a JSON list of due dates and their derivation out."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from heed.deadlines.calendar import Calendar, UnknownNation
from heed.deadlines.clock import Contradiction, due_dates
from heed.organisations import procedures

HELP = "Answer the due dates of recorded events, with their derivation in words."
NEEDS_DJANGO = False


class Unreadable(Exception):
    """Why nothing can be answered: `str` is a sentence."""


def add_arguments(parser: ArgumentParser) -> None:
    """Reads a JSON list of {"id", "procedure", "nation", "events"} and prints a JSON list in the same order, each
    {"id", "due", "derivation"}, or {"id", "error"} where the events contradict each other.

    An event is {"kind", "at"} and what its kind needs:
      received, acknowledged, escalated, extension_removed
      period_agreed        until, by (agreement or body)
      extended             until, agreed, reason, good_reason
      paused, resumed      pause (a name, where several run at once)
      received_corrected   to
      holiday_added        on
    `at` and `to` are London time without an offset (2026-04-02T16:45), `until` and `on` dates (2026-05-07). Events
    stand in the order of recording, the first is `received`. A date that does not exist or cannot be known yet is
    null, and the derivation says why.
    """
    parser.add_argument("file", metavar="FILE", help="the file, or - for what is piped in")


def run(args: Namespace) -> int:
    """Print the answers; 0, or 2 if the file cannot be read."""
    try:
        items = _read(args.file)
    except Unreadable as reason:
        print(f"heed clock: {reason}", file=sys.stderr)
        return 2
    print(json.dumps([answer(item) for item in items], indent=2))
    return 0


def _read(file: str) -> list[Any]:
    name = "what was piped in" if file == "-" else file
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        items = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except OSError as reason:
        raise Unreadable(f"{name} cannot be read: {reason.strerror or reason}.") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{name} is not UTF-8 text.") from None
    except (ValueError, RecursionError) as reason:
        raise Unreadable(f"{name} is not JSON: {reason}.") from None
    if not isinstance(items, list):
        raise Unreadable(f"{name} must hold a JSON list.")
    return items


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")


def answer(item: object) -> dict[str, Any]:
    """One answer: {"id", "due", "derivation"}, dates as ISO text or None; or {"id", "error"} with a sentence."""
    if not isinstance(item, Mapping):
        return {"id": None, "error": "Each item must be an object with an id, a procedure, a nation and events."}
    try:
        due = due_dates(*_counted_by(item), _events(item))
    except (Contradiction, UnknownNation, procedures.Unknown) as reason:
        return {"id": item.get("id"), "error": str(reason)}
    dates = {name: day.isoformat() if day else None for name, day in due.due.items()}
    return {"id": item.get("id"), "due": dates, "derivation": due.derivation}


def _counted_by(item: Mapping[str, Any]) -> tuple[Any, Calendar]:
    """The timescales of the item's procedure, and its calendar in the item's nation."""
    procedure = procedures.load(_text(item, "procedure"))
    return procedure.timescales, Calendar(_text(item, "nation"), yearly=procedure.closed_days)


def _text(item: Mapping[str, Any], name: str) -> str:
    """A field that names something; what is no text is looked up, and refused, as it is written."""
    value = item.get(name)
    return value if isinstance(value, str) else json.dumps(value)


def _events(item: Mapping[str, Any]) -> list[Any]:
    events = item.get("events")
    if not isinstance(events, list):
        raise Contradiction("The events must be a list, in the order of recording, and the first is `received`.")
    return events
