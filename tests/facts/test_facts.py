"""Facts follow the actions, hold no words, and count what is promised."""

from datetime import datetime, timedelta

import pytest
from django.db import models
from django.utils import timezone
from tests import factories

from heed.cases import projections
from heed.cases.actions import close
from heed.cases.whole import whole
from heed.facts import actions as facts
from heed.facts.models import ActionFact, CaseFact, FeedbackFact, RemedyFact

AT = timezone.make_aware(datetime(2026, 4, 10, 9, 0))


@pytest.mark.django_db
def test_the_first_day_of_closing_outlives_reopening_and_the_last_does_not() -> None:
    body = factories.organisation()
    handler = factories.person(body, "handler", "complaints_manager")
    case = factories.answered(
        body, handler, factories.person(body, "investigator"), factories.person(body, "responsible_person")
    )
    by = factories.actor(handler, body)

    def fact() -> CaseFact:
        return CaseFact.objects.get(case_id=str(case.pk))

    close.close(case_id=case.pk, by=by, at=AT, version=factories.fresh(case).version)
    assert (fact().first_closed_on, fact().closed_on, fact().reopened_on) == (AT.date(), AT.date(), None)
    later = AT + timedelta(days=20)
    close.reopen(case_id=case.pk, reason="New evidence", by=by, at=later, version=factories.fresh(case).version)
    assert (fact().first_closed_on, fact().closed_on, fact().reopened_on) == (AT.date(), None, later.date())
    expected = projections.fact(whole(factories.fresh(case)))
    assert {name: getattr(fact(), name) for name in expected} == expected


@pytest.mark.django_db
def test_a_case_that_changes_keeps_the_number_of_its_actions() -> None:
    body = factories.organisation()
    case = factories.case(body)
    facts.count_learning(str(case.pk), 2)
    facts.put_case(str(case.pk), projections.fact(whole(case)))
    assert CaseFact.objects.get(case_id=str(case.pk)).learning_actions == 2
    facts.count_learning("0", 5)
    assert CaseFact.objects.count() == 1


@pytest.mark.parametrize("model", [FeedbackFact, CaseFact, RemedyFact, ActionFact])
def test_a_fact_holds_no_words_and_points_to_nothing(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        assert not field.is_relation, field
        assert not isinstance(field, models.TextField), field
        assert not any(word in field.name for word in ("name", "text", "email", "summary", "note")), field
