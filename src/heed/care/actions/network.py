"""Write to the complaints teams of all bodies, take back what one wrote, report what should not stand, and look again."""

from datetime import datetime

from django.db import transaction

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission
from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.care import rules
from heed.care.actions.telling import tell
from heed.care.models import Post, PostReport
from heed.feedback.rules import clean
from heed.organisations.models import Organisation


def post(
    *,
    organisation: Organisation,
    kind: str,
    text: str,
    title: str = "",
    named: bool = False,
    parent_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Post:
    """Ask something, tell what works, or, with `parent_id`, answer. Whoever calls it has looked for names and numbers."""
    title, text = clean(title).strip(), clean(text).strip()
    if parent_id is None and kind not in rules.POSTS:
        raise Refused("Say whether it is a question, or something that works for you.", "kind")
    if parent_id is None and not title:
        raise Refused("Write in a line what it is about.", "title")
    if not text:
        raise Refused("Write something.", "text")
    with transaction.atomic():
        parent = None
        if parent_id is not None:
            kind, title = "answer", ""
            parent = Post.objects.select_for_update().filter(pk=parent_id, parent=None, gone_at=None).first()
            if parent is None:
                raise Refused("What you answer is not there any more.")
        made = Post.objects.create(
            organisation=organisation, writer_id=by.member_id, kind=kind, parent=parent, title=title[:120], text=text,
            named=named, posted_at=at,
        )  # fmt: skip
        _record("post_written", made, by, at)
    return made


def withdraw(*, organisation: Organisation, post_id: int, by: Actor, at: datetime) -> Post:
    """Its writer, or who looks after people in their team, takes it away with all words; answers of others go with a
    question."""
    with transaction.atomic():
        found = Post.objects.select_for_update().filter(organisation=organisation, pk=post_id, gone_at=None).first()
        if found is None:
            raise Refused("This is not there any more.")
        if found.writer_id != by.member_id and not _looks_after(organisation, by):
            raise Refused("Only its writer can take it back.")
        Post.objects.filter(parent=found, gone_at=None).update(title="", text="", gone_at=at)
        found.title, found.text, found.gone_at = "", "", at
        found.save(update_fields=["title", "text", "gone_at"])
        PostReport.objects.filter(post=found, looked_at=None).update(looked_at=at)
        _record("post_withdrawn", found, by, at)
    return found


def report(*, organisation: Organisation, post_id: int, why: str, by: Actor, at: datetime) -> PostReport:
    """Ask the team that wrote it to look again; those who look after people there are told by e-mail that something waits."""
    if not why.strip():
        raise Refused("Write in a line what is wrong with it.", "why")
    with transaction.atomic():
        found = Post.objects.select_for_update().filter(pk=post_id, gone_at=None).first()
        if found is None:
            raise Refused("This is not there any more.")
        made, is_new = PostReport.objects.get_or_create(
            post=found, by_id=by.member_id,
            defaults={"why": clean(why).strip()[:300], "organisation": organisation, "at": at},
        )  # fmt: skip
        if not is_new:
            raise Refused("You have reported it already. Its team looks at it.")
        place, page = found.organisation, f"care/network/{found.thread_id}/"
        for person in accounts.people_who_may(Permission.LOOK_AFTER_PEOPLE, place.pk):
            tell(organisation=place, person=person, letter="post_reported", page=page, fields={}, at=at)
        _record("post_reported", found, by, at)
    return made


def keep_standing(*, organisation: Organisation, post_id: int, by: Actor, at: datetime) -> int:
    """The team that wrote it looked again, and it stands; how many reports that answers."""
    with transaction.atomic():
        found = Post.objects.select_for_update().filter(organisation=organisation, pk=post_id, gone_at=None).first()
        if found is None or not _looks_after(organisation, by):
            raise Refused("Only who looks after people in the team that wrote it can say so.")
        many = PostReport.objects.filter(post=found, looked_at=None).update(looked_at=at)
        _record("post_kept", found, by, at)
    return many


def _looks_after(organisation: Organisation, by: Actor) -> bool:
    return accounts.people_who_may(Permission.LOOK_AFTER_PEOPLE, organisation.pk).filter(pk=by.member_id).exists()


def _record(verb: str, of: Post, by: Actor, at: datetime) -> None:
    record(by=by, at=at, verb=verb, kind="post", object_id=of.pk)
