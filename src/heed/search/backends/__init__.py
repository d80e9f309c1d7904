"""Where the words lie and how a database finds them: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL.

Both are given words that are folded and stemmed already, and only compare them."""

from django.db import connection

from heed.search.backends.base import Backend, Hit, Scope, scope
from heed.search.backends.postgresql import PostgreSQL
from heed.search.backends.sqlite import SQLite

__all__ = ["Backend", "Hit", "PostgreSQL", "SQLite", "Scope", "current", "scope"]


def current() -> Backend:
    """The one for the default database."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()
