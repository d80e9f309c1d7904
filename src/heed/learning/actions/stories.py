"""Stories: the person's own telling, what they agreed to, where it was used, and taking it down when they say so (R169)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.correspondence import actions as correspondence
from heed.design.text import clean_text
from heed.feedback.models import Feedback
from heed.learning import pieces
from heed.learning.actions.approve import forget_words, take_down
from heed.learning.actions.log import staff_id
from heed.learning.actions.telling import Telling, keep_event, telling
from heed.learning.models import Consent, Piece, StoryUse, Wording
from heed.organisations import code_lists

LONGEST_OF_THEIRS = 10_000


@transaction.atomic
def tell_story(*, feedback_id: int, text: str, uses: Sequence[str], by: Actor, at: datetime) -> Piece:
    """The person tells their story themselves, on their page, and says what it may be used for. It is shown to nobody but
    those who keep the story bank until they have made a version without names, and somebody else approved it."""
    feedback = (
        Feedback.objects.select_for_update(of=("self",)).select_related("organisation", "case").get(pk=feedback_id)
    )
    words = clean_text(text).strip()
    if not words:
        raise Refused("Write your story, or go back.", "text")
    if len(words) > LONGEST_OF_THEIRS:
        raise Refused(f"This is longer than {LONGEST_OF_THEIRS:,} characters. Tell the part that matters most.", "text")
    agreed = _uses(uses)
    if already := Piece.objects.filter(
        feedback=feedback, kind="story", wordings__words={"title": "", "text": words}
    ).first():
        return already
    case = getattr(feedback, "case", None)
    piece = Piece.objects.create(
        organisation=feedback.organisation, service=feedback.service, kind="story", feedback=feedback, case=case, at=at
    )
    Wording.objects.create(piece=piece, number=1, words={"title": "", "text": words}, at=at)
    Consent.objects.create(piece=piece, uses=agreed, given_on=timezone.localdate(at), how="page")
    keep_event(piece, "written", by=by, at=at)
    return piece


def record_consent(
    *,
    piece_id: int,
    uses: Sequence[str],
    given_on: date,
    how: str,
    until: date | None = None,
    by: Actor,
    at: datetime,
    version: int,
) -> Consent:
    """Keep what the person agreed to: for what, when and how they said so, and until when. Fewer uses than before take the
    story out of what they no longer agree to at once."""
    agreed = _uses(uses)
    today = timezone.localdate(at)
    if how not in pieces.HOW_GIVEN or how == "page":
        raise Refused("Say how they agreed: in writing, by phone or in person.", "how")
    if given_on > today:
        raise Refused("They cannot have agreed on a day that has not come.", "given_on")
    if until and until < today:
        raise Refused("This day has passed already.", "until")
    with telling(piece_id, by=by, at=at, version=version) as change:
        change.refuse_unless("draft", "waiting", "published")
        consent, _ = Consent.objects.update_or_create(
            piece=change.piece,
            defaults={"uses": agreed, "given_on": given_on, "how": how, "until": until, "withdrawn_at": None,
                      "withdrawn_by_kind": ""},
        )  # fmt: skip
        if "elsewhere" not in agreed.split():
            change.piece.shared, change.piece.shared_at = "", None
        change.piece.changed_at = at
        change.event("consent")
    return consent


def _uses(uses: Sequence[str]) -> str:
    known = code_lists.load("story-uses").codes()
    if not uses or any(use not in known for use in uses):
        raise Refused("Choose at least one thing that it may be used for.", "uses")
    return " ".join(use for use in known if use in uses)


def use_story(*, piece_id: int, use: str, on: date, where: str, by: Actor, at: datetime) -> StoryUse:
    """Write down that a story was used: in what, and on what day. If its person withdraws it, whoever used it is told."""
    if not where.strip():
        raise Refused("Say where it was used: “ward managers’ meeting”.", "where")
    if on > timezone.localdate(at):
        raise Refused("This day has not come yet. Write it down when it was used.", "on")
    with telling(piece_id, by=by, at=at) as change:
        change.refuse_unless("published")
        if use not in change.piece.consent.uses.split():
            raise Refused("The person did not agree to this use.", "use")
        found, _ = StoryUse.objects.get_or_create(
            piece=change.piece, use=use, on=on, where=clean_text(where).strip()[:200], by_id=staff_id(by),
            defaults={"at": at},
        )  # fmt: skip
    return found


def withdraw_consent(*, piece_id: int, by: Actor, at: datetime) -> Piece:
    """The person, or somebody for them, takes their consent back. In this one transaction the story leaves every page, feed
    and briefing, its words are erased, and whoever used it gets a letter that it is withdrawn."""
    with telling(piece_id, by=by, at=at) as change:
        piece = change.piece
        if piece.kind != "story":
            raise Refused("Only a story has a consent.")
        if piece.state == "withdrawn" and not _holds(piece):
            return piece
        Consent.objects.filter(piece=piece, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by_kind=by.kind)
        take_down(change)
        change.event("person_withdrew")
        forget_words(change)
        _tell_users(change)
    return piece


def _holds(piece: Piece) -> bool:
    return Consent.objects.filter(piece=piece, withdrawn_at=None).exists()


def _tell_users(change: Telling) -> None:
    """One letter to each member of staff who used it: that it is withdrawn, and nothing of what it said."""
    piece = change.piece
    users = User.objects.filter(is_active=True, pk__in=piece.used.values("by_id")).order_by("pk")
    days = {use.by_id: use.on for use in piece.used.order_by("on")}
    for user in users:
        reader = correspondence.add_correspondent(name=user.name, email=user.email, by=change.by, at=change.at)
        thread = correspondence.open_thread(organisation_id=piece.organisation_id, correspondent=reader, at=change.at)
        correspondence.notify(
            thread=thread, letter="story_withdrawn", fields={"used_on": days[user.pk]}, by=change.by, at=change.at
        )
