"""A warning in words: one sentence with the period, the place, what is usual and by how much it was more."""

from dataclasses import dataclass
from datetime import date

from heed.design import words
from heed.insight.warning.grid import ALL
from heed.insight.warning.periods import Every, ends

KINDS = ("complaint", "concern")
GRADES = {
    "sure": "Hardly chance alone, even among so many series.",
    "likely": "Probably more than chance.",
    "maybe": "It may be chance: with so many series, some stand out for no reason.",
}
YOUNG = (
    "A young series: less than three years of it are known, so what is usual is its own level of the last half year, "
    "without the season."
)
SPARSE = "A sparse series: less than one in two weeks is usual, so read it with the months."


@dataclass(frozen=True)
class Said:
    """What a sentence needs. `service`, `subject`: names as people know them, "" where all are meant; `place`: the name of
    the organisation."""

    every: Every
    start: date
    periods: int
    count: int
    expected: float
    low: int
    high: int
    service: str
    subject: str
    place: str


def name(service: str, subject: str, place: str) -> str:
    """The series itself: "Waiting times, Ward 4"; "Ward 4, every subject"; "Waiting times, every service"."""
    if service and subject:
        return f"{subject}, {service}"
    if service:
        return f"{service}, every subject"
    return f"{subject}, every service" if subject else f"All of {place}"


def sentence(of: Said) -> str:
    """In the week to 14 June, 19 complaints and concerns about waiting times in Ward 4, where 6 to 12 are usual: about 9
    more than expected."""
    about = f" about {lowered(of.subject)}" if of.subject else ""
    where = (
        f" in {of.service}" if of.service else (" in all services together" if of.subject else f" in all of {of.place}")
    )
    usual, verb = f"{of.low} to {of.high}", "are"
    if of.low == of.high:
        usual, verb = str(of.low) if of.low else "none", "are" if of.low > 1 else "is"
    return (
        f"{when(of)}, {words.count(of.count, 'complaint or concern', 'complaints and concerns')}{about}{where}, "
        f"where {usual} {verb} usual: about {_more(of.count - of.expected)} more than expected."
    )


def when(of: Said) -> str:
    """In the week to 14 June 2026; In the 4 weeks to 14 June 2026; In May 2026; In the 3 months to May 2026."""
    last = ends(of.every, of.start)
    if of.every == "month":
        return f"In {words.month(last)}" if of.periods == 1 else f"In the {of.periods} months to {words.month(last)}"
    return f"In the week to {words.day(last)}" if of.periods == 1 else f"In the {of.periods} weeks to {words.day(last)}"


def _more(excess: float) -> str:
    return f"{excess:,.0f}" if excess >= 1 else "1"


def lowered(label: str) -> str:
    """A label inside a sentence: small, unless it begins with an abbreviation or a name."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def as_code(key: tuple[str, str]) -> tuple[str, str]:
    """(service, subject) as they are kept with a warning: "" for all of them."""
    service, subject = key
    return ("" if service == ALL else service, "" if subject == ALL else subject)


def as_key(service: str, subject: str) -> tuple[str, str]:
    """The series of a warning."""
    return (service or ALL, subject or ALL)


def apart(files: int, repeats: int) -> list[str]:
    """What was not counted, in sentences."""
    said = []
    if files:
        said.append(f"{words.count(files, 'more was', 'more were')} brought in from a file, and not counted.")
    if repeats:
        said.append(
            f"{words.count(repeats, 'more says', 'more say')} nearly the same as another or came from the same person, "
            "and counted once."
        )
    return said


def kept_apart(files: int, same: int, of: int, why: str) -> str:
    """Why what looked like a rise is none: "140 were brought in from a file" or "31 of 40 say nearly the same"."""
    if why == "same":
        return f"{same:,} of {of:,} say nearly the same or came from the same person, so this is no warning."
    return f"{words.count(files, 'was', 'were')} brought in from a file, so this is no warning."
