"""What people say about themselves: kept by them alone, apart, by month, and gone when they wish."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from tests import factories
from tests.insight.groups_facts import ask

from heed.audit.actor import Actor, system
from heed.audit.models import Entry as AuditEntry
from heed.audit.refusals import Refused
from heed.cases.models import Case, CaseEvent
from heed.feedback import about_you as reading
from heed.feedback.actions import about_you
from heed.feedback.models import AboutYouAnswer
from heed.feedback.rules import PREFER_NOT_TO_SAY
from heed.organisations.models import Organisation
from heed.search.models import Entry as SearchEntry

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture
def case() -> Case:
    of = factories.organisation()
    ask(of, "age", "ethnic-group", since=NOW)
    return factories.case(of)


def themselves(case: Case) -> Actor:
    return Actor("public", str(case.feedback_id), case.organisation.code)


def tell(case: Case, at: datetime = NOW, **answers: str) -> None:
    told = {key.replace("_", "-"): answer for key, answer in answers.items()}
    about_you.tell(feedback_id=case.feedback_id, answers=told, by=themselves(case), at=at)


def kept() -> dict[str, str]:
    return dict(AboutYouAnswer.objects.values_list("question", "answer"))


def test_an_answer_is_kept_by_month_under_a_hash_and_nothing_leads_back_to_the_feedback(case: Case) -> None:
    tell(case, age="75_to_84")
    row = AboutYouAnswer.objects.values().get()
    assert row.pop("id").version == 4
    assert row.pop("who") == reading.keyed(case.feedback_id) != reading.keyed(case.feedback_id + 1)
    assert row == {
        "organisation": case.organisation.code,
        "question": "age",
        "answer": "75_to_84",
        "told_in": "2026-04",
    }
    assert not [field for field in AboutYouAnswer._meta.get_fields() if field.is_relation]


def test_the_hash_needs_a_key_of_its_own(case: Case, settings: Any) -> None:
    before = reading.keyed(case.feedback_id)
    settings.CODE_KEY = settings.SECRET_KEY = "other"
    assert reading.keyed(case.feedback_id) == before
    settings.ABOUT_YOU_KEY = "other"
    assert reading.keyed(case.feedback_id) != before


def test_a_new_answer_takes_the_place_of_the_old_and_what_is_left_out_stays(case: Case) -> None:
    tell(case, age="75_to_84", ethnic_group="irish")
    tell(case, age="from_85", ethnic_group="", at=NOW + timedelta(days=40))
    assert kept() == {"age": "from_85", "ethnic-group": "irish"}
    tell(case, age=PREFER_NOT_TO_SAY)
    assert kept() == {"ethnic-group": "irish"}


def test_only_the_person_answers_and_takes_back(case: Case) -> None:
    tell(case, age="75_to_84")
    handler = factories.actor(factories.person(case.organisation, "handler"), case.organisation)
    other = factories.case(case.organisation)
    for by in (handler, system("import"), themselves(other)):
        with pytest.raises(Refused):
            about_you.tell(feedback_id=case.feedback_id, answers={"age": "from_85"}, by=by, at=NOW)
        with pytest.raises(Refused):
            about_you.take_back(feedback_id=case.feedback_id, by=by)
    assert kept() == {"age": "75_to_84"}


@pytest.mark.parametrize("answers", [{"sex": "female"}, {"age": "forty"}, {"age": "under_25"}, {"shoe-size": "9"}])
def test_what_is_not_asked_is_not_kept(case: Case, answers: dict[str, str]) -> None:
    with pytest.raises(Refused, match="not asked any more"):
        about_you.tell(
            feedback_id=case.feedback_id, answers={"ethnic-group": "roma", **answers}, by=themselves(case), at=NOW
        )
    assert kept() == {}


def test_nothing_is_asked_before_somebody_decided_it() -> None:
    case = factories.case(factories.organisation())
    with pytest.raises(Refused):
        tell(case, age="75_to_84")


def test_it_is_taken_back_and_erased_for_this_person_alone(case: Case) -> None:
    other = factories.case(case.organisation)
    for one in (case, other):
        tell(one, age="75_to_84", ethnic_group="irish")
    about_you.take_back(feedback_id=case.feedback_id, by=themselves(case))
    assert set(AboutYouAnswer.objects.values_list("who", flat=True)) == {reading.keyed(other.feedback_id)}
    about_you.erase(feedback_ids=[other.feedback_id])
    assert not kept()


def test_old_answers_go(case: Case) -> None:
    tell(case, age="75_to_84")
    assert about_you.forget_old(at=timezone.make_aware(datetime(2028, 7, 31))) == 0
    assert about_you.forget_old(at=timezone.make_aware(datetime(2028, 8, 1))) == 1


def test_no_trail_log_search_or_fact_changes_when_somebody_answers(case: Case) -> None:
    def everything() -> tuple[Any, ...]:
        return (
            AuditEntry.objects.count(), CaseEvent.objects.count(), list(SearchEntry.objects.values()),
            Case.objects.values().get(pk=case.pk),
        )  # fmt: skip

    before = everything()
    with connection.execute_wrapper(only_its_own_table):
        tell(case, age="75_to_84")
        about_you.take_back(feedback_id=case.feedback_id, by=themselves(case))
    assert everything() == before


def only_its_own_table(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Fails for anything written elsewhere."""
    writes = sql.startswith(("INSERT", "UPDATE", "DELETE"))
    assert not writes or AboutYouAnswer._meta.db_table in sql, sql
    return execute(sql, params, many, context)


def test_answers_are_read_in_one_statement_and_those_of_others_left_out(
    case: Case, django_assert_num_queries: Any
) -> None:
    elsewhere = factories.organisation()
    ask(elsewhere, "age", since=NOW)
    tell(case, age="75_to_84")
    tell(factories.case(case.organisation), age="from_85")
    other: Case = factories.case(Organisation.objects.get(pk=elsewhere.pk))
    tell(other, age="18_to_24")
    with django_assert_num_queries(1):
        found = reading.answers_of(
            organisation=case.organisation.code, feedback_ids=[str(case.feedback_id), str(other.feedback_id)]
        )
    assert found == {"age": {str(case.feedback_id): "75_to_84"}}
