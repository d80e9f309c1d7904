"""Receive what may be a complaint: its case opens in the same transaction, so the clock runs from receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases import rules
from heed.cases.actions.log import Change, changing, finish
from heed.cases.models import Case
from heed.correspondence import actions as correspondence
from heed.documents.models import Attachment
from heed.facts import actions as facts
from heed.feedback import projections as feedback_projections
from heed.feedback import rules as feedback_rules
from heed.feedback.actions import record as feedback_record
from heed.feedback.actions.record import Source, record
from heed.feedback.given import Given
from heed.feedback.models import Feedback
from heed.organisations.models import Organisation
from heed.search import actions as search


@dataclass(frozen=True)
class Received:
    """`case` is None for a comment or compliment. `code` is shown once. `repeated`: it was here already."""

    feedback: Feedback
    case: Case | None
    code: str
    repeated: bool


@transaction.atomic
def receive(
    *,
    organisation: Organisation,
    given: Given,
    received_at: datetime,
    by: Actor,
    at: datetime,
    submission_key: str | None = None,
    attachments: Sequence[Attachment] = (),
    source: Source | None = None,
    live: bool = True,
) -> Received:
    """Keep what somebody told us, open its case if it may be a complaint, and send them the receipt.

    `live` false (an import of something old): no case opens and no clock starts. An import sends no message.
    Raises Refused with a sentence for the person (R1, R5; SI 2009/309 reg 13; LGSCO Code 6)."""
    received = take(
        organisation=organisation,
        given=given,
        received_at=received_at,
        by=by,
        at=at,
        submission_key=submission_key,
        attachments=attachments,
        source=source,
        live=live,
    )
    if not received.repeated:
        write_down([received], at)
        if source is None:
            _send_receipt(received.feedback, received.case, received.code, by, at)
    return received


@transaction.atomic
def take(
    *,
    organisation: Organisation,
    given: Given,
    received_at: datetime,
    by: Actor,
    at: datetime,
    submission_key: str | None = None,
    attachments: Sequence[Attachment] = (),
    source: Source | None = None,
    live: bool = True,
) -> Received:
    """The first half of `receive`: keep it and open its case. `write_down` has to follow in the same transaction, for
    many at once where there are many."""
    receipt = record(
        organisation=organisation,
        given=given,
        received_at=received_at,
        by=by,
        at=at,
        submission_key=submission_key,
        attachments=attachments,
        source=source,
    )
    feedback = receipt.feedback
    if receipt.repeated:
        return Received(feedback, Case.objects.filter(feedback=feedback).first(), receipt.code, repeated=True)
    case = _open(feedback, by, at).case if live and feedback_rules.opens_case(feedback.kind) else None
    return Received(feedback, case, receipt.code, repeated=False)


def write_down(received: Sequence[Received], at: datetime) -> None:
    """The second half: dates, facts and search entries follow from what was kept. Raises Refused when the dates of one
    cannot be counted."""
    alone = [one.feedback for one in received if one.case is None]
    feedback_record.write_down([one.feedback for one in received], findable=alone, at=at)
    finish([one.case for one in received if one.case is not None], at)


def _open(feedback: Feedback, by: Actor, at: datetime) -> Change:
    """The case and the first event of its log; the caller finishes the change."""
    organisation = feedback.organisation
    name = feedback.complainant.name if feedback.complainant else ""
    case = Case.objects.create(
        feedback=feedback,
        organisation=organisation,
        service=feedback.service,
        reference=feedback.reference,
        kind=feedback.kind,
        gist=feedback_rules.gist(feedback.narrative.text),
        complainant_name=name,
        complainant_folded=feedback.complainant.name_folded if feedback.complainant else "",
        procedure=(feedback.service.procedure if feedback.service else "") or organisation.procedure,
        nation=organisation.nation,
        imported=feedback.batch_id is not None,
        received_at=feedback.received_at,
    )
    change = Change(case, by, at)
    change.event("received", at=feedback.received_at, clock={}, channel=feedback.channel, type=feedback.kind)
    return change


def _send_receipt(feedback: Feedback, case: Case | None, code: str, by: Actor, at: datetime) -> None:
    if feedback.thread is None:
        return
    fields: dict[str, str | date | None] = {"reference": feedback.reference}
    if case is None:
        letter = "thanks"
        fields |= {"kind": feedback.kind}
    else:
        letter = "receipt"
        fields |= {"acknowledge_by": case.acknowledge_by, "respond_by": case.respond_by, "code": code}
    correspondence.notify(
        thread=feedback.thread, letter=letter, fields={k: v for k, v in fields.items() if v}, by=by, at=at
    )


@transaction.atomic
def open_from_feedback(*, feedback_id: int, kind: str, by: Actor, at: datetime) -> Case:
    """What was called a comment or compliment turns out to be a complaint or concern: it becomes a case, received when
    it truly was."""
    feedback = Feedback.objects.select_for_update().get(pk=feedback_id)
    if Case.objects.filter(feedback=feedback).exists():
        raise Refused("This has a case already.")
    if not feedback_rules.opens_case(kind):
        raise Refused("Say whether it is a complaint or a concern.")
    feedback.kind = kind
    feedback.save(update_fields=["kind"])
    facts.put_feedback(str(feedback.pk), feedback_projections.fact(feedback))
    search.remove(kind="feedback", object_id=feedback.pk)
    change = _open(feedback, by, at)
    change.finish()
    return change.case


def correct_received(*, case_id: int, to: datetime, reason: str, by: Actor, at: datetime, version: int) -> Case:
    """The true moment of receipt was another. All dates are counted again, as if it had always been known."""
    if not reason.strip():
        raise Refused("Say how you know the true date of receipt.", "reason")
    if to > at:
        raise Refused("The day it was received cannot be in the future.", "to")
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        case.received_at = to
        Feedback.objects.filter(pk=case.feedback_id).update(received_at=to)
        case.feedback.received_at = to
        change.event("received_corrected", clock={"to": rules.wall(to)}, reason_id=change.reason(reason))
        facts.put_feedback(str(case.feedback_id), feedback_projections.fact(case.feedback))
    return case
