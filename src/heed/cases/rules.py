"""Pure decisions about a case: what its dates are, what is next, and why a thing may not be done yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from heed.accounts.permissions import Permission, Viewer
from heed.cases import lifecycle
from heed.deadlines import clock
from heed.deadlines.calendar import Calendar
from heed.organisations import procedures

OUTCOMES = {"upheld": "Upheld", "partly_upheld": "Partly upheld", "not_upheld": "Not upheld"}
WELL_FOUNDED = ("upheld", "partly_upheld")
SATISFIED = {
    "yes": "They are content with it",
    "partly": "They are content with some of it",
    "no": "They are not content with it",
    "no_answer": "They were asked and did not say",
}
CLOCK_KINDS = (
    "received",
    "acknowledged",
    "period_agreed",
    "extended",
    "extension_removed",
    "paused",
    "resumed",
    "received_corrected",
    "escalated",
)
STEPS = {
    "register": "Register",
    "call_back": "Call back",
    "acknowledge": "Acknowledge",
    "rate": "Rate the risk",
    "split": "List the issues",
    "choose": "Choose the approach",
    "plan": "Agree the plan",
    "assign": "Assign an investigator",
    "update": "Send an update",
    "find": "Record findings",
    "draft": "Write the response",
    "sign": "Sign off",
    "send": "Send the response",
    "close": "Close",
    "remedy": "Deliver a remedy",
}

LONG_WORK = ("find", "draft")  # days or weeks, in which the person is kept informed
OF_ITS_OWN_DAY = ("register", "acknowledge", "call_back", "update", "remedy")


@dataclass(frozen=True)
class Logged:
    """An event as the rules see it."""

    kind: str
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)


def day(at: datetime) -> date:
    """The day in London. Much quicker than Django's `localdate`, which asks the thread for its time zone each time."""
    return at.astimezone(timezone.get_default_timezone()).date()


def wall(at: datetime) -> str:
    """London wall time without offset, as the clock counts."""
    return at.astimezone(timezone.get_default_timezone()).replace(tzinfo=None).isoformat(timespec="seconds")


def clock_events(log: Iterable[Logged]) -> list[dict[str, Any]]:
    """What the clock reads of a case's log."""
    return [
        {"kind": entry.kind, "at": wall(entry.at), **entry.data.get("clock", {})}
        for entry in log
        if entry.kind in CLOCK_KINDS
    ]


def calendar_of(procedure: str, nation: str, closures: Iterable[date]) -> Calendar:
    """The working days that a procedure counts in a nation. An organisation's closures count as if always known."""
    return Calendar(nation, closures, procedures.load(procedure).closed_days)


def due_dates(procedure: str, nation: str, log: Iterable[Logged], closures: Iterable[date]) -> clock.Due:
    """The due dates of a case with their derivation. Raises `clock.Contradiction` with a sentence."""
    return due_dates_on(procedure, calendar_of(procedure, nation, closures), log)


def due_dates_on(procedure: str, calendar: Calendar, log: Iterable[Logged]) -> clock.Due:
    """The same, for a calendar that is at hand."""
    return clock.due_dates(procedures.load(procedure).timescales, calendar, clock_events(log))


def end_of_day(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(23, 59, 59)))


@dataclass(frozen=True)
class Standing:
    """What decides the next step. Dates are those of the stage that the case is in."""

    status: str
    acknowledged: bool
    acknowledge_by: date | None
    respond_by: date | None
    review_by: date
    rated: bool = False
    issues: int = 0
    issues_found: int = 0
    approach: str = ""
    planned: bool = False
    investigator: bool = False
    disposal: str = ""
    next_update_on: date | None = None
    call_back_on: date | None = None
    remedy_due_on: date | None = None


def next_step(standing: Standing) -> tuple[str, date | None]:
    """The code of the one next thing (see STEPS) and the day that it is listed by; ("", None) when nothing is. That is the
    day by which it is promised; where none is (see `is_promised`), the day by which an open case is reviewed.

    The soonest promise comes first; nothing here depends on today, so that it can be kept in an index. A promised
    update comes before the long work of finding and answering only: what is done in a moment, such as giving the case
    to an investigator or signing, would else wait behind one update after the other. It is then due with the update."""
    if standing.status == "closed":
        return ("remedy", standing.remedy_due_on) if standing.remedy_due_on else ("", None)
    if standing.status == "responded" and standing.acknowledged:
        return (
            "close",
            standing.review_by,
        )  # the person has what was promised, so it waits behind what others were promised
    last = standing.respond_by or standing.review_by
    if standing.respond_by is None and not standing.planned and not standing.disposal:
        # No date is told before there is a plan, and the plan is due with the offer to discuss it, so that a case
        # without one stands on top of the list and not at its end.
        last = standing.acknowledge_by or last
    step, update_on = work_step(standing), _update_on(standing)
    if update_on and step not in LONG_WORK:
        last = min(last, update_on)
    candidates = [(step, last)]
    if not standing.acknowledged:
        step = "register" if standing.status == "received" else "acknowledge"
        candidates.insert(0, (step, standing.acknowledge_by or last))
    if update_on and step in LONG_WORK:
        candidates.append(("update", update_on))
    if standing.call_back_on:
        candidates.append(("call_back", standing.call_back_on))
    return min(candidates, key=lambda candidate: candidate[1])


def is_promised(step: str, on: date, *, respond_by: date | None, review_by: date | None) -> bool:
    """Whether the day that a step is listed by was promised to anybody. `respond_by`: of the stage that the case is in."""
    if step == "close":
        return False
    return step in OF_ITS_OWN_DAY or respond_by is not None or on != review_by


def _update_on(standing: Standing) -> date | None:
    return standing.next_update_on if standing.status in (*lifecycle.WORKING, "sign_off", "signed") else None


def work_step(standing: Standing) -> str:
    """The step that the work itself asks for, apart from acknowledgement, call-back and updates."""
    fixed = {"received": "register", "sign_off": "sign", "signed": "send", "responded": "close"}
    if standing.status in fixed:
        return fixed[standing.status]
    if standing.disposal == "withdrawn":
        return "draft"
    preparations = [
        ("rate", standing.rated),
        ("split", standing.issues > 0),
        ("choose", bool(standing.approach)),
        ("plan", standing.planned),
        ("assign", standing.investigator or standing.approach == "early"),
        ("find", standing.disposal == "early" or standing.issues_found == standing.issues),
    ]
    return next((step for step, done in preparations if not done), "draft")


def outcome(findings: Sequence[str]) -> str:
    """The outcome of a case from those of its issues: upheld when all are, not upheld when none is, else partly.
    "" when there is none."""
    if not findings:
        return ""
    if all(found == "upheld" for found in findings):
        return "upheld"
    if all(found == "not_upheld" for found in findings):
        return "not_upheld"
    return "partly_upheld"


def why_not_move(event: str, status: str) -> str | None:
    """A sentence when a case in this status cannot make the move."""
    if lifecycle.may(event, status):
        return None
    needed = " or ".join(f"“{lifecycle.STATUSES[before].lower()}”" for before in lifecycle.MOVES[event].before)
    return f"The case is “{lifecycle.STATUSES[status].lower()}”. This can be done when it is {needed}."


def as_seeing(
    viewer: Viewer,
    *,
    service_id: int | None,
    handler_id: int | None,
    investigator_id: int | None,
    logged_by_id: int | None,
) -> Viewer:
    """The person with only those of their roles that show them a case: what they may do in it comes from these. Somebody
    who took a complaint down at the desk does not see how it is looked into because they manage another service.

    It says of one case and one role what `Case.objects.visible_to` says of all."""
    assigned = viewer.person_id in (handler_id, investigator_id)

    def shows(may: frozenset[Permission], service: int | None) -> bool:
        return (
            Permission.SEE_ALL_CASES in may
            or (Permission.SEE_SERVICE_CASES in may and service is not None and (service == service_id or assigned))
            or (Permission.SEE_ASSIGNED_CASES in may and assigned)
            or (Permission.SEE_OWN_LOGGED in may and viewer.person_id == logged_by_id)
        )

    return viewer.only(shows)


def why_not_find(*, person_id: int, investigator_id: int | None, may_handle: bool, approach: str) -> str | None:
    """Whether somebody may say what is found on an issue (R83): whoever was asked to look into it, or a case handler; in
    early resolution also the service, while nobody was asked."""
    early = approach == "early" and investigator_id is None
    if may_handle or early or person_id == investigator_id:
        return None
    return "What was found is recorded by whoever was asked to look into the case, or by a case handler."


def why_not_investigate(
    *,
    complained_about: bool,
    same_service: bool,
    answered_before: bool,
    approach: str,
    stage: int,
    may_answer_own: bool,
    reason: str,
) -> str | None:
    """Whether somebody may investigate (R83, R255): never a person complained about; of the same service only for
    early resolution or where the stage may be answered by the service itself, and then with the reason recorded."""
    if complained_about:
        return "They are complained about in this case, so somebody else has to look into it."
    if answered_before:
        return "They answered this at the earlier stage. Stage 2 needs somebody else."
    if not same_service:
        return None
    if approach != "early" and not (stage == 1 and may_answer_own):
        return "They work in the service complained about. Choose somebody from outside it."
    if not reason.strip():
        return "They work in the service complained about. Say why it is right that the service answers this itself."
    return None


def why_not_settle_orally(
    *, channel_is_oral: bool, received_at: datetime, settled_at: datetime, last_day: date
) -> str | None:
    """Settled in conversation by the end of the next working day: only then it needs no written answer (SI 2009/309
    reg 8(1)(c))."""
    if not channel_is_oral:
        return "This came in writing, so the person is owed a written answer, however quickly it was settled."
    if settled_at < received_at:
        return "It cannot have been settled before it was received."
    if timezone.localdate(settled_at) > last_day:
        return (
            f"To be settled in conversation it had to be by the end of the next working day, {last_day.day} "
            f"{last_day:%B %Y}. Answer it in writing by the short way instead."
        )
    return None


def why_not_respond(*, disposal: str, issues: int, issues_found: int, missing_parts: Sequence[str]) -> str | None:
    """What has to be there before a response goes for sign-off (R90, R110, R117)."""
    if disposal not in ("early", "withdrawn"):
        if issues == 0:
            return "List the issues first, so that the response can answer each of them."
        if issues_found < issues:
            left = issues - issues_found
            return (
                f"{left} {'issue has' if left == 1 else 'issues have'} no finding yet. Record one for each issue first."
            )
    if missing_parts:
        return f"The response still needs: {', '.join(missing_parts)}."
    return None


def why_not_close(*, status: str, remedies_without_date: int) -> str | None:
    """A case closes at the decision: its actions and remedies go on by themselves (LGSCO guide, part 17)."""
    if refusal := why_not_move("closed", status):
        return refusal
    if remedies_without_date:
        return "Each remedy needs a date by which it will be delivered."
    return None
