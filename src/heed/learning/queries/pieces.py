"""Pieces, read by staff: which somebody may see, one with all that its page shows, and what may be told next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission, Viewer
from heed.cases.models import Case, ComplainedAbout
from heed.learning import drafting, pieces
from heed.learning.models import Action, LearningPoint, Piece, Wording, against
from heed.learning.queries import known, stories

P = Permission
SHOWN_EVENTS = 50


def visible(viewer: Viewer) -> QuerySet[Piece]:
    """The one visibility function of pieces: all for those who publish; else what is approved, of stories only those for
    who records learning, and what one wrote oneself. Nobody who is complained about in what it tells sees it (R255)."""
    rows = Piece.objects.filter(organisation_id=viewer.organisation_id)
    if not viewer.may(P.PUBLISH):
        kinds = ["line", "briefing", *(["story"] if viewer.may(P.RECORD_LEARNING) else [])]
        mine = Q(by_id=viewer.person_id)
        rows = rows.filter(mine | Q(state="published", kind__in=kinds))
    complained_about = ComplainedAbout.objects.filter(person_id=viewer.person_id)
    through = Piece.actions.through.objects.filter(
        piece=OuterRef("pk"),
        action__learning_point__in=LearningPoint.objects.filter(against(viewer.person_id)).order_by().values("pk"),
    )
    return rows.exclude(case__in=complained_about.values("case_id")).exclude(Exists(through))


def listed(viewer: Viewer, kind: str, state: str = "") -> QuerySet[Piece]:
    """Pieces of a kind, in one state or all, with what a list shows. `waits`: a wording that waits for approval."""
    rows = visible(viewer).filter(kind=kind).select_related("service", "shown", "by")
    rows = rows.annotate(waits=Exists(_waiting()))
    if state == "waiting":
        return rows.filter(waits=True)
    return rows.filter(state=state) if state else rows


def _waiting() -> QuerySet[Wording]:
    """A newer wording than what is shown, put before somebody."""
    asked = Q(piece__state="waiting") | Q(
        piece__state="published", piece__events__kind="asked", piece__events__at__gte=F("at")
    )
    return Wording.objects.filter(asked, piece=OuterRef("pk"), approved_at=None)


def counts(viewer: Viewer, kind: str) -> dict[str, int]:
    """How many pieces of a kind there are in each state, and how many wait for approval."""
    rows = visible(viewer).filter(kind=kind).order_by()
    found = dict(rows.values_list("state").annotate(many=Count("pk", distinct=True)))
    found["waiting"] = rows.filter(Exists(_waiting())).count()
    return {state: found.get(state, 0) for state in pieces.STATES}


def reads_drafts(viewer: Viewer, piece: Piece) -> bool:
    """Whether the person reads words that nobody has approved: who publishes, and who wrote the piece. Everybody else reads
    what is approved, and nothing newer."""
    return viewer.may(P.PUBLISH) or piece.by_id == viewer.person_id


def titles(viewer: Viewer, rows: Iterable[Piece]) -> dict[int, str]:
    """What each piece is called in a list: the first words of the newest wording that the person reads; of a withdrawn story
    nothing."""
    found = {row.pk: row for row in rows}
    newest = Wording.objects.filter(piece_id__in=found).order_by("piece_id", "number").select_related("piece")
    read = [
        one for one in newest if reads_drafts(viewer, found[one.piece_id]) or one.pk == found[one.piece_id].shown_id
    ]
    return {one.piece_id: _first(one) for one in read}


def _first(wording: Wording) -> str:
    words = [wording.words.get(part.name, "") for part in pieces.PARTS[wording.piece.kind]]
    return next((text for text in words if text), "")


@dataclass(frozen=True)
class Happened:
    """One line of the history of a piece."""

    kind: str
    at: datetime
    sentence: str
    note: str


@dataclass(frozen=True)
class Detail:
    """One piece with all that its page shows to one person. `latest` is the newest wording that they read; `texts` its words
    with marks; `is_new`: it is not what is shown; `waits`: somebody may approve it now. `actions`: those that they see."""

    piece: Piece
    latest: Wording
    texts: list[known.Text]
    is_new: bool
    waits: bool
    history: list[Happened]
    actions: list[Action]
    names: dict[int, str]

    @property
    def sent_back(self) -> Happened | None:
        """Why it came back from whoever read it, for those who read why, until something else was done with it."""
        newest = next(iter(self.history), None)
        return newest if newest and newest.kind == "sent_back" and newest.note else None

    @property
    def open_marks(self) -> list[known.Marked]:
        return known.open_marks(self.texts)

    @property
    def decided(self) -> list[tuple[known.Marked, str]]:
        """What was kept, each once, with the name of who decided so."""
        found = {one.key: one for text in self.texts for one in text.marked if not one.is_open}
        return [(one, self.names.get(one.by_id or 0, "somebody")) for one in found.values()]


def detail(viewer: Viewer, piece_id: int) -> Detail | None:
    """One piece, None when the person may not see it."""
    related = ("organisation", "service", "by", "shown__approved_by", "shown__story", "consent", "feedback", "case")
    piece = visible(viewer).select_related(*related).filter(pk=piece_id).first()
    if piece is None:
        return None
    drafts = reads_drafts(viewer, piece)
    wordings = piece.wordings.all() if drafts else piece.wordings.filter(pk=piece.shown_id or 0)
    latest = wordings.select_related("by", "approved_by", "story__consent", "story__shown").latest("number")
    events = list(piece.events.order_by("-pk")[:SHOWN_EVENTS])
    deciders = {int(one["by"]) for one in latest.looked}
    staff = {int(event.actor_id) for event in events if event.actor_kind == "staff"}
    names = accounts.names(staff | deciders)
    history = [
        Happened(event.kind, event.at, f"{_who(event, names)} {pieces.DONE[event.kind]}.", event.note if drafts else "")
        for event in events
    ]
    asked = next((event.at for event in events if event.kind == "asked"), None)
    back = next((event.at for event in events if event.kind == "sent_back"), None)
    is_new = latest.approved_at is None
    waits = is_new and asked is not None and asked >= latest.at and not (back and back > asked)
    actions = list(Action.objects.visible_to(viewer).filter(pieces=piece).order_by("finish_on", "pk"))
    return Detail(piece, latest, known.texts_of(piece, latest), is_new, waits, history, actions, names)


def _who(event: object, names: dict[int, str]) -> str:
    kind, pk = getattr(event, "actor_kind", ""), getattr(event, "actor_id", "")
    if kind == "staff":
        return names.get(int(pk), "Somebody whose name was erased")
    return "The person themselves" if kind == "public" else "Heed"


def done_actions(viewer: Viewer) -> QuerySet[Action]:
    """The completed actions that the person may see, newest first: what a line can tell of."""
    return (
        Action.objects.visible_to(viewer).filter(completed_on__isnull=False).exclude(state__in=("promised", "started"))
        .select_related("service").order_by("-completed_on", "-pk")
    )  # fmt: skip


def of_action(viewer: Viewer, action_id: int) -> list[Piece]:
    """The lines and briefings that tell of an action, for its page; `seen`: the person may open it."""
    mine = visible(viewer).filter(pk=OuterRef("pk"))
    return list(Piece.objects.filter(actions=action_id).annotate(seen=Exists(mine)).order_by("kind", "-pk"))


def stories_for_briefing(viewer: Viewer, at: datetime) -> list[tuple[int, str]]:
    """(primary key, title) of the stories that a briefing may tell now."""
    rows = stories.told_for(viewer.organisation_id, "training", at)
    return [(row.pk, row.shown.words["title"]) for row in rows if row.shown]


def drafted(viewer: Viewer, kind: str, action_ids: Iterable[int]) -> dict[str, str]:
    """What a line or briefing of these actions may begin with; nothing of those that the person may not see, nor of the
    case or of what was learned from it where they do not see that."""
    rows = Action.objects.visible_to(viewer).filter(pk__in=list(action_ids)).order_by("pk")
    read = LearningPoint.objects.visible_to(viewer).filter(pk=OuterRef("learning_point_id"))
    case = Case.objects.visible_to(viewer).filter(pk=OuterRef("learning_point__case_id"))
    sources = [
        drafting.Source(
            raised=action.learning_point.issue.summary if action.sees_case and action.learning_point.issue else "",
            learned=action.learning_point.text if action.reads_point else "", standard=action.standard_met,
            step=action.step,
        )
        for action in rows.select_related("learning_point__issue").annotate(
            reads_point=Exists(read), sees_case=Exists(case)
        )
    ]  # fmt: skip
    made = {"line": drafting.line, "briefing": drafting.briefing}.get(kind)
    return made(sources) if made and sources else {}


def case_for_story(viewer: Viewer, reference: str) -> Case | None:
    """The case that a story comes from, if the person may see it."""
    return Case.objects.visible_to(viewer).filter(reference=reference.strip().upper()).first()


def seen_actions(viewer: Viewer) -> QuerySet[Action]:
    """The actions that the person may see, newest first: what a briefing can come of."""
    return Action.objects.visible_to(viewer).select_related("service").order_by("-at", "-pk")


def offered_actions(viewer: Viewer, kind: str, named: Iterable[str], most: int) -> list[Action]:
    """What a line or briefing may come of: first those that are named by their primary keys, then the newest others."""
    rows = done_actions(viewer) if kind == "line" else seen_actions(viewer)
    keys = {int(pk) for pk in named}
    return [*rows.filter(pk__in=keys), *rows.exclude(pk__in=keys)[:most]]
