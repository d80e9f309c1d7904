"""Words that begin with a capital where an ordinary word would not: mostly the name of a person or of a place."""

import re
from collections.abc import Iterator

from heed.learning.anonymity.marks import Known, Mark
from heed.learning.anonymity.words import common_starts, first_names, names_that_are_words, plain_capitals, things
from heed.learning.naming import TITLES, folded

WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*"
LINK = r"(?:ap|ab|ferch|de|da|dos|van|von|der|den|del|la|le|bin|ibn|al|el|ben|Ó|Mac|Mc|St|of the)"
RUN = re.compile(rf"(?:{WORD}|[A-Z]\.)(?:(?: {LINK})* (?:{WORD}|[A-Z]\.))*")
TITLED = re.compile(
    rf"\b(?i:{TITLES})\.? (?!(?i:and|of|in|on|for|to)\b)(?:[A-Z]\.? ?)?{WORD}(?:(?: {LINK})* (?:{WORD}|[A-Z]\.))*"
)
# What somebody has, of whom a sentence begins to tell: “Eilidh’s boy”.
OWNED = (
    r"(?:mother|father|mum|mam|dad|son|daughter|boy|girl|baby|wife|husband|partner|brother|sister|nan|gran|carer|family|parents|"
    r"children|operation|surgery|appointment|fall|death|funeral|story|home|flat|house|medicines?|tablets|letter|complaint|claim|"
    r"hearing aids?|glasses|dentures|wheelchair|room|bed|notes|records|care|discharge|birthday|heart|leg|hip|arm|hand|eyes?)"
)
ACRONYM = re.compile(r"[A-Z]{2,6}s?")
NICKNAME = re.compile(
    r"[“\"‘'](?P<words>[A-Z]\w+)[”\"’'],? (?=(?:as|to|which is what)\b)|\b(?:known as|nicknamed|called) [“\"‘'](?P<words2>\w+)"
)
INITIALS = re.compile(rf"(?:\b[A-Z]\. ?){{1,3}}{WORD}|\b{WORD} [A-Z]\.(?!\w)")
SPEAKING = re.compile(
    r" (?:told|said|says|asked|wrote|writes|complained|waited|rang|phoned|called|lives|lived|died|came|"
    r"went|felt|showed|trained|apologised|helped|"
    r"explained|thanked|visited|sat|lay|fell|lost|and [A-Z]\w+ (?:told|said|asked|waited))\b"
)
BEFORE_A_PLACE = re.compile(
    r"(?:\b(?:in|at|near|from|to|around|outside|of|across|between|through) (?:the )?)$", re.IGNORECASE
)


def of(text: str, known: Known) -> Iterator[Mark]:
    """Marks of names and, after a word of place, of places. What begins a sentence counts only where it is a first name or
    where several such words stand together."""
    for pattern in (TITLED, INITIALS):
        for found in pattern.finditer(text):
            words = re.sub(r"['’]s$", "", found.group())
            yield Mark(found.start(), found.start() + len(words), words, "name")
    for found in NICKNAME.finditer(text):
        start, end = found.span(found.lastgroup or 0)
        yield Mark(start, end, text[start:end], "name")
    staff = {folded(part) for name in known.staff for part in name.split() if len(part) > 2}
    for run in RUN.finditer(text):
        yield from _of_run(text, run, staff)


def _of_run(text: str, run: re.Match[str], staff: set[str]) -> Iterator[Mark]:
    """The part of a run of capitals that may be a name, or nothing."""
    words = [(run.start() + found.start(), found.group()) for found in re.finditer(r"\S+", run.group())]
    if _bare(words[-1][1]) in things() and not any(_is_first_name(word, staff) for _, word in words):
        return
    begins = _begins(text, run.start())
    speaks = begins and len(words) == 1 and _speaks(text, run)
    while words and (_is_plain(words[0][1]) or (begins and not speaks and _is_no_name(words[0][1], len(words)))):
        words, begins = words[1:], False
    while words and _is_plain(words[-1][1]):
        words = words[:-1]
    if not words:
        return
    if begins and len(words) == 1 and not (speaks or _is_first_name(words[0][1], staff)):
        return
    start, end = words[0][0], words[-1][0] + len(words[-1][1])
    end -= len(text[start:end]) - len(re.sub(r"['’]s$", "", text[start:end]))
    person = any(_is_first_name(word, staff) for _, word in words)
    place = not person and BEFORE_A_PLACE.search(text[:start]) is not None
    yield Mark(start, end, text[start:end], "place" if place else "name")


def _speaks(text: str, run: re.Match[str]) -> bool:
    """Whether the one word that begins a sentence does what a person does, and is no ordinary word for people."""
    bare = folded(_bare(run.group()))
    if re.search(r"['’]s$", run.group()):
        return bare not in common_starts() and re.match(rf" (?:\w+ ){{0,2}}{OWNED}\b", text[run.end() :]) is not None
    return SPEAKING.match(text, run.end()) is not None and bare not in common_starts() and not bare.endswith("s")


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip(" “‘\"'(\n\t-•*")
    return not before or before[-1] in ".!?:\n" or "\n" in text[len(before) : at]


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word).strip(".,")


def _is_plain(word: str) -> bool:
    bare = _bare(word)
    if ACRONYM.fullmatch(bare) and not _is_first_name(bare, set()):
        return True
    return bare in plain_capitals() or word.replace("’", "'") in plain_capitals() or (len(bare) == 1 and bare in "AI")


def _is_no_name(word: str, together: int) -> bool:
    """Whether what begins a sentence is more likely its first word than a name."""
    bare = folded(_bare(word))
    if bare in names_that_are_words():
        return together == 1
    return bare not in first_names() and (together == 1 or bare in common_starts())


def _is_first_name(word: str, staff: set[str]) -> bool:
    bare = folded(_bare(word))
    return bare in first_names() or bare in staff or (bare in names_that_are_words() and bare not in {"may", "will"})
