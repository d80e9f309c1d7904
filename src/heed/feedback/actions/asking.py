"""Ask somebody how it was, remind them once, and take note that they do not want to be asked (R15, R185)."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from heed.accounts.models import User
from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.correspondence import actions as correspondence
from heed.correspondence.models import Correspondent
from heed.facts import actions as facts
from heed.feedback import projections, survey_keys, surveys
from heed.feedback.models import Feedback, SurveyRefusal, SurveyRequest, SurveySettings
from heed.feedback.queries import surveys as queries
from heed.feedback.surveys import rules
from heed.organisations.models import Organisation

PURPOSE = "survey"
LETTERS = {"complainant": "survey", "supporter": "survey", "staff-involved": "survey_staff", "handler": "survey_staff"}
CLOSED = "This was answered already, or it can no longer be answered."


@transaction.atomic
def set_asking(*, organisation: Organisation, asks: bool, by: Actor, at: datetime) -> SurveySettings:
    """Begin or stop asking people. Nobody is asked about what happened before the day on which it began."""
    found = SurveySettings.objects.select_for_update().filter(organisation=organisation).first()
    if found is None:
        found = SurveySettings(organisation=organisation, since_on=timezone.localdate(at))
    if asks and not found.asks:
        found.since_on = timezone.localdate(at)
    found.asks = asks
    found.save()
    record(
        by=by, at=at, verb="survey_asking_set", kind="organisation", object_id=organisation.pk, detail={"asks": asks}
    )
    return found


@transaction.atomic
def ask(
    *,
    organisation: Organisation,
    audience: str,
    occasion: str,
    way: str,
    by: Actor,
    at: datetime,
    feedback: Feedback | None = None,
    person: User | None = None,
    correspondent: Correspondent | None = None,
) -> SurveyRequest | None:
    """Ask once: by e-mail at once, by post or phone when somebody of the staff does it, or on their page. `correspondent`:
    whom a public request goes to; staff are asked by `person`. None when they were asked this already."""
    today = timezone.localdate(at)
    service = feedback.service.code if feedback and feedback.service else ""
    try:
        with transaction.atomic():
            request = SurveyRequest.objects.create(
                organisation=organisation, audience=audience, occasion=occasion, feedback=feedback, person=person,
                service=service, way=way, asked_on=today, closes_on=rules.closes_on(today, surveys.timing(today)),
                questionnaire=surveys.load(audience, today).version,
            )  # fmt: skip
    except IntegrityError:  # somebody else asked at the same moment
        return None
    facts.put_survey(*projections.request_fact(request))
    if way == "email":
        _send(request, correspondent, by, at)
    record(by=by, at=at, verb="survey_asked", kind="survey", object_id=request.pk,
           organisation=organisation.code, detail={"audience": audience, "occasion": occasion, "way": way})  # fmt: skip
    return request


def _send(request: SurveyRequest, to: Correspondent | None, by: Actor, at: datetime, *, again: bool = False) -> None:
    fields: dict[str, Any] = {"closes_on": request.closes_on, "asked_on": request.asked_on if again else None}
    whom: dict[str, Any] = {}
    if request.person is not None:
        whom = {"name": request.person.name, "email": request.person.email}
    elif to is not None:
        whom["thread"] = correspondence.open_thread(organisation_id=request.organisation_id, correspondent=to, at=at)
    if request.feedback and request.person is None:
        fields["reference"] = request.feedback.reference
    days = (request.closes_on - timezone.localdate(at)).days + 1
    correspondence.send_link(
        organisation_id=request.organisation_id, purpose=PURPOSE, object_id=request.pk, letter=LETTERS[request.audience],
        fields=fields, by=by, at=at, days=days, needs_code=False, **whom,
    )  # fmt: skip


@transaction.atomic
def remind(*, request_id: int, by: Actor, at: datetime) -> bool:
    """The one reminder of what was asked by e-mail; the earlier link goes on to work. False when it is not due."""
    request = locked(request_id)
    today = timezone.localdate(at)
    if request.state != "open" or request.way != "email" or request.closes_on < today:
        return False
    if not rules.may_remind(request.asked_on, request.reminded, today, surveys.timing(today)):
        return False
    request.reminded = True
    request.save(update_fields=["reminded"])
    _send(request, queries.correspondent_of(request), by, at, again=True)
    return True


@transaction.atomic
def hand_over(*, request_id: int, by: Actor, at: datetime) -> SurveyRequest:
    """The letter was posted, or the person was rung and not reached: it waits for them now."""
    request = locked(request_id)
    if request.state != "open":
        raise Refused(CLOSED)
    request.handed_over = True
    request.save(update_fields=["handed_over"])
    record(by=by, at=at, verb="survey_handed_over", kind="survey", object_id=request.pk)
    return request


@transaction.atomic
def refuse(*, request_id: int, by: Actor, at: datetime) -> None:
    """They do not want to be asked: not this, and nothing more, from now on and for good."""
    request = locked(request_id)
    SurveyRefusal.objects.get_or_create(organisation_id=request.organisation_id, who=queries.person_key(request))
    if request.state in ("open", "over"):
        request.state = "refused"
        request.save(update_fields=["state"])
    correspondence.end_links(purpose=PURPOSE, object_id=request.pk, why="answered", by=by, at=at)
    record(by=by, at=at, verb="survey_refused", kind="survey", object_id=request.pk)


@transaction.atomic
def allow_again(*, organisation: Organisation, staff_id: int, by: Actor, at: datetime) -> None:
    """Somebody of the staff changes their mind and may be asked again."""
    SurveyRefusal.objects.filter(organisation=organisation, who=survey_keys.person(staff_id=staff_id)).delete()
    record(by=by, at=at, verb="survey_allowed", kind="person", object_id=staff_id)


def end_over(*, organisation_id: int, at: datetime) -> int:
    """What nobody answered in time is over. Returns how many."""
    overdue = SurveyRequest.objects.filter(organisation_id=organisation_id, state="open")
    return overdue.filter(closes_on__lt=timezone.localdate(at)).update(state="over")


def locked(request_id: int) -> SurveyRequest:
    """The request, for this transaction alone."""
    return SurveyRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
