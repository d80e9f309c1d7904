"""SQLite: the FTS5 table `search_text` holds the words of each entry under the entry's id.

`tokenize='ascii'` splits at spaces only, for our words hold nothing but letters and digits; `detail=none` keeps no
positions, which would only serve phrases, and those are compared in the words themselves, as on PostgreSQL."""

import sqlite3
from collections.abc import Iterable, Iterator

from django.db import DatabaseError, connection

from heed.search.backends.base import Hit, Scope
from heed.search.language import Query, Sequence
from heed.search.rows import Prepared

# As a subquery it is asked last, of what is visible; and reading the words past FTS5, where they lie, is quicker.
_PASSAGE = "(SELECT instr(c0, %s) FROM search_text_content WHERE id = entry.id) > 0"
_UPSERT = """
INSERT INTO search_entry (kind, object_id, organisation_id, title, heading, digest, at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (kind, object_id) DO UPDATE SET organisation_id = excluded.organisation_id, title = excluded.title,
heading = excluded.heading, digest = excluded.digest, at = excluded.at"""
_IDS = "SELECT object_id, id FROM search_entry WHERE kind = %s AND object_id IN ({places})"
_WORDS = "INSERT OR REPLACE INTO search_text (rowid, terms) VALUES (%s, %s)"
_FIND = """
SELECT entry.id, entry.object_id, entry.heading
FROM search_text JOIN search_entry AS entry ON entry.id = search_text.rowid
WHERE search_text MATCH %s AND {conditions} ORDER BY search_text.rowid DESC LIMIT %s"""


class SQLite:
    """See `Backend`."""

    def write(self, rows: list[Prepared]) -> None:
        instant = connection.ops.adapt_datetimefield_value
        entries = [(r.kind, r.object_id, r.organisation_id, r.title, r.heading, r.digest, instant(r.at)) for r in rows]
        with connection.cursor() as cursor:
            cursor.executemany(_UPSERT, entries)
            for kind in {row.kind for row in rows}:
                terms = {row.object_id: row.terms for row in rows if row.kind == kind}
                cursor.execute(_IDS.format(places=",".join(["%s"] * len(terms))), [kind, *terms])
                cursor.executemany(_WORDS, [(pk, terms[object_id]) for object_id, pk in cursor.fetchall()])

    def find(self, query: Query, scope: Scope, limit: int) -> list[Hit]:
        scope = scope.narrowed(query, _PASSAGE)
        with connection.cursor() as cursor:
            cursor.execute(_FIND.format(conditions=scope.conditions), [expression(query), *scope.parameters, limit])
            return [Hit(*row) for row in cursor.fetchall()]

    def stored(self, entry_ids: list[int]) -> Iterable[tuple[int, str]]:
        places = ",".join(["%s"] * len(entry_ids))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT rowid, terms FROM search_text WHERE rowid IN ({places})", entry_ids)  # noqa: S608
            return cursor.fetchall()

    def faults(self) -> Iterator[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE name IN ('search_text', 'search_entry_forget')")
            standing = {name for (name,) in cursor.fetchall()}
            if "search_entry_forget" not in standing:
                yield "the trigger search_entry_forget is missing, so the words of what is deleted would stay"
            if "search_text" not in standing:
                yield "the table search_text is missing, so nothing can be found"
                return
            try:
                cursor.execute("INSERT INTO search_text (search_text) VALUES ('integrity-check')")
            except (DatabaseError, sqlite3.DatabaseError):
                yield "the index of search_text does not hold the words that its rows hold"

    def settle(self) -> None:
        """FTS5 merges as it goes."""


def expression(query: Query) -> str:
    """The query for FTS5. What it cannot say (that words stand side by side) is in the scope."""
    wanted = " AND ".join(f"({' OR '.join(_all_of(way) for way in clause.alternatives)})" for clause in query.wanted)
    single = [way for clause in query.unwanted for way in clause.alternatives if len(way.words) == 1]
    return f"({wanted})" + "".join(f" NOT {_all_of(way)}" for way in single)


def _all_of(way: Sequence) -> str:
    words = [f'"{word}"' for word in way.words]
    words[-1] += "*" if way.begins else ""
    return f"({' AND '.join(words)})"
