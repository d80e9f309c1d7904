"""Keep a form that is not sent yet, so that nothing typed is lost, and slow down who guesses at codes."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.documents import actions as documents
from heed.documents.models import Attachment
from heed.feedback import codes, queries
from heed.feedback.models import Attempt, Draft, DraftFile, Feedback
from heed.feedback.rules import Pace
from heed.organisations.models import Organisation

KEEP = timedelta(days=7)


def start(*, organisation: Organisation, at: datetime) -> tuple[Draft, str]:
    """A new empty draft and the token for the sender's cookie, which is not kept here."""
    token = secrets.token_urlsafe(24)
    draft = Draft.objects.create(
        organisation=organisation,
        token_hash=queries.token_hash(token),
        submission_key=codes.new_submission_key(),
        created_at=at,
        updated_at=at,
    )
    return draft, token


def resume(*, organisation: Organisation, token: str, at: datetime) -> Draft:
    """The draft of a form that carries its own token: made when it is first sent, found again when it is sent twice."""
    draft, _ = Draft.objects.get_or_create(
        token_hash=queries.token_hash(token),
        defaults={
            "organisation": organisation,
            "submission_key": codes.new_submission_key(),
            "created_at": at,
            "updated_at": at,
        },
    )
    return draft


@transaction.atomic
def keep(*, draft_id: int, answers: dict[str, Any], at: datetime) -> Draft:
    """Add answers to a draft; a name given again replaces the earlier answer."""
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    draft.answers = {**draft.answers, **answers}
    draft.updated_at = at
    draft.save(update_fields=["answers", "updated_at"])
    return draft


@transaction.atomic
def add_file(*, draft_id: int, incoming: documents.Incoming, by: Actor, at: datetime) -> None:
    """Keep a file that was looked at (`documents.take_in`) with a form. The same file chosen twice is kept once.

    Raises Refused when the form was sent or thrown away meanwhile: nobody would ever see the file."""
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None or queries.was_sent(draft):
        raise Refused(
            f"“{incoming.filename}” was not added: this form was sent or deleted while the file was on its way."
        )
    same = DraftFile.objects.filter(
        draft=draft, attachment__blob_id=incoming.received.sha256, attachment__filename=incoming.filename
    )
    if not same.exists():
        attachment = documents.keep(incoming=incoming, organisation_id=draft.organisation_id, by=by, at=at)
        DraftFile.objects.create(draft=draft, attachment=attachment)


@transaction.atomic
def remove_file(*, draft_id: int, token: str, by: Actor, at: datetime) -> None:
    """Take a file out of a draft; nothing happens when it is not there."""
    for file in DraftFile.objects.filter(draft_id=draft_id, attachment__token=token).select_related("attachment"):
        attachment = file.attachment
        file.delete()
        documents.release(attachment=attachment, by=by, at=at)


@transaction.atomic
def finish(*, draft_id: int) -> list[Attachment]:
    """The draft was sent: hand its files over. The draft stays a while, so that a second click finds its answer."""
    files = list(DraftFile.objects.filter(draft_id=draft_id).select_related("attachment"))
    DraftFile.objects.filter(draft_id=draft_id).delete()
    return [file.attachment for file in files]


def mark_sent(*, draft_id: int, at: datetime) -> None:
    """Its words stand where they were sent to; the draft only says that they were, so that a second click is known."""
    Draft.objects.filter(pk=draft_id).update(answers={queries.SENT: at.isoformat()}, updated_at=at)


@transaction.atomic
def discard(*, draft_id: int, by: Actor, at: datetime) -> None:
    """The person thought better of it: remove the draft with its files."""
    Draft.objects.select_for_update().filter(pk=draft_id).first()  # one that is being sent is waited for
    for attachment in finish(draft_id=draft_id):
        documents.release(attachment=attachment, by=by, at=at)
    Draft.objects.filter(pk=draft_id).delete()


@transaction.atomic
def forget_sent(*, feedback_id: int, since: datetime) -> None:
    """Whoever sent this has left: the browser in which they sent it, after `since`, shows its code to nobody any more."""
    feedback = Feedback.objects.get(pk=feedback_id)
    for draft in Draft.objects.filter(organisation_id=feedback.organisation_id, updated_at__gt=since):
        if codes.submission_hash(draft.submission_key) == feedback.submission_key:
            draft.delete()


@transaction.atomic
def sweep(*, by: Actor, at: datetime) -> int:
    """Remove drafts that nobody touched for a week, with their files. Returns how many."""
    old = list(Draft.objects.select_for_update().filter(updated_at__lt=at - KEEP)[:500])
    for draft in old:
        for attachment in finish(draft_id=draft.pk):
            documents.release(attachment=attachment, by=by, at=at)
        draft.delete()
    Attempt.objects.filter(at__lt=at - timedelta(days=1)).delete()
    return len(old)


def note_attempt(*, keys: list[str], at: datetime) -> None:
    """A reference and a code did not match."""
    Attempt.objects.bulk_create(Attempt(key=key, at=at) for key in keys)


def keep_pace(*, paces: list[tuple[Pace, str]], at: datetime) -> timedelta:
    """Count one more of something, each pace with the place it is counted for. Where that is too many for one of them,
    nothing is counted, and how long to wait is returned; else nothing to wait."""
    wait = max(queries.pause(pace, whose, at) for pace, whose in paces)
    if not wait:
        note_attempt(keys=[queries.pace_key(pace, whose) for pace, whose in paces if pace.most], at=at)
    return wait
