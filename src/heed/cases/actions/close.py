"""End a case at its decision, the short ways to an end, and the ways back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases import lifecycle, projections, rules
from heed.cases.actions.letters import tell
from heed.cases.actions.log import changing
from heed.cases.models import Case, Contact
from heed.feedback.rules import ORAL_CHANNELS
from heed.organisations import procedures


def close(*, case_id: int, by: Actor, at: datetime, version: int) -> Case:
    """Close at the decision: remedies and actions go on by themselves (LGSCO guide, part 17)."""
    with changing(case_id, by=by, at=at, version=version) as change:
        change.move("closed", outcome=change.case.outcome)
        change.case.closed_at = at
    return change.case


def record_view(*, case_id: int, satisfied: str, view: str, by: Actor, at: datetime, version: int) -> Case:
    """What the person says of the outcome, each time that they say something of it; every one is kept (R115).

    satisfied: a code of `rules.SATISFIED`. view: their words, or what they said in ours; may be empty where they gave
    an answer."""
    if satisfied not in rules.SATISFIED:
        raise Refused("Choose what they said of the outcome.", "satisfied")
    if satisfied == "no_answer" and not view.strip():
        raise Refused("Say when and how you asked them.", "view")
    with changing(case_id, by=by, at=at, version=version) as change:
        if change.case.status not in lifecycle.ANSWERED:
            raise Refused("They have not had our answer yet. Note what they say as a contact until then.")
        reason_id = change.reason(view) if view.strip() else None
        change.event("outcome_view_recorded", satisfied=satisfied, reason_id=reason_id)
    return change.case


def withdraw(*, case_id: int, reason: str, by: Actor, at: datetime, version: int) -> Case:
    """The person does not want to go on. They still get a written outcome by the short way; learning may go on."""
    if not reason.strip():
        raise Refused("Say how and why the person withdrew.", "reason")
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        response = case.responses.exclude(state="sent").order_by("-number").first()
        if response:
            response.state, response.signed_by, response.signed_at, response.signed_as = "draft", None, None, ""
            response.save()
        case.disposal = "withdrawn"
        change.move("withdrawn", reason_id=change.reason(reason))
    return case


def settle_orally(
    *, case_id: int, settled_at: datetime, what_was_done: str, by: Actor, at: datetime, version: int
) -> Case:
    """Taken in conversation and settled to the person's satisfaction by the end of the next working day: no written
    answer is owed, and it stays out of statutory counts (SI 2009/309 reg 8(1)(c); domain 13.4)."""
    if not what_was_done.strip():
        raise Refused("Say what was done, and that the person is satisfied with it.", "what_was_done")
    if settled_at > at:
        raise Refused("It cannot have been settled in the future.", "settled_at")
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        procedure = procedures.load(case.procedure)
        if not procedure.settled_orally_allowed:
            raise Refused("This procedure asks for a written answer also to what was settled in conversation.")
        refusal = rules.why_not_settle_orally(
            channel_is_oral=case.feedback.channel in ORAL_CHANNELS,
            received_at=case.received_at,
            settled_at=settled_at,
            last_day=projections.calendar(case).add_working_days(timezone.localdate(case.received_at), 1),
        )
        if refusal:
            raise Refused(refusal)
        contact = Contact.objects.create(
            case=case, at=settled_at, channel=case.feedback.channel, direction="out", with_person=True,
            with_whom=case.complainant_name or "the person", summary=what_was_done.strip(), by_id=by.member_id,
        )  # fmt: skip
        case.disposal, case.outcome, case.statutory, case.closed_at = "oral", "settled", False, settled_at
        change.move("settled_orally", at=settled_at, contact_id=contact.pk)
    return case


@transaction.atomic
def reopen(*, case_id: int, reason: str, by: Actor, at: datetime, version: int) -> Case:
    """Take a closed case up again with its history whole. What was sent stays as it was."""
    if not reason.strip():
        raise Refused("Say why the case is taken up again.", "reason")
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        case.disposal, case.outcome, case.closed_at, case.statutory = "", "", None, True
        change.move("reopened", reason_id=change.reason(reason))
    tell(case, "reopened", by=by, at=at)
    return case


@transaction.atomic
def escalate(*, case_id: int, reason: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """The person asks for the next stage. They need give no reason (LGSCO Code 6)."""
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        if procedures.load(case.procedure).stages_count < 2:
            raise Refused(
                "This procedure has one stage. If they are unhappy, reopen the case, and tell them of the Ombudsman."
            )
        if case.stage == 2:
            raise Refused("This is the last stage. The Ombudsman is next.")
        case.stage, case.disposal, case.outcome, case.closed_at = 2, "", "", None
        case.investigator_id, case.investigator_reason, case.approach = None, "", "closer"
        change.move("escalated", clock={}, reason_id=change.reason(reason) if reason.strip() else None)
    tell(
        case, "next_stage", by=by, at=at, stage="stage 2",
        acknowledge_by=case.stage_2_acknowledge_by, respond_by=case.stage_2_respond_by,
    )  # fmt: skip
    return case
