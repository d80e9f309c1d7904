"""What follows from a case's rows and log: its dates, its next step, its fact row, its search entry. Written by the
action that changed the case, in the same transaction; worked out again by `heed check`."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from heed.cases import rules
from heed.cases.models import Case, Contact, Evidence, Finding, Issue, Remedy
from heed.deadlines import clock
from heed.deadlines.calendar import Calendar
from heed.organisations import queries as organisations

DUE = (
    "acknowledge_by",
    "respond_by",
    "original_respond_by",
    "review_by",
    "stage_2_acknowledge_by",
    "stage_2_respond_by",
)


def log(case: Case) -> list[rules.Logged]:
    """The case's events, oldest first."""
    rows = case.events.order_by("number").values_list("kind", "at", "data")
    return [rules.Logged(kind, at, data) for kind, at, data in rows]


def due(case: Case) -> clock.Due:
    """The case's dates with their derivation, from its log and the organisation's closures."""
    return rules.due_dates(case.procedure, case.nation, log(case), organisations.closures(case.organisation_id))


def calendar(case: Case) -> Calendar:
    """The working days by which the case is counted."""
    return rules.calendar_of(case.procedure, case.nation, organisations.closures(case.organisation_id))


def dates(case: Case) -> dict[str, Any]:
    """The columns that keep the dates."""
    found = due(case)
    columns = {name: found.due[name] for name in DUE}
    stage = "respond_by" if case.stage == 1 else "stage_2_respond_by"
    columns["unpaused_respond_by"] = found.without_pauses.get(stage)
    return columns


def standing(case: Case) -> rules.Standing:
    """What decides the next step, for the stage that the case is in."""
    issues = Issue.objects.filter(case=case, removed_at=None)
    first = case.stage == 1
    return rules.Standing(
        status=case.status,
        acknowledged=case.acknowledgements.filter(stage=case.stage).exists(),
        acknowledge_by=case.acknowledge_by if first else case.stage_2_acknowledge_by,
        respond_by=case.respond_by if first else case.stage_2_respond_by,
        review_by=case.review_by or timezone.localdate(case.received_at),
        rated=bool(case.risk),
        issues=issues.count(),
        issues_found=issues.filter(findings__is_current=True).count(),
        approach=case.approach,
        planned=case.plans.exists(),
        investigator=case.investigator_id is not None,
        disposal=case.disposal,
        next_update_on=case.next_update_on,
        call_back_on=call_back_on(case),
        remedy_due_on=Remedy.objects.filter(case=case, delivered_on=None).values_list("due_on", flat=True).first(),
    )


def call_back_on(case: Case) -> date | None:
    """The day of a call-back that was promised (R20) and not made yet: nothing shows that anybody spoke with them."""
    promised = case.feedback.call_back_by
    if promised is None or case.acknowledgements.exists() or case.contacts.filter(with_person=True).exists():
        return None
    return timezone.localdate(promised)


def fact(case: Case) -> dict[str, Any]:
    """The case's fact row: dates and codes only."""
    found = due(case)
    subjects = list(
        dict.fromkeys(case.issues.filter(removed_at=None).order_by("number").values_list("subject", flat=True))
    )
    entries = log(case)
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
        "received_on": timezone.localdate(case.received_at),
        "acknowledge_due_on": found.due["acknowledge_by"],
        "review_due_on": found.due["review_by"],
        "original_due_on": found.due["original_respond_by"],
        "extensions": case.extensions.filter(counted=True).count(),
        "outcome": case.outcome,
        **_due_of_stage(case, found),
        **_moments(entries),
        **_issue_counts(case),
        "working_days": _working_days(case, entries),
    }


def _due_of_stage(case: Case, found: clock.Due) -> dict[str, Any]:
    name = "respond_by" if case.stage == 1 else "stage_2_respond_by"
    return {"current_due_on": found.due[name], "unpaused_due_on": found.without_pauses.get(name)}


def _moments(entries: list[rules.Logged]) -> dict[str, Any]:
    """The first day of some kinds of event, the last of others."""

    def days(kind: str) -> list[Any]:
        return [timezone.localdate(entry.at) for entry in entries if entry.kind == kind]

    def first(kind: str) -> Any:
        return next(iter(days(kind)), None)

    closed = [timezone.localdate(entry.at) for entry in entries if entry.kind in ("closed", "settled_orally")]
    reopened = [entry.kind for entry in entries if entry.kind in ("closed", "settled_orally", "reopened", "escalated")]
    answers = [entry for entry in entries if entry.kind == "response_sent"]
    first_answers = [entry for entry in answers if entry.data.get("stage", 1) == 1]
    return {
        "acknowledged_on": first("acknowledged"),
        "escalated_on": first("escalated"),
        "reopened_on": first("reopened"),
        "responded_on": timezone.localdate(answers[-1].at) if answers else None,
        "stage_1_responded_on": timezone.localdate(first_answers[0].at) if first_answers else None,
        "first_closed_on": next(iter(closed), None),
        "closed_on": closed[-1] if closed and reopened[-1] in ("closed", "settled_orally") else None,
    }


def _issue_counts(case: Case) -> dict[str, Any]:
    outcomes = Finding.objects.filter(issue__case=case, issue__removed_at=None, is_current=True)
    return {
        "issues": case.issues.filter(removed_at=None).count(),
        "issues_upheld": outcomes.filter(Q(outcome="upheld") | Q(outcome="partly_upheld")).count(),
    }


def _working_days(case: Case, entries: list[rules.Logged]) -> int | None:
    """Working days from receipt to the answer at this stage, or to the settlement; None while there is none."""
    ends = [entry.at for entry in entries if entry.kind in ("response_sent", "settled_orally")]
    if not ends:
        return None
    return calendar(case).working_days_between(timezone.localdate(case.received_at), timezone.localdate(ends[-1]))


def search_entry(case: Case) -> dict[str, Any]:
    """What the search entry of a case holds: its reference, names, words, issues, contacts and evidence."""
    people = [case.feedback.complainant, case.feedback.person_affected, case.feedback.representative]
    names = dict.fromkeys(person.name for person in people if person)
    words = [
        case.feedback.narrative.text,
        *Issue.objects.filter(case=case, removed_at=None).values_list("summary", flat=True),
        *Contact.objects.filter(case=case).order_by("pk").values_list("summary", flat=True),
        *Evidence.objects.filter(case=case).order_by("pk").values_list("title", flat=True),
    ]
    return {
        "kind": "case",
        "object_id": case.pk,
        "organisation_id": case.organisation_id,
        "title": " ".join([case.reference, *names]),
        "text": "\n".join(words),
    }


def remedy_fact(remedy: Remedy) -> dict[str, Any]:
    return {
        "organisation": remedy.case.organisation.code,
        "service": remedy.case.service.code if remedy.case.service else "",
        "case_id": str(remedy.case_id),
        "kind": remedy.kind,
        "due_on": remedy.due_on,
        "delivered_on": remedy.delivered_on,
    }
