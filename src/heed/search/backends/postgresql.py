"""PostgreSQL: two more columns of `search_entry`, `terms` (the words) and `lexemes`, made from them by the database.

`lexemes` is built with array_to_tsvector, which takes our words as they are: no dictionary and no parser of its own
comes between. It keeps no positions (PostgreSQL's end at 16,383); phrases are compared in the words themselves."""

from collections.abc import Iterable, Iterator

from django.db import connection

from heed.search.backends.base import Hit, Scope
from heed.search.language import Query, Sequence
from heed.search.rows import Prepared

_PASSAGE = "strpos(entry.terms, %s) > 0"
_WRITE = """
INSERT INTO search_entry (kind, object_id, organisation_id, title, heading, terms, digest, at)
SELECT * FROM unnest(
  %s::text[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])
ON CONFLICT (kind, object_id) DO UPDATE SET organisation_id = excluded.organisation_id, title = excluded.title,
heading = excluded.heading, terms = excluded.terms, digest = excluded.digest, at = excluded.at"""

# `id + 0` keeps the planner from walking all entries from the newest in the hope of soon having found enough.
_FIND = """
SELECT entry.id, entry.object_id, entry.heading FROM search_entry AS entry
WHERE entry.lexemes @@ %s::tsquery AND {conditions} AND entry.id > %s ORDER BY {order} DESC LIMIT %s"""

WINDOW = 4_000  # entries


class PostgreSQL:
    """See `Backend`."""

    def write(self, rows: list[Prepared]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])

    def find(self, query: Query, scope: Scope, limit: int) -> list[Hit]:
        """A frequent word is soon found `limit` times among the newest entries, which lie together; a rare one is quick
        by the index. So first look at the newest, then as far back as their share of hits says, then at all."""
        newest = self._newest()
        oldest = newest - WINDOW
        hits = self._find_after(oldest, query, scope, limit)
        if len(hits) < limit and oldest > 0 and len(hits) * 10 > limit:
            oldest = newest - WINDOW * limit * 3 // (2 * len(hits))
            hits = self._find_after(oldest, query, scope, limit)
        if len(hits) < limit and oldest > 0:
            hits = self._find_after(0, query, scope, limit)
        return hits

    def _newest(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(id) FROM search_entry")
            return cursor.fetchone()[0] or 0

    def _find_after(self, entry_id: int, query: Query, scope: Scope, limit: int) -> list[Hit]:
        scope = scope.narrowed(query, _PASSAGE)
        sql = _FIND.format(conditions=scope.conditions, order="entry.id" if entry_id > 0 else "entry.id + 0")
        with connection.cursor() as cursor:
            cursor.execute(sql, [expression(query), *scope.parameters, max(entry_id, 0), limit])
            return [Hit(*row) for row in cursor.fetchall()]

    def stored(self, entry_ids: list[int]) -> Iterable[tuple[int, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, terms FROM search_entry WHERE id = ANY(%s) AND terms <> ''", [entry_ids])
            return cursor.fetchall()

    def faults(self) -> Iterator[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
                " WHERE relname = 'search_entry_lexemes' AND indisvalid AND pg_table_is_visible(pg_class.oid)"
            )
            if not cursor.fetchone()[0]:
                yield "the index search_entry_lexemes is missing, so searching would read every entry"

    def settle(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_entry_lexemes')")
            cursor.execute("ANALYZE search_entry")


def expression(query: Query) -> str:
    """The query as a tsquery. What it cannot say (that words stand side by side) is in the scope."""
    wanted = [f"({' | '.join(_all_of(way) for way in clause.alternatives)})" for clause in query.wanted]
    single = [way for clause in query.unwanted for way in clause.alternatives if len(way.words) == 1]
    return " & ".join(wanted + [f"!{_all_of(way)}" for way in single])


def _all_of(way: Sequence) -> str:
    words = [f"'{word}'" for word in way.words]
    words[-1] += ":*" if way.begins else ""
    return f"({' & '.join(words)})"
