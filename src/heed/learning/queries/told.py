"""What is told of learning: to the person, to the public, and in the history of a case."""

from dataclasses import dataclass
from datetime import date, datetime

from heed.cases.models import CaseEvent
from heed.learning import sentences
from heed.learning.models import Action, ActionEvent, LearningPoint, Publication


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


@dataclass(frozen=True)
class Published:
    """One public line: you said, we did. `service` is a name, "" for none."""

    you_said: str
    we_did: str
    service: str
    published_at: datetime


def published(organisation_id: int, limit: int = 20) -> list[Published]:
    """The public lines of an organisation, newest first."""
    rows = Publication.objects.filter(organisation_id=organisation_id, withdrawn_at=None).select_related("service")
    return [
        Published(row.you_said, row.we_did, row.service.name if row.service else "", row.published_at)
        for row in rows.order_by("-published_at", "-pk")[:limit]
    ]


def timeline_for_case(
    case_id: int, *, before: int | None = None, down_to: int | None = None
) -> list[tuple[datetime, str]]:
    """(instant, sentence) of all that was learned and promised because of a case, oldest first. With numbers of the
    case's own events: what was recorded before the one, and not before the other, to stand between them on a page."""
    points = LearningPoint.objects.filter(case_id=case_id).select_related("by")
    told = [(point.at, f"{point.by.name} recorded what was learned.") for point in points]
    events = ActionEvent.objects.filter(action__learning_point__case_id=case_id).order_by("at", "action", "number")
    # That the person was told stands in the case's own log, as the message that it was.
    rows = sentences.of_events(events.exclude(kind="person_told"))
    lines = sorted(told + [(row.at, row.sentence) for row in rows], key=lambda line: line[0])
    if not lines or (before, down_to) == (None, None):
        return lines
    bounds = dict(
        CaseEvent.objects.filter(case_id=case_id, number__in=[number for number in (before, down_to) if number])
        .values_list("number", "recorded_at")
    )  # fmt: skip
    first, last = bounds.get(down_to or 0), bounds.get(before or 0)
    return [line for line in lines if (first is None or line[0] >= first) and (last is None or line[0] < last)]
