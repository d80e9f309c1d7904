"""What organisations on this installation share with each other: approved lines, briefings and stories without personal
data (R229, R232, R239). The way from one organisation to another is this module alone."""

from datetime import datetime

from django.db.models import Q, QuerySet

from heed.learning.models import LearningPoint, Piece
from heed.learning.queries import stories
from heed.organisations.models import SECTORS as _SECTORS
from heed.organisations.models import Organisation
from heed.search import queries as search

ORIGIN = "shared"
SECTORS = dict(_SECTORS)


def network(organisation_id: int) -> QuerySet[Organisation]:
    """The bodies that belong together with one: who oversees it, whom it oversees, and whom its overseers oversee too."""
    above = Organisation.objects.filter(oversees=organisation_id)
    found = Q(pk__in=above.values("pk")) | Q(overseen_by=organisation_id) | Q(overseen_by__in=above.values("pk"))
    return Organisation.objects.filter(found).exclude(pk=organisation_id).distinct()


def readable(organisation_id: int, at: datetime) -> QuerySet[Piece]:
    """What others share with an organisation today, newest first: with everyone here, or with their network. A story only
    while its person agrees that other organisations read it."""
    near = network(organisation_id).values("pk")
    reach = Q(shared="everyone") | Q(shared="network", organisation_id__in=near)
    rows = Piece.objects.filter(reach, state="published").exclude(organisation_id=organisation_id)
    told = ~Q(kind="story") | (stories.holds(at) & stories.agrees_to("elsewhere"))
    return (
        rows.filter(told)
        .select_related("organisation", "shown__story__consent", "shown__story__shown")
        .order_by("-shared_at", "-pk")
    )


def library(
    organisation_id: int, at: datetime, *, words: str = "", kind: str = "", sector: str = ""
) -> QuerySet[Piece]:
    """The same, as far as it holds all the words, and is of the kind and from the sector asked for."""
    rows = readable(organisation_id, at)
    if kind:
        rows = rows.filter(kind=kind)
    if sector:
        rows = rows.filter(organisation__sector=sector)
    if words.strip():
        rows = rows.filter(pk__in=search.search(query=words, kind="piece", visible=rows.order_by().values("pk")).ids)
    return rows


def one(organisation_id: int, token: str, at: datetime) -> Piece | None:
    """One shared piece, None when it is not shared with the organisation, or no longer."""
    return readable(organisation_id, at).filter(token=token).first()


def taken_from(organisation_id: int, token: str) -> list[LearningPoint]:
    """What an organisation has learned from a shared piece already."""
    rows = LearningPoint.objects.filter(organisation_id=organisation_id, origin_kind=ORIGIN, origin_id=token)
    return list(rows.select_related("by", "service"))
