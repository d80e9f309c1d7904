"""The story bank, read: which stories may be told now, for what, and why one may not."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from heed.learning.models import Consent, Piece


def told_for(organisation_id: int, use: str, at: datetime) -> QuerySet[Piece]:
    """The stories that are approved and whose person agrees, today, to this use: a code of `story-uses`."""
    return approved(organisation_id, at).filter(agrees_to(use))


def approved(organisation_id: int, at: datetime) -> QuerySet[Piece]:
    """The stories that are approved and for which some consent holds today, newest first."""
    found = Piece.objects.filter(organisation_id=organisation_id, kind="story", state="published")
    return found.filter(holds(at)).select_related("shown", "service", "consent").order_by("-published_at", "-pk")


def holds(at: datetime) -> Q:
    """Of pieces that are stories: a consent that was not withdrawn and has not run out."""
    until = Q(consent__until__isnull=True) | Q(consent__until__gte=timezone.localdate(at))
    return Q(consent__isnull=False, consent__withdrawn_at=None) & until


def agrees_to(use: str) -> Q:
    """The codes are parted by spaces, and none is part of another."""
    return Q(consent__uses__contains=use)


def consent_of(piece: Piece) -> Consent | None:
    return getattr(piece, "consent", None)


def why_not_told(piece: Piece, at: datetime) -> str | None:
    """A sentence when the person's consent is missing, was withdrawn or has run out."""
    consent = consent_of(piece)
    if consent is None:
        return "Record first what the person agreed to: nothing is told of them without it."
    if consent.withdrawn_at:
        return "The person withdrew their consent."
    if consent.until and consent.until < timezone.localdate(at):
        return "The consent has run out. Ask the person again."
    return None


def is_told(piece: Piece | None, use: str, at: datetime) -> bool:
    """Whether a story may be shown today for a use."""
    if piece is None or piece.state != "published" or piece.shown_id is None:
        return False
    consent = consent_of(piece)
    return why_not_told(piece, at) is None and consent is not None and use in consent.uses.split()
