"""Find things, and compare what can be found with what should be."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Max, Min, QuerySet

from heed.search import backends, snippets
from heed.search.language import Query, parse
from heed.search.models import Entry
from heed.search.rows import Row, digest, prepare

LIMIT = 1000
CHUNK = 500
T = TypeVar("T")

snippet = snippets.snippet


@dataclass(frozen=True)
class Result:
    """`ids` of the objects found, best first. `capped`: only the newest 1,000 (or `limit`) visible hits were ranked,
    there are more. `trimmed`: the query was too long and its end was left out. `terms` are for `snippet`."""

    ids: tuple[int, ...]
    capped: bool = False
    trimmed: bool = False
    terms: tuple[str, ...] = ()


def search(
    *, query: str, kind: str, visible: QuerySet[Any], organisation_id: int | None = None, limit: int = LIMIT
) -> Result:
    """What of `kind` holds all words of `query` and is among the ids of `visible`, an unsliced queryset such as
    `Case.objects.visible_to(person).values("pk")`, which the database applies before the limit.

    Of the newest `limit` hits, by when they were first indexed, those come first whose title is the query, then those
    with most of the query's words in the title, then the newest. Any text is a query; one with nothing to look for
    (empty, only punctuation, only exclusions) finds nothing. Raises nothing of its own."""
    (found,) = search_each(queries=[query], kind=kind, visible=visible, organisation_id=organisation_id, limit=limit)
    return found


def search_each(
    *, queries: Iterable[str], kind: str, visible: QuerySet[Any], organisation_id: int | None = None, limit: int = LIMIT
) -> list[Result]:
    """As `search`, of several queries one after the other: what is visible is put into SQL once, which takes longer than the
    database takes to answer."""
    scope = backends.scope(kind, visible, organisation_id)
    return [_found(parse(query), scope, limit) for query in queries]


def _found(sought: Query, scope: backends.Scope | None, limit: int) -> Result:
    if not sought.wanted or scope is None:
        return Result((), trimmed=sought.trimmed, terms=sought.terms)
    hits = backends.current().find(sought, scope, limit + 1)
    ranked = sorted(hits[:limit], key=lambda hit: (*_rank(sought, hit.heading), hit.entry_id), reverse=True)
    return Result(tuple(hit.object_id for hit in ranked), len(hits) > limit, sought.trimmed, sought.terms)


def _rank(query: Query, heading: str) -> tuple[bool, int]:
    """Whether the title is the query, and how many of the query's words are in it."""
    words = " ".join(word for clause in query.wanted for word in clause.alternatives[0].words)
    is_title = heading.startswith(f" {words}  ")
    return is_title, sum(clause.holds(heading) for clause in query.wanted)


@dataclass(frozen=True)
class Difference:
    """Something that `heed check` has to report: an entry, or with an empty kind the index as a whole."""

    kind: str
    object_id: int
    sentence: str


def differences(sample: int | None = None) -> Iterator[Difference]:
    """Entries whose indexed words are missing or not those that were written; all entries, or `sample` at random.

    Also what is wrong with the index itself: a table, index or trigger that is not there."""
    backend = backends.current()
    for sentence in backend.faults():
        yield Difference("", 0, sentence)
    for entries in _chunks(_some(sample)):
        stored = dict(backend.stored([entry.pk for entry in entries]))
        for entry in entries:
            if entry.pk not in stored:
                yield Difference(entry.kind, entry.object_id, f"{entry} has no indexed words, so nothing finds it")
            elif digest(stored[entry.pk]) != entry.digest:
                yield Difference(entry.kind, entry.object_id, f"the indexed words of {entry} are not those written")


def outdated(rows: Iterable[Row]) -> Iterator[Difference]:
    """Of the things as they are now, those whose entry is missing or was made from other words: what `heed check` asks
    with rows recomputed from their source."""
    for chunk in _chunks(rows):
        entries = Entry.objects.filter(
            kind__in={row.kind for row in chunk}, object_id__in=[row.object_id for row in chunk]
        )
        found = {(entry.kind, entry.object_id): entry for entry in entries}
        for row in chunk:
            entry = found.get((row.kind, row.object_id))
            if entry is None:
                yield Difference(row.kind, row.object_id, f"{row.kind} {row.object_id} has no search entry")
            elif entry.digest != prepare(row).digest or entry.organisation_id != row.organisation_id:
                yield Difference(
                    row.kind, row.object_id, f"the search entry of {entry} is not made from its present words"
                )


def indexed_ids(kind: str) -> QuerySet[Entry, int]:
    """The ids of all objects of `kind` that have an entry: those whose object is gone should not."""
    return Entry.objects.filter(kind=kind).values_list("object_id", flat=True)


def _some(sample: int | None) -> Iterable[Entry]:
    if sample is None:
        return Entry.objects.order_by("pk").iterator(chunk_size=CHUNK)
    ends = Entry.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    ids = range(ends["first"], ends["last"] + 1)
    return Entry.objects.filter(pk__in=random.sample(ids, min(sample, len(ids)))).order_by("pk")


def _chunks(things: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(things)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk
