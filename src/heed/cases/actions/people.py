"""Who the people behind a complaint are: put right what was taken down in haste, and add who was left out."""

from datetime import date, datetime

from django.utils import timezone

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.actions.log import changing
from heed.cases.models import Case
from heed.cases.queries import detail
from heed.correspondence import actions as correspondence
from heed.feedback import rules
from heed.feedback.models import Feedback, Person

PARTS = ("complainant", "person_affected", "representative")


def describe_person(
    *,
    case_id: int,
    part: str,
    name: str,
    date_of_birth: date | None = None,
    nhs_number: str = "",
    local_identifier: str = "",
    relationship: str = "",
    by: Actor,
    at: datetime,
    version: int,
) -> Case:
    """Say who the complainant, the person affected or the representative is. `relationship` (a code) is that to the
    person affected. A person affected who was taken for the complainant becomes a person of their own."""
    if refusal := _why_not(part, name, date_of_birth, nhs_number, timezone.localdate(at)):
        raise refusal
    with changing(case_id, by=by, at=at, version=version) as change:
        case, feedback = change.case, change.case.feedback
        person = _person(feedback, part) or Person()
        person.name, person.date_of_birth = rules.clean(name.strip()), date_of_birth
        person.nhs_number, person.local_identifier = nhs_number, rules.clean(local_identifier.strip())
        _keep(person, by, at)
        setattr(feedback, part, person)
        if relationship:
            feedback.relationship = relationship
        if part == "complainant":
            case.complainant_name, case.complainant_folded = person.name, person.name_folded
            feedback.person_affected = feedback.person_affected or person
        _write_to(feedback, by, at)
        feedback.save()
        change.event("person_described", part=part)
    return case


def choose_body(*, case_id: int, body: str, by: Actor, at: datetime, version: int) -> Case:
    """Record who the person wants to look into it (R32): "provider", "commissioner", or "" for who does not mind.

    Raises Refused where the procedure of the case gives no such choice."""
    if body not in ("", *dict(rules.BODIES)):
        raise Refused("Choose who they would like to look into it.", "body")
    with changing(case_id, by=by, at=at, version=version) as change:
        feedback = change.case.feedback
        if not detail.may_choose_commissioner(change.case):
            raise Refused("The procedure of this complaint gives no choice of who looks into it.", "body")
        if feedback.chosen_body != body:
            feedback.chosen_body = body
            feedback.save(update_fields=["chosen_body"])
            change.event("body_chosen", body=body)
    return change.case


def _why_not(part: str, name: str, born: date | None, nhs_number: str, today: date) -> Refused | None:
    if part not in PARTS:
        return Refused("Choose whose details these are.")
    if not name.strip() and part != "complainant":
        return Refused("Enter their name.", "name")
    if born and not rules.EARLIEST <= born <= today:
        return Refused(
            "Check the date of birth: it is not a date on which somebody living now can be born.", "date_of_birth"
        )
    if nhs_number and not rules.nhs_number_is_valid(nhs_number):
        return Refused("This is not a real NHS number. Check each digit.", "nhs_number")
    return None


def _person(feedback: Feedback, part: str) -> Person | None:
    person: Person | None = getattr(feedback, part)
    if part == "person_affected" and person == feedback.complainant:
        return None
    return person


def _keep(person: Person, by: Actor, at: datetime) -> None:
    """The row, with how to reach them under the same name."""
    if person.correspondent is None:
        person.correspondent = correspondence.add_correspondent(name=person.name, by=by, at=at)
    else:
        person.correspondent = correspondence.update_correspondent(
            correspondent=person.correspondent, name=person.name, by=by, at=at
        )
    person.name_folded = person.correspondent.name_folded[:200]
    person.save()


def _write_to(feedback: Feedback, by: Actor, at: datetime) -> None:
    """Letters go to the representative where there is one, else to the complainant."""
    writes_to = feedback.representative or feedback.complainant
    correspondent = writes_to.correspondent if writes_to else None
    if correspondent is None:
        return
    if feedback.thread is None:
        feedback.thread = correspondence.open_thread(
            organisation_id=feedback.organisation_id, correspondent=correspondent, at=at
        )
    elif feedback.thread.correspondent_id != correspondent.pk:
        correspondence.turn_thread(thread=feedback.thread, correspondent=correspondent, by=by, at=at)
