"""What changed between two texts, word by word. Pure."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORDS = re.compile(r"\S+\s*")
LONGEST = (
    4_000  # words; longer texts are shown one after the other, as finding the words that moved would take too long
)


class Piece(NamedTuple):
    """`way` is "" for what stayed, "taken" or "added"."""

    text: str
    way: str


def word_difference(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order: what stayed, what was taken out, what was put in."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > LONGEST:
        return [Piece(before, "taken"), Piece(after, "added")]
    pieces: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("".join(new[c:d]), ""))
            continue
        pieces += [Piece("".join(old[a:b]), "taken")] if a < b else []
        pieces += [Piece("".join(new[c:d]), "added")] if c < d else []
    return pieces
