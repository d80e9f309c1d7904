"""How it was for people, counted: positive answers, how many answer, the own past, and by service where it may be told."""

import random
import secrets
from datetime import date, datetime

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.insight.experience_facts import answer

from heed.facts import actions as facts
from heed.feedback.models import SurveyReply
from heed.insight import experience_file
from heed.insight.queries.experience import experience, headlines
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(datetime(2026, 7, 8, 9))
FIRST, SECOND = date(2026, 1, 1), date(2026, 4, 1)


@pytest.fixture
def org() -> Organisation:
    made = factories.organisation()
    factories.service(made, "second")
    return made


def asked(org: Organisation, month: date, answered: int, silent: int) -> None:
    facts.put_surveys(
        {
            f"r{random.getrandbits(64):x}": {
                "organisation": org.code, "service": "first", "kind": "request", "month": month,
                "audience": "complainant", "occasion": "making", "answered": place < answered,
            }
            for place in range(answered + silent)
        }
    )  # fmt: skip


def test_positive_is_out_of_those_to_whom_it_applies_with_its_interval(org: Organisation) -> None:
    answer(org, FIRST, yes=9, strongly=3, no=5, neither=3, na=40)
    asked(org, FIRST, 60, 90)
    (making,) = [one for one in experience(org, "complainant", AT).stages if one.blocks]
    newest = making.newest
    assert newest is not None
    assert (newest.headline.text, newest.headline.range_text) == ("60% of 20 agreed", "39% to 78%")
    assert (newest.asked.asked, newest.asked.answered, newest.asked.rate) == (150, 60, 40)
    assert [line.text for line in newest.lines] == ["60% of 20 agreed", *["too few answered"] * 3]


def test_the_newest_is_held_beside_its_own_past(org: Organisation) -> None:
    answer(org, FIRST, yes=10, no=30)
    answer(org, SECOND, yes=30, no=10)
    making = experience(org, "complainant", AT).stages[1]
    assert [one.headline.share for one in making.blocks] == [75, 25]
    assert making.change == "More agree than in the time before."
    answer(org, FIRST, yes=35, no=0)
    assert experience(org, "complainant", AT).stages[1].change.startswith("No clear change")


def test_nothing_is_told_of_a_quarter_that_is_not_over_or_of_few(org: Organisation) -> None:
    answer(org, date(2026, 7, 1), yes=50, no=50)
    answer(org, SECOND, yes=10, no=9)
    making = experience(org, "complainant", AT).stages[1]
    assert (making.blocks, making.waits) == ((), True)


def test_a_small_side_is_banded_and_hides_the_services(org: Organisation) -> None:
    answer(org, FIRST, yes=30, no=4)
    newest = experience(org, "complainant", AT).stages[1].newest
    assert newest is not None
    assert (newest.headline.text, newest.headline.share, newest.services) == (
        "30 or more of 34 agreed",
        None,
        (),
    )


def test_services_are_told_together_or_not_at_all(org: Organisation) -> None:
    answer(org, FIRST, "first", yes=12, no=8)
    answer(org, FIRST, "second", yes=5, no=15)
    newest = experience(org, "complainant", AT).stages[1].newest
    assert newest is not None
    assert [(line.name, line.share) for line in newest.services] == [("First", 60), ("Second", 25)]
    answer(org, FIRST, "", yes=1)
    newest = experience(org, "complainant", AT).stages[1].newest
    assert newest is not None
    assert newest.services == ()


def test_the_file_tells_no_more_than_the_page(org: Organisation) -> None:
    answer(org, FIRST, yes=30, no=4)
    answer(org, FIRST, question="serious", yes=8, no=7)
    rows = experience_file.as_csv(experience(org, "complainant", AT)).splitlines()
    assert "I felt that making my complaint was simple.,34,not told,not told" in rows[1]
    assert any("I was taken seriously the very first time.,15,8,53,30,75" in row for row in rows)


def test_what_some_let_us_see_with_their_case_does_not_show_what_the_others_answered(org: Organisation) -> None:
    """Ten agreed and ten did not; of those who agreed, seven let whoever looked after their case see it."""
    answer(org, FIRST, yes=10, no=10)
    assert experience(org, "complainant", AT).stages[1].blocks[0].headline.text == "50% of 20 agreed"
    for _ in range(7):
        SurveyReply.objects.create(
            organisation=org.code, service="first", who=secrets.token_hex(32), audience="complainant",
            questionnaire="1", told_in="2026-01", answers={"simple": "agree", "serious": "does_not_apply"},
            shared_with=factories.case(org).feedback,
        )  # fmt: skip
    assert experience(org, "complainant", AT).stages[1].blocks[0].headline.told is None
    answer(org, FIRST, yes=2)
    assert experience(org, "complainant", AT).stages[1].blocks[0].headline.share == 55


def test_it_stays_in_the_organisation_and_takes_four_questions(
    org: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answer(org, FIRST, yes=30, no=10)
    elsewhere = factories.organisation()
    assert experience(elsewhere, "complainant", AT).is_empty
    for month in (FIRST, SECOND):
        answer(org, month, yes=20, no=20)
        with django_assert_num_queries(4):
            found = experience(org, "complainant", AT)
    assert not found.is_empty
    assert headlines(org, AT)["making"][1].share == 50
