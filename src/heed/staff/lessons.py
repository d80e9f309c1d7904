"""What was learned and promised because of a case, in its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heed.learning import queries

SHOWN_UNDER = ("", "work")


@dataclass(frozen=True)
class Lesson:
    """A line of the history that the case's own log does not hold. It happened when it was recorded."""

    sentence: str
    at: datetime
    words: str = ""
    changed: tuple[str, str] | None = None

    @property
    def recorded_at(self) -> datetime:
        return self.at


def with_lessons(case: Any, entries: Sequence[Any], *, kind: str, before: int | None, older: int | None) -> list[Any]:
    """The entries of a page of the history, newest first, and between them what was learned and promised meanwhile.
    `before` and `older` are the numbers of events between which the page lies."""
    if kind not in SHOWN_UNDER:
        return list(entries)
    lines = queries.timeline_for_case(case.pk, before=before, down_to=older)
    lessons = [Lesson(sentence, at) for at, sentence in reversed(lines)]
    return sorted([*entries, *lessons], key=lambda entry: entry.recorded_at, reverse=True)
