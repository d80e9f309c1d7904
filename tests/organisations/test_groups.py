"""Which questions are asked about groups of people, and who the people served are."""

from datetime import date, datetime

import pytest
from django.utils import timezone
from pydantic import ValidationError
from tests import factories

from heed.audit.actor import system
from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.organisations import actions, groups, queries
from heed.organisations.code_lists import questions
from heed.organisations.code_lists.questions import EVERYBODY, Question

ADMIN = system("test")
AT = timezone.make_aware(datetime(2026, 4, 2))
DAY = date(2021, 3, 21)
EVERY = questions.all_of_them()


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.key)
def test_every_question_says_where_it_comes_from_and_what_it_is_for(question: Question) -> None:
    assert question.source
    assert question.asks.endswith("?")
    assert question.why.endswith(".")
    assert questions.load(question.key, date(2026, 4, 1)) == question
    for _, part in question.walk():
        assert part.label
        assert part.people
        assert part.are.split()[0] in ("were", "had", "identified", "did")


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.key)
def test_the_tree_holds_every_answer_once_and_no_group_of_one(question: Question) -> None:
    assert sorted(question.answers(EVERYBODY)) == sorted(question.codes())
    assert all(len(parts) >= 2 for parts in question.tree().values())
    assert [part.code for _, part in question.walk() if not question.parts(part.code)] == question.codes()


def test_the_ethnic_groups_are_those_of_the_harmonised_list() -> None:
    ethnic = questions.load("ethnic-group")
    assert ethnic.status == "FOUND"
    assert len(ethnic.items) == 19
    assert [len(pairs) for _, pairs in ethnic.grouped_choices()] == [5, 4, 5, 3, 2]
    assert "Gypsy or Irish Traveller" in dict(ethnic.choices()).values()


def test_a_group_of_one_answer_is_refused() -> None:
    data = questions.load("disability").model_dump()
    data["items"] = [item for item in data["items"] if item["code"] != "a_lot"]
    with pytest.raises(ValidationError, match="fewer than two parts"):
        Question.model_validate(data)


def test_a_group_within_one_that_is_not_there_is_refused() -> None:
    data = questions.load("disability").model_dump()
    data["items"][0]["within"] = "nowhere"
    with pytest.raises(ValidationError, match="not there"):
        Question.model_validate(data)


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        ({}, "at least one"),
        ({"under_25": 300, "from_25_to_64": 500, "from_65": 300}, "everybody add up to more"),
        ({"under_25": 300, "from_25_to_64": 500, "from_65": 100}, "everybody add up to less"),
        ({"under_25": 200, "under_18": 150, "18_to_24": 100}, "“Under 25” add up to more"),
        ({"under_25": 300, "under_18": 150, "18_to_24": 100}, "“Under 25” add up to less"),
        ({"under_25": 301, "from_25_to_64": 500, "from_65": 205}, ""),
        ({"under_25": 240}, ""),
    ],
)
def test_shares_have_to_be_those_of_a_population(shares: dict[str, int], says: str) -> None:
    refusal = groups.why_not_population(questions.load("age"), shares, DAY, DAY)
    assert says in (refusal or "")
    assert bool(refusal) == bool(says)


def test_a_population_of_tomorrow_is_refused() -> None:
    assert groups.why_not_population(questions.load("sex"), {"female": 500}, date(2021, 3, 22), DAY)


def test_a_share_is_as_entered_or_the_sum_of_all_parts() -> None:
    age = questions.load("age")
    shares = {"under_18": 150, "18_to_24": 95, "from_65": 200, "65_to_74": 90}
    assert groups.share_of(age, shares, "under_25") == 24.5
    assert groups.share_of(age, shares, "from_65") == 20
    assert groups.share_of(age, shares, "from_75") is None
    assert groups.share_of(age, shares, "from_25_to_64") is None


@pytest.mark.django_db
def test_nothing_is_asked_until_somebody_decides() -> None:
    of = factories.organisation()
    assert queries.questions_asked(of.pk, AT.date()) == []
    assert not queries.asks_about_groups(of.pk)
    actions.set_group_questions(organisation=of, questions=["sex", "age"], period="year", by=ADMIN, at=AT)
    assert [question.key for question in queries.questions_asked(of.pk, AT.date())] == ["age", "sex"]
    assert queries.asking_about_groups() == [of.pk]
    entry = Entry.objects.filter(verb="group_questions_set").get()
    assert entry.detail == {"questions": ["age", "sex"]}


@pytest.mark.django_db
def test_the_day_since_when_is_kept_while_anything_is_asked() -> None:
    of = factories.organisation()

    def set_on(day: int, *keys: str) -> date | None:
        at = timezone.make_aware(datetime(2026, 4, day))
        return actions.set_group_questions(
            organisation=of, questions=keys, period="quarter", by=ADMIN, at=at
        ).asked_since

    assert set_on(2, "age") == date(2026, 4, 2)
    assert set_on(5, "age", "sex") == date(2026, 4, 2)
    assert set_on(7) is None
    assert set_on(9, "sex") == date(2026, 4, 9)


@pytest.mark.django_db
@pytest.mark.parametrize(("keys", "period"), [(["shoe-size"], "year"), (["age"], "month")])
def test_a_question_or_period_that_is_not_there_is_refused(keys: list[str], period: str) -> None:
    with pytest.raises(Refused):
        actions.set_group_questions(
            organisation=factories.organisation(), questions=keys, period=period, by=ADMIN, at=AT
        )


@pytest.mark.django_db
def test_the_people_served_are_entered_replaced_and_removed() -> None:
    of = factories.organisation()

    def enter(shares: dict[str, int], source: str = "Census 2021") -> None:
        actions.set_population(
            organisation=of, question="sex", shares=shares, source=source, counted_on=DAY, by=ADMIN, at=AT
        )

    enter({"female": 508, "male": 492})
    enter({"female": 510, "male": 490})
    assert queries.populations(of.pk)["sex"].shares == {"female": 510, "male": 490}
    for wrong in ({"female": 1500}, {"other": 10}, {"female": 900, "male": 900}):
        with pytest.raises(Refused):
            enter(wrong)
    with pytest.raises(Refused, match="where the figures are from"):
        enter({"female": 500}, source=" ")
    actions.remove_population(organisation=of, question="sex", by=ADMIN, at=AT)
    assert queries.populations(of.pk) == {}
