"""Some years of people being asked how it was, of whom some answered; and a listening campaign."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from heed.accounts.models import User
from heed.audit.actor import Actor, system
from heed.cases.actions.ask import ask_due
from heed.cases.models import Case
from heed.config.demonstration.places import read
from heed.facts import actions as facts
from heed.feedback import projections, survey_keys, surveys
from heed.feedback.actions import asking, campaigns
from heed.feedback.models import SurveyReply, SurveyRequest, SurveyWords
from heed.feedback.surveys import Occasion, rules
from heed.feedback.surveys.rules import Standing
from heed.organisations.models import Organisation

CHANCE = 11  # whose answers come out the same each time
WRITES, TURNS = 0.3, 2  # the share of answers with words; the newer part of the time begins at its half
CAMPAIGN_ANSWERS, CAMPAIGN_DAYS = 70, 200
DAYS = 720  # since people are asked


def tell_how_it_was(now: datetime) -> None:
    """All of `demo/surveys.toml`: what was asked and answered, written at once; then what is due today, as the worker does."""
    told = read("surveys.toml")
    for entry in told["organisation"]:
        organisation = Organisation.objects.get(code=entry["code"])
        began = now - timedelta(days=DAYS)
        asking.set_asking(organisation=organisation, asks=True, by=system("demo"), at=began)
        _Past(organisation, entry, told["words"], timezone.localdate(began), timezone.localdate(now)).write()
        if entry["campaign"]:
            _open_campaign(organisation, entry, now)
        ask_due(organisation_id=organisation.pk, by=system("worker"), at=now)


class _Past:
    """What one organisation asked and heard until today."""

    def __init__(self, of: Organisation, entry: dict[str, Any], words: dict[str, list[str]], began: date, today: date):
        self.of, self.entry, self.words, self.began, self.today = of, entry, words, began, today
        self.turn = began + (today - began) / TURNS
        self.chance = Random(f"{CHANCE}{of.code}")
        self.replies: list[SurveyReply] = []
        self.texts: list[SurveyWords] = []

    def write(self) -> None:
        requests = SurveyRequest.objects.bulk_create(list(self._requests()))
        for request in requests:
            if request.state == "answered":
                self._answer(request.audience, request.occasion, request.service, request.asked_on, request.pk)
        for _ in range(CAMPAIGN_ANSWERS if self.entry["campaign"] else 0):
            on = self.today - timedelta(days=self.chance.randrange(CAMPAIGN_DAYS))
            self._answer("anybody", "", "", on, None)
        SurveyReply.objects.bulk_create(self.replies)
        SurveyWords.objects.bulk_create(self.texts)
        asked = dict(projections.request_fact(request) for request in requests)
        given = [fact for reply in self.replies for fact in projections.answer_facts(reply).items()]
        facts.put_surveys(asked)
        facts.put_surveys(dict(given))

    def _requests(self) -> Iterator[SurveyRequest]:
        cases = Case.objects.filter(organisation=self.of, feedback__complainant__isnull=False).select_related("service")
        cases = cases.filter(received_at__date__gte=self.began)
        for case in cases.order_by("pk"):
            free = date.min  # from when on they may be asked again
            for occasion, first, last in _occasions(case):
                on = max(first, free)
                if on <= last and on < self.today:
                    free = on + timedelta(days=surveys.timing().gap_days.value)
                    yield self._request(case, occasion, on)

    def _request(self, case: Case, occasion: Occasion, on: date) -> SurveyRequest:
        ends = rules.closes_on(on, surveys.timing())
        answered = self.chance.random() < self.entry["response"]
        state = "answered" if answered else "open" if ends >= self.today else "over"
        return SurveyRequest(
            organisation=self.of, audience="complainant", occasion=occasion.key, questionnaire="1",
            feedback_id=case.feedback_id, service=case.service.code if case.service else "", way="email", state=state,
            asked_on=on, closes_on=ends, reminded=True,
        )  # fmt: skip

    def _answer(self, audience: str, occasion: str, service: str, on: date, request_id: int | None) -> None:
        asked = surveys.load(audience)
        if request_id is not None:
            asked = asked.only(surveys.timing().occasion(audience, occasion).stages)
        who = survey_keys.who(request_id) if request_id is not None else f"{self.chance.getrandbits(256):064x}"
        answers = {
            question.key: self._says(stage.key, on) for stage in asked.stages for question in stage.questions
            if self.chance.random() < 0.95
        }  # fmt: skip
        frame: dict[str, Any] = {
            "organisation": self.of.code, "who": who, "audience": audience, "occasion": occasion,
            "campaign": request_id is None, "told_in": f"{on:%Y-%m}",
        }  # fmt: skip
        self.replies.append(SurveyReply(service=service, questionnaire=asked.version, answers=answers, **frame))
        if self.chance.random() < WRITES:
            pleased = sum(answer in surveys.POSITIVE for answer in answers.values()) * 2 > len(answers)
            text = self.chance.choice(self.words["pleased" if pleased else "not_pleased"])
            read = "read" if on < self.today - timedelta(days=40) else ""
            self.texts.append(SurveyWords(text=text, read_as=read, **frame))

    def _says(self, stage: str, on: date) -> str:
        agree = self.entry["agree"][stage][on >= self.turn] / 10
        if self.chance.random() < 0.06:
            return surveys.DOES_NOT_APPLY
        if self.chance.random() < agree:
            return self.chance.choice(surveys.POSITIVE)
        return self.chance.choice([one for one in surveys.SCALE if one not in surveys.POSITIVE])


def _open_campaign(organisation: Organisation, entry: dict[str, Any], now: datetime) -> None:
    managers = User.objects.filter(memberships__organisation=organisation, memberships__role="complaints_manager")
    today = timezone.localdate(now)
    planned = campaigns.Planned(entry["campaign"], entry["about"], today, today + timedelta(days=60))
    by = Actor("staff", str(managers.order_by("pk")[0].pk), organisation.code)
    campaigns.open_campaign(organisation=organisation, planned=planned, by=by, at=now)


def _occasions(case: Case) -> Iterator[tuple[Occasion, date, date]]:
    """Each occasion of a case, with its first day and its last; those before the answer end with it."""
    answered_on = _day(case.responded_at or case.closed_at)
    working = Standing(acknowledged_on=_day(case.acknowledged_at), promised_on=case.respond_by)
    done = Standing(answered_on=answered_on, closed_on=_day(case.closed_at))
    for occasion in surveys.timing().of("complainant"):
        is_before = occasion.after in rules.BEFORE_THE_ANSWER
        if (first := rules.first_day(occasion, working if is_before else done)) is None:
            continue
        last = first + timedelta(days=occasion.within_days)
        yield occasion, first, min(last, answered_on - timedelta(days=1)) if is_before and answered_on else last


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
