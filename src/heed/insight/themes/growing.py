"""New themes: words that more people use now than their own past leads one to expect, and the texts that they hold together.

Growth of a word is the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008), counted in texts,
not in times said. Texts that are copies of each other count once. No theme has fewer than 5 texts, or than 3 people."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import log, sqrt

from heed.insight.themes.tokens import words

CURRENT, REFERENCE = timedelta(weeks=4), timedelta(weeks=52)
LEAST_TEXTS, LEAST_PEOPLE, LEAST_COMPLAINTS = 5, 3, 3
LEAST_REFERENCE = 100  # texts to compare with
GROWN = 3.5  # z from which on a word begins a theme
JOINED = 2.0  # z from which on it joins one
PRIOR = 50.0  # texts that the past speaks with about each word
TOGETHER = 0.5  # share of the rarer word's texts that also have the other
ALIKE = 0.2  # cosine with the middle of a theme from which on a text belongs to it
COMMON = 0.25  # a word in more than this share of the past says nothing by itself
SHINGLE, COPY = 3, 0.6
LONG_ENOUGH = 8  # words from which on two texts can be copies, rather than short and alike
EXPLAINED = 0.7
SAME = 0.7
SHOWN = 8

Weights = dict[str, float]


@dataclass(frozen=True)
class Told:
    """One text: whose it is and when it came. `known`: the probability of its likeliest known subject, None if not asked."""

    key: str
    text: str
    on: date
    person: str
    known: float | None = None


@dataclass(frozen=True)
class Theme:
    """Texts of the last four weeks that growing words hold together. `keys` of texts, copies among them; `copies`: how many
    of them repeat another; `words`, the most telling first; `centre`, to know it again next time."""

    keys: tuple[str, ...]
    people: int
    copies: int
    words: tuple[str, ...]
    centre: Weights
    grown: float


def find(texts: Iterable[Told], today: date, without: Collection[str] = ()) -> list[Theme]:
    """New themes of the four weeks up to `today`, the strongest growth first; none where the 52 weeks before hold too little
    to compare with. `without`: words that nobody may see, such as names."""
    since, before = today - CURRENT, today - CURRENT - REFERENCE
    texts = sorted(texts, key=lambda told: (told.on, told.key))
    now = [told for told in texts if since < told.on <= today]
    past = [terms(told.text, without) for told in texts if before < told.on <= since]
    if len(past) < LEAST_REFERENCE or len(now) < LEAST_TEXTS:
        return []
    copies = copies_of(now)
    first = [told for told in now if told.key not in copies]
    current = {told.key: terms(told.text, without) for told in first}
    seen = Counter(term for found in past for term in found)
    found = _themes(first, current, seen, len(past))
    return [_told(theme, now, copies, current, seen, len(past)) for theme in found]


def terms(text: str, without: Collection[str] = ()) -> frozenset[str]:
    """The words of a text and its pairs of words, each once."""
    told = [word for word in words(text) if word not in without]
    return frozenset([*(word for word in told if len(word) > 2), *(f"{one} {two}" for one, two in pairwise(told))])


def copies_of(texts: Sequence[Told]) -> dict[str, str]:
    """The key of each text that repeats an earlier one, with the key of that: campaigns, and letters sent twice."""
    by_shingle: dict[tuple[str, ...], list[str]] = defaultdict(list)
    size: dict[str, int] = {}
    found: dict[str, str] = {}
    for told in texts:
        said = words(told.text)
        if len(said) < LONG_ENOUGH:
            continue
        shingles = {tuple(said[start : start + SHINGLE]) for start in range(len(said) - SHINGLE + 1)}
        shared = Counter(key for shingle in shingles for key in by_shingle[shingle])
        like = [key for key, many in shared.items() if many >= COPY * (len(shingles) + size[key] - many)]
        if like:
            found[told.key] = min(like)
            continue
        size[told.key] = len(shingles)
        for shingle in shingles:
            by_shingle[shingle].append(told.key)
    return found


def growth(now: int, of_now: int, past: int, of_past: int) -> float:
    """z of a word in `now` of `of_now` texts against `past` of `of_past` texts."""
    prior = PRIOR * (now + past) / (of_now + of_past)
    here = log((now + prior) / (of_now + PRIOR - now - prior))
    there = log((past + prior) / (of_past + PRIOR - past - prior))
    return (here - there) / sqrt(1 / (now + prior) + 1 / (past + prior))


def _themes(
    first: Sequence[Told], current: Mapping[str, frozenset[str]], seen: Counter[str], of_past: int
) -> list[tuple[float, set[str]]]:
    """(growth, keys) of each theme."""
    holders: dict[str, set[str]] = defaultdict(set)
    for key, found in current.items():
        for term in found:
            holders[term].add(key)
    person = {told.key: told.person for told in first}
    known = {told.key: told.known for told in first}
    grown = {
        term: growth(len(keys), len(first), seen[term], of_past)
        for term, keys in holders.items()
        if len(keys) >= LEAST_COMPLAINTS and seen[term] <= COMMON * of_past
    }
    taken: set[str] = set()
    themes: list[tuple[float, set[str]]] = []
    for term in sorted(grown, key=lambda term: (-grown[term], term)):
        if grown[term] < GROWN:
            break
        if term in taken:
            continue
        group = {other for other in grown if grown[other] >= JOINED and _together(holders[term], holders[other])}
        taken |= group
        keys = _members(set().union(*(holders[one] for one in group if grown[one] >= GROWN)), current, seen, of_past)
        enough = len(keys) >= LEAST_TEXTS and len({person[key] for key in keys}) >= LEAST_PEOPLE
        if enough and not _explained(keys, known) and not any(_together(keys, other) for _, other in themes):
            themes.append((grown[term], keys))
    return themes


def _together(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= TOGETHER * min(len(one), len(other))


def _explained(keys: set[str], known: Mapping[str, float | None]) -> bool:
    """Whether known subjects say already what these texts are about."""
    told = [sure for key in keys if (sure := known[key]) is not None]
    return bool(told) and sum(told) / len(told) >= EXPLAINED


def _members(seeds: set[str], current: Mapping[str, frozenset[str]], seen: Counter[str], of_past: int) -> set[str]:
    """The seeds, and the other texts that are like their middle."""
    centre = _centre([current[key] for key in seeds], seen, of_past)
    return seeds | {key for key, found in current.items() if _cosine_to(centre, found, seen, of_past) >= ALIKE}


def _rare(term: str, seen: Counter[str], of_past: int) -> float:
    return log((1 + of_past) / (1 + seen[term]))


def _centre(texts: Sequence[frozenset[str]], seen: Counter[str], of_past: int) -> Weights:
    """How much each term stands for these texts: how many have it, times how rare it was. Only what several have."""
    counted = Counter(term for found in texts for term in found)
    return {
        term: many / len(texts) * _rare(term, seen, of_past)
        for term, many in counted.items()
        if many >= LEAST_COMPLAINTS and seen[term] <= COMMON * of_past
    }


def _cosine_to(centre: Weights, found: frozenset[str], seen: Counter[str], of_past: int) -> float:
    return cosine(centre, {term: _rare(term, seen, of_past) for term in found})


def cosine(one: Weights, other: Weights) -> float:
    """How alike two weighted sets of terms are, 0 to 1."""
    dot = sum(weight * other[term] for term, weight in one.items() if term in other)
    length = sqrt(sum(weight**2 for weight in one.values()) * sum(weight**2 for weight in other.values()))
    return dot / length if length else 0.0


def _told(
    theme: tuple[float, set[str]], now: Sequence[Told], copies: Mapping[str, str],
    current: Mapping[str, frozenset[str]], seen: Counter[str], of_past: int,
) -> Theme:  # fmt: skip
    grown, keys = theme
    everybody = [told for told in now if told.key in keys or copies.get(told.key) in keys]
    centre = _centre([current[key] for key in sorted(keys)], seen, of_past)
    telling = sorted(centre, key=lambda term: (-centre[term], term))
    return Theme(
        keys=tuple(told.key for told in everybody),
        people=len({told.person for told in everybody}),
        copies=len(everybody) - len(keys),
        words=tuple(telling[:SHOWN]),
        centre={term: round(centre[term], 3) for term in telling[:60]},
        grown=grown,
    )


def matched(themes: Sequence[Theme], known: Mapping[int, Weights]) -> list[int | None]:
    """For each theme the number of the earlier one that it is, None for a new one: the likest pairs first, from SAME on."""
    pairs = [
        (cosine(theme.centre, centre), number, place)
        for place, theme in enumerate(themes)
        for number, centre in known.items()
    ]
    found: list[int | None] = [None] * len(themes)
    for alike, number, place in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if alike >= SAME and found[place] is None and number not in found:
            found[place] = number
    return found
