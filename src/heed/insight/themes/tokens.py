"""What a text is made of, as far as a model sees it: words, pairs of words, pieces of words, and the question asked."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import pairwise

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
PIECES = (3, 4, 5)  # letters
SHORT = 60  # characters of a text that is known as a whole: "Nothing to add" says more than its words
# The blocks of features and their weights; each is brought to that length, so that none drowns the others.
BLOCKS = {"word": 1.0, "piece": 1.0, "asked": 1.0, "answer": 0.5, "whole": 0.5}
Features = dict[str, Counter[str]]


def words(text: str) -> list[str]:
    """The words of a text in order: small letters, no accents, no marks."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'").casefold())
    return WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def features(text: str, asked: str = "", without: Collection[str] = ()) -> Features:
    """How often each feature occurs, by block. `asked` is the question that the text answers; `without` are words that a
    model must not see, such as the names of the people in it."""
    told = [word for word in words(text) if word not in without]
    found: Features = {
        "word": Counter([*told, *(f"{one} {two}" for one, two in pairwise(told))]),
        "piece": Counter(piece for word in told for piece in _pieces(word)),
    }
    if asked.strip():
        question = " ".join(words(asked))
        found["asked"] = Counter([question])
        found["answer"] = Counter(f"{question}: {word}" for word in told)
        found["whole"] = _whole(told, question)
    else:
        found["whole"] = _whole(told, "")
    return found


def _whole(told: list[str], question: str) -> Counter[str]:
    line = " ".join(told)
    return Counter([f"{question}: {line}"]) if len(line) <= SHORT else Counter()


def _pieces(word: str) -> Iterator[str]:
    """Runs of letters, the ends of the word marked by a space."""
    marked = f" {word} "
    for length in PIECES:
        if length >= len(marked):
            yield marked
            return
        yield from (marked[start : start + length] for start in range(len(marked) - length + 1))
