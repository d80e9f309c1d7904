"""What people type into the search box: words (all must be there), "phrases", -without, begin*. Nothing is an error."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from heed.search import analysis

LENGTH = 500  # characters
CLAUSES = 20
PREFIX_LENGTH = 2  # a* would be nearly everything: it is looked for as the word "a"

_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'))
_ITEM = re.compile(
    r'(?P<minus>(?<!\S)-+)?(?:"(?P<phrase>[^"]*)"|(?P<spaced>' + analysis.SPACED.pattern + r')|(?P<chunk>[^\s"]+))',
    re.ASCII,
)
# How an English word goes on from where somebody stopped typing, to find the stem that it would have had.
_ENDINGS = ("", "g", "ng", "ing", "d", "ed", "s", "es", "y", "ly", "t", "nt", "ment", "n", "on", "ion", "ation", "ness")


class Sequence(NamedTuple):
    """Words that stand side by side; with `begins`, the last is only the beginning of one."""

    words: tuple[str, ...]
    begins: bool = False

    @property
    def passage(self) -> str:
        """What has to stand in an entry's words, which have a space on either side."""
        return f" {' '.join(self.words)}{'' if self.begins else ' '}"


class Clause(NamedTuple):
    """Holds where any of the alternatives is found, or, negated, where none is."""

    alternatives: tuple[Sequence, ...]
    negated: bool = False

    def holds(self, terms: str) -> bool:
        """Whether it holds for the indexed words; the databases come to the same answer by their indexes."""
        return any(way.passage in terms for way in self.alternatives) is not self.negated


class Query(NamedTuple):
    """All clauses must hold. Without one that is not negated there is nothing to look for."""

    clauses: tuple[Clause, ...]
    trimmed: bool = False

    @property
    def wanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.negated)

    @property
    def unwanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.negated)

    @property
    def terms(self) -> tuple[str, ...]:
        """The wanted words as they are indexed, a beginning with `*`: what `queries.snippet` marks."""
        found = [
            word + ("*" if sequence.begins and place == len(sequence.words) else "")
            for clause in self.wanted
            for sequence in clause.alternatives
            for place, word in enumerate(sequence.words, start=1)
        ]
        return tuple(dict.fromkeys(found))


def parse(text: str) -> Query:
    """Read what was typed. Longer than 500 characters or 20 words is cut, and `trimmed` says so."""
    folded = analysis.fold(text[:LENGTH].translate(_QUOTES))
    clauses = list(dict.fromkeys(_clauses(folded)))
    return Query(tuple(clauses[:CLAUSES]), trimmed=len(text.strip()) > LENGTH or len(clauses) > CLAUSES)


def _clauses(folded: str) -> Iterator[Clause]:
    for item in _ITEM.finditer(folded):
        passage = item["phrase"] or item["spaced"] or item["chunk"] or ""
        alternatives = _alternatives(passage.rstrip("*"), begins=passage.endswith("*"))
        if alternatives:
            yield Clause(alternatives, negated=bool(item["minus"]))


def _alternatives(passage: str, begins: bool) -> tuple[Sequence, ...]:
    """The ways in which the passage may be written in a text."""
    found = analysis.words(passage)
    parts = tuple(part for word in found for part in word.parts)
    if not parts:
        return ()
    if begins:
        return _beginnings(passage, parts)
    ways = [parts, *((one,) for one in analysis.spaced(passage) if one == passage.strip().replace(" ", ""))]
    if len(found) == 1:
        ways += [(word,) for word in [found[0].whole] if word]
        ways += [found[0].more] if found[0].more else []
    return tuple(Sequence(way) for way in dict.fromkeys(ways))


def _beginnings(passage: str, parts: tuple[str, ...]) -> tuple[Sequence, ...]:
    """The passage with its last word unfinished. `nursin*` has to find "nursing", which is indexed as "nurs"."""
    last = analysis.unstemmed(passage)[-1]
    before = parts[:-1]
    if len(last) < PREFIX_LENGTH:
        return (Sequence(parts),)
    stems = {analysis.stem(last + ending) for ending in _ENDINGS}
    whole = sorted(stem for stem in stems if not stem.startswith(last))
    return (Sequence((*before, last), begins=True), *(Sequence((*before, stem)) for stem in whole))
