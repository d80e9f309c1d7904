"""Answer: compose the response from its ten parts, have it signed for the organisation, send it."""

from datetime import datetime

from django.db import transaction

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission
from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.cases import ombudsman, rules
from heed.cases.actions.letters import tell
from heed.cases.actions.log import Change, changing
from heed.cases.models import Case, ComplainedAbout, Finding, Response, ResponsePart
from heed.cases.parts import PARTS, needed_parts
from heed.organisations import procedures


def current_response(case: Case) -> Response | None:
    """The response being worked on, None when there is none or the last one went."""
    return case.responses.exclude(state="sent").order_by("-number").first()


def save_draft(
    *, case_id: int, parts: dict[str, str], response_version: int | None, by: Actor, at: datetime
) -> Response:
    """Keep the text of the parts as it stands. `response_version` is that of the draft that was seen, None for none.

    Raises Stale when somebody else saved meanwhile."""
    with changing(case_id, by=by, at=at) as change:
        response = current_response(change.case)
        if change.case.status not in ("registered", "investigating"):
            raise Refused("The response is with the person who signs, or has gone. Take it back to change it.")
        if response is None:
            number = change.case.responses.count() + 1
            response = Response.objects.create(
                case=change.case, stage=change.case.stage, number=number, drafted_by_id=by.member_id
            )
            change.event("response_drafted", response_id=response.pk)
        elif response_version != response.version:
            raise Stale(accounts.names([response.drafted_by_id]).get(response.drafted_by_id, "Somebody"), "the draft")
        _write_parts(response, parts)
        response.version += 1
        response.drafted_by_id = by.member_id
        response.save(update_fields=["version", "drafted_by"])
    return response


def _write_parts(response: Response, parts: dict[str, str]) -> None:
    for part in PARTS:
        if part.code in parts:
            ResponsePart.objects.update_or_create(
                response=response, part=part.code, defaults={"text": parts[part.code]}
            )


def request_sign_off(*, case_id: int, by: Actor, at: datetime, version: int) -> Response:
    """Hand the response to who signs. Refused while a finding or a part is missing (R110, R117)."""
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        response = current_response(case)
        if response is None:
            raise Refused("Write the response first.")
        written = {part.part for part in response.parts.all() if part.text.strip()}
        missing = [part.label for part in needed_parts(case.disposal) if part.code not in written]
        issues = case.issues.filter(removed_at=None)
        refusal = rules.why_not_respond(
            disposal=_disposal(case),
            issues=issues.count(),
            issues_found=issues.filter(findings__is_current=True).count(),
            missing_parts=missing,
        )
        if refusal:
            raise Refused(refusal)
        response.state, response.requested_at, response.returned_note = "sign_off", at, ""
        response.save(update_fields=["state", "requested_at", "returned_note"])
        change.move("sign_off_requested", response_id=response.pk)
    return response


def _disposal(case: Case) -> str:
    """An early resolution without findings is a settlement; with findings it is decided as any other."""
    if case.disposal:
        return case.disposal
    if case.approach == "early" and not Finding.objects.filter(issue__case=case, is_current=True).exists():
        return "early"
    return ""


def return_for_changes(*, case_id: int, note: str, by: Actor, at: datetime, version: int) -> Response:
    """Who signs, or the handler, takes the response back with what has to change."""
    if not note.strip():
        raise Refused("Say what has to change.", "note")
    with changing(case_id, by=by, at=at, version=version) as change:
        response = _in_hand(change)
        response.state, response.returned_note = "draft", note.strip()
        response.signed_by, response.signed_at, response.signed_as = None, None, ""
        response.save()
        change.move("sign_off_returned", response_id=response.pk, reason_id=change.reason(note))
    return response


def _in_hand(change: Change) -> Response:
    response = current_response(change.case)
    if response is None:
        raise Refused("There is no response to work on.")
    return response


def sign(*, case_id: int, signed_as: str, by: Actor, at: datetime, version: int) -> Response:
    """Sign for the organisation: the responsible person or whom they delegated; the service's own manager only where
    the procedure lets the service answer (R92, R113; reg 14). Never who is complained about."""
    if not signed_as.strip():
        raise Refused("Say in what capacity you sign, and for whom if it is delegated to you.", "signed_as")
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        if refusal := why_not_sign(case, by):
            raise Refused(refusal)
        response = _in_hand(change)
        response.state, response.signed_at, response.signed_by_id = "signed", at, by.member_id
        response.signed_as = signed_as.strip()
        response.save()
        change.move("response_signed", response_id=response.pk)
    return response


def why_not_sign(case: Case, by: Actor) -> str | None:
    """A sentence when this person may not sign this case's response."""
    person_id = by.member_id
    if ComplainedAbout.objects.filter(case=case, person_id=person_id).exists():
        return "You are complained about in this case, so somebody else has to sign."
    if accounts.people_who_may(Permission.SIGN, case.organisation_id).filter(pk=person_id).exists():
        return None
    own = accounts.people_who_may(Permission.SIGN_SERVICE, case.organisation_id, case.service_id)
    if own.filter(pk=person_id).exists() and case.service_id is not None:
        if procedures.load(case.procedure).service_may_sign(case.stage):
            return None
        return "This procedure asks for the signature of the responsible person, or somebody they delegated."
    return "Only the responsible person, or somebody they delegated, signs responses."


@transaction.atomic
def send(*, case_id: int, channel: str, by: Actor, at: datetime, version: int) -> Response:
    """Send the signed response. By e-mail the person is told that it waits on their page (R109, R114, R118)."""
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        response = _in_hand(change)
        response.state, response.sent_at, response.sent_by_channel = "sent", at, channel
        response.save(update_fields=["state", "sent_at", "sent_by_channel"])
        case.responded_at = at
        case.disposal = _disposal(case) or "findings"
        case.outcome = _outcome(case)
        case.next_update_on = None
        change.move("response_sent", response_id=response.pk, channel=channel, stage=case.stage)
    next_stage = {"next_stage": "stage 2"} if procedures.load(case.procedure).stages_count > case.stage else {}
    tell(case, "response_ready", by=by, at=at, **next_stage, **ombudsman.letter_fields(case))
    return response


def _outcome(case: Case) -> str:
    if case.disposal == "withdrawn":
        return "withdrawn"
    found = Finding.objects.filter(issue__case=case, issue__removed_at=None, is_current=True)
    return rules.outcome(list(found.values_list("outcome", flat=True))) or "settled"
