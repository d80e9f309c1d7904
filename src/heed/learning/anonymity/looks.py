"""The looks at a text, in the order in which what they find counts: the certain first, the doubtful last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from heed.learning.anonymity import capitals, shapes
from heed.learning.anonymity.marks import Known, Mark
from heed.learning.naming import NOT_NAMES, POINTERS, SHORTEST_PART, TITLES, folded

TITLE_BEFORE = re.compile(rf"\b(?i:{TITLES})\.? $")
LONGEST_TITLE = 12


@dataclass
class _Taken:
    """Finds are taken in order: what an earlier look found is not found again by a later one, which may only be longer."""

    marks: list[Mark] = field(default_factory=list)

    def take(self, mark: Mark) -> None:
        beside = [one for one in self.marks if one.start < mark.end and mark.start < one.end]
        longer = all(mark.start <= one.start and one.end <= mark.end and not one.must_go for one in beside)
        if beside and not (longer and (mark.end - mark.start) > max(one.end - one.start for one in beside)):
            return
        self.marks = [one for one in self.marks if one not in beside] + [mark]


def mark(text: str, known: Known | None = None) -> list[Mark]:
    """All that may let somebody be recognised in a text, in its order, without overlaps."""
    known, taken = known or Known(), _Taken()
    ours = list(_ours(text, known))
    for found in _all_of(text, known):
        if not any(start <= found.start and found.end <= end for start, end in ours):
            taken.take(found)
    return sorted(taken.marks, key=lambda one: one.start)


def _all_of(text: str, known: Known) -> Iterator[Mark]:
    """Every find of every look; finds may overlap."""
    yield from _pointers(text)
    yield from _known(text, known)
    for kind, pattern in shapes.PATTERNS:
        for found in pattern.finditer(text):
            yield _trimmed(text, found.start(), found.end(), kind)
    yield from capitals.of(text, known)


def _trimmed(text: str, start: int, end: int, kind: str) -> Mark:
    """Without the blanks and stops at its edges."""
    while end > start and text[end - 1] in " \n\t,;:":
        end -= 1
    while start < end and text[start] in " \n\t,;:":
        start += 1
    return Mark(start, end, text[start:end], kind)


def _pointers(text: str) -> Iterator[Mark]:
    """What leads to one person for certain; a postcode may be that of a place where anybody goes."""
    for pattern, what in POINTERS:
        for found in pattern.finditer(text):
            words = found.group().strip(" ()").rstrip(".")
            start = text.index(words, found.start())
            kind = "place" if what == "a postcode" else "number"
            yield Mark(start, start + len(words), words, kind, must_go=kind == "number")


def _ours(text: str, known: Known) -> Iterator[tuple[int, int]]:
    """Where the organisation's own number or address stands: it is for everybody."""
    for own in known.ours:
        letters = [re.escape(letter) for letter in own if letter not in " ()-"]
        if letters:
            for found in re.finditer(r"[\s()-]*".join(letters), text, re.IGNORECASE):
                yield found.span()


def _known(text: str, known: Known) -> Iterator[Mark]:
    """The names of those behind the case, whole and in part, of the staff, and of the services."""
    words = list(re.finditer(r"[\w][\w'’-]*", text))
    plain = [re.sub(r"'s$", "", folded(word.group())) for word in words]
    for name in (*known.people, *known.staff):
        yield from _whole(text, words, plain, name)
    for name in known.people:
        parts = {part for part in _parts(name) if len(part) >= SHORTEST_PART}
        for word, bare in zip(words, plain, strict=True):
            if bare in parts and word.group()[0].isupper():
                yield _mark(text, word.start(), word.end(), "name")
    for service in known.services:
        for found in re.finditer(rf"(?<!\w){re.escape(service)}(?!\w)", text, re.IGNORECASE):
            if found.group()[0].isupper():
                yield Mark(found.start(), found.end(), found.group(), "place")


def _whole(text: str, words: list[re.Match[str]], plain: list[str], name: str) -> Iterator[Mark]:
    """The whole name: certain, where it has two parts or more and is written as a name; "will mark" may be two words."""
    parts = _parts(name)
    if len(parts) < 2:
        return
    for first in range(len(plain) - len(parts) + 1):
        if plain[first : first + len(parts)] == parts:
            start, end = _title_before(text, words[first].start()), words[first + len(parts) - 1].end()
            written = any(words[place].group()[0].isupper() for place in range(first, first + len(parts)))
            yield _mark(text, start, end, "name", must_go=written)


def _title_before(text: str, start: int) -> int:
    """Where the title of a name begins, or the name where it has none: "Dr" alone would stay behind."""
    found = TITLE_BEFORE.search(text, max(0, start - LONGEST_TITLE), start)
    return found.start() if found else start


def _parts(name: str) -> list[str]:
    return [part for part in re.findall(r"[\w'-]+", folded(name)) if part not in NOT_NAMES]


def _mark(text: str, start: int, end: int, kind: str, must_go: bool = False) -> Mark:
    """Without the 's of an owner."""
    words = re.sub(r"['’]s$", "", text[start:end])
    return Mark(start, start + len(words), words, kind, must_go)
