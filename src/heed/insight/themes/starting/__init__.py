"""What ships: words that point to a subject, for the time before there is enough of an organisation's own coding."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from heed.insight.themes.tokens import words

FOLDER = Path(__file__).parent
BEGINNING = 4  # letters from which on a word stands for all that begin with it


@dataclass(frozen=True)
class WordList:
    """Terms by subject, each a run of words."""

    key: str
    source: str
    terms: dict[str, tuple[tuple[str, ...], ...]]

    def found_in(self, text: str) -> list[tuple[str, list[str]]]:
        """(code, the terms of the text) of each subject that any of its terms points to; most terms first."""
        told = words(text)
        met = {code: [" ".join(term) for term in terms if _stands(term, told)] for code, terms in self.terms.items()}
        order = {code: place for place, code in enumerate(self.terms)}
        return sorted(
            ((code, terms) for code, terms in met.items() if terms), key=lambda pair: (-len(pair[1]), order[pair[0]])
        )


def _stands(term: tuple[str, ...], told: list[str]) -> bool:
    runs = (told[start : start + len(term)] for start in range(len(told) - len(term) + 1))
    return any(all(map(_is, term, run)) for run in runs)


def _is(wanted: str, word: str) -> bool:
    return word.startswith(wanted) if len(wanted) >= BEGINNING else word == wanted


@cache
def load(key: str) -> WordList | None:
    """The words for a list of subjects; None where Heed has none for it."""
    path = FOLDER / f"{key}.toml"
    if not path.exists():
        return None
    data = tomllib.loads(path.read_text())
    terms = {code: tuple(tuple(words(term)) for term in listed) for code, listed in data["subjects"].items()}
    return WordList(data["key"], data["source"], terms)
