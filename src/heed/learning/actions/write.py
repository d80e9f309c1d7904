"""Write a line, a story or a briefing, look at what is marked in it, and put it before somebody else for approval."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.design.text import clean_text
from heed.learning import pieces
from heed.learning.actions.log import staff_id
from heed.learning.actions.telling import Telling, keep_event, refuse_if_about, telling
from heed.learning.anonymity import without
from heed.learning.models import Action, Piece, Wording
from heed.learning.queries import known, stories
from heed.organisations.models import Service

Words = Mapping[str, str]


@transaction.atomic
def write(
    *,
    organisation_id: int,
    kind: str,
    words: Words,
    action_ids: Sequence[int] = (),
    service_id: int | None = None,
    story_id: int | None = None,
    case_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Piece:
    """Begin a piece of a kind: "line", "story" or "briefing". A line comes of one action or of several, all of them done.
    `story_id`: the story that a briefing tells. The same words for the same actions, sent twice, are one piece.

    Raises Refused with a sentence and the field that it concerns."""
    said = _clean(kind, words)
    actions = _actions(organisation_id, kind, action_ids)
    service = _service(organisation_id, service_id) or _of_all(actions)
    twice = Piece.objects.filter(organisation_id=organisation_id, kind=kind, state="draft", by_id=staff_id(by))
    for piece in twice.filter(version=1).order_by("-pk")[:3]:
        if piece.wordings.filter(words=said, number=1).exists() and _same(piece, action_ids):
            return piece
    piece = Piece.objects.create(
        organisation_id=organisation_id, kind=kind, service=service, case_id=case_id, by_id=staff_id(by), at=at
    )
    piece.actions.set(actions)
    refuse_if_about(piece, by)
    story = _story(piece, story_id, at)
    Wording.objects.create(piece=piece, number=1, words=said, story=story, by_id=staff_id(by), at=at)
    keep_event(piece, "written", by=by, at=at)
    return piece


def reword(
    *,
    piece_id: int,
    words: Words,
    service_id: int | None = None,
    story_id: int | None = None,
    by: Actor,
    at: datetime,
    version: int,
) -> Piece:
    """Say it in other words. What is shown stays as it is until somebody else approves the new words."""
    with telling(piece_id, by=by, at=at, version=version) as change:
        piece = change.piece
        if piece.kind == "story" and piece.state == "withdrawn":
            raise Refused("The story was taken down, and its words are gone. Ask the person, and write a new one.")
        said = _clean(piece.kind, words)
        before = change.latest
        piece.service = _service(piece.organisation_id, service_id)
        story = _story(piece, story_id, at)
        # What somebody decided on holds for as long as the text that it stood in is the same.
        kept = [one for one in before.looked if said.get(one["part"]) == before.words.get(one["part"])]
        change.reword(said, kept, story=story)
        if piece.state in ("waiting", "withdrawn"):
            piece.state, piece.withdrawn_at = "draft", None
        change.event("reworded")
    return piece


def look(*, piece_id: int, decided: Mapping[str, str], by: Actor, at: datetime, version: int) -> int:
    """Keep what was decided on the marks in the newest wording, by their keys: "out" takes the words out and puts others in
    their place, to be read again; "fine" says that the person looked and that nobody can be recognised. Returns how many
    were taken out. What is certain to lead to one person cannot be kept."""
    with telling(piece_id, by=by, at=at, version=version) as change:
        change.refuse_unless("draft", "published", "withdrawn")
        wording = change.latest
        if wording.approved_at:
            raise Refused("These words are approved already. Write it anew to change them.")
        texts = known.texts_of(change.piece, wording)
        gone, looked = 0, list(wording.looked)
        words = dict(wording.words)
        for text in texts:
            out = [one.mark for one in text.marked if decided.get(one.key) == "out"]
            words[text.name] = without(text.words, out)
            gone += len(out)
            looked += [_looked(text.name, "out", mark.words, by, at) for mark in out]
            for one in {one.key: one for one in text.marked if one.is_open}.values():
                if decided.get(one.key) == "fine" and not one.mark.must_go:
                    looked.append(_looked(text.name, one.mark.kind, one.mark.words, by, at))
        _keep_look(change, wording, words, looked, gone)
    return gone


def _looked(part: str, kind: str, words: str, by: Actor, at: datetime) -> dict[str, Any]:
    """What somebody decided of some words: `kind` is that of a mark that may stay, or "out"."""
    return {
        "part": part,
        "kind": kind,
        "words": words if kind != "out" else "",
        "by": staff_id(by),
        "at": at.isoformat(),
    }


def _keep_look(
    change: Telling, wording: Wording, words: dict[str, str], looked: list[dict[str, Any]], gone: int
) -> None:
    if gone:
        # Whoever wrote it is its writer still: taking words out makes nobody else of them.
        change.reword(words, looked, story=wording.story, by_id=wording.by_id)
    else:
        wording.looked = looked
        wording.save(update_fields=["looked"])
    change.event("looked")


def ask(*, piece_id: int, by: Actor, at: datetime, version: int) -> Piece:
    """Put the newest wording before somebody else for approval.

    Raises Refused while something is missing, a mark is not decided on, or a story has no consent."""
    with telling(piece_id, by=by, at=at, version=version) as change:
        piece, wording = change.piece, change.latest
        change.refuse_unless("draft", "published")
        refuse_unready(piece, wording, at)
        if piece.state == "draft":
            piece.state = "waiting"
        elif wording.approved_at:
            raise Refused("Nothing of it is new. Write it anew first.")
        change.event("asked")
    return piece


def refuse_unready(piece: Piece, wording: Wording, at: datetime) -> None:
    """Refuse what lacks words, consent, or a decision on something that the check marked."""
    if refusal := pieces.why_not_ask(piece.kind, wording.words):
        raise Refused(*refusal)
    if piece.kind == "story" and (why := stories.why_not_told(piece, at)):
        raise Refused(why)
    if left := known.open_marks(known.texts_of(piece, wording)):
        first = left[0].mark
        more = f", and {len(left) - 1} more" if len(left) > 1 else ""
        raise Refused(
            f"Decide first on “{first.words}”, which may be {first.what}{more}: somebody could be recognised."
        )


def _clean(kind: str, words: Words) -> dict[str, str]:
    if kind not in pieces.KINDS:
        raise ValueError(f"There is no kind of piece {kind!r}.")
    said = {part.name: clean_text(words.get(part.name, "")).strip() for part in pieces.PARTS[kind]}
    if refusal := pieces.why_not_words(kind, said):
        raise Refused(*refusal)
    if not any(said.values()):
        raise Refused("Write something first.", pieces.PARTS[kind][0].name)
    return said


def _actions(organisation_id: int, kind: str, ids: Collection[int]) -> QuerySet[Action]:
    """The actions that it comes of. A line says what was done, so they are done."""
    found = Action.objects.filter(organisation_id=organisation_id, pk__in=list(ids)).select_related("service")
    if len(found) != len(set(ids)):
        raise Refused("Choose actions of this organisation.", "action_ids")
    if kind == "line":
        if not ids:
            raise Refused("Choose the action, or the actions, that it tells of.", "action_ids")
        if any(action.completed_on is None or action.state in ("promised", "started") for action in found):
            raise Refused(
                "Write this when it is done: the line says what you did, not what you mean to do.", "action_ids"
            )
    return found


def _same(piece: Piece, ids: Collection[int]) -> bool:
    return set(piece.actions.values_list("pk", flat=True)) == set(ids)


def _of_all(actions: QuerySet[Action]) -> Service | None:
    """The service of the actions, where all are of one."""
    services = {action.service for action in actions}
    return services.pop() if len(services) == 1 else None


def _service(organisation_id: int, service_id: int | None) -> Service | None:
    if service_id is None:
        return None
    found = Service.objects.filter(organisation_id=organisation_id, pk=service_id).first()
    if found is None:
        raise Refused("Choose one of the organisation’s services.", "service_id")
    return found


def _story(piece: Piece, story_id: int | None, at: datetime) -> Piece | None:
    """The story that a briefing may tell: one that is approved, with consent for training."""
    if story_id is None or piece.kind != "briefing":
        return None
    found = stories.told_for(piece.organisation_id, "training", at).filter(pk=story_id).first()
    if found is None:
        raise Refused("Choose a story that is approved, and that may be used for training.", "story_id")
    return found
