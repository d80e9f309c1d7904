"""Record what was learned from a case, or from what many say together, for its service and wider (R148, R170)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heed.audit import actions as audit
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.models import Case, Issue
from heed.design.text import clean_text
from heed.learning.actions.log import refuse_if_complained_about, staff_id
from heed.learning.models import LearningPoint
from heed.organisations import queries as organisations
from heed.organisations.models import Organisation, Service

REACHES = ("service", "wider")


@dataclass(frozen=True)
class Origin:
    """What something was learned from where that is not one case: the kind of it, its id there, and what it said."""

    kind: str
    id: str
    sentence: str


@transaction.atomic
def record_learning(
    *,
    case_id: int,
    text: str,
    reach: str,
    issue_id: int | None = None,
    service_id: int | None = None,
    by: Actor,
    at: datetime,
) -> LearningPoint:
    """Keep one thing that was learned. `service_id` None: the case's own service. A closed case teaches too. The same
    words of the same person, sent twice, are kept once.

    Raises Refused with a sentence and the field that it concerns."""
    # Locked, so that a double click finds what the first one wrote.
    case = Case.objects.select_for_update(of=("self",)).select_related("organisation", "service").get(pk=case_id)
    refuse_if_complained_about(case_id, by)
    if not text.strip():
        raise Refused("Say what was learned: what went wrong or well, and why.", "text")
    if reach not in REACHES:
        raise Refused("Say whether this is for the one service or for others too.", "reach")
    issue = Issue.objects.filter(case=case, pk=issue_id, removed_at=None).first() if issue_id else None
    if issue_id and issue is None:
        raise Refused("Choose one of the issues of this case.", "issue_id")
    service = case.service
    if service_id is not None and service_id != case.service_id:
        service = organisations.services(case.organisation_id).filter(pk=service_id).first()
        if service is None:
            raise Refused("Choose one of the organisation’s services.", "service_id")
    point, is_new = LearningPoint.objects.get_or_create(
        organisation=case.organisation, case=case, issue=issue, service=service,
        text=clean_text(text).strip(), reach=reach, by_id=staff_id(by), defaults={"at": at},
    )  # fmt: skip
    if is_new:
        detail = {"learning_point": point.pk}
        audit.record(by=by, at=at, verb="learning_recorded", kind="case", object_id=case.pk, detail=detail)
    return point


@transaction.atomic
def learn_from(
    *,
    organisation_id: int,
    origin: Origin,
    text: str,
    reach: str,
    service_id: int | None = None,
    by: Actor,
    at: datetime,
) -> LearningPoint:
    """Keep one thing that was learned from what many cases say together, such as an early warning. `service_id` None: not of
    one service. The same words of the same person, sent twice, are kept once.

    Raises Refused with a sentence and the field that it concerns."""
    # Locked, so that a double click finds what the first one wrote.
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    if not text.strip():
        raise Refused("Say what was learned: what went wrong or well, and why.", "text")
    if reach not in REACHES:
        raise Refused("Say whether this is for the one service or for others too.", "reach")
    service = Service.objects.filter(organisation=organisation, pk=service_id).first() if service_id else None
    if service_id and service is None:
        raise Refused("Choose one of the organisation’s services.", "service_id")
    point, is_new = LearningPoint.objects.get_or_create(
        organisation=organisation, origin_kind=origin.kind, origin_id=origin.id, service=service,
        text=clean_text(text).strip(), reach=reach, by_id=staff_id(by),
        defaults={"at": at, "origin_sentence": origin.sentence},
    )  # fmt: skip
    if is_new:
        audit.record(
            by=by, at=at, verb="learning_recorded", kind=origin.kind, object_id=origin.id,
            organisation=organisation.code, detail={"learning_point": point.pk},
        )  # fmt: skip
    return point
