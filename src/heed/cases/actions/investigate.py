"""Find out what happened: who looks, who said what, what was gathered, and what was found on each issue."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import timezone

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases import rules
from heed.cases.actions.log import TWICE, Change, changing
from heed.cases.actions.plan import keep_update_promise
from heed.cases.models import Case, ComplainedAbout, Contact, Evidence, Finding, Issue, Response
from heed.documents import actions as documents
from heed.documents.models import Attachment
from heed.organisations import code_lists, procedures


def assign_investigator(
    *, case_id: int, investigator_id: int, reason: str = "", by: Actor, at: datetime, version: int
) -> Case:
    """Give the case to somebody independent of it (R83), or, with the reason, to the service where that is right."""
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        may = accounts.people_who_may(Permission.INVESTIGATE, case.organisation_id).filter(pk=investigator_id).exists()
        if not may:
            raise Refused("Choose somebody of this organisation who may investigate.", "investigator")
        own = case.service_id in accounts.services_worked_in(investigator_id, case.organisation_id)
        refusal = rules.why_not_investigate(
            complained_about=ComplainedAbout.objects.filter(case=case, person_id=investigator_id).exists(),
            same_service=own,
            approach=case.approach,
            stage=case.stage,
            may_answer_own=procedures.load(case.procedure).service_may_answer(case.stage),
            answered_before=answered_before(case, investigator_id),
            reason=reason,
        )
        if refusal:
            raise Refused(refusal, "investigator")
        case.investigator_id = investigator_id
        case.investigator_reason = reason if own else ""
        reason_id = change.reason(reason) if own else None
        change.move("investigation_started", investigator_id=investigator_id, own_service=own, reason_id=reason_id)
    return case


def answered_before(case: Case, person_id: int) -> bool:
    """Whether they drafted or signed the answer of an earlier stage."""
    earlier = Response.objects.filter(case=case, stage__lt=case.stage)
    return earlier.filter(signed_by_id=person_id).exists() or earlier.filter(drafted_by_id=person_id).exists()


@dataclass(frozen=True)
class ContactGiven:
    """A conversation, letter or meeting. `happened_at` when it took place."""

    happened_at: datetime
    channel: str
    direction: str
    with_whom: str
    summary: str
    with_person: bool = False
    is_update: bool = False


def log_contact(*, case_id: int, given: ContactGiven, by: Actor, at: datetime, version: int | None = None) -> Contact:
    """Keep what was said, with whom and when (R81). An update keeps the promise of the plan (R72)."""
    if not given.summary.strip():
        raise Refused("Write down what was said.", "summary")
    if given.happened_at > at:
        raise Refused("The contact cannot be in the future.", "happened_at")
    with changing(case_id, by=by, at=at, version=version) as change:
        values = {**asdict(given), "case": change.case, "by_id": by.member_id}
        happened_at = values.pop("happened_at")
        near = (happened_at - TWICE, happened_at + TWICE)
        if already := Contact.objects.filter(at__range=near, **values).first():
            return already
        contact = Contact.objects.create(at=happened_at, **values)
        change.event(
            "contact_logged", at=given.happened_at, contact_id=contact.pk, channel=given.channel,
            direction=given.direction, is_update=given.is_update,
        )  # fmt: skip
        if given.is_update:
            keep_update_promise(change)
    return contact


def add_evidence(
    *,
    case_id: int,
    kind: str,
    title: str,
    what_it_shows: str = "",
    obtained_on: date | None = None,
    issue_id: int | None = None,
    attachment: Attachment | None = None,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Evidence:
    """Keep a statement, record, visit or advice, with its file if there is one (R85-R88)."""
    if not title.strip():
        raise Refused("Say what this is.", "title")
    if kind not in code_lists.load("evidence"):
        raise Refused("Choose what kind of evidence this is.", "kind")
    if obtained_on and obtained_on > timezone.localdate(at):
        raise Refused("The day it was obtained cannot be in the future.", "obtained_on")
    with changing(case_id, by=by, at=at, version=version) as change:
        values = {
            "case": change.case, "kind": kind, "title": title.strip(), "what_it_shows": what_it_shows,
            "obtained_on": obtained_on, "issue": _issue_of(change, issue_id), "by_id": by.member_id,
        }  # fmt: skip
        content = attachment.blob_id if attachment else None
        if already := Evidence.objects.filter(at__gt=at - TWICE, attachment__blob=content, **values).first():
            if attachment:
                documents.release(attachment=attachment, by=by, at=at)
            return already
        evidence = Evidence.objects.create(attachment=attachment, at=at, **values)
        change.event("evidence_added", evidence_id=evidence.pk, evidence_kind=kind)
    return evidence


def _issue_of(change: Change, issue_id: int | None) -> Issue | None:
    if issue_id is None:
        return None
    issue = Issue.objects.filter(case=change.case, pk=issue_id, removed_at=None).first()
    if issue is None:
        raise Refused("Choose one of the issues of this case.", "issue")
    return issue


@dataclass(frozen=True)
class FindingGiven:
    """What was found on an issue, on the balance of probability, and why (R89, R90)."""

    outcome: str
    what_happened: str
    reasoning: str
    what_should_have: str = ""
    effect_on_person: str = ""


def find(*, issue_id: int, given: FindingGiven, by: Actor, at: datetime, version: int) -> Finding:
    """Record a finding. A later one on the same issue stands instead; the earlier is kept."""
    if given.outcome not in rules.OUTCOMES:
        raise Refused("Choose upheld, partly upheld or not upheld.", "outcome")
    for name, wish in (("what_happened", "Say what happened."), ("reasoning", "Say how you reached this finding.")):
        if not getattr(given, name).strip():
            raise Refused(wish, name)
    case_id = Issue.objects.values_list("case_id", flat=True).get(pk=issue_id)
    with changing(case_id, by=by, at=at, version=version) as change:
        issue = _issue_of(change, issue_id)
        if issue is None:
            raise Refused("Choose one of the issues of this case.", "issue")
        if change.case.status not in ("registered", "investigating"):
            raise Refused("Findings are recorded while the case is being looked into. Take the response back first.")
        if refusal := _why_not_find(change.case, by.member_id):
            raise Refused(refusal)
        again = Finding.objects.filter(issue=issue, is_current=True).update(is_current=False)
        finding = Finding.objects.create(issue=issue, by_id=by.member_id, at=at, **asdict(given))
        change.event(
            "finding_recorded", issue_id=issue_id, finding_id=finding.pk, outcome=given.outcome, again=bool(again)
        )
    return finding


def _why_not_find(case: Case, person_id: int) -> str | None:
    handlers = accounts.people_who_may(Permission.HANDLE, case.organisation_id)
    return rules.why_not_find(
        person_id=person_id,
        investigator_id=case.investigator_id,
        may_handle=handlers.filter(pk=person_id).exists(),
        approach=case.approach,
    )
