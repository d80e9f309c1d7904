"""The passage of a text that shows best why it was found. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from heed.search import analysis

LENGTH = 240  # characters
FIRST = 50_000  # words that are looked at
HITS = 500  # that are tried as the beginning of the passage

# A place in the text: what stands between spaces, or one Chinese or Japanese character.
_PLACE = re.compile(f"[{analysis.CJK}]|[^\\s{analysis.CJK}]+")
_OUTSIDE = re.compile(r"^\W+|\W+$")


class Segment(NamedTuple):
    """A piece of plain text; the template escapes it, and marks it if it is a hit."""

    text: str
    is_hit: bool


class _Place(NamedTuple):
    start: int
    end: int
    terms: frozenset[str]


def snippet(text: str, terms: Iterable[str], length: int = LENGTH) -> list[Segment]:
    """About `length` characters of `text` around the most of `terms` (those of a `Result`), their hits marked. Line
    ends become spaces. Without a hit it is the beginning of the text; of an empty text it is []."""
    words = {term for term in terms if not term.endswith("*")}
    beginnings = tuple(term[:-1] for term in terms if term.endswith("*"))
    places = [
        _Place(match.start(), match.end(), _found(match[0], words, beginnings))
        for match, _ in zip(_PLACE.finditer(text), range(FIRST), strict=False)
    ]
    if not places:
        return []
    first, last = _window(places, length)
    return _segments(text, places, first, last)


def _found(chunk: str, words: set[str], beginnings: tuple[str, ...]) -> frozenset[str]:
    """Which of the terms stand in a chunk of the text."""
    tokens = {
        token
        for word in analysis.words(analysis.fold(chunk))
        for token in (*word.parts, word.whole, *word.more)
        if token in words or (beginnings and token.startswith(beginnings))
    }
    return frozenset(tokens)


def _window(places: list[_Place], length: int) -> tuple[int, int]:
    """The places (first, last) of the earliest stretch with most different terms, then most hits; a little lies
    before."""
    hits = [number for number, place in enumerate(places) if place.terms]
    best, score = 0, (0, 0)
    for position, number in enumerate(hits[:HITS]):
        inside = [
            places[other].terms
            for other in hits[position : position + length // 2]
            if places[other].end - places[number].start <= length * 3 // 4
        ]
        found = (len(frozenset().union(*inside)), len(inside))
        if found > score:
            best, score = number, found
    first = last = best
    while first > 0 and places[best].start - places[first - 1].start <= length // 4:
        first -= 1
    while last + 1 < len(places) and places[last + 1].end - places[first].start <= length:
        last += 1
    while first > 0 and last + 1 == len(places) and places[last].end - places[first - 1].start <= length:
        first -= 1
    return first, last


def _segments(text: str, places: list[_Place], first: int, last: int) -> list[Segment]:
    segments = [Segment("… ", False)] if first > 0 else []
    plain = ""
    for number in range(first, last + 1):
        place = places[number]
        if number > first and text[places[number - 1].end : place.start]:
            plain += " "
        chunk = text[place.start : place.end]
        if not place.terms:
            plain += chunk
            continue
        core = _OUTSIDE.sub("", chunk) or chunk
        before, _, after = chunk.partition(core)
        segments += [Segment(plain + before, False), Segment(core, True)]
        plain = after
    segments.append(Segment(plain + (" …" if last + 1 < len(places) else ""), False))
    return [segment for segment in segments if segment.text]
