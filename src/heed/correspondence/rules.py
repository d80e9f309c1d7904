"""Pure decisions about people we write to and about sending."""

import unicodedata
from datetime import timedelta

# How long to wait after each failed attempt. After the last one the message has failed for good: three days in all.
BACKOFF = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=30),
]


def folded(name: str) -> str:
    """What a name sorts by: without accents, case or doubled spaces, the same on every database. At most 400 long."""
    bare = "".join(
        character
        for character in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(character)
    )
    return " ".join(bare.split())[:400]


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after the `attempts`-th failed attempt (1 is the first); None: do not try again."""
    return BACKOFF[attempts - 1] if attempts <= len(BACKOFF) else None
