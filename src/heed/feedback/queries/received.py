"""Feedback, read: by those who may, by the person with their code, and for counting."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from heed.accounts.permissions import Permission, Viewer
from heed.documents.models import Attachment
from heed.feedback import codes, likeness
from heed.feedback.models import Attempt, Draft, DraftFile, Feedback
from heed.feedback.rules import Pace

SENT = "sent_at"
AT_ONCE = 5_000  # ids in one question
FREE_TRIES = 5
SLOW_WINDOW = timedelta(minutes=15)


def visible_to(viewer: Viewer) -> QuerySet[Feedback]:
    """Comments and compliments that the person may see: all for those who see all cases, those of their service for
    its manager, their own for who logged them. Feedback with a case is seen through its case."""
    items = Feedback.objects.filter(organisation_id=viewer.organisation_id, case__isnull=True)
    if viewer.may(Permission.SEE_ALL_CASES):
        return items
    seen = items.none()
    if services := viewer.services_for(Permission.SEE_SERVICE_CASES):
        seen = seen | items.filter(service_id__in=services)
    if viewer.may(Permission.SEE_OWN_LOGGED):
        seen = seen | items.filter(logged_by_id=viewer.person_id)
    return seen


def listed(viewer: Viewer, kind: str = "") -> QuerySet[Feedback]:
    """What the person may see of feedback without a case, of one kind or all, with what a list shows. Order by
    received_at, pk."""
    items = visible_to(viewer).select_related("narrative", "service", "complainant")
    return items.filter(kind=kind) if kind else items


def of_ids(viewer: Viewer, ids: Iterable[int]) -> QuerySet[Feedback]:
    """Of these items, those without a case that the person may see. Order as `listed`."""
    return listed(viewer).filter(pk__in=list(ids))


def visible_item(viewer: Viewer, reference: str) -> Feedback | None:
    """One item of feedback without a case, None when the person may not see it (the page then answers 404)."""
    return (
        visible_to(viewer)
        .select_related("narrative", "service", "complainant__correspondent")
        .filter(reference=reference)
        .first()
    )


def files(feedback: Feedback) -> list[Attachment]:
    """The files that came with it."""
    return list(Attachment.objects.filter(feedback_file__feedback=feedback).select_related("blob"))


def logged_by(viewer: Viewer) -> QuerySet[Feedback]:
    """What the person took down themselves, newest first."""
    return Feedback.objects.filter(organisation_id=viewer.organisation_id, logged_by_id=viewer.person_id)


def detail(feedback_id: int) -> Feedback:
    return Feedback.objects.select_related(
        "organisation",
        "service",
        "narrative",
        "complainant__correspondent",
        "person_affected__correspondent",
        "representative__correspondent",
        "thread",
    ).get(pk=feedback_id)


def matching(organisation_id: int, reference: str, code: str) -> Feedback | None:
    """The item that the reference and code open together. The same work is done for a wrong reference as for a
    wrong code, so that the time tells nothing."""
    feedback = Feedback.objects.filter(
        organisation_id=organisation_id, reference=codes.reference_plain(reference)
    ).first()
    decoy = codes.code_hash("none", settings.CODE_KEY)  # made for each try, so that each does the same work
    expected = feedback.code_hash if feedback and feedback.code_hash else decoy
    right = hmac.compare_digest(expected, codes.code_hash(code, settings.CODE_KEY))
    return feedback if right and feedback and feedback.code_hash else None


def attempt_key(what: str) -> str:
    """A reference or network address as a keyed hash, so that no attempt names anybody."""
    return hmac.new(settings.CODE_KEY.encode(), b"try:" + what.encode(), hashlib.sha256).hexdigest()


def seconds_to_wait(keys: list[str], now: datetime) -> int:
    """How long before another try with any of these keys is looked at: none for the first few, then ever longer, at
    most a minute. Never a lock for good."""
    wait = 0
    for key in keys:
        tries = list(
            Attempt.objects.filter(key=key, at__gt=now - SLOW_WINDOW).order_by("-at").values_list("at", flat=True)
        )
        if len(tries) >= FREE_TRIES:
            pause = min(60, 2 ** (len(tries) - FREE_TRIES + 1))
            wait = max(wait, int(pause - (now - tries[0]).total_seconds()))
    return max(0, wait)


def pace_key(pace: Pace, whose: str) -> str:
    return attempt_key(f"{pace.what}:{whose}")


def pause(pace: Pace, whose: str, now: datetime) -> timedelta:
    """How long until this place may send one more; nothing where it may now."""
    sent = Attempt.objects.filter(key=pace_key(pace, whose), at__gt=now - pace.within).order_by("-at")
    newest = list(sent.values_list("at", flat=True)[: pace.most])
    if not pace.most or len(newest) < pace.most:
        return timedelta()
    return newest[-1] + pace.within - now


def draft(token: str) -> Draft | None:
    """The unsent form of whoever holds the token."""
    return Draft.objects.select_related("organisation").filter(token_hash=token_hash(token)).first()


def was_sent(draft: Draft) -> bool:
    """Whether the draft's form was sent; then it holds nothing more."""
    return SENT in draft.answers


def sent_at(draft: Draft) -> datetime | None:
    return datetime.fromisoformat(draft.answers[SENT]) if was_sent(draft) else None


def draft_files(draft_id: int) -> list[Attachment]:
    """The files of an unsent form, in the order in which they came."""
    files = DraftFile.objects.filter(draft_id=draft_id).order_by("pk").select_related("attachment__blob")
    return [file.attachment for file in files]


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def repeated(feedback_ids: Sequence[str], least: int = 5) -> list[list[str]]:
    """Of some items, those that say nearly the same as others or came from the same person: groups of at least `least` ids,
    the earliest of each first. Texts and names are compared and forgotten; what was erased is like nothing."""
    columns = ("pk", "narrative__text", "complainant__correspondent__email", "complainant__correspondent__phone")
    ids = [int(pk) for pk in feedback_ids]
    parts = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    rows = sorted(
        row for part in parts for row in Feedback.objects.filter(pk__in=part).order_by().values_list(*columns)
    )
    senders = [(email or "").lower() or "".join((phone or "").split()) or None for _, _, email, phone in rows]
    groups = likeness.alike([text or "" for _, text, _, _ in rows], senders)
    return [[str(rows[place][0]) for place in group] for group in groups if len(group) >= least]
