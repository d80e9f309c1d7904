"""Approve what somebody else wrote, send it back, take it down, say that it still holds, and share it."""

from datetime import datetime

from django.db import transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.learning.actions.log import staff_id
from heed.learning.actions.telling import Telling, keep_event, telling
from heed.learning.actions.write import refuse_unready
from heed.learning.models import Piece, Wording
from heed.learning.pieces import REACHES
from heed.learning.queries import stories


def approve(*, piece_id: int, read: bool, by: Actor, at: datetime, version: int) -> Piece:
    """Somebody else than the writer read it as a stranger would, and from now on it is shown: a line to everybody, a story
    for what its person agreed to, a briefing to the staff (R9, R253)."""
    with telling(piece_id, by=by, at=at, version=version) as change:
        piece, wording = change.piece, change.latest
        change.refuse_unless("waiting", "published")
        if wording.approved_at:
            raise Refused("Nothing waits for approval here.")
        if staff_id(by) in (wording.by_id, *(one["by"] for one in wording.looked)):
            raise Refused("You wrote this, or decided that nobody can be recognised in it. Somebody else approves it.")
        if not read:
            raise Refused("Read it as a stranger would, and tick that nobody can be recognised.", "read")
        refuse_unready(piece, wording, at)
        wording.approved_by_id, wording.approved_at = staff_id(by), at
        wording.save(update_fields=["approved_by", "approved_at"])
        corrected = piece.state == "published"
        piece.shown, piece.state, piece.changed_at = wording, "published", at
        piece.published_at = piece.published_at or at
        piece.withdrawn_at = piece.doubted_at = None
        change.event("corrected" if corrected else "published")
    return piece


def send_back(*, piece_id: int, reason: str, by: Actor, at: datetime, version: int) -> Piece:
    """Not like this: the writer reads why. What was shown before stays."""
    if not reason.strip():
        raise Refused("Say what should be different.", "reason")
    with telling(piece_id, by=by, at=at, version=version) as change:
        change.refuse_unless("waiting", "published")
        if change.latest.approved_at:
            raise Refused("Nothing waits for approval here.")
        if change.piece.state == "waiting":
            change.piece.state = "draft"
        change.event("sent_back", reason)
    return change.piece


def withdraw(*, piece_id: int, reason: str, by: Actor, at: datetime, version: int) -> Piece:
    """Take it down everywhere: page, feed, poster and library of others. The reason is kept. A line or briefing can be
    written anew; the words of a story are gone."""
    if not reason.strip():
        raise Refused("Say why it is taken down.", "reason")
    with telling(piece_id, by=by, at=at, version=version) as change:
        change.refuse_unless("draft", "waiting", "published")
        take_down(change)
        change.event("withdrawn", reason)
        if change.piece.kind == "story":
            forget_words(change)
    return change.piece


def take_down(change: Telling) -> None:
    """From now on nothing of it is served anywhere."""
    piece = change.piece
    piece.state, piece.shown, piece.withdrawn_at, piece.changed_at = "withdrawn", None, change.at, change.at
    piece.shared, piece.shared_at, piece.doubted_at = "", None, None


def forget_words(change: Telling) -> None:
    """Erase what a story said, and mark the briefings that told it: they are served without it from this moment."""
    piece = change.piece
    piece.wordings.update(words={}, looked=[])
    tells = Wording.objects.filter(story=piece).values("piece_id")
    told_in = Piece.objects.filter(kind="briefing", pk__in=tells).exclude(state="withdrawn")
    for briefing in told_in.select_for_update(of=("self",)).select_related("organisation").order_by("pk"):
        briefing.wordings.filter(story=piece).update(story=None)
        briefing.doubted_at = briefing.changed_at = change.at
        briefing.version += 1
        briefing.save()
        keep_event(briefing, "story_gone", by=change.by, at=change.at)


@transaction.atomic
def slipped(*, action_id: int, by: Actor, at: datetime) -> list[int]:
    """A change did not last. What is no longer true does not stay on a public page: a line that tells of this action alone is
    taken down. A line of several, and a briefing, are marked, so that somebody looks whether they still hold. Returns the
    primary keys of all these. Called in the transaction that finds it."""
    found = Piece.objects.filter(actions=action_id, state__in=("waiting", "published")).order_by("pk")
    ids = list(found.values_list("pk", flat=True))
    for piece_id in ids:
        with telling(piece_id, by=by, at=at) as change:
            alone = change.piece.kind == "line" and change.piece.actions.count() == 1
            if alone:
                take_down(change)
            change.piece.doubted_at = change.piece.doubted_at or (None if alone else at)
            change.event("slipped" if alone else "doubted")
    return ids


def still_holds(*, piece_id: int, reason: str, by: Actor, at: datetime, version: int) -> Piece:
    """Somebody looked, and what it says is still true."""
    if not reason.strip():
        raise Refused("Say how you know that it still holds.", "reason")
    with telling(piece_id, by=by, at=at, version=version) as change:
        if change.piece.doubted_at is None:
            raise Refused("Nobody has doubted it.")
        change.piece.doubted_at = None
        change.event("holds", reason)
    return change.piece


def share(*, piece_id: int, reach: str, by: Actor, at: datetime, version: int) -> Piece:
    """Let other organisations here read a line or briefing that is approved: all of them, those of our network, or none
    any more (R229, R232). A story goes with it only if its person agreed to that."""
    if reach not in REACHES:
        raise Refused("Choose with whom it is shared.", "reach")
    with telling(piece_id, by=by, at=at, version=version) as change:
        piece = change.piece
        change.refuse_unless("published")
        if reach == piece.shared:
            return piece
        if reach and piece.kind == "story" and not stories.is_told(piece, "elsewhere", at):
            raise Refused("The person did not agree that other organisations read it.", "reach")
        piece.shared, piece.shared_at = reach, at if reach else None
        change.event("shared" if reach else "unshared")
    return piece
