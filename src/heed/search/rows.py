"""What a thing gives to be found by, and what is made of it."""

from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from heed.search import analysis

TITLE_LENGTH = 300


class Row(NamedTuple):
    """A thing as its owner hands it over: `title` is what ranks first (its reference, its subject), `text` all else."""

    kind: str
    object_id: int
    organisation_id: int | None
    title: str
    text: str
    at: datetime


class Prepared(NamedTuple):
    """The row as it is stored; `terms` are all words to match, `heading` those of the title."""

    kind: str
    object_id: int
    organisation_id: int | None
    title: str
    heading: str
    terms: str
    digest: str
    at: datetime


def prepare(row: Row) -> Prepared:
    """Fold, stem and digest the words. Pure."""
    heading, terms = analysis.terms(row.title, row.text)
    title = row.title.replace("\0", "").encode(errors="replace").decode()[:TITLE_LENGTH]
    return Prepared(row.kind, row.object_id, row.organisation_id, title, heading, terms, digest(terms), row.at)


def digest(terms: str) -> str:
    """A fingerprint of the indexed words, 32 hexadecimal digits."""
    return blake2b(terms.encode(), digest_size=16).hexdigest()
