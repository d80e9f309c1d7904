"""Pages of a long list, found by the last row seen: page 400 costs no more than page 1, and nothing is skipped or shown
twice when rows come and go meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import DateTimeField, Q, QuerySet

SIZE = 50
AFTER, BEFORE = "after", "before"


@dataclass(frozen=True)
class Page:
    """`earlier` and `later` are addresses of the neighbouring pages, "" where there is none."""

    rows: list[Any]
    earlier: str = ""
    later: str = ""
    is_first: bool = True


@dataclass(frozen=True)
class _Place:
    """The row that a page begins after, or ends before: its value, and its primary key among rows of the same value."""

    value: date
    pk: int

    @property
    def text(self) -> str:
        return f"{self.value.isoformat()}_{self.pk}"


def page(rows: QuerySet[Any], by: str, asked: Mapping[str, str], *, newest_first: bool = False) -> Page:
    """The page of `rows` (model instances, or dictionaries that hold `by` and `pk`) that the address asks for, in order
    of the column `by` and then of the primary key. A place that cannot be read gives the first page."""
    is_instant = isinstance(rows.model._meta.get_field(by), DateTimeField)
    after, before = (_read(asked.get(name, ""), is_instant) for name in (AFTER, BEFORE))
    if before and not after:
        found = list(_beside(rows, by, before, descending=not newest_first)[: SIZE + 1])
        if len(found) > SIZE:
            shown = found[SIZE - 1 :: -1]
            return Page(shown, _link(asked, BEFORE, shown[0], by), _link(asked, AFTER, shown[-1], by), is_first=False)
        after = None
    found = list(_beside(rows, by, after, descending=newest_first)[: SIZE + 1])
    shown = found[:SIZE]
    return Page(
        shown,
        earlier=_link(asked, BEFORE, shown[0], by) if after and shown else "",
        later=_link(asked, AFTER, shown[-1], by) if len(found) > SIZE else "",
        is_first=after is None,
    )


def _beside(rows: QuerySet[Any], by: str, place: _Place | None, *, descending: bool) -> QuerySet[Any]:
    """Rows beyond a place, in order. The first condition is a range of the index, the second settles equal values."""
    sign, way = ("-", "lt") if descending else ("", "gt")
    ordered = rows.order_by(f"{sign}{by}", f"{sign}pk")
    if place is None:
        return ordered
    beyond = Q(**{f"{by}__{way}": place.value}) | Q(**{f"pk__{way}": place.pk})
    return ordered.filter(Q(**{f"{by}__{way}e": place.value}) & beyond)


def _read(text: str, is_instant: bool) -> _Place | None:
    value, _, pk = text.rpartition("_")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    try:
        read = _instant(value) if is_instant else date.fromisoformat(value)
    except (ValueError, OverflowError):
        return None
    return _Place(read, int(pk))


def _instant(text: str) -> datetime:
    """Raises ValueError without a time zone, and OverflowError where the instant lies before year 1 or after 9999."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError("an instant has a time zone")
    return read.astimezone(UTC)


def _link(asked: Mapping[str, str], name: str, row: Any, by: str) -> str:
    value, pk = (row[by], row["pk"]) if isinstance(row, dict) else (getattr(row, by), row.pk)
    kept = {key: word for key, word in asked.items() if key not in (AFTER, BEFORE)}
    return f"?{urlencode({**kept, name: _Place(value, pk).text})}"
