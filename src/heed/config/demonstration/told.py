"""Tells in the demonstration what came of learning: stories, briefings, what is shared, and who wants to hear."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from heed.accounts import queries as accounts
from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.config.demonstration import places
from heed.config.demonstration.steps import put_before_somebody
from heed.feedback.actions.hear import hear_of_changes
from heed.feedback.models import Feedback
from heed.learning.actions import approve, stories
from heed.learning.actions import write as writing
from heed.learning.models import Piece
from heed.learning.queries import hearers
from heed.organisations.models import Organisation, Service

HEARERS, OF_A_LINE = 12, 4


def tell(now: datetime) -> None:
    """Every piece of the file, in its order, and some of the newest who asked to hear what changes."""
    made: dict[str, Piece] = {}
    for entry in places.read("told.toml")["piece"]:
        piece = _piece(entry, made, now - timedelta(days=entry["days_ago"]))
        made[entry.get("key", piece.token)] = piece
    for pk in _hearers():
        hear_of_changes(feedback_id=pk, agrees=True, by=Actor("public", str(pk), ""), at=now)


def _hearers() -> set[int]:
    """Some of the newest of all, and some who raised the same thing as a published line tells of."""
    told = Feedback.objects.filter(thread__isnull=False).order_by("-received_at")
    found = set(told.values_list("pk", flat=True)[:HEARERS])
    for line in Piece.objects.filter(kind="line", state="published"):
        alike = told.filter(case__service=line.service, case__issues__subject=hearers.suggested(line).subject)
        found |= set(alike.values_list("pk", flat=True)[:OF_A_LINE])
    return found


def _piece(entry: dict[str, Any], made: dict[str, Piece], at: datetime) -> Piece:
    organisation = Organisation.objects.get(code=entry["organisation"])
    writer, reader = (_actor(entry[who], organisation) for who in ("writer", "reader"))
    words = {name: text.strip() for name, text in entry["words"].items()}
    service = Service.objects.get(organisation=organisation, code=entry["service"])
    story = made[entry["story"]].pk if "story" in entry else None
    piece = put_before_somebody(
        entry["kind"], words, [], writer, reader, at, organisation_id=organisation.pk, service_id=service.pk,
        story_id=story,
    )  # fmt: skip
    if entry["kind"] == "story":
        _story(entry, piece, writer, reader, at)
    if "share" in entry:
        approve.share(piece_id=piece.pk, reach=entry["share"], by=reader, at=at, version=_version(piece))
    return piece


def _story(entry: dict[str, Any], piece: Piece, writer: Actor, reader: Actor, at: datetime) -> None:
    """What its person agreed to, its approval, and where it was used."""
    day = timezone.localdate(at)
    frame: dict[str, Any] = {"piece_id": piece.pk, "by": writer, "at": at}
    stories.record_consent(uses=entry["uses"], given_on=day, how="phone", version=_version(piece), **frame)
    writing.ask(version=_version(piece), **frame)
    if entry.get("waits"):
        return
    approve.approve(piece_id=piece.pk, read=True, by=reader, at=at, version=_version(piece))
    if "used" in entry:
        use, where = entry["used"]
        stories.use_story(use=use, on=day, where=where, **frame)


def _version(piece: Piece) -> int:
    return Piece.objects.values_list("version", flat=True).get(pk=piece.pk)


def _actor(who: str, organisation: Organisation) -> Actor:
    viewer = accounts.viewer(User.objects.get(email__startswith=f"{who}@"), organisation)
    if viewer is None:
        raise ValueError(f"{who} does not work at {organisation.code}")
    return viewer.actor
