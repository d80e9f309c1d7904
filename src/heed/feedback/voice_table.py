"""Voices out of a table that somebody pastes or uploads: pure. Every row is kept, or listed with the reason why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from heed.feedback import rules, voices
from heed.feedback.importing.rows import parse_day
from heed.feedback.voices import Heard
from heed.organisations.rules import Rejected

COLUMNS: dict[str, tuple[str, ...]] = {
    "heard_on": ("date", "day", "heard on", "received", "month"),
    "words": ("words", "comment", "comments", "text", "feedback", "answer"),
    "service": ("service", "ward", "team", "department", "site"),
    "subject": ("theme", "subject", "about", "code"),
    "tone": ("how it was", "tone", "sentiment", "good or bad"),
    "number": ("number", "count", "how many"),
}
TONES = {
    "good": "good", "positive": "good", "compliment": "good", "very good": "good",
    "bad": "bad", "negative": "bad", "poor": "bad", "very poor": "bad",
    "mixed": "mixed", "neither": "mixed", "neither good nor poor": "mixed", "neutral": "mixed",
}  # fmt: skip
SHOWN = 300


@dataclass
class Table:
    """`heard`: what can be kept, in the order of the file."""

    heard: list[Heard] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What the cells of a table may name: services and subjects, by name and code in small letters."""

    services: Mapping[str, int]
    subjects: Mapping[str, str]


def read_table(
    header: Sequence[str],
    lines: Iterable[tuple[int, Sequence[str], str]],
    *,
    source: str,
    where: str,
    known: Known,
    dates: str,
    today: date,
) -> Table:
    """lines: (number of the row, its cells, what is wrong with it already or ""). dates: "dmy", "mdy" or "iso", as the file
    writes days. Raises ValueError, a sentence, where the columns do not say what they hold."""
    places = _places(header)
    table = Table()
    for row, cells, fault in lines:
        values = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        found = fault or _heard(values, source, where, known, dates, today)
        if isinstance(found, str):
            table.rejected.append(Rejected(row, " | ".join(cells).strip(" |")[:SHOWN], found))
        else:
            table.heard.append(found)
    return table


def _places(header: Sequence[str]) -> dict[str, int]:
    names = [name.strip().casefold() for name in header]
    places = {
        field: next((place for place, name in enumerate(names) if name in called), -1)
        for field, called in COLUMNS.items()
    }
    found = {field: place for field, place in places.items() if place >= 0}
    if "heard_on" not in found:
        raise ValueError("There is no column “date”. Name the columns in the first line.")
    if "words" not in found and "subject" not in found:
        raise ValueError("There is no column “words” or “theme”. Name the columns in the first line.")
    return found


def _heard(values: Mapping[str, str], source: str, where: str, known: Known, dates: str, today: date) -> Heard | str:
    """One row as it may be kept, or why it cannot."""
    on = _day(values["heard_on"], dates)
    if on is None:
        return f"“{values['heard_on'][:40]}” is not a day that can be read"
    found = {name: values.get(name, "") for name in ("service", "subject", "tone", "number")}
    service, subject = known.services.get(found["service"].casefold()), known.subjects.get(found["subject"].casefold())
    if found["service"] and service is None:
        return f"there is no service “{found['service'][:60]}”"
    if found["subject"] and subject is None:
        return f"there is no theme “{found['subject'][:60]}”"
    tone = TONES.get(found["tone"].casefold(), "" if not found["tone"] else None)
    if tone is None:
        return f"“{found['tone'][:40]}” is not good, mixed or bad"
    if found["number"] and not (found["number"].isascii() and found["number"].isdigit() and len(found["number"]) < 8):
        return f"“{found['number'][:40]}” is not a whole number"
    words = rules.clean(values.get("words", ""))
    heard = Heard(
        source=source, heard_on=on, number=int(found["number"] or 1), service_id=service, subject=subject or "",
        tone=tone, where=where, words=words,
    )  # fmt: skip
    refusal = voices.why_not_record(heard, today)
    return refusal[0] if refusal else heard


def _day(text: str, dates: str) -> date | None:
    """A day, however precise, in the way of the file or with the year first."""
    return parse_day(text, dates) or parse_day(text, "iso")
