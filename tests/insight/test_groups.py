"""Groups of people, counted once: what the page, the file and everybody who may see figures get."""

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.insight.groups_facts import ADMIN, ask, invent

from heed.accounts.models import User
from heed.accounts.permissions import Permission
from heed.accounts.roles import ROLES, roles_with
from heed.audit.models import Entry
from heed.facts.models import CaseFact
from heed.feedback.about_you import keyed
from heed.feedback.models import AboutYouAnswer
from heed.insight import group_words
from heed.insight.actions.groups import count_due, count_groups
from heed.insight.blocks import block
from heed.insight.models import GroupFigures
from heed.insight.queries.groups import Share, Topic, groups
from heed.insight.queries.joined import groups_told
from heed.organisations import actions
from heed.organisations.code_lists import questions
from heed.organisations.models import Organisation
from heed.statistics.shares import wilson

pytestmark = pytest.mark.django_db
YEAR = block(date(2025, 4, 1), "year")
COUNTED = timezone.make_aware(datetime(2026, 7, 1, 4))
SINCE = timezone.make_aware(datetime(2025, 4, 1))
ANSWERS = {
    "age": {"18_to_24": 10, "35_to_44": 30, "45_to_54": 20, "65_to_74": 25, "from_85": 15},
    "disability": {"a_lot": 15, "a_little": 25, "no": 60},
    "ethnic-group": {"british": 95, "roma": 1, "arab": 1},
}


@pytest.fixture
def of() -> Organisation:
    made = factories.organisation("lgsco-2024")
    ask(made, *ANSWERS, since=SINCE)
    invent(made, YEAR.first, YEAR.last, cases=300, answers=ANSWERS)
    return made


def count(of: Organisation, at: datetime = COUNTED) -> list[GroupFigures]:
    return count_groups(organisation_id=of.pk, by=ADMIN, at=at)


def topic(of: Organisation, key: str) -> Topic:
    return next(one for one in groups(of).topics if one.question.key == key)


def test_what_is_kept_is_what_the_facts_and_answers_say(of: Organisation) -> None:
    count(of)
    told = AboutYouAnswer.objects.filter(question="disability")
    everybody, disabled, *_ = topic(of, "disability").lines
    assert everybody.of_received.many == told.count()
    assert everybody.of_received.of == 300
    assert disabled.of_told == Share(told.exclude(answer="no").count(), told.count())
    assert everybody.marks["well_founded"] is not None
    assert [line.label for line in topic(of, "disability").groups] == [
        "Disabled", "Limited a lot", "Limited a little", "Not disabled",
    ]  # fmt: skip


def test_cases_of_other_periods_places_and_files_are_left_out(of: Organisation) -> None:
    elsewhere = factories.organisation("lgsco-2024")
    invent(elsewhere, YEAR.first, YEAR.last, cases=50, answers=ANSWERS, seed=2)
    invent(of, YEAR.last + timedelta(days=1), YEAR.last + timedelta(days=90), cases=40, answers=ANSWERS, seed=3)
    CaseFact.objects.filter(organisation=of.code, received_on__lte=YEAR.first + timedelta(days=60)).update(
        imported=True
    )
    left = CaseFact.objects.filter(organisation=of.code, imported=False, received_on__lte=YEAR.last).count()
    assert groups_told(of.code, [questions.load("age")], YEAR)[0] == left < 300


def test_a_few_answers_of_one_group_hide_all_groups_of_the_question(of: Organisation) -> None:
    count(of)
    ethnic = topic(of, "ethnic-group")
    assert [line.code for line in ethnic.lines] == [""]
    assert group_words.sentences(ethnic) == ["Too few people are in one of the groups to tell of any of them."]
    assert ethnic.some_hidden


def test_nothing_hidden_is_kept_at_all(of: Organisation) -> None:
    (kept,) = count(of)
    for question in kept.questions:
        for _, _, people, marks in question["lines"]:
            assert people >= 5
            assert all(many >= 5 for many in marks.values())


def test_a_period_is_counted_once_and_stays_as_it_was(of: Organisation) -> None:
    assert count(of, COUNTED - timedelta(days=1)) == []
    assert count_due(by=ADMIN, at=COUNTED) == 1
    before = list(GroupFigures.objects.values())
    AboutYouAnswer.objects.all().delete()
    CaseFact.objects.update(outcome="upheld", extensions=0)
    assert count_due(by=ADMIN, at=COUNTED + timedelta(days=90)) == 0
    assert list(GroupFigures.objects.values()) == before
    entry = Entry.objects.get(verb="groups_counted")
    assert entry.detail == {"from": "2025-04-01", "to": "2026-03-31"}


def test_counting_asks_two_questions_of_answers_and_facts(of: Organisation, django_assert_num_queries: Any) -> None:
    asked = [questions.load(key) for key in ANSWERS]
    with django_assert_num_queries(2):
        groups_told(of.code, asked, YEAR)


def seen(of: Organisation, person: User, query: str = "", file: str = "") -> Any:
    client = Client()
    client.force_login(person)
    return client.get(f"/{of.code}/staff/insight/groups/{file}{query}")


def test_everybody_who_may_see_figures_sees_the_same_and_nobody_else_sees_any(of: Organisation) -> None:
    count(of)
    people = {role: factories.person(of, role) for role in ROLES}
    may = set(roles_with(Permission.SEE_INSIGHT))
    assert "overseer" in may
    assert {role for role, person in people.items() if seen(of, person).status_code == 200} == may
    first, *others = [seen(of, people[role]).context["shown"] for role in may]
    assert all(other == first for other in others)
    assert len({seen(of, people[role], file="figures.csv").content for role in may}) == 1


def test_the_page_cannot_be_narrowed_and_leads_to_no_case(of: Organisation) -> None:
    count(of)
    manager = factories.person(of, "complaints_manager")
    whole = seen(of, manager)
    narrowed = seen(of, manager, "?service=first&channel=web&subject=other&months=1")
    assert narrowed.context["shown"] == whole.context["shown"]
    assert b"/staff/cases/RV" not in whole.content
    assert not [part for part in whole.content.decode().split('href="') if part.startswith(f"/{of.code}/staff/cases/?")]


@pytest.mark.parametrize("query", ["?from=2024-04-01", "?from=2025-04-02", "?from=last"])
def test_a_period_that_was_not_counted_is_not_there(of: Organisation, query: str) -> None:
    count(of)
    assert seen(of, factories.person(of, "overseer"), query).status_code == 404


def test_the_page_asks_few_questions_and_never_of_answers(of: Organisation, django_assert_num_queries: Any) -> None:
    count(of)
    client = Client()
    client.force_login(factories.person(of, "overseer"))
    with django_assert_num_queries(7) as asked:  # session, person, organisation, roles; settings, figures, population
        client.get(f"/{of.code}/staff/insight/groups/")
    assert not [query for query in asked.captured_queries if "aboutyou" in query["sql"] or "casefact" in query["sql"]]


def test_the_file_holds_what_the_page_shows_and_nothing_more(of: Organisation) -> None:
    nothing_was_found(of)
    count(of)
    response = seen(of, factories.person(of, "overseer"), file="figures.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    shown = [line for one in groups(of).topics for line in one.lines]
    assert len(rows) == 1 + len(shown)
    assert [row[5] for row in rows[1:]] == [str(line.of_told.many) for line in shown]
    hidden = [row for row, line in zip(rows[1:], shown, strict=True) if line.marks["in_time"] is None]
    assert hidden
    assert all("not shown" in row for row in hidden)


def nothing_was_found(of: Organisation) -> None:
    """So that no outcome is told of anybody."""
    CaseFact.objects.filter(organisation=of.code).update(outcome="not_upheld")


def serve(of: Organisation, question: str, **shares: int) -> None:
    actions.set_population(
        organisation=of, question=question, shares=shares, source="Census 2021", counted_on=date(2021, 3, 21),
        by=ADMIN, at=COUNTED,
    )  # fmt: skip


def test_a_group_that_is_missing_is_asked_about_and_fewer_is_never_good(of: Organisation) -> None:
    count(of)
    serve(of, "age", under_25=350, from_25_to_64=450, from_65=200)
    said = group_words.sentences(topic(of, "age"))
    young = topic(of, "age").groups[0]
    assert (
        f"Of those who told us, {group_words.percent(young.of_told)} were under 25; of the people we serve, it is 35%: "
        "ask whether young people can find the way to complain, and dare to."
    ) in said
    assert any("ask what brings older people to you" in sentence for sentence in said)
    assert not any(word in " ".join(said) for word in ("good", "better", "worse", "best", "target"))


def test_of_two_groups_the_smaller_is_spoken_of(of: Organisation) -> None:
    nothing_was_found(of)
    count(of)
    serve(of, "disability", yes=200, no=800)
    (said,) = group_words.sentences(topic(of, "disability"))
    assert "were disabled" in said
    assert "not disabled" not in said


def test_where_nothing_stands_out_it_is_said(of: Organisation) -> None:
    nothing_was_found(of)
    count(of)
    yes = round(1000 * topic(of, "disability").groups[0].of_told.percent / 100)
    serve(of, "disability", yes=yes, no=1000 - yes)
    assert group_words.sentences(topic(of, "disability")) == [
        "No group stands out from the others by more than chance would give, nor from its share of the people we serve."
    ]


def test_groups_that_are_answered_otherwise_are_pointed_out(of: Organisation) -> None:
    CaseFact.objects.filter(organisation=of.code).update(outcome="not_upheld")
    told = AboutYouAnswer.objects.filter(question="disability")
    rows = {row.who: row.answer for row in told}
    chosen = [fact for fact in CaseFact.objects.filter(organisation=of.code) if is_told(fact, rows)]
    disabled = [fact.pk for fact in chosen if rows[hash_of(fact)] != "no"]
    others = [fact.pk for fact in chosen if rows[hash_of(fact)] == "no"]
    silent = [fact.pk for fact in CaseFact.objects.filter(organisation=of.code) if not is_told(fact, rows)]
    CaseFact.objects.filter(pk__in=[*disabled[:8], *others[:60], *silent[:20]]).update(outcome="upheld")
    count(of)
    said = " ".join(group_words.sentences(topic(of, "disability")))
    assert "Of what disabled people told us" in said
    assert "ask what in how things are looked into could lead to that" in said


def hash_of(fact: CaseFact) -> str:
    return keyed(fact.feedback_id)


def is_told(fact: CaseFact, rows: dict[str, str]) -> bool:
    return hash_of(fact) in rows


@pytest.mark.parametrize(
    ("many", "of_all", "low", "high"), [(10, 50, 0.1124, 0.3304), (0, 20, 0, 0.1611), (20, 20, 0.8389, 1)]
)
def test_the_range_of_a_share_is_that_of_the_reference(many: int, of_all: int, low: float, high: float) -> None:
    """R's prop.test(x, n, correct = FALSE)."""
    assert wilson(many, of_all) == pytest.approx((low, high), abs=5e-5)
