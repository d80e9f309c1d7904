"""The history of a case in sentences, newest first, a page at a time."""

from dataclasses import dataclass

from heed.cases.models import Case
from heed.cases.sentences import SENTENCES, Entry, timeline

PAGE = 50
_CONTACT = (
    "received acknowledged discussion_offered contact_logged message_received message_sent update_sent "
    "letter_sent_again letter_made_good outcome_view_recorded"
)
_DATES = "received received_corrected acknowledged period_agreed extended extension_removed paused resumed"
_DECISIONS = (
    "registered risk_rated approach_chosen plan_agreed finding_recorded remedy_agreed response_signed response_sent "
    "closed withdrawn settled_orally reopened escalated"
)
_REST = " ".join(kind for kind in SENTENCES if kind not in f"{_CONTACT} {_DATES} {_DECISIONS}".split())
KINDS = {"contact": _CONTACT.split(), "dates": _DATES.split(), "decisions": _DECISIONS.split(), "work": _REST.split()}
LABELS = {"contact": "With the person", "dates": "Dates", "decisions": "Decisions", "work": "Work on it"}


@dataclass(frozen=True)
class History:
    """`older` and `newer` are numbers of events to go on from, None where there is no more that way."""

    entries: list[Entry]
    older: int | None
    newer: int | None


def history(case: Case, kind: str = "", before: int | None = None) -> History:
    """A page of the history: entries with numbers below `before`, or the newest; of one group of KINDS or of all."""
    events = case.events.order_by("-number")
    if kind:
        events = events.filter(kind__in=KINDS[kind])
    asked = events.filter(number__lt=before) if before else events
    found = list(asked[: PAGE + 1])
    shown = found[:PAGE]
    newer = None
    if before:
        nearer = list(events.filter(number__gte=before).order_by("number").values_list("number", flat=True)[: PAGE + 1])
        # One past the newest of the page before; past everything there is, where that page is the first.
        newer = nearer[PAGE] if len(nearer) > PAGE else (case.event_count + 1 if nearer else None)
    return History(timeline(case, shown), shown[-1].number if len(found) > PAGE else None, newer)
