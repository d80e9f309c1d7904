"""Keep what somebody answers, apart from who they are; take it back; read what they wrote (R115, R185).

Nothing here writes to the audit trail what was answered, nor to which answer an action of the public belongs."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.correspondence import actions as correspondence
from heed.facts import actions as facts
from heed.feedback import projections, survey_keys, surveys
from heed.feedback.actions.about_you import first_month_kept
from heed.feedback.actions.asking import CLOSED, PURPOSE, locked
from heed.feedback.models import Campaign, SurveyReply, SurveyRequest, SurveyWords
from heed.feedback.queries import surveys as queries
from heed.feedback.rules import clean
from heed.feedback.surveys import rules
from heed.organisations.models import Organisation

PUBLIC_AUDIENCES = ("complainant", "supporter")
READ_AS = ("read", "complaint", "risk")


@dataclass(frozen=True)
class Told:
    """What somebody answered: by the key of each statement; in their own words; whether who looked after it may see it."""

    answers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    share: bool = False

    @property
    def given(self) -> dict[str, str]:
        return {key: answer for key, answer in self.answers.items() if answer}


@transaction.atomic
def answer(*, request_id: int, told: Told, by: Actor, at: datetime) -> None:
    """Keep the answers to a request, once. Staff may enter what came by post or phone also when its time has passed.

    Raises Refused for what is not asked, for nothing at all, and for what was answered already."""
    request = locked(request_id)
    in_time = request.state == "open" and request.closes_on >= timezone.localdate(at)
    if not in_time and not (by.kind == "staff" and request.state in ("open", "over")):
        raise Refused(CLOSED)
    asked = queries.questionnaire_of(request)
    _refuse_what_cannot_be_kept(asked, told)
    shared = told.share and request.audience in PUBLIC_AUDIENCES
    reply = SurveyReply(
        organisation=request.organisation.code, service=request.service, who=survey_keys.who(request.pk),
        audience=request.audience, occasion=request.occasion, questionnaire=request.questionnaire,
        shared_with=request.feedback if shared else None,
    )  # fmt: skip
    _keep(reply, told, at)
    request.state = "answered"
    request.save(update_fields=["state"])
    facts.put_survey(*projections.request_fact(request))
    correspondence.end_links(purpose=PURPOSE, object_id=request.pk, why="answered", by=by, at=at)
    if by.kind == "staff" and request.person_id is None:  # that somebody entered it for them, never what
        record(by=by, at=at, verb="survey_entered", kind="survey", object_id=request.pk)


@transaction.atomic
def answer_campaign(*, campaign_id: int, told: Told, at: datetime, keep_words: bool = True) -> None:
    """Keep what somebody answers in a listening campaign; without `keep_words`, their words go elsewhere. Raises Refused
    when it is not open, and as `answer`."""
    campaign = Campaign.objects.select_related("organisation", "service").get(pk=campaign_id)
    if not campaign.opens_on <= timezone.localdate(at) <= campaign.closes_on:
        raise Refused("This is not open any more. You can always tell us what you think in other ways.")
    _refuse_what_cannot_be_kept(queries.questionnaire_for_campaign(campaign), told)
    reply = SurveyReply(
        organisation=campaign.organisation.code, service=campaign.service.code if campaign.service else "",
        who=secrets.token_hex(32), audience="anybody", questionnaire=campaign.questionnaire, campaign=True,
    )  # fmt: skip
    _keep(reply, told if keep_words else Told(told.answers), at)


def _refuse_what_cannot_be_kept(asked: surveys.Questionnaire, told: Told) -> None:
    refusal = rules.why_not_answer(asked, told.given, told.text)
    if refusal:
        raise Refused(refusal)


def _keep(reply: SurveyReply, told: Told, at: datetime) -> None:
    reply.told_in, reply.answers = f"{timezone.localdate(at):%Y-%m}", told.given
    reply.save(force_insert=True)
    facts.put_surveys(projections.answer_facts(reply))
    if text := clean(told.text).strip():
        SurveyWords.objects.create(
            organisation=reply.organisation, who=reply.who, audience=reply.audience, occasion=reply.occasion,
            campaign=reply.campaign, told_in=reply.told_in, text=text,
        )  # fmt: skip


@transaction.atomic
def take_back(*, feedback_id: int, audience: str, by: Actor) -> int:
    """The person wants nothing of it kept or counted. Returns how many forms went. Raises Refused for anybody else."""
    if by.kind != "public" or by.id != str(feedback_id):
        raise Refused("Only the person themselves can withdraw this.")
    requests = SurveyRequest.objects.filter(feedback_id=feedback_id, audience=audience, person=None)
    return forget([survey_keys.who(pk) for pk in requests.values_list("pk", flat=True)], counted=False)


@transaction.atomic
def erase(*, feedback_id: int, audience: str, by: Actor, at: datetime) -> None:
    """Somebody asked the staff to delete what they answered (R248): their words go, and all that leads to their answers;
    what was counted stays counted. `audience`: one of PUBLIC_AUDIENCES. Nobody is told whether there was anything."""
    requests = SurveyRequest.objects.filter(feedback_id=feedback_id, audience=audience, person=None)
    forget([survey_keys.who(pk) for pk in requests.values_list("pk", flat=True)], counted=True)
    record(by=by, at=at, verb="survey_erased", kind="feedback", object_id=feedback_id, detail={"audience": audience})


@transaction.atomic
def forget(whose: Iterable[str], *, counted: bool) -> int:
    """Forget the words behind these keyed hashes, and their answers; with `counted`, the answers stay under another key."""
    keys = list(whose)
    SurveyWords.objects.filter(who__in=keys).delete()
    replies = list(SurveyReply.objects.select_for_update().filter(who__in=keys))
    for reply in replies:
        if counted:
            reply.who, reply.shared_with = secrets.token_hex(32), None
            reply.save(update_fields=["who", "shared_with"])
        else:
            facts.remove_survey(projections.answer_facts(reply))
            reply.delete()
    return len(replies)


def forget_old_words(*, at: datetime) -> int:
    """What somebody wrote long ago goes; what they answered stays counted. Returns how many texts went."""
    return SurveyWords.objects.filter(told_in__lt=first_month_kept(at)).delete()[0]


@transaction.atomic
def read_words(*, organisation: Organisation, words_id: str, read_as: str, by: Actor, at: datetime) -> None:
    """Somebody read what was written, and says what it is: nothing to do, a complaint, or somebody at risk."""
    found = SurveyWords.objects.select_for_update().filter(organisation=organisation.code, pk=words_id).first()
    if found is None or read_as not in READ_AS:
        raise Refused("This is not there any more: whoever wrote it may have withdrawn it.")
    found.read_as = read_as
    found.save(update_fields=["read_as"])
    record(by=by, at=at, verb="survey_words_read", kind="survey_words", object_id=found.pk, detail={"as": read_as})
