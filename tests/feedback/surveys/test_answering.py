"""Answers are kept once, apart from who gave them, are counted, and go when they are withdrawn or somebody is erased."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests import factories

from heed.audit.actor import Actor, system
from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.cases.models import Case, CaseEvent
from heed.correspondence.models import OneTimeLink
from heed.facts.models import SurveyFact
from heed.feedback import survey_checks, survey_keys
from heed.feedback.actions import answering, asking, campaigns
from heed.feedback.actions.answering import Told
from heed.feedback.models import Campaign, SurveyReply, SurveyRequest, SurveyWords
from heed.feedback.queries import surveys as queries

pytestmark = pytest.mark.django_db
NOW = factories.NOW
WORDS = "Nobody rang me back, and my mother was afraid."
TOLD = Told({"simple": "agree", "serious": "strongly_disagree", "own_way": ""}, WORDS)


@pytest.fixture
def case() -> Case:
    return factories.case(factories.organisation())


@pytest.fixture
def request_(case: Case) -> SurveyRequest:
    return ask(case)


def ask(case: Case, occasion: str = "making") -> SurveyRequest:
    to = queries.correspondent(case.feedback, "complainant")
    made = asking.ask(
        organisation=case.organisation, audience="complainant", occasion=occasion, way="email", feedback=case.feedback,
        correspondent=to, by=system("worker"), at=NOW,
    )  # fmt: skip
    assert made is not None
    return made


def answer(request: SurveyRequest, told: Told = TOLD, days: int = 3, by: Actor = factories.PUBLIC) -> None:
    answering.answer(request_id=request.pk, told=told, by=by, at=NOW + timedelta(days=days))


def test_answers_words_and_the_request_do_not_lead_to_each_other(case: Case, request_: SurveyRequest) -> None:
    answer(request_)
    reply, words = SurveyReply.objects.get(), SurveyWords.objects.get()
    assert reply.answers == {"simple": "agree", "serious": "strongly_disagree"}
    assert (reply.told_in, reply.service, reply.shared_with_id) == ("2026-04", "first", None)
    assert reply.who == words.who == survey_keys.who(request_.pk)
    assert not [field for field in SurveyWords._meta.get_fields() if field.is_relation]
    kept = str(list(SurveyReply.objects.values())) + str(list(SurveyFact.objects.values()))
    assert case.reference not in kept
    assert WORDS not in kept
    assert "Whittaker" not in kept


def test_nothing_of_the_answers_is_in_any_trail_or_log(case: Case, request_: SurveyRequest) -> None:
    before = CaseEvent.objects.filter(case=case).count()
    answer(request_)
    assert CaseEvent.objects.filter(case=case).count() == before
    trail = str(list(Entry.objects.values()))
    reply = SurveyReply.objects.get()
    assert str(reply.pk) not in trail
    assert reply.who not in trail
    assert "strongly" not in trail
    assert WORDS not in trail


def test_what_was_asked_and_what_was_answered_are_facts(request_: SurveyRequest) -> None:
    asked = SurveyFact.objects.get()
    assert (asked.kind, asked.answered, asked.occasion, asked.month) == ("request", False, "making", date(2026, 4, 1))
    answer(request_)
    assert SurveyFact.objects.get(kind="request").answered
    rows = SurveyFact.objects.filter(kind="answer").order_by("question")
    assert [(row.stage, row.question, row.answer) for row in rows] == [
        ("making", "serious", "strongly_disagree"), ("making", "simple", "agree"),
    ]  # fmt: skip
    assert len({row.fact_id for row in rows}) == 2


def test_an_answer_is_kept_once_and_ends_the_link(request_: SurveyRequest) -> None:
    answer(request_)
    with pytest.raises(Refused, match="answered already"):
        answer(request_)
    assert SurveyReply.objects.count() == 1
    assert OneTimeLink.objects.get().ended_why == "answered"


def test_after_the_last_day_only_staff_may_enter_what_came_by_post(request_: SurveyRequest) -> None:
    late = (request_.closes_on - NOW.date()).days + 1
    with pytest.raises(Refused, match="no longer"):
        answer(request_, days=late)
    answer(request_, days=late, by=Actor("staff", "1", "body"))
    assert SurveyReply.objects.count() == 1


@pytest.mark.parametrize("answers", [{"simple": "maybe"}, {"difference": "agree"}, {}])
def test_what_is_not_asked_is_refused(request_: SurveyRequest, answers: dict[str, str]) -> None:
    with pytest.raises(Refused):
        answer(request_, Told(answers))
    assert not SurveyReply.objects.exists()


def test_who_wants_it_is_seen_with_their_case_and_nobody_else(case: Case, request_: SurveyRequest) -> None:
    answer(request_, Told({"simple": "agree"}, WORDS, share=True))
    other = factories.case(case.organisation)
    answer(ask(other), TOLD)
    (seen,) = queries.shared(case.feedback_id)
    assert (seen.answers, seen.text) == ({"simple": "agree"}, WORDS)
    assert queries.shared(other.feedback_id) == []


def test_staff_answers_are_never_shared_with_a_case(case: Case) -> None:
    nurse = factories.person(case.organisation, "front_line")
    made = asking.ask(
        organisation=case.organisation, audience="staff-involved", occasion="outcome", way="email",
        feedback=case.feedback, person=nurse, by=system("worker"), at=NOW,
    )  # fmt: skip
    assert made is not None
    answer(made, Told({"heard": "agree"}, "", share=True))
    assert queries.shared(case.feedback_id) == []


def test_the_person_takes_it_back_and_nothing_is_counted_any_more(case: Case, request_: SurveyRequest) -> None:
    answer(request_)
    other = factories.case(case.organisation)
    for_other = ask(other)
    answer(for_other)
    themselves = Actor("public", str(case.feedback_id), case.organisation.code)
    with pytest.raises(Refused):
        answering.take_back(feedback_id=other.feedback_id, audience="complainant", by=themselves)
    assert answering.take_back(feedback_id=case.feedback_id, audience="complainant", by=themselves) == 1
    assert {row.who for row in SurveyReply.objects.all()} == {survey_keys.who(for_other.pk)}
    assert SurveyWords.objects.count() == 1
    assert SurveyFact.objects.filter(kind="answer").count() == 2


def test_who_is_erased_leaves_numbers_and_nothing_that_leads_to_them(case: Case, request_: SurveyRequest) -> None:
    answer(request_, Told({"simple": "agree"}, WORDS, share=True))
    by = factories.actor(factories.person(case.organisation, "complaints_manager"), case.organisation)
    answering.erase(feedback_id=case.feedback_id, audience="supporter", by=by, at=NOW)
    assert SurveyWords.objects.exists()
    answering.erase(feedback_id=case.feedback_id, audience="complainant", by=by, at=NOW)
    assert not SurveyWords.objects.exists()
    reply = SurveyReply.objects.get()
    assert (reply.shared_with_id, reply.who == survey_keys.who(request_.pk)) == (None, False)
    assert SurveyFact.objects.filter(kind="answer").count() == 1


def test_who_does_not_want_to_be_asked_is_known_by_their_address_for_good(case: Case, request_: SurveyRequest) -> None:
    asking.refuse(request_id=request_.pk, by=factories.PUBLIC, at=NOW)
    request_.refresh_from_db()
    assert request_.state == "refused"
    assert queries.is_refused(ask(factories.case(case.organisation)))
    assert "sarah" not in str(queries.refusals(case.organisation_id))
    with pytest.raises(Refused):
        answer(request_)


def campaign(case: Case, **fields: Any) -> Campaign:
    manager = factories.person(case.organisation, "complaints_manager")
    planned = {
        "title": "The new desk",
        "about": "",
        "opens_on": NOW.date(),
        "closes_on": NOW.date() + timedelta(days=9),
    }
    return campaigns.open_campaign(
        organisation=case.organisation, planned=campaigns.Planned(**{**planned, **fields}),
        by=factories.actor(manager, case.organisation), at=NOW,
    )  # fmt: skip


def test_a_campaign_is_answered_by_anybody_while_it_is_open(case: Case) -> None:
    made = campaign(case, service_id=case.service_id)
    for _ in range(2):
        answering.answer_campaign(campaign_id=made.pk, told=Told({"respect": "agree"}, "All good"), at=NOW)
    rows = SurveyFact.objects.all()
    assert {(row.campaign, row.stage, row.service, row.audience) for row in rows} == {
        (True, "using", "first", "anybody")
    }
    assert len({reply.who for reply in SurveyReply.objects.all()}) == 2
    with pytest.raises(Refused, match="not open"):
        answering.answer_campaign(campaign_id=made.pk, told=Told({"respect": "agree"}), at=NOW + timedelta(days=10))
    with pytest.raises(Refused, match="not open"):
        answering.answer_campaign(campaign_id=made.pk, told=Told({"respect": "agree"}), at=NOW - timedelta(days=1))


def test_a_campaign_ends_before_its_time(case: Case) -> None:
    made = campaign(case)
    by = factories.actor(made.made_by, case.organisation)
    campaigns.end_campaign(organisation=case.organisation, campaign_id=made.pk, by=by, at=NOW)
    assert not queries.open_campaigns(case.organisation_id, NOW.date())
    with pytest.raises(Refused, match="closed already"):
        campaigns.end_campaign(organisation=case.organisation, campaign_id=made.pk, by=by, at=NOW)


@pytest.mark.parametrize(("last", "field"), [(-1, "closes_on"), (400, "closes_on")])
def test_a_campaign_lasts_at_least_a_day_and_at_most_a_year(case: Case, last: int, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        campaign(case, closes_on=NOW.date() + timedelta(days=last))
    assert refusal.value.field == field


def test_what_was_written_is_read_and_named(case: Case, request_: SurveyRequest) -> None:
    answer(request_)
    words = SurveyWords.objects.get()
    by = factories.actor(factories.person(case.organisation, "complaints_manager"), case.organisation)
    answering.read_words(organisation=case.organisation, words_id=str(words.pk), read_as="risk", by=by, at=NOW)
    assert queries.words_of(case.organisation.code, "2026-04", "risk") == [words]
    elsewhere = factories.organisation()
    with pytest.raises(Refused):
        answering.read_words(organisation=elsewhere, words_id=str(words.pk), read_as="read", by=by, at=NOW)


def test_the_check_finds_facts_that_differ_and_names_no_answer(case: Case, request_: SurveyRequest) -> None:
    answer(request_)

    def lines() -> list[str]:
        return [line for _, found in survey_checks.problems() for line in found]

    assert lines() == []
    SurveyFact.objects.filter(question="simple").update(answer="disagree")
    SurveyFact.objects.filter(question="serious").delete()
    SurveyFact.objects.filter(kind="request").update(answered=False)
    assert lines() == [
        "a request to say how it was has a fact row that differs from what is worked out again",
        "an answer about how it was has a fact row that differs from what is worked out again",
        "an answer about how it was has no fact row",
        "there are 2 fact rows for 3 requests and answers about how it was",
    ]


def test_words_go_after_two_years_and_the_answers_stay_counted(request_: SurveyRequest) -> None:
    answer(request_)
    assert answering.forget_old_words(at=NOW + timedelta(days=27 * 30)) == 0
    assert answering.forget_old_words(at=NOW + timedelta(days=29 * 31)) == 1
    assert SurveyReply.objects.count() == 1
    assert SurveyFact.objects.filter(kind="answer").count() == 2
