"""What is told of learning to the person behind a case, and in the history of the case."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from heed.cases.models import CaseEvent
from heed.feedback.models import Feedback
from heed.learning import sentences
from heed.learning.models import Action, ActionEvent, LearningPoint, Piece
from heed.learning.rules import day
from heed.organisations import code_lists


@dataclass(frozen=True)
class Change:
    """What the person behind a case reads of an action. `done_on` None while it is promised."""

    step: str
    finish_on: date
    done_on: date | None
    involvement: str


def for_person(case_id: int) -> list[Change]:
    """What changes because of a case, for the person themselves; nothing of it if they asked not to be told."""
    rows = Action.objects.filter(learning_point__case_id=case_id, not_told_reason="").order_by("finish_on", "pk")
    return [Change(row.step, row.finish_on, row.completed_on, row.involvement) for row in rows]


def timeline_for_case(
    case_id: int, *, before: int | None = None, down_to: int | None = None
) -> list[tuple[datetime, str]]:
    """(instant, sentence) of all that was learned and promised because of a case, oldest first. With numbers of the
    case's own events: what was recorded before the one, and not before the other, to stand between them on a page."""
    points = LearningPoint.objects.filter(case_id=case_id).select_related("by")
    told = [(point.at, f"{point.by.name} recorded what was learned.") for point in points]
    events = ActionEvent.objects.filter(action__learning_point__case_id=case_id).order_by("at", "action", "number")
    # That the person was told stands in the case's own log, as the message that it was.
    own = Action.objects.filter(learning_point__case_id=case_id)
    rows = sentences.of_events(events.exclude(kind="person_told"), own)
    lines = sorted(told + [(row.at, row.sentence) for row in rows], key=lambda line: line[0])
    if not lines or (before, down_to) == (None, None):
        return lines
    bounds = dict(
        CaseEvent.objects.filter(case_id=case_id, number__in=[number for number in (before, down_to) if number])
        .values_list("number", "recorded_at")
    )  # fmt: skip
    first, last = bounds.get(down_to or 0), bounds.get(before or 0)
    return [line for line in lines if (first is None or line[0] >= first) and (last is None or line[0] < last)]


@dataclass(frozen=True)
class OwnStory:
    """A story, as its person sees it on their page. `uses` and `used` are lines to read; `words` what would be told, ""
    while it is not approved."""

    pk: int
    uses: tuple[str, ...]
    used: tuple[str, ...]
    words: str
    is_approved: bool
    is_withdrawn: bool


def stories_of(feedback: Feedback) -> list[OwnStory]:
    """The stories that somebody told us on their page, or that staff wrote down from their case with their consent."""
    case = getattr(feedback, "case", None)
    own = Q(feedback=feedback) | (Q(case=case) if case else Q(pk=None))
    rows = Piece.objects.filter(own, kind="story", consent__isnull=False).select_related("consent", "shown")
    return [_own_story(row) for row in rows.prefetch_related("used").order_by("at", "pk")]


def _own_story(piece: Piece) -> OwnStory:
    labels = code_lists.load("story-uses")
    consent = piece.consent
    return OwnStory(
        piece.pk,
        tuple(labels.label(use) for use in consent.uses.split()),
        tuple(f"{day(use.on)}: {use.where}" for use in piece.used.all()),
        piece.shown.words.get("text", "") if piece.shown else "",
        piece.state == "published",
        piece.state == "withdrawn" or consent.withdrawn_at is not None,
    )
