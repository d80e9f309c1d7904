"""Register a complaint, acknowledge it, list its issues, rate the risk, choose the approach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.actions.letters import tell
from heed.cases.actions.log import Change, changing
from heed.cases.models import Acknowledgement, Case, ComplainedAbout, Issue, RiskRating
from heed.cases.queries import letters
from heed.deadlines.counting import last_day_of_months
from heed.facts import actions as facts
from heed.feedback import projections as feedback_projections
from heed.feedback.models import Feedback
from heed.organisations import code_lists, procedures
from heed.organisations import queries as organisations
from heed.organisations.risk import risk_of

HIGH_RISKS = ("high", "extreme")


@dataclass(frozen=True)
class Against:
    """Somebody complained about: a member of staff who signs in, or a name."""

    person_id: int | None = None
    name: str = ""


def register(
    *,
    case_id: int,
    kind: str,
    service_id: int,
    handler_id: int,
    against: Sequence[Against] = (),
    happened_on: date | None = None,
    late_reason: str = "",
    by: Actor,
    at: datetime,
    version: int,
) -> Case:
    """Confirm what it is and where it belongs, and give it a handler (R18, R31, R35). What came after the time in which
    people may complain is taken with the reason (R33). `happened_on` None leaves what was said of it."""
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        _happened(case, happened_on)
        if refusal := why_not_late(case, late_reason):
            raise Refused(refusal, "late_reason")
        _place(case, kind, service_id)
        add_against(change, against)
        _give_to(case, handler_id)
        reason_id = change.reason(late_reason) if late_reason.strip() else None
        change.move("registered", type=kind, service_id=service_id, handler_id=handler_id, reason_id=reason_id)
        facts.put_feedback(str(case.feedback_id), feedback_projections.fact(case.feedback))
    return case


def _happened(case: Case, on: date | None) -> None:
    if on is None:
        return
    if on > timezone.localdate(case.received_at):
        raise Refused("It cannot have happened after they told us.", "happened_on")
    case.feedback.happened_on = on
    case.feedback.save(update_fields=["happened_on"])


def why_not_late(case: Case, reason: str) -> str | None:
    """A sentence when it happened too long before it was received to be taken without a reason."""
    months = procedures.load(case.procedure).clock.complain_within_months.value
    happened_on, received_on = case.feedback.happened_on, timezone.localdate(case.received_at)
    if reason.strip() or happened_on is None:
        return None
    if received_on <= last_day_of_months(happened_on + timedelta(days=1), months):
        return None
    return f"It happened more than {months} months before it came in. Say why it is looked into all the same."


def _place(case: Case, kind: str, service_id: int) -> None:
    if kind not in ("complaint", "concern"):
        raise Refused("Say whether it is a complaint or a concern.", "kind")
    service = organisations.services(case.organisation_id).filter(pk=service_id).first()
    if service is None:
        raise Refused("Choose one of the organisation's services.", "service")
    case.kind, case.service = kind, service
    case.procedure = service.procedure or case.organisation.procedure
    Feedback.objects.filter(pk=case.feedback_id).update(kind=kind, service=service)
    case.feedback.kind, case.feedback.service = kind, service


def add_against(change: Change, against: Sequence[Against]) -> None:
    """Record who is complained about; they lose sight of the case with the same transaction (R255)."""
    members = accounts.members(change.case.organisation_id)
    for who in against:
        if who.person_id is not None and who.person_id in (change.case.handler_id, change.case.investigator_id):
            raise Refused("They handle or investigate this case. Give it to somebody else first, then record this.")
        if who.person_id is not None and change.by.staff_id == who.person_id:
            raise Refused("You cannot handle a complaint about yourself. Ask a colleague to register it.", "against")
        if who.person_id is not None and not members.filter(pk=who.person_id).exists():
            raise Refused("Choose somebody who belongs to this organisation, or write their name.", "against")
        if who.person_id is not None or who.name.strip():
            row = ComplainedAbout.objects.create(case=change.case, person_id=who.person_id, name=who.name.strip())
            change.event("complained_about_recorded", complained_about_id=row.pk)


def record_against(*, case_id: int, against: Sequence[Against], by: Actor, at: datetime, version: int) -> Case:
    """It turned out later who is complained about."""
    with changing(case_id, by=by, at=at, version=version) as change:
        add_against(change, against)
    return change.case


def _give_to(case: Case, handler_id: int) -> None:
    may = accounts.people_who_may(Permission.HANDLE, case.organisation_id).filter(pk=handler_id).exists()
    if not may:
        raise Refused("Choose a case handler or complaints manager of this organisation.", "handler")
    if ComplainedAbout.objects.filter(case=case, person_id=handler_id).exists():
        raise Refused("They are complained about in this case. Choose somebody else.", "handler")
    case.handler_id = handler_id


def assign_handler(*, case_id: int, handler_id: int, by: Actor, at: datetime, version: int) -> Case:
    """Somebody else looks after the case from now on."""
    with changing(case_id, by=by, at=at, version=version) as change:
        _give_to(change.case, handler_id)
        change.event("handler_assigned", handler_id=handler_id)
    return change.case


@transaction.atomic
def acknowledge(
    *,
    case_id: int,
    channel: str,
    acknowledged_at: datetime,
    discussion_offered: bool,
    discussion_result: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
    version: int,
) -> Case:
    """Tell the person that we have it, and offer to discuss how it will be handled (R69, R70; reg 13).

    By e-mail, the letter goes out now, with the offer in it; another channel is recorded as done."""
    if acknowledged_at > at:
        raise Refused("The acknowledgement cannot be in the future.", "acknowledged_at")
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        _check_acknowledgement(case, acknowledged_at)
        if channel == "email" and letters.acknowledgement(case, at) is None:
            raise Refused("There is no email address to send it to. Tell them another way.", "channel")
        row = Acknowledgement.objects.create(
            case=case,
            stage=case.stage,
            at=acknowledged_at,
            channel=channel,
            discussion_offered=discussion_offered,
            discussion_result=discussion_result if discussion_offered else "",
            note=note,
        )
        case.acknowledged_at = acknowledged_at
        change.event("acknowledged", at=acknowledged_at, clock={}, channel=channel, acknowledgement_id=row.pk)
        if discussion_offered:
            change.event("discussion_offered", result=row.discussion_result)
    if channel == "email":
        tell(case, "acknowledgement", by=by, at=at, **letters.acknowledgement_fields(case))
    return case


def _check_acknowledgement(case: Case, acknowledged_at: datetime) -> None:
    if case.acknowledgements.filter(stage=case.stage).exists():
        raise Refused("This was acknowledged already.")
    if acknowledged_at < case.received_at:
        raise Refused("It cannot have been acknowledged before it was received.", "acknowledged_at")


def add_issue(
    *,
    case_id: int,
    summary: str,
    subject: str,
    service_id: int | None = None,
    outcome_wanted: str = "",
    by: Actor,
    at: datetime,
    version: int,
) -> Issue:
    """Add one thing complained about, to be decided on its own (R27, R28)."""
    if not summary.strip():
        raise Refused("Say in a sentence what this issue is.", "summary")
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        _check_subject(case, subject)
        _check_service(case, service_id)
        if case.status not in ("received", "registered", "investigating"):
            raise Refused("The response is being signed or has gone. Take it back or reopen the case to add an issue.")
        issue = Issue.objects.create(
            case=case,
            number=Issue.objects.filter(case=case).count() + 1,
            summary=summary.strip(),
            subject=subject,
            service_id=service_id,
            outcome_wanted=outcome_wanted,
        )
        change.event("issue_added", issue_id=issue.pk, subject=subject)
    return issue


def _check_subject(case: Case, subject: str) -> None:
    if subject not in code_lists.load(case.organisation.subject_list):
        raise Refused("Choose one of the subjects in the list.", "subject")


def _check_service(case: Case, service_id: int | None) -> None:
    if service_id is not None and not organisations.every_service(case.organisation_id).filter(pk=service_id).exists():
        raise Refused("Choose one of the organisation's services.", "service")


def change_issue(
    *,
    issue_id: int,
    summary: str,
    subject: str,
    service_id: int | None = None,
    outcome_wanted: str = "",
    by: Actor,
    at: datetime,
    version: int,
) -> Issue:
    """Word an issue better, or move it to another subject or service. The words before and after are kept."""
    if not summary.strip():
        raise Refused("Say in a sentence what this issue is.", "summary")
    issue = Issue.objects.get(pk=issue_id)
    with changing(issue.case_id, by=by, at=at, version=version) as change:
        _check_subject(change.case, subject)
        _check_service(change.case, service_id)
        before, after = issue.summary, summary.strip()
        Issue.objects.filter(pk=issue_id).update(
            summary=after, subject=subject, service_id=service_id, outcome_wanted=outcome_wanted
        )
        texts: dict[str, Any] = (
            {"before_id": change.reason(before), "after_id": change.reason(after)} if before != after else {}
        )
        change.event("issue_changed", issue_id=issue_id, subject=subject, **texts)
    issue.refresh_from_db()
    return issue


def remove_issue(*, issue_id: int, reason: str, by: Actor, at: datetime, version: int) -> None:
    """Take an issue off the list, keeping it in the history with the reason."""
    if not reason.strip():
        raise Refused("Say why this issue is taken off the list.", "reason")
    issue = Issue.objects.get(pk=issue_id)
    with changing(issue.case_id, by=by, at=at, version=version) as change:
        Issue.objects.filter(pk=issue_id).update(removed_at=at)
        change.event("issue_removed", issue_id=issue_id, reason_id=change.reason(reason))


def rate(
    *,
    case_id: int,
    seriousness: str,
    likelihood: str,
    impact_on_person: str = "",
    flags: Sequence[str] = (),
    reason: str = "",
    by: Actor,
    at: datetime,
    version: int,
) -> RiskRating:
    """Rate seriousness and likelihood; the organisation's matrix gives the risk (R45-R53). Every rating is kept; from
    the second on it needs its reason."""
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        again = case.ratings.exists()
        if again and not reason.strip():
            raise Refused("Say why the rating changes. The earlier one is kept beside it.", "reason")
        risk = risk_of(case.organisation, seriousness, likelihood)
        rating = RiskRating.objects.create(
            case=case,
            seriousness=seriousness,
            likelihood=likelihood,
            risk=risk,
            impact_on_person=impact_on_person,
            flags=" ".join(flags),
            reason=reason,
            after_investigation=case.status not in ("received", "registered"),
            at=at,
            by_id=by.member_id,
        )
        case.seriousness, case.likelihood, case.risk, case.flags = seriousness, likelihood, risk, rating.flags
        change.event("risk_rated", rating_id=rating.pk, risk=risk, again=again)
    return rating


def choose_approach(*, case_id: int, approach: str, reason: str = "", by: Actor, at: datetime, version: int) -> Case:
    """Early resolution where the person is content and nobody else is at risk, else a closer look (R57, R58)."""
    if approach not in ("early", "closer"):
        raise Refused("Choose early resolution or a closer look.", "approach")
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        if case.status not in ("received", "registered", "investigating"):
            raise Refused("The response is being signed or has gone, so the approach stands.")
        if approach == "early" and case.risk in HIGH_RISKS and not reason.strip():
            raise Refused("The risk is high. Say why a quick answer is safe here, or choose a closer look.", "reason")
        if case.approach and case.approach != approach and not reason.strip():
            raise Refused("Say why the approach changes.", "reason")
        case.approach = approach
        reason_id = change.reason(reason) if reason.strip() else None
        change.event("approach_chosen", approach=approach, reason_id=reason_id)
    return case
