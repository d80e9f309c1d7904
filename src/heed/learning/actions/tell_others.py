"""Tell those who raised the same thing and agreed to hear that it changed: one message each, never twice of a line (R175)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heed.accounts.permissions import Viewer
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.actions.talk import message_to_person
from heed.cases.models import Case
from heed.correspondence import actions as correspondence
from heed.correspondence.models import Message, Thread
from heed.feedback.models import Feedback
from heed.learning import letters
from heed.learning.actions.log import staff_id
from heed.learning.actions.telling import keep_event
from heed.learning.models import Piece, Told
from heed.learning.queries import hearers

MOST = 200  # at one press


@dataclass(frozen=True)
class Sent:
    """How many were told now, and how many of those chosen were not, because they had been told already, changed their
    mind, or are the same person."""

    told: int
    passed_over: int


def tell_others(
    *, piece_id: int, feedback_ids: Sequence[int], address: str, viewer: Viewer, by: Actor, at: datetime
) -> Sent:
    """Send the approved words of a line to those of these people who agreed to hear, whom the viewer may see, and who do not
    know yet. Each is told in a transaction of their own, so that a fault in one stops no other, and none is told twice
    however often this is sent. `address`: the line's public page."""
    piece = Piece.objects.select_related("shown", "organisation").get(pk=piece_id)
    if piece.kind != "line" or piece.state != "published" or piece.shown is None:
        raise Refused("Only a line that is published can be told to others.")
    if not feedback_ids:
        raise Refused("Choose at least one person.", "feedback_ids")
    if len(feedback_ids) > MOST:
        raise Refused(f"Choose at most {MOST} people at a time, then choose the next.", "feedback_ids")
    body = letters.changed_for_many(
        you_said=piece.shown.words["you_said"], we_did=piece.shown.words["we_did"], address=address
    )
    chosen = hearers.that_agreed(viewer).filter(pk__in=list(feedback_ids)).order_by("pk").values_list("pk", flat=True)
    told = sum(_told(piece, item, body, by, at) for item in chosen)
    if told:
        with transaction.atomic():
            keep_event(piece, "told", f"{told}", by=by, at=at)
    return Sent(told, len(set(feedback_ids)) - told)


@transaction.atomic
def _told(piece: Piece, feedback_id: int, body: str, by: Actor, at: datetime) -> bool:
    """Whether this one was told now."""
    item = Feedback.objects.select_for_update(of=("self",)).select_related("thread__correspondent").get(pk=feedback_id)
    if item.hear_of_changes_at is None or item.thread is None or hearers.knows(piece, item):
        return False
    case = Case.objects.filter(feedback=item).first()
    if case is not None:
        message = message_to_person(case_id=case.pk, body=body, is_update=False, letter="change_told", by=by, at=at)
    else:
        message = _to_writer(item.thread, item.reference, body, by, at)
    Told.objects.create(piece=piece, feedback=item, message=message, by_id=staff_id(by), at=at)
    return True


def _to_writer(thread: Thread, reference: str, body: str, by: Actor, at: datetime) -> Message:
    """Somebody behind a comment or compliment, who has no case."""
    message = correspondence.write(thread=thread, direction="out", body=body, by=by, at=at)
    fields = {"reference": reference}
    correspondence.notify(thread=thread, letter="change_told", fields=fields, by=by, at=at)
    return message
