"""What follows from the whole of a case: its dates, its next step, its fact row, its search entry. Written by the action
that changed the case, in the same transaction; worked out again by `heed check`."""

from datetime import date
from typing import Any

from heed.cases import rules
from heed.cases.models import Case, Remedy
from heed.cases.whole import Whole, whole
from heed.deadlines import clock
from heed.deadlines.calendar import Calendar
from heed.organisations import queries as organisations

DUE = clock.NAMES


def due(case: Case) -> clock.Due:
    """The case's dates with their derivation, from its log and the organisation's closures."""
    events = case.events.filter(kind__in=rules.CLOCK_KINDS).order_by("number").values_list("kind", "at", "data")
    return rules.due_dates_on(case.procedure, calendar(case), [rules.Logged(*event) for event in events])


def calendar(case: Case) -> Calendar:
    """The working days by which the case is counted."""
    return rules.calendar_of(case.procedure, case.nation, organisations.closures(case.organisation_id))


def call_back_on(case: Case) -> date | None:
    """The day of a call-back that was promised and not made yet."""
    return _call_back_on(whole(case)) if case.feedback.call_back_by else None


def columns(of: Whole) -> dict[str, Any]:
    """The columns of the case that keep its dates and its next step. Raises `clock.Contradiction`."""
    kept = dates(of)
    step, on = rules.next_step(standing(of, kept))
    return {**kept, "next_step": step, "next_step_on": on}


def dates(of: Whole) -> dict[str, Any]:
    """The columns that keep the dates."""
    kept: dict[str, Any] = {name: of.due.due[name] for name in DUE}
    kept["unpaused_respond_by"] = of.due.without_pauses.get(_respond_by(of.case))
    return kept


def _respond_by(case: Case) -> str:
    return "respond_by" if case.stage == 1 else "stage_2_respond_by"


def standing(of: Whole, kept: dict[str, Any]) -> rules.Standing:
    """What decides the next step, for the stage that the case is in."""
    case = of.case
    return rules.Standing(
        status=case.status,
        acknowledged=case.stage in of.acknowledged_stages,
        acknowledge_by=kept["acknowledge_by" if case.stage == 1 else "stage_2_acknowledge_by"],
        respond_by=kept[_respond_by(case)],
        review_by=kept["review_by"],
        rated=bool(case.risk),
        issues=len(of.issues),
        issues_found=len(of.found),
        approach=case.approach,
        planned=of.planned,
        investigator=case.investigator_id is not None,
        disposal=case.disposal,
        next_update_on=case.next_update_on,
        call_back_on=_call_back_on(of),
        remedy_due_on=min(of.remedies_owed, default=None),
    )


def _call_back_on(of: Whole) -> date | None:
    """The day of a call-back that was promised (R20) and not made yet: nothing shows that anybody spoke with them."""
    promised = of.case.feedback.call_back_by
    if promised is None or of.acknowledged_stages or of.spoken_with_person:
        return None
    return rules.day(promised)


def fact(of: Whole) -> dict[str, Any]:
    """The case's fact row: dates and codes only."""
    case, found = of.case, of.due
    subjects = list(dict.fromkeys(subject for _, subject, _ in of.issues))
    return {
        "organisation": case.organisation.code,
        "service": case.service.code if case.service else "",
        "feedback_id": str(case.feedback_id),
        "kind": case.kind,
        "channel": case.feedback.channel,
        "subject": subjects[0] if subjects else case.feedback.subject,
        "subjects": " ".join(subjects)[:400],
        "procedure": case.procedure,
        "approach": case.approach,
        "stage": case.stage,
        "risk": case.risk,
        "statutory": case.statutory,
        "imported": case.imported,
        "received_on": rules.day(case.received_at),
        "acknowledge_due_on": found.due["acknowledge_by"],
        "review_due_on": found.due["review_by"],
        "original_due_on": found.due["original_respond_by"],
        "current_due_on": found.due[_respond_by(case)],
        "unpaused_due_on": found.without_pauses.get(_respond_by(case)),
        "extensions": of.extensions_counted,
        "outcome": case.outcome,
        "issues": len(of.issues),
        "issues_upheld": sum(outcome in rules.WELL_FOUNDED for outcome in of.found.values()),
        **moments(of.log),
        "working_days": _working_days(of),
    }


def moments(log: list[rules.Logged]) -> dict[str, Any]:
    """The days on which the milestones of a case were passed, the first or the last of them, as each measure asks."""
    days: dict[str, list[date]] = {}
    for entry in log:
        days.setdefault(entry.kind, []).append(rules.day(entry.at))
    ends = [entry for entry in log if entry.kind in ("closed", "settled_orally", "reopened", "escalated")]
    closed = [rules.day(entry.at) for entry in ends if entry.kind in ("closed", "settled_orally")]
    is_closed = bool(ends) and ends[-1].kind in ("closed", "settled_orally")
    first_answers = [e for e in log if e.kind == "response_sent" and e.data.get("stage", 1) == 1]

    def first(kind: str) -> date | None:
        return next(iter(days.get(kind, [])), None)

    return {
        "acknowledged_on": first("acknowledged"),
        "escalated_on": first("escalated"),
        "reopened_on": first("reopened"),
        "responded_on": next(reversed(days.get("response_sent", [])), None),
        "stage_1_responded_on": rules.day(first_answers[0].at) if first_answers else None,
        "first_closed_on": next(iter(closed), None),
        "closed_on": closed[-1] if is_closed else None,
    }


def _working_days(of: Whole) -> int | None:
    """Working days from receipt to the last answer, or to the settlement; None while there is none."""
    ends = [entry.at for entry in of.log if entry.kind in ("response_sent", "settled_orally")]
    if not ends:
        return None
    return of.calendar.working_days_between(rules.day(of.case.received_at), rules.day(ends[-1]))


def search_entry(of: Whole) -> dict[str, Any]:
    """What the search entry of a case holds: its reference, names, words, issues, contacts and evidence."""
    case = of.case
    people = [case.feedback.complainant, case.feedback.person_affected, case.feedback.representative]
    names = dict.fromkeys(person.name for person in people if person)
    issues = [summary for _, _, summary in of.issues]
    return {
        "kind": "case",
        "object_id": case.pk,
        "organisation_id": case.organisation_id,
        "title": " ".join([case.reference, *names]),
        "text": "\n".join([case.feedback.narrative.text, *issues, *of.contacts, *of.evidence]),
    }


def remedy_fact(remedy: Remedy) -> dict[str, Any]:
    """The fact row of a remedy."""
    return {
        "organisation": remedy.case.organisation.code,
        "service": remedy.case.service.code if remedy.case.service else "",
        "case_id": str(remedy.case_id),
        "kind": remedy.kind,
        "due_on": remedy.due_on,
        "delivered_on": remedy.delivered_on,
    }
