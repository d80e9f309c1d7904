"""Whether a line for the public names or points to anybody (R9, R253). Pure: text and names in, a sentence out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

SHORTEST_PART = 3
TITLES = (
    "mr|mrs|ms|miss|mx|dr|doctor|prof|professor|sir|dame|lady|lord|rev|reverend|father|nurse|sister|matron|"
    "cllr|councillor|officer|inspector|judge"
)
NOT_NAMES = frozenset(TITLES.split("|")) | {"the", "and", "van", "von", "der", "den", "del", "bin", "ibn", "ben", "ap"}

POINTERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![^\s@])[^\s@]+@[^\s@]+\.[^\s@]+"), "an e-mail address"),
    (re.compile(r"\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b"), "an NHS number or a phone number"),
    (re.compile(r"(?:\+44|\b0)[ ()-]*(?:[0-9][ ()-]*){8,10}\b"), "a phone number"),
    (re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b"), "a postcode"),
    (re.compile(r"\b[A-Z]{1,4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b"), "a reference"),
)
# What may be harmless, and is asked about: the person who publishes can say that they looked.
QUESTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    # Only the title may be in either case: a name begins with a capital, a "nurse in charge" does not.
    (re.compile(rf"\b(?i:{TITLES})\.? (?!(?i:and|of|in|on|for|to)\b)[A-Z][\w’'-]+"), "the name of a person"),
    (re.compile(r"\b[0-9]{1,3}[ -]years?[ -]old\b|\baged [0-9]{1,3}\b", re.IGNORECASE), "somebody’s age"),
    (
        re.compile(
            r"\b[0-9]{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|"
            r"November|December)\b|\b[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}\b",
            re.IGNORECASE,
        ),
        "an exact day",
    ),
    (
        re.compile(
            r"\b(?:his|her|their|my|a) (?:wife|husband|partner|mother|father|son|daughter|widow|widower)\b",
            re.IGNORECASE,
        ),
        "somebody’s relative",
    ),
)


def why_not_publish(text: str, people: Iterable[str], staff: Iterable[str]) -> str | None:
    """A sentence when the text names somebody, or gives a number or address that leads to one person.

    `people` are the names behind the complaint, of which each part counts; `staff` are names of which only the whole
    counts, because so many of them are words too (Ward, May, Young)."""
    if found := next(_named(text, people, staff), None):
        return f"This has “{found}” in it, which is the name of a person or part of it. Say it without naming anybody."
    for pattern, what in POINTERS:
        if match := pattern.search(text):
            return f"“{match.group().strip()}” looks like {what}. Leave it out: this page is public."
    return None


def question(text: str) -> str | None:
    """A sentence when something in the text may let somebody be recognised, though it need not."""
    for pattern, what in QUESTIONS:
        if found := pattern.search(text):
            return (
                f"“{found.group()}” may be {what}, and could let somebody be recognised. Say it in a more general way, "
                "or tick the box if you are sure that nobody can be recognised."
            )
    return None


def folded(text: str) -> str:
    """Lower case without accents, so that Siân and Sian are the same."""
    parts = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def _named(text: str, people: Iterable[str], staff: Iterable[str]) -> Iterator[str]:
    within = f" {' '.join(_words(text))} "
    for name in people:
        for part in _words(name):
            if len(part) >= SHORTEST_PART and part not in NOT_NAMES and f" {part} " in within and _capital(part, text):
                yield _as_written(part, text)
    for name in (*people, *staff):
        whole = " ".join(part for part in _words(name) if part not in NOT_NAMES)
        if " " in whole and f" {whole} " in within:
            yield name


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", folded(text).replace("'s ", " ").removesuffix("'s"))


def _capital(part: str, text: str) -> bool:
    """Whether the part is written somewhere with a capital, as names are; "mark" and "rose" are words too."""
    return any(folded(word) == part and word[0].isupper() for word in _written(text))


def _as_written(part: str, text: str) -> str:
    return next(word for word in _written(text) if folded(word) == part)


def _written(text: str) -> list[str]:
    return [re.sub(r"['’]s$", "", word) for word in re.findall(r"[\w'’-]+", text)]
