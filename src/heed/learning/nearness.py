"""How near a text is to others by the words that they share. Pure: stemmed words in, an order out.

A word counts by how rare it is among the texts that are searched: that two lessons both say "ward" says little, that both say
"handover" says much (Spärck Jones, 1972). Nearness is the cosine of the two, so that a long text is not near to all."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from heed.search import analysis

MOST_WORDS = 12  # of a text are looked for; a lesson that is told at length says its heart with few
LEAST = 0.22  # nearness below which two lessons only share some words; found by hand on sentences of reports
FEWEST_SHARED = 2
# What says nothing of what was learned. Folded, and before they are stemmed.
_COMMON = (
    "a about above after again against all also am an and any are as at be because been before being below between both but "
    "by can cannot could did do does doing down during each few for from further had has have having he her here hers herself "
    "him himself his how i if in into is it its itself just me more most my myself no nor not now of off on once only or other "
    "our ours out over own same she should so some such than that the their theirs them themselves then there these they this "
    "those through to too under until up upon us very was we were what when where which while who whom why will with would you "
    "your yours one two people person staff told tell learned learning nobody somebody everybody thing things made make makes "
    "way much many often always never did done get got go goes went come came said say says need needs needed"
)
COMMON = frozenset(_COMMON.split())
_NUMBER = re.compile(r"[0-9]+")


def words(text: str) -> list[str]:
    """The stemmed words of a text that say something, each once, in order."""
    folded = analysis.unstemmed(analysis.fold(text))
    telling = (analysis.stem(word) for word in folded if word not in COMMON and not _NUMBER.fullmatch(word))
    return list(dict.fromkeys(word for word in telling if len(word) > 2))


def weights(found: Mapping[str, int], among: int) -> dict[str, float]:
    """How much each word says, from the number of texts that hold it, of `among` in all."""
    return {word: math.log((among + 1) / (many + 0.5)) for word, many in found.items() if many <= among}


def near(
    text: Sequence[str], others: Mapping[int, Iterable[str]], weight: Mapping[str, float], most: int
) -> list[tuple[int, float]]:
    """Up to `most` of the others that are near to the text, nearest first, with their nearness of 0 to 1. A word without a
    weight is one of which the texts know nothing; it counts as the rarest."""
    rarest = max(weight.values(), default=1.0)
    mine = set(text)

    def size(of: Iterable[str]) -> float:
        return math.sqrt(sum(weight.get(word, rarest) ** 2 for word in set(of)))

    found = []
    for key, theirs in others.items():
        shared = mine & set(theirs)
        if len(shared) < min(FEWEST_SHARED, len(mine)):
            continue
        both = sum(weight.get(word, rarest) ** 2 for word in shared)
        nearness = both / (size(mine) * size(theirs) or 1.0)
        if nearness >= LEAST:
            found.append((key, nearness))
    return sorted(found, key=lambda one: -one[1])[:most]
