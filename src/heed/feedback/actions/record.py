"""Keep what somebody told us. Whoever may be complaining is received by `cases.actions.receive`, which calls this."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.correspondence import actions as correspondence
from heed.correspondence.models import Correspondent, Thread
from heed.documents.models import Attachment
from heed.facts import actions as facts
from heed.feedback import codes, projections, rules
from heed.feedback.given import CORRESPONDENT_FIELDS, Given, PersonGiven
from heed.feedback.models import Batch, Feedback, FeedbackFile, Narrative, Person
from heed.organisations.models import Organisation, Service
from heed.search import actions as search
from heed.search.rows import Row


@dataclass(frozen=True)
class Source:
    """Where an imported item comes from: its batch, and a key that is the same whenever the same row is read again."""

    batch: Batch
    import_key: str
    received_on_assumed: bool = False


@dataclass(frozen=True)
class Receipt:
    """`code` is shown once and never kept. `repeated`: this very submission was already here, nothing was added."""

    feedback: Feedback
    code: str
    repeated: bool = False


@transaction.atomic
def record(
    *,
    organisation: Organisation,
    given: Given,
    received_at: datetime,
    by: Actor,
    at: datetime,
    submission_key: str | None = None,
    attachments: Sequence[Attachment] = (),
    source: Source | None = None,
) -> Receipt:
    """Keep one item of feedback with its people, words and files; `write_down` has to follow.

    The same `submission_key` twice keeps one. Raises Refused with a sentence for the person (R1, R3, R5)."""
    given = replace(given, text=rules.clean(given.text))
    refusal = rules.why_not_receive(given.text, received_at, at, given.happened_on)
    if refusal:
        raise Refused(refusal)
    key = submission_key or codes.new_submission_key()
    code = codes.code_from(key, settings.CODE_KEY)
    if submission_key and (already := Feedback.objects.filter(submission_key=codes.submission_hash(key)).first()):
        return Receipt(already, code, repeated=True)
    try:
        # Only a form that carries its own key can come twice at once; an import takes hundreds of rows and has none.
        with transaction.atomic() if submission_key else nullcontext():
            feedback = _make(organisation, given, received_at, by, at, key, code, source)
    except IntegrityError:  # the same form, sent at the same moment, was quicker
        if not submission_key:
            raise
        already = Feedback.objects.filter(submission_key=codes.submission_hash(key)).first()
        if already is None:
            raise
        return Receipt(already, code, repeated=True)
    _keep_words(feedback, given)
    for attachment in attachments:
        FeedbackFile.objects.create(feedback=feedback, attachment=attachment)
    return Receipt(feedback, code)


def _make(
    organisation: Organisation,
    given: Given,
    received_at: datetime,
    by: Actor,
    at: datetime,
    key: str,
    code: str,
    source: Source | None,
) -> Feedback:
    return Feedback.objects.create(
        organisation=organisation,
        service=_service(organisation, given),
        kind=given.kind,
        channel=given.channel,
        reference=codes.new_reference(organisation.reference_prefix),
        code_hash=codes.code_hash(code, settings.CODE_KEY),
        received_at=received_at,
        recorded_at=at,
        received_on_assumed=bool(source and source.received_on_assumed),
        happened=given.happened,
        happened_on=given.happened_on,
        subject=given.subject,
        relationship=given.relationship,
        status_code=given.status_code,
        chosen_body=given.chosen_body,
        call_back_by=given.call_back_by,
        hear_of_changes_at=received_at if given.hear_of_changes else None,
        logged_by_id=by.staff_id,
        batch=source.batch if source else None,
        import_key=source.import_key if source else None,
        submission_key=codes.submission_hash(key),
        **_people(organisation, given, by, at),
    )


def _people(organisation: Organisation, given: Given, by: Actor, at: datetime) -> dict[str, Any]:
    complainant = _person(given.complainant, by, at)
    affected = _person(given.person_affected, by, at) if given.person_affected else complainant
    representative = _person(given.representative, by, at)
    return {
        "complainant": complainant,
        "person_affected": affected,
        "representative": representative,
        "thread": _thread(organisation, representative or complainant, at),
    }


def _service(organisation: Organisation, given: Given) -> Service | None:
    if given.service_id is None:
        return None
    return Service.objects.filter(organisation=organisation, pk=given.service_id).first()


def _thread(organisation: Organisation, writes_to: Person | None, at: datetime) -> Thread | None:
    correspondent = writes_to.correspondent if writes_to else None
    if correspondent is None:
        return None
    return correspondence.open_thread(organisation_id=organisation.pk, correspondent=correspondent, at=at)


def _person(given: PersonGiven | None, by: Actor, at: datetime) -> Person | None:
    if given is None:
        return None
    wishes: dict[str, Any] = {
        name: rules.clean(value) if isinstance(value := getattr(given, name), str) else value
        for name in CORRESPONDENT_FIELDS
    }
    wishes["adjustments"] = list(given.adjustments)
    correspondent: Correspondent = correspondence.add_correspondent(by=by, at=at, **wishes)
    return Person.objects.create(
        name=correspondent.name,
        name_folded=correspondent.name_folded[:200],
        date_of_birth=given.date_of_birth,
        nhs_number=given.nhs_number,
        local_identifier=rules.clean(given.local_identifier),
        correspondent=correspondent,
    )


def _keep_words(feedback: Feedback, given: Given) -> None:
    Narrative.objects.create(
        feedback=feedback,
        text=given.text,
        desired_outcomes=" ".join(given.desired_outcomes),
        desired_outcome_text=rules.clean(given.desired_outcome_text),
        outcome_at_source=rules.clean(given.outcome_at_source)[:200],
        service_at_source=rules.clean(given.service_at_source)[:200],
        subject_at_source=rules.clean(given.subject_at_source)[:200],
        channel_at_source=rules.clean(given.channel_at_source)[:200],
    )


def write_down(items: Sequence[Feedback], findable: Sequence[Feedback], at: datetime) -> None:
    """What follows from the items, in the same transaction: a fact for each, and a search entry for those that are
    `findable` by themselves. What opens a case is found by the case's entry."""
    facts.put_feedbacks({str(item.pk): projections.fact(item) for item in items})
    search.index_many(
        Row(
            kind="feedback",
            object_id=item.pk,
            organisation_id=item.organisation_id,
            title=projections.search_title(item),
            text=item.narrative.text,
            at=at,
        )
        for item in findable
    )
