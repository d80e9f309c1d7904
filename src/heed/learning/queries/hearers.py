"""Who raised the same thing, read: those who agreed to hear of changes, how many did not, and who knows already."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from heed.accounts.permissions import Viewer
from heed.cases.models import Case
from heed.feedback import queries as feedback
from heed.feedback.models import Feedback
from heed.learning.models import Piece, Told
from heed.search import queries as search

SHOWN = 200


def visible(viewer: Viewer) -> QuerySet[Feedback]:
    """All feedback that the person may see: that with a case by the case, other by itself."""
    cases = Case.objects.visible_to(viewer).values("feedback_id")
    alone = feedback.visible_to(viewer).values("pk")
    return Feedback.objects.filter(Q(pk__in=cases) | Q(pk__in=alone), organisation_id=viewer.organisation_id)


def that_agreed(viewer: Viewer) -> QuerySet[Feedback]:
    """Of what the person may see, that of people who agreed to hear, and who can be written to."""
    return visible(viewer).filter(hear_of_changes_at__isnull=False, thread__isnull=False)


@dataclass(frozen=True)
class Sought:
    """What raises the same thing: about a service, a subject, since a day, with words. Empty: any."""

    service_id: int | None = None
    subject: str = ""
    since: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Hearers:
    """Who raised the same thing. `agreed`: those to choose from, newest first, at most 200; `others`: how many more raised it
    and did not agree to hear; `know`: how many of those who agreed were told already."""

    agreed: list[Feedback]
    others: int
    know: int
    is_cut: bool = False


def of(viewer: Viewer, piece: Piece, sought: Sought) -> Hearers:
    """Those who raised the same thing as a line tells of, as somebody described it."""
    found = _matching(visible(viewer), viewer, sought)
    agreed = found.filter(hear_of_changes_at__isnull=False, thread__isnull=False)
    knowing = Q(told_of__piece=piece) | Q(pk__in=told_by_action(piece).values("pk"))
    rows = agreed.exclude(knowing).select_related("service", "case", "narrative").order_by("-received_at", "-pk")
    shown = list(rows[: SHOWN + 1])
    return Hearers(
        shown[:SHOWN],
        others=found.exclude(pk__in=agreed.values("pk")).count(),
        know=agreed.filter(knowing).distinct().count(),
        is_cut=len(shown) > SHOWN,
    )


def _matching(rows: QuerySet[Feedback], viewer: Viewer, sought: Sought) -> QuerySet[Feedback]:
    if sought.service_id:
        rows = rows.filter(Q(service_id=sought.service_id) | Q(case__service_id=sought.service_id))
    if sought.subject:
        of_issues = Case.objects.filter(
            organisation_id=viewer.organisation_id, issues__subject=sought.subject, issues__removed_at=None
        )
        rows = rows.filter(Q(subject=sought.subject) | Q(pk__in=of_issues.values("feedback_id")))
    if sought.since:
        rows = rows.filter(received_at__date__gte=sought.since)
    return rows.filter(pk__in=_with_words(viewer, sought.words)) if sought.words.strip() else rows


def _with_words(viewer: Viewer, words: str) -> set[int]:
    """The feedback in which, or in whose case, the words stand."""
    cases = search.search(query=words, kind="case", visible=Case.objects.visible_to(viewer).values("pk"))
    alone = search.search(query=words, kind="feedback", visible=feedback.visible_to(viewer).values("pk"))
    of_cases = Case.objects.filter(pk__in=cases.ids).values_list("feedback_id", flat=True)
    return {*of_cases, *alone.ids}


def told_by_action(piece: Piece) -> QuerySet[Feedback]:
    """Those whose own complaint led to the change, and who were told that it is done."""
    return Feedback.objects.filter(
        case__learning_points__actions__pieces=piece, case__learning_points__actions__told_completed_at__isnull=False
    )


def knows(piece: Piece, item: Feedback) -> bool:
    """Whether the person was told of it already: by this line, under another reference, or as the complainant."""
    if told_by_action(piece).filter(pk=item.pk).exists():
        return True
    same = Q(feedback=item)
    email = item.thread.correspondent.email if item.thread else ""
    if email:
        same |= Q(feedback__thread__correspondent__email__iexact=email)
    return Told.objects.filter(same, piece=piece).exists()


def suggested(piece: Piece) -> Sought:
    """What the line's own actions came of: their service, the subject of their cases, and a year before the first of them."""
    actions = list(piece.actions.select_related("learning_point__case").order_by("at"))
    cases = [action.learning_point.case for action in actions if action.learning_point.case]
    issues = [issue for case in cases for issue in case.issues.filter(removed_at=None).order_by("number")]
    subjects = [issue.subject for issue in issues if issue.subject]
    first = min((case.received_at.date() for case in cases), default=actions[0].at.date() if actions else None)
    since = date(first.year - 1, first.month, 1) if first else None
    return Sought(piece.service_id, subjects[0] if len(set(subjects)) == 1 else "", since)
