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

# A frequent word is soon found often enough among the newest entries, which lie together; a rare one is quick by the
# index. So first the newest are looked at, then as far back as their share of hits says, then all, in one statement: the
# database leaves out a part whose condition on the parts before it is false. `id + 0` keeps its planner from walking
# all entries from the newest in the hope of soon having found enough.
_FIND = """
WITH newest AS MATERIALIZED (
  SELECT entry.id, entry.object_id, entry.heading FROM search_entry AS entry
  WHERE {conditions} AND entry.id > %s ORDER BY entry.id DESC LIMIT %s
), hits AS (SELECT count(*) AS number, %s AS wanted, %s AS oldest FROM newest
), reach AS MATERIALIZED (
  SELECT CASE WHEN number * 10 > wanted THEN oldest - {window} * wanted * 3 / (2 * number) ELSE oldest END AS oldest
  FROM hits
), older AS MATERIALIZED (
  SELECT entry.id, entry.object_id, entry.heading FROM search_entry AS entry
  WHERE {conditions} AND entry.id <= %s AND entry.id > (SELECT oldest FROM reach)
  AND (SELECT number * 10 > wanted AND number < wanted FROM hits) ORDER BY entry.id DESC LIMIT %s
), oldest AS (
  SELECT entry.id, entry.object_id, entry.heading FROM search_entry AS entry
  WHERE {conditions} AND entry.id <= (SELECT oldest FROM reach)
  AND (SELECT number < wanted FROM hits) AND (SELECT number FROM hits) + (SELECT count(*) FROM older) < %s
  ORDER BY entry.id + 0 DESC LIMIT %s
)
SELECT * FROM newest UNION ALL SELECT * FROM older UNION ALL SELECT * FROM oldest ORDER BY id DESC LIMIT %s"""

WINDOW = 4_000  # entries


class PostgreSQL:
    """See `Backend`."""

    def write(self, rows: list[Prepared]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])

    def find(self, query: Query, scope: Scope, limit: int) -> list[Hit]:
        scope = scope.narrowed(query, _PASSAGE)
        sql = _FIND.format(conditions=f"entry.lexemes @@ %s::tsquery AND {scope.conditions}", window=WINDOW)
        conditions = [expression(query), *scope.parameters]
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(id) FROM search_entry")
            near = (cursor.fetchone()[0] or 0) - WINDOW
            newest = [*conditions, near, limit, limit, near]
            cursor.execute(sql, [*newest, *conditions, near, limit, *conditions, limit, limit, limit])
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
