"""The frame of every change to a piece: lock it, check its version, change it, and keep what happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from heed.accounts import queries as accounts
from heed.audit import actions as audit
from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.design.text import clean_text
from heed.learning import pieces
from heed.learning.actions.log import is_against
from heed.learning.models import Piece, PieceEvent, Wording
from heed.learning.queries import known
from heed.search import actions as search


class Telling:
    """One change in progress. `piece` is locked."""

    def __init__(self, piece: Piece, by: Actor, at: datetime):
        self.piece, self.by, self.at = piece, by, at

    @property
    def latest(self) -> Wording:
        """The newest wording, shown or not."""
        return self.piece.wordings.latest("number")

    def event(self, kind: str, note: str = "") -> None:
        """Keep what happened, and who did it, in the piece's own history and in the audit trail."""
        keep_event(self.piece, kind, note, by=self.by, at=self.at)

    def refuse_unless(self, *states: str) -> None:
        """Go on only from one of these states."""
        if self.piece.state not in states:
            raise Refused(f"This cannot be done now: it is “{pieces.STATES[self.piece.state].lower()}”.")

    def reword(self, words: dict[str, str], looked: list[dict[str, Any]], **more: Any) -> Wording:
        """Keep a new version of what it says."""
        number = self.piece.wordings.count() + 1
        kept = {"by_id": self.by.staff_id, **more}
        return Wording.objects.create(piece=self.piece, number=number, words=words, looked=looked, at=self.at, **kept)


def keep_event(piece: Piece, kind: str, note: str = "", *, by: Actor, at: datetime) -> None:
    """One line of the history of a piece. `note`: words of a member of staff that explain it."""
    if kind not in pieces.DONE:
        raise ValueError(f"There is no sentence for {kind!r}.")
    PieceEvent.objects.create(
        piece=piece, kind=kind, note=clean_text(note).strip(), at=at, actor_kind=by.kind, actor_id=by.id[:20]
    )
    audit.record(by=by, at=at, verb=f"{piece.kind}_{kind}", kind="piece", object_id=piece.pk,
                 organisation=piece.organisation.code)  # fmt: skip


@contextmanager
def telling(piece_id: int, *, by: Actor, at: datetime, version: int | None = None) -> Iterator[Telling]:
    """Lock a piece, let it be changed, and save it with what can be found of it, in one transaction.

    Raises Stale when `version` is given and is not the piece's; Refused for who is complained about in what it tells."""
    with transaction.atomic():
        piece = Piece.objects.select_for_update(of=("self",)).select_related("organisation", "service").get(pk=piece_id)
        if version is not None and piece.version != version:
            raise Stale(*last_change(piece))
        refuse_if_about(piece, by)
        change = Telling(piece, by, at)
        yield change
        piece.version += 1
        piece.save()
        find_as_shown(piece, at)


def refuse_if_about(piece: Piece, by: Actor) -> None:
    """Nobody who is complained about has a part in what is told of it (R255)."""
    if is_against(by, known.cases_of(piece)):
        raise Refused("You are complained about in the case that this comes from, so you cannot act in it.")


def last_change(piece: Piece) -> tuple[str, str]:
    """Who last changed it and what they did."""
    event = piece.events.order_by("-pk").first()
    if event is None:
        return "Somebody", "it changed"
    names = accounts.names([int(event.actor_id)]) if event.actor_kind == "staff" else {}
    who = names.get(int(event.actor_id), "Somebody") if names else "The person themselves"
    return who, f"{who} {pieces.DONE[event.kind]}"


def find_as_shown(piece: Piece, at: datetime) -> None:
    """What is shown can be found by its words; what is not, cannot."""
    if piece.state != "published" or piece.shown is None:
        search.remove(kind="piece", object_id=piece.pk)
        return
    title, text = pieces.found_by(piece.kind, piece.shown.words)
    search.index(kind="piece", object_id=piece.pk, organisation_id=piece.organisation_id, title=title, text=text, at=at)
