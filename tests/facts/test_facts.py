"""Facts follow the actions, hold no words, and count what is promised."""

from datetime import date, datetime, timedelta

import pytest
from django.db import models
from django.utils import timezone
from tests import factories

from heed.cases import projections
from heed.cases.actions import close
from heed.cases.whole import whole
from heed.facts import actions as facts
from heed.facts import queries
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


def _columns(organisation: str, received_on: date) -> dict[str, object]:
    return {
        "organisation": organisation, "service": "", "kind": "comment", "channel": "web", "subject": "",
        "received_on": received_on, "imported": False,
    }  # fmt: skip


@pytest.mark.django_db
def test_every_write_says_which_parts_of_the_facts_changed() -> None:
    """The part that the fact lies in, and the one that it lay in before."""
    facts.put_feedback("7", _columns("here", date(2026, 4, 10)))
    first = queries.changes(100)
    assert (first.parts, first.ids) == ({"feedback": {("here", date(2026, 4, 1))}}, {"feedback": {"7"}})
    facts.take_changes(first.log, into="one")
    assert queries.changes(100).log == ()
    assert (queries.is_known("one"), queries.is_known("two")) == (True, False)
    facts.announce_copy("two")
    assert (queries.is_known("one"), queries.is_known("two")) == (True, True)
    facts.put_feedback("7", _columns("there", date(2026, 3, 31)))
    moved = {("here", date(2026, 4, 1)), ("there", date(2026, 3, 1))}
    assert queries.changes(100).parts == {"feedback": moved}
    facts.put_feedback("7", _columns("there", date(2026, 3, 2)))
    facts.take_changes(queries.changes(100).log[:2], into="two")
    assert queries.changes(100).parts == {"feedback": {("there", date(2026, 3, 1))}}  # what was not taken waits


@pytest.mark.django_db
def test_too_many_changes_are_everything() -> None:
    facts.put_feedbacks({str(number): _columns("here", date(2026, 4, 10)) for number in range(5)})
    assert not queries.changes(5).everything
    assert queries.changes(4).everything
    facts.replaced_all()
    everything = queries.changes(100)
    assert everything.everything
    facts.take_changes(everything.log, into="one")
    assert queries.changes(100) == queries.Changes((), {}, {})
    facts.forget_changes()
    assert not queries.is_known("one")


@pytest.mark.django_db
def test_promised_actions_change_the_fact_of_their_case() -> None:
    body = factories.organisation()
    case = factories.case(body)
    facts.take_changes(queries.changes(100).log, into="one")
    facts.count_learning(str(case.pk), 2)
    assert queries.changes(100).ids == {"case": {str(case.pk)}}
