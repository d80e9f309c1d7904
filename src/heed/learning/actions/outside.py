"""What passes between an action and an owner without an account: the link that they answer through, and their answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.correspondence import actions as correspondence
from heed.documents.models import Attachment
from heed.learning.actions.do import cannot, show_done, start
from heed.learning.actions.log import changing
from heed.learning.actions.look import record_check
from heed.learning.actions.own import ask_owner, owner_of
from heed.learning.links import PURPOSE
from heed.learning.models import Action

WAYS = ("started", "progress", "done", "cannot")


@dataclass(frozen=True)
class Answer:
    """What an owner says. `way`: one of WAYS. `on`: the day it began, was looked at or was done. `standing` and `again_on`
    of progress only; `attachments` of what is done."""

    way: str
    on: date
    words: str = ""
    standing: str = ""
    again_on: date | None = None
    attachments: Sequence[Attachment] = ()


def send_owner_link(*, action_id: int, by: Actor, at: datetime, version: int) -> Action:
    """Send the owner a new link; one sent before ends."""
    with changing(action_id, by=by, at=at, version=version) as change:
        ask_owner(change)
    return change.action


def withdraw_owner_link(*, action_id: int, by: Actor, at: datetime, version: int) -> Action:
    """The owner cannot answer through the link any longer."""
    with changing(action_id, by=by, at=at, version=version) as change:
        if not correspondence.end_links(purpose=PURPOSE, object_id=action_id, why="withdrawn", by=by, at=at):
            raise Refused("There is no link that still works.")
        change.event("link_withdrawn", **owner_of(change.action))
    return change.action


@transaction.atomic
def answer(*, action_id: int, answer: Answer, by: Actor, at: datetime, version: int) -> None:
    """Keep what the owner says, and end the link: a new one is sent when the next thing is due.

    Raises Refused with a sentence and the field that it concerns: "on", "words", "again_on"."""
    try:
        _keep(action_id, answer, by, at, version)
    except Refused as refused:
        raise Refused(str(refused), FIELDS.get(refused.field or "", refused.field)) from refused
    correspondence.end_links(purpose=PURPOSE, object_id=action_id, why="answered", by=by, at=at)


FIELDS = {"started_on": "on", "done_on": "on", "note": "words", "evidence": "words", "reason": "words"}


def _keep(action_id: int, answer: Answer, by: Actor, at: datetime, version: int) -> None:
    if answer.way == "started":
        start(action_id=action_id, started_on=answer.on, by=by, at=at, version=version)
    elif answer.way == "progress":
        record_check(
            action_id=action_id, kind="progress", done_on=answer.on, worked=answer.standing == "on_track",
            standing=answer.standing, note=answer.words, again_on=answer.again_on, by=by, at=at, version=version,
        )  # fmt: skip
    elif answer.way == "done":
        show_done(
            action_id=action_id, done_on=answer.on, evidence=answer.words, attachments=answer.attachments, by=by, at=at,
            version=version,
        )  # fmt: skip
    elif answer.way == "cannot":
        cannot(action_id=action_id, reason=answer.words, by=by, at=at, version=version)
    else:
        raise Refused("Say how it stands.", "way")
