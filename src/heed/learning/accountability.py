"""Whether a text speaks of somebody who works here, where it should speak of how the work is set up (R151). Pure.

A name that is found is asked about and never taken out: it may be a word, a street, a month."""

import re
from collections.abc import Iterable, Iterator

from heed.audit.refusals import Refused
from heed.learning import naming

SHORTEST = 3
# Names that are words, months and places too: they count only where no number follows and no sentence begins.
_WORDS = (
    "april art august baker ball banks bell best bill black bond bridge brook brown bush carter chance church cook cross "
    "day dean drew farmer field ford forest frank gale good grace grant gray green grey hall hand heath hill holly home "
    "hope hunt jack joy june king knight lake lamb lane law little long lord love mark marsh mason may mill miles moore "
    "north page park parks pat pool poole pope porter potter price reed rich rivers rose royal sage short small smart south "
    "star stone street strong summer sue swan taylor todd turner underwood walker ward waters wells west white will winter "
    "wood woods york young"
)
ALSO_WORDS = frozenset(_WORDS.split())
_TITLED = re.compile(rf"\b(?i:{naming.TITLES})\.? (?!(?i:and|of|in|on|for|to)\b)[A-Z][\w’'-]+")
_WORD = re.compile(r"[\w’'-]+")
SENTENCE = (
    "This has “{found}” in it, which may be the name of somebody who works here. What is looked for is how the work was set "
    "up, not who did it: say “the nurse in charge” or “the team”, or tick the box if it is no name."
)


class Questioned(Refused):
    """Something that may be a name. It is kept as it is once the person has said that it is none."""


def question(text: str, staff: Iterable[str]) -> str | None:
    """A sentence when the text has the name, or a part of the name, of one of the staff, or a title before a name."""
    found = next(_named(text, staff), None) or next((match[0] for match in _TITLED.finditer(text)), None)
    return SENTENCE.format(found=found) if found else None


def ask(texts: dict[str, str], staff: Iterable[str], *, names_nobody: bool) -> None:
    """Raises Questioned for the first of some texts, by field, that may name somebody; never once it was answered."""
    known = list(staff)
    for field, text in texts.items():
        if not names_nobody and (sentence := question(text, known)):
            raise Questioned(sentence, field)


def _named(text: str, staff: Iterable[str]) -> Iterator[str]:
    """Each part of a name as it stands in the text, with a capital."""
    parts = {part for name in staff for part in _parts(name)}
    for match in _WORD.finditer(text):
        written = re.sub(r"['’]s$", "", match[0])
        if written[:1].isupper() and naming.folded(written) in parts and not _is_word(text, match, written):
            yield written


def _parts(name: str) -> list[str]:
    folded = [naming.folded(word) for word in _WORD.findall(name)]
    return [part for part in folded if len(part) >= SHORTEST and part not in naming.NOT_NAMES and not part.isdigit()]


def _is_word(text: str, match: re.Match[str], written: str) -> bool:
    """“Ward 7”, “May 2026”, and “Will” at the beginning of a sentence."""
    if naming.folded(written) not in ALSO_WORDS:
        return False
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    return not before or before[-1] in '.!?:\n“"' or after[:1].isdigit()
