"""The lists of words that the check looks for: data with version, day and provenance, to be changed in their files."""

import re
from functools import cache
from pathlib import Path

from heed.learning.naming import folded
from heed.organisations.code_lists import versions
from heed.organisations.code_lists.provenance import Dated, Sourced

FOLDER = Path(__file__).parent / "lists"


class WordList(Dated, Sourced):
    """Words of one kind. The further lists are explained in the file that has them."""

    title: str
    words: tuple[str, ...]
    also_words: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


@cache
def load(key: str) -> WordList:
    """The newest version of a list: "first-names", "places", "rare-conditions", "roles" or "capitals"."""
    return versions.choose(versions.read(list(FOLDER.glob("*.toml")), WordList), key, None, "list of words")


@cache
def first_names() -> frozenset[str]:
    return frozenset(folded(word) for word in load("first-names").words)


@cache
def names_that_are_words() -> frozenset[str]:
    return frozenset(folded(word) for word in load("first-names").also_words)


@cache
def plain_capitals() -> frozenset[str]:
    return frozenset(load("capitals").words)


@cache
def things() -> frozenset[str]:
    """What a run of capitals ends with where it is the name of a thing: an Act, a policy, a form."""
    return frozenset(load("capitals").heads)


@cache
def common_starts() -> frozenset[str]:
    """Ordinary words that often begin a sentence about people."""
    return frozenset(load("capitals").also_words)


def any_of(words: tuple[str, ...]) -> str:
    """A pattern for any of the words, the longest first, with either apostrophe and any case."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace("'", "['’]") for word in ordered)
