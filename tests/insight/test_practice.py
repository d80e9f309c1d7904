"""One definition of good practice: what it holds, and what of each service is shown to whom."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.insight import experience_facts
from tests.insight.facts import invent

from heed.accounts.models import User
from heed.facts.models import CaseFact, FeedbackFact
from heed.insight import practice as definitions
from heed.insight.figures import Tally, figure
from heed.insight.measures import BY_KEY
from heed.insight.periods import whole_months
from heed.insight.queries.counting import Where, tallies
from heed.insight.queries.practice import NOT_BY_SERVICE, Practice, good_practice, said
from heed.insight.queries.scope import scope_of
from heed.organisations.code_lists.provenance import Status
from heed.organisations.models import Organisation

NOW = timezone.now()


def test_the_definition_holds_the_pillars_and_my_expectations_with_where_they_come_from() -> None:
    found = definitions.load()
    assert len(found.parts) == 5
    keys = [one.key for part in found.parts for one in part.expectations]
    assert len(keys) == len({*keys}) == 21
    assert all(part.status == Status.FOUND for part in found.parts[:4])
    wording = found.parts[4].expectations
    assert len(wording) == 5
    assert {one.status for one in wording} == {Status.RECALLED}
    assert all(one.source for part in found.parts for one in part.expectations)
    with pytest.raises(KeyError, match="no version for 2020-01-01"):
        definitions.load(date(2020, 1, 1))


@pytest.mark.parametrize(
    ("more", "said_of_it"),
    [
        ({"measures": ["no_such"]}, "there is no measure no_such"),
        ({}, "say what shows it"),
        ({"statement": "Short"}, "at least 10"),
    ],
)
def test_an_expectation_that_nothing_shows_is_refused(more: dict[str, Any], said_of_it: str) -> None:
    given = {"key": "one", "statement": "We do what we say.", "status": "INFERRED", "source": "Heed", **more}
    with pytest.raises(ValueError, match=said_of_it):
        definitions.Expectation.model_validate(given)


@pytest.mark.parametrize(
    ("key", "tally", "text"),
    [
        ("received", Tally(0, 1204), "1,204"), ("received", Tally(), "0"), ("upheld", Tally(), "None counted"),
        ("upheld", Tally(3, 4), "3 of 4"), ("upheld", Tally(37, 44), "84% (37 of 44)"),
    ],
)  # fmt: skip
def test_how_a_figure_is_said(key: str, tally: Tally, text: str) -> None:
    assert said(BY_KEY[key], tally) == text


@pytest.fixture
def body(db: None) -> Organisation:
    made = factories.organisation("lgsco-2024", name="Fenwick Council")
    factories.service(made, "zoo", name="alpacas")
    factories.service(made, "parks", name="Parks")
    invent(made.code, ["first", "zoo", "parks", ""], cases=300, today=timezone.localdate())
    return made


def shown(body: Organisation, *roles: str, **more: Any) -> Practice:
    person = factories.person(body, *roles, **more)
    return good_practice(scope_of(factories.viewer(person, body), body), NOW)


def test_services_stand_by_name_and_never_by_figure(body: Organisation) -> None:
    for part in shown(body, "handler").parts:
        names = [line.name for line in part.lines]
        assert names in ([], ["all of Fenwick Council", "alpacas", "First", "Parks", "No service named"])
    assert not shown(body, "handler").parts[4].lines


def test_each_figure_is_that_of_the_measure(body: Organisation) -> None:
    found = shown(body, "handler")
    period = whole_months(12, timezone.localdate())
    measure = BY_KEY["acknowledged_in_time"]
    counted = tallies([measure], Where(body.code, frozenset({"parks"}), period))[measure.key]
    total = sum((tally for (month, _), tally in counted.items() if month in period.months), Tally())
    cells = {
        line.name: dict(zip([m.key for m in found.parts[1].measures], line.cells, strict=True))
        for line in found.parts[1].lines
    }
    assert total.of > 10
    assert cells["Parks"][measure.key] == f"{round(figure(measure, total) or 0)}% ({total.n} of {total.of})"


def test_what_people_answer_stands_beside_what_they_may_expect(body: Organisation) -> None:
    month = experience_facts.quarter_before(timezone.localdate())
    experience_facts.answer(body, month, stage="informed", question="listened", yes=12, no=8)
    found = shown(body, "handler")
    stages = [one.stage for one, _, _ in found.parts[4].asked]
    assert stages == ["considering", "making", "informed", "outcome", "reflecting"]
    assert {stage: line.text for stage, (_, line) in found.people.items()} == {"informed": "60% of 20 agreed"}
    assert shown(body, "overseer").people == found.people  # the same for everybody


def test_what_nothing_counts_says_so(body: Organisation) -> None:
    nhs = factories.organisation()
    escalated = [
        missing for one, _, missing in shown(nhs, "handler").parts[2].asked if one.key == "answers_the_question"
    ]
    assert escalated == [("This organisation’s procedure has one stage, so nothing goes to stage 2.",)]


def test_a_service_manager_sees_their_own_beside_the_whole(body: Organisation) -> None:
    parks = body.services.get(code="parks")
    names = [line.name for line in shown(body, "service_manager", service=parks).parts[1].lines]
    assert names == ["all of Fenwick Council", "Parks"]


def test_who_sees_no_case_sees_counts_with_small_numbers_hidden_and_no_shares(body: Organisation) -> None:
    FeedbackFact.objects.filter(organisation=body.code, service="zoo").delete()
    FeedbackFact.objects.create(
        feedback_id="only", organisation=body.code, service="zoo", kind="complaint", channel="web",
        received_on=whole_months(1, timezone.localdate()).first,
    )  # fmt: skip
    found = shown(body, "overseer")
    welcoming, thorough = found.parts[0], found.parts[1]
    column = [measure.key for measure in welcoming.measures].index("received")
    cells = {line.name: line.cells for line in welcoming.lines}
    assert cells["alpacas"][column] == "hidden"
    assert cells["all of Fenwick Council"][column].isdigit()
    assert [line.name for line in thorough.lines] == ["all of Fenwick Council"]
    assert NOT_BY_SERVICE not in thorough.lines[0].cells
    assert found.why_not


def look(body: Organisation, person: User) -> str:
    client = Client()
    client.force_login(person)
    content = client.get(f"/{body.code}/staff/insight/practice/").content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content)).split())


def test_the_page_says_that_it_is_no_ranking_and_where_it_comes_from(body: Organisation) -> None:
    told = look(body, factories.person(body, "handler"))
    assert "This is no ranking and there are no targets" in told
    assert "I felt confident to speak up. My Expectations (2014), stage 1 (RECALLED)." in told
    assert "No figure shows it. Look at a few findings" in told
    empty = factories.organisation()
    assert "None counted" in look(empty, factories.person(empty, "handler"))


def test_the_same_questions_however_many_services(body: Organisation, django_assert_max_num_queries: Any) -> None:
    client = Client()
    client.force_login(factories.person(body, "handler"))
    address = f"/{body.code}/staff/insight/practice/"
    client.get(address)
    with django_assert_max_num_queries(45) as asked:
        client.get(address)
    for number in range(5):
        factories.service(body, f"more-{number}")
    CaseFact.objects.filter(organisation=body.code).update(service="more-1")
    with django_assert_max_num_queries(len(asked)):
        client.get(address)
