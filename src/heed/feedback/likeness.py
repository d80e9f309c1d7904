"""Which of some texts say nearly the same: a campaign's letter that many sign, or one form filled in again and again.

Pure and forgetful: texts in, groups of their places out; nothing about a text is kept. Texts are cut into runs of three
words; candidates are found by min-hashes of these and then compared in full (Broder, 1997)."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

WORDS = 3  # a run
FEWEST = 8  # words, below which two people may say the same by themselves
ALIKE = 0.6  # of all runs of two texts stand in both
BANDS, ROWS = 8, 3
_WORD = re.compile(r"\w+")


def alike(texts: Sequence[str], senders: Sequence[Hashable | None]) -> list[list[int]]:
    """Groups of places, of two or more, whose texts are nearly the same or that have the same sender (None: not known)."""
    groups = _Groups(len(texts))
    runs = [_runs(text) for text in texts]
    for together in (*_candidates(runs), *_same(senders)):
        first = together[0]
        for other in together[1:]:
            same = senders[first] is not None and senders[first] == senders[other]
            if same or len(runs[first] & runs[other]) >= ALIKE * len(runs[first] | runs[other]):
                groups.join(first, other)
    return groups.found()


def _runs(text: str) -> frozenset[int]:
    found = _WORD.findall(text.casefold())
    if len(found) < FEWEST:
        return frozenset()
    joined = (" ".join(found[start : start + WORDS]) for start in range(len(found) - WORDS + 1))
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in joined)


def _candidates(runs: Sequence[frozenset[int]]) -> Iterable[list[int]]:
    """Places whose least hashes agree in one band."""
    buckets: dict[Hashable, list[int]] = defaultdict(list)
    for place, of in enumerate(runs):
        if of:
            least = [min(_mixed(run, seed) for run in of) for seed in range(BANDS * ROWS)]
            for band in range(BANDS):
                buckets[band, *least[band * ROWS : (band + 1) * ROWS]].append(place)
    return (places for places in buckets.values() if len(places) > 1)


def _mixed(run: int, seed: int) -> int:
    """Another order of the same runs for each seed."""
    mixed = (run ^ (seed * 0x9E3779B97F4A7C15)) & 0xFFFFFFFFFFFFFFFF
    mixed = (mixed ^ (mixed >> 31)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return mixed ^ (mixed >> 29)


def _same(senders: Sequence[Hashable | None]) -> Iterable[list[int]]:
    by: dict[Hashable, list[int]] = defaultdict(list)
    for place, sender in enumerate(senders):
        if sender is not None:
            by[sender].append(place)
    return (places for places in by.values() if len(places) > 1)


class _Groups:
    """Places that belong together, each by the first of its group."""

    def __init__(self, many: int) -> None:
        self._of = list(range(many))

    def _first(self, place: int) -> int:
        while self._of[place] != place:
            self._of[place] = self._of[self._of[place]]
            place = self._of[place]
        return place

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self._first(one), self._first(other)))
        self._of[high] = low

    def found(self) -> list[list[int]]:
        by: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self._of)):
            by[self._first(place)].append(place)
        return [places for places in by.values() if len(places) > 1]
