"""What complaints teams tell each other, across all bodies of this installation: by organisation, not by person (R229)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from heed.accounts.permissions import Permission, Viewer
from heed.care import rules
from heed.care.models import Post

MAY = (Permission.HANDLE, Permission.LOOK_AFTER_PEOPLE)


@dataclass(frozen=True)
class Shown:
    """A post as it is shown to somebody. `who`: the organisation, and the writer where they want it. `may_withdraw`: it is
    theirs, or of their team, which they look after. `reports`: to be looked at, told to that team alone."""

    pk: int
    kind: str
    title: str
    text: str
    who: str
    posted_at: datetime
    is_mine: bool
    may_withdraw: bool
    answers: int = 0
    reports: tuple[str, ...] = ()


def standing(kind: str = "") -> QuerySet[Post]:
    """Questions and practices that stand, each with how many answers (`many`). Order by posted_at, pk, newest first."""
    rows = Post.objects.filter(parent=None, gone_at=None).select_related("organisation", "writer")
    rows = rows.annotate(many=Count("answers", filter=Q(answers__gone_at__isnull=True)))
    return rows.filter(kind=kind) if kind in rules.POSTS else rows


def shown(viewer: Viewer, post: Post) -> Shown:
    """One of `standing`, for somebody."""
    mine = post.writer_id == viewer.person_id and post.organisation_id == viewer.organisation_id
    team = viewer.may(Permission.LOOK_AFTER_PEOPLE) and post.organisation_id == viewer.organisation_id
    reports = tuple(one.why for one in post.reports.all() if one.looked_at is None) if team else ()
    who = f"{post.writer.name}, {post.organisation.name}" if post.named else post.organisation.name
    return Shown(
        post.pk, post.kind, post.title, post.text, who, post.posted_at, mine, mine or team,
        answers=getattr(post, "many", 0), reports=reports,
    )  # fmt: skip


def thread(viewer: Viewer, post_id: int) -> list[Shown]:
    """A post and the answers to it, the oldest first; empty where it stands no more."""
    first = Post.objects.filter(pk=post_id, parent=None, gone_at=None).first()
    if first is None:
        return []
    rows = Post.objects.filter(Q(pk=first.pk) | Q(parent=first), gone_at=None)
    found = rows.select_related("organisation", "writer").prefetch_related("reports").order_by("posted_at", "pk")
    return [shown(viewer, post) for post in sorted(found, key=lambda post: post.pk != first.pk)]


def post(viewer: Viewer, post_id: int) -> Shown | None:
    """One post or answer that stands."""
    rows = Post.objects.filter(pk=post_id, gone_at=None).filter(Q(parent=None) | Q(parent__gone_at=None))
    found = rows.select_related("organisation", "writer").prefetch_related("reports").first()
    return shown(viewer, found) if found else None
