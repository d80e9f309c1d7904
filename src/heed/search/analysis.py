"""From text to the words that are indexed and looked for. Pure, and the same for a text and for a query.

All that decides whether a word matches happens here, in Python; the databases only compare whole words. That is why
SQLite and PostgreSQL give the same answer. After a change here, entries have to be indexed again; `heed check` tells.

A word is folded (no accents, no case), then stemmed if it is all English letters. What is written together with
hyphens, stops or slashes is indexed by its parts and as one word too, so that `RN-7K3M-Q2P9`, `rn7k3mq2p9` and `7K3M`
all find it; a postcode, an NHS number and a telephone number also as one word without their spaces."""

import re
import threading
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

WORD_LENGTH = 64  # characters; the rest of a longer word is not looked at
TERMS_BYTES = 800_000  # of one entry, some 130,000 words; PostgreSQL refuses a vector of 1 MB
PARTS = 8  # a longer chain, such as a web address, is found by its parts only

_stemmer = snowballstemmer.stemmer("english")
_one_at_a_time = threading.Lock()  # the stemmer keeps the word it works on in itself

_APOSTROPHES = "'\u2018\u2019\u02bc\uff07`\u00b4"
_JOINERS = "\\-\u2010-\u2014\u2212./@&+:,\\\\"
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"


def _marks(*blocks: tuple[int, int]) -> str:
    """The combining marks in these blocks of Unicode."""
    return "".join(chr(code) for first, last in blocks for code in range(first, last) if _is_mark(code))


def _is_mark(code: int) -> bool:
    return unicodedata.category(chr(code)).startswith("M")


# Marks over letters go. In the scripts of South and South-East Asia marks are vowels, so there they stay, as letters.
_DROPPED = _marks(
    (0x300, 0x900), (0x1AB0, 0x1B00), (0x1DC0, 0x1E00), (0x20D0, 0x2100), (0x3099, 0x309B), (0xFE00, 0xFE30)
)
_VOWELS = _marks((0x900, 0x1100), (0x1700, 0x1900), (0x1A00, 0x1AB0), (0x1B00, 0x1C00))
_FOLD = str.maketrans(
    dict.fromkeys(_DROPPED, "")
    | dict.fromkeys(_APOSTROPHES, "'")
    | {"_": ".", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_ASCII_FOLD = str.maketrans({"_": ".", "`": "'"})  # `\\w` would take the underscore for a letter

_RUN = f"[\\w{_VOWELS}]+"
_CHAIN = re.compile(f"{_RUN}(?:[{_JOINERS}']{_RUN})*")
_LINK = re.compile(f"[{_JOINERS}']")
_HARD_LINK = re.compile(f"[{_JOINERS}]")
_BETWEEN_IDEOGRAPHS = re.compile(f"(?<=[{CJK}])(?=\\w)|(?<=\\w)(?=[{CJK}])")
SPACED = re.compile(
    r"\b(?:[a-z]{1,2}[0-9][a-z0-9]? [0-9][a-z]{2}"  # a postcode
    r"|[0-9]{3} [0-9]{3} [0-9]{4}"  # an NHS number
    r"|0[0-9]{2,5}(?: [0-9]{2,6}){1,3})\b",  # a telephone number
    re.ASCII,
)
_DIGITS = re.compile("[0-9][a-z]? [0-9]")  # any of these has this
_CONTRACTION = re.compile("'(?:s|d|m|ll|re|ve)$")  # ward's, she'd, I'm, I'll (which is not "ill"), they're, I've


class Word(NamedTuple):
    """What one chain of letters and joiners comes to: its `parts` in order, the chain as one word (`whole`, "" when it
    has one part) and `more` words that it should be found by."""

    parts: tuple[str, ...]
    whole: str
    more: tuple[str, ...]


def fold(text: str) -> str:
    """The text without accents and case, its apostrophes alike, and a stop between Chinese or Japanese characters,
    which stand without spaces. Not of the same length."""
    if text.isascii():
        return text.lower().translate(_ASCII_FOLD)
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_FOLD)
    return _BETWEEN_IDEOGRAPHS.sub(".", folded)


@lru_cache(maxsize=16_384)
def word(chain: str) -> Word:
    """The words of one chain, which is folded already."""
    links = _links(chain)
    parts = tuple(stem(_without_apostrophe(link)) for link in links)
    more = tuple(stem(piece) for link in links if _is_name(link) for piece in link.split("'"))
    whole = "".join(_LINK.split(chain)) if 1 < len(parts) <= PARTS else ""
    return Word(parts, stem(whole) if 0 < len(whole) <= WORD_LENGTH else "", more)


@lru_cache(maxsize=16_384)
def stem(letters: str) -> str:
    """The stem of one folded word, and nothing of it beyond 64 characters. Words with digits, or of other scripts, stay
    as they are."""
    letters = letters[:WORD_LENGTH]
    if not (letters.isascii() and letters.isalpha()):
        return letters
    with _one_at_a_time:
        return str(_stemmer.stemWord(letters))


def unstemmed(folded: str) -> list[str]:
    """The parts of all words of a folded text, in order, before they are stemmed."""
    return [_without_apostrophe(link) for chain in _CHAIN.findall(folded) for link in _links(chain)]


def _links(chain: str) -> list[str]:
    return [link for link in _HARD_LINK.split(chain) if link]


def _is_name(link: str) -> bool:
    """o'neill and d'arcy, but not ward's and don't."""
    return "'" in link and not link.endswith("'t") and not _CONTRACTION.search(link)


def _without_apostrophe(link: str) -> str:
    return _CONTRACTION.sub("", link).replace("'", "")


def words(folded: str) -> list[Word]:
    """The words of a folded text, in order."""
    return [word(chain) for chain in _CHAIN.findall(folded)]


def spaced(folded: str) -> list[str]:
    """Postcodes, NHS numbers and telephone numbers written with spaces, as one word each."""
    return [found.replace(" ", "") for found in SPACED.findall(folded)] if _DIGITS.search(folded) else []


def terms(title: str, text: str) -> tuple[str, str]:
    """What is indexed of a thing: (the words of its title, all its words). Each word between single spaces and passages
    between double ones, so that ` a b ` stands in it exactly where the two words stand side by side."""
    heading, whole = _stream(fold(title))
    body, more = _stream(fold(text))
    more = list(dict.fromkeys([*whole, *more]))
    return f" {heading}  {' '.join(whole)} ", _limited(f" {heading}  {body}  {' '.join(more)} ")


def _stream(folded: str) -> tuple[str, list[str]]:
    """(the words in order, the further words that the same things are found by)."""
    chains = _CHAIN.findall(folded)
    more = [token for chain in chains if not chain.isalnum() for token in _more(chain)]
    return " ".join(map(_parts, chains)), more + spaced(folded)


@lru_cache(maxsize=65_536)
def _parts(chain: str) -> str:
    """Most words come again and again: half the time of indexing many things would go into them."""
    return " ".join(word(chain).parts)


def _more(chain: str) -> list[str]:
    found = word(chain)
    return [token for token in (found.whole, *found.more) if token]


def _limited(stream: str) -> str:
    encoded = stream.encode()
    if len(encoded) <= TERMS_BYTES:
        return stream
    return encoded[: encoded.rindex(b" ", 0, TERMS_BYTES)].decode() + " "
