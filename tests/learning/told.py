"""Pieces from the first word to their approval, as the people of the scene make them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tests import factories
from tests.learning.scene import JUNE_30, noon

from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.learning.actions import approve, stories, write
from heed.learning.models import Action, Piece, Wording
from heed.learning.queries import known
from heed.organisations.models import Organisation

SAID, DID = (
    "People waited hours for a call bell to be answered.",
    "Open calls are handed over at every change of shift.",
)
LINE = {"you_said": SAID, "we_did": DID}
STORY = {
    "title": "Nobody told me that he could not swallow",
    "text": "He was on the ward after a stroke. I found out by chance that he could not swallow. It is written over the bed now.",
}
BRIEFING = {
    "title": "Calls for help after the shift changes",
    "happened": "People waited for a bell to be answered.",
    "learned": "Nobody owned an open call after the handover.",
    "standard": "The handover policy, section 4: every open call is named.",
    "questions": "Could this happen here?\nHow would we notice?",
    "bulletin": "Open calls are handed over.",
}
WORDS = {"line": LINE, "story": STORY, "briefing": BRIEFING}


class Telling:
    """An organisation with somebody who writes and somebody else who approves."""

    def __init__(self, body: Organisation, writer: User, reader: User):
        self.body, self.writer, self.reader = body, writer, reader
        self.at = noon(JUNE_30)

    def by(self, person: User) -> Actor:
        return factories.actor(person, self.body)

    def write(self, kind: str, actions: Sequence[Action] = (), **more: Any) -> Piece:
        words = {**WORDS[kind], **more.pop("words", {})}
        return write.write(
            organisation_id=self.body.pk, kind=kind, words=words, action_ids=[action.pk for action in actions],
            by=self.by(self.writer), at=more.pop("at", self.at), **more,
        )  # fmt: skip

    def do(self, verb: Any, piece: Piece, by: User | None = None, **more: Any) -> Any:
        """One action on a piece, with its version of now."""
        at = more.pop("at", self.at)
        if verb is not stories.use_story:
            more.setdefault("version", fresh(piece).version)
        return verb(piece_id=piece.pk, by=self.by(by or self.writer), at=at, **more)

    def decide(self, piece: Piece, how: str = "fine") -> None:
        """Decide alike on everything that is marked."""
        marks = known.open_marks(known.texts_of(fresh(piece), newest(piece)))
        if marks:
            self.do(write.look, piece, decided={one.key: how for one in marks})

    def agree(self, piece: Piece, *uses: str, **more: Any) -> None:
        given = {"given_on": date(2026, 6, 20), "how": "writing", **more}
        self.do(stories.record_consent, piece, uses=uses, **given)

    def approved(
        self, kind: str, actions: Sequence[Action] = (), *uses: str, at: datetime | None = None, **more: Any
    ) -> Piece:
        """A piece that was written, looked at, and approved by the other person. `uses`: what a story's person agreed to."""
        given = {"given_on": more.pop("given_on")} if "given_on" in more else {}
        piece = self.write(kind, actions, **({"at": at} if at else {}), **more)
        self.decide(piece)
        if uses:
            self.agree(piece, *uses, **given)
        when = {"at": at} if at else {}
        self.do(write.ask, piece, **when)
        self.do(approve.approve, piece, by=self.reader, read=True, **when)
        return fresh(piece)


def one_of_each(
    org: Organisation, people: dict[str, User], elsewhere: Organisation, action: Action, at: datetime
) -> dict[str, Any]:
    """A briefing, a story and a line of ours, approved, and a briefing that another organisation shares; by what the
    addresses call them."""
    ours = Telling(org, people["complaints_manager"], people["responsible_person"])
    theirs = Telling(
        elsewhere, factories.person(elsewhere, "handler"), factories.person(elsewhere, "complaints_manager")
    )
    ours.at = theirs.at = at
    shared = theirs.approved("briefing")
    theirs.do(approve.share, shared, by=theirs.reader, reach="everyone")
    was = {name: getattr(action, name) for name in ("state", "completed_on", "done_on", "completion_evidence")}
    done = {"state": "completed", "completed_on": at.date(), "done_on": at.date(), "completion_evidence": "Shown"}
    Action.objects.filter(pk=action.pk).update(**done)
    line = ours.approved("line", [action])
    Action.objects.filter(pk=action.pk).update(**was)
    story = ours.approved("story", [], "training", given_on=at.date())
    briefing = ours.approved("briefing")
    return {
        "piece_piece_id": briefing.pk, "story_piece_id": story.pk, "line_piece_id": line.pk, "shape": "pdf",
        "shared_token": shared.token,
    }  # fmt: skip


def fresh(piece: Piece) -> Piece:
    return Piece.objects.select_related("organisation").get(pk=piece.pk)


def newest(piece: Piece) -> Wording:
    return piece.wordings.latest("number")
