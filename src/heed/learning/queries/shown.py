"""What everybody may read: lines and stories that are approved, by page, by their own address, and as a feed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from heed.learning.models import Piece
from heed.learning.queries import stories

FEED = 50
POSTER = 3


@dataclass(frozen=True)
class Published:
    """One public line: you said, we did. `service` is a name, "" for none; `changed_at` when its words last changed."""

    token: str
    you_said: str
    we_did: str
    service: str
    published_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class PublicStory:
    """A story that everybody may read today."""

    token: str
    title: str
    text: str
    service: str
    published_at: datetime
    changed_at: datetime


def lines(organisation_id: int, *, service: str = "", year: int | None = None) -> QuerySet[Piece]:
    """The published lines, of one service (its code) and one year or of all; order by published_at and pk."""
    rows = Piece.objects.filter(organisation_id=organisation_id, kind="line", state="published")
    if service:
        rows = rows.filter(service__code=service)
    if year:
        rows = rows.filter(published_at__year=year)
    return rows.select_related("service", "shown")


def _approved(piece: Piece) -> tuple[dict[str, str], datetime, datetime]:
    """The words, and the two instants, that every approved piece has."""
    if piece.shown is None or piece.published_at is None or piece.changed_at is None:
        raise ValueError(f"piece {piece.pk} is not approved")
    return piece.shown.words, piece.published_at, piece.changed_at


def as_published(piece: Piece) -> Published:
    words, published_at, changed_at = _approved(piece)
    return Published(
        piece.token, words["you_said"], words["we_did"], piece.service.name if piece.service else "", published_at,
        changed_at,
    )  # fmt: skip


def published(organisation_id: int, limit: int = 20, service: str = "") -> list[Published]:
    """The newest public lines of an organisation, or of one of its services."""
    rows = lines(organisation_id, service=service).order_by("-published_at", "-pk")
    return [as_published(row) for row in rows[:limit]]


def line(organisation_id: int, token: str) -> Published | None:
    """One public line; None when there is none, or it was taken down."""
    found = lines(organisation_id).filter(token=token).first()
    return as_published(found) if found else None


def chosen(organisation_id: int, tokens: list[str]) -> list[Published]:
    """These lines, as far as they are public, in the order asked for."""
    found = {row.token: as_published(row) for row in lines(organisation_id).filter(token__in=tokens)}
    return [found[token] for token in dict.fromkeys(tokens) if token in found]


def years(organisation_id: int) -> list[int]:
    """The years in which something was published, newest first."""
    rows = lines(organisation_id).order_by().annotate(year=ExtractYear("published_at"))
    return sorted({int(year) for year in rows.values_list("year", flat=True)}, reverse=True)


def services(organisation_id: int) -> list[tuple[str, str]]:
    """(code, name) of the services of which something is published, by name."""
    rows = lines(organisation_id).filter(service__isnull=False).order_by()
    return sorted(set(rows.values_list("service__code", "service__name")), key=lambda pair: pair[1])


def public_stories(organisation_id: int, at: datetime) -> list[PublicStory]:
    """The stories that everybody may read today, newest first: approved, and with their person's consent to it."""
    return [_story(row) for row in stories.told_for(organisation_id, "public", at)]


def public_story(organisation_id: int, token: str, at: datetime) -> PublicStory | None:
    found = stories.told_for(organisation_id, "public", at).filter(token=token).first()
    return _story(found) if found else None


def _story(piece: Piece) -> PublicStory:
    words, published_at, changed_at = _approved(piece)
    return PublicStory(
        piece.token, words["title"], words["text"], piece.service.name if piece.service else "", published_at,
        changed_at,
    )  # fmt: skip


def changed_at(organisation_id: int) -> datetime | None:
    """When the feed last changed: also by a line or story that was taken down."""
    rows = Piece.objects.filter(organisation_id=organisation_id, kind__in=("line", "story"), changed_at__isnull=False)
    return rows.order_by("-changed_at").values_list("changed_at", flat=True).first()
