"""What was said, as it is shown before it is sent: by what happened, and then person by person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from heed.portal.forms.base import Line
from heed.portal.forms.people import person_affected
from heed.portal.steps import FILES, Journey

TOLD = ("kind", "who", "words", "place", "outcome")
TITLES = {
    "complaint": "What happened",
    "concern": "What you are worried about",
    "comment": "What you want to say",
    "compliment": "What went well",
}


@dataclass(frozen=True)
class Part:
    """Some of the answers under one heading: each line with the address where it is changed."""

    title: str
    lines: list[tuple[str, Line]]

    @property
    def whose(self) -> str:
        """What tells the links "Change" of two people apart for those who hear them."""
        return f" of {self.title[:1].lower()}{self.title[1:]}" if self.title.startswith("The person") else ""


def parts(journey: Journey, files: list[Any], address: Callable[[str], str]) -> list[Part]:
    """All of it: what happened, the person acted for, the person it happened to, and whoever writes.

    `address` gives the page of a step. Nobody is there twice: who complains for themselves is one person."""
    told = [*_lines(journey, TOLD, address), (address(FILES), _files_line(files))]
    found = [Part(TITLES[journey.known["kind"]["kind"]], told)]
    return found + [Part(title, _lines(journey, steps, address)) for title, steps in _people(journey)]


def _people(journey: Journey) -> list[tuple[str, tuple[str, ...]]]:
    """Headings, each with the steps that tell of that person."""
    known = journey.known.get("who", {})
    who, whom = known.get("who"), known.get("whom")
    if who not in ("other", "represent"):
        return [("You", ("you", "affected", "support"))]
    affected = person_affected(journey.known)
    if who == "other":
        return [(affected, ("affected",)), ("You", ("you", "support"))]
    acting = ("You, who speak for them", ("you", "support"))
    if whom == "complainant":
        return [("The person you act for", ("complainant", "affected")), acting]
    return [("The person you act for", ("complainant",)), (affected, ("affected",)), acting]


def _lines(journey: Journey, steps: tuple[str, ...], address: Callable[[str], str]) -> list[tuple[str, Line]]:
    """The answers of those steps that are on the way."""
    return [(address(step), line) for step in steps if step in journey.steps for line in _of_step(journey, step)]


def _of_step(journey: Journey, step: str) -> list[Line]:
    """The answers of a step; one line that says so where nothing was answered."""
    form = journey.forms.get(step) or journey.form(step, {})
    return (form.lines() if form.is_valid() else []) or [Line(form.unsaid, "You did not say")]


def _files_line(files: list[Any]) -> Line:
    return Line("Files", "\n".join(file.filename for file in files) or "None")
