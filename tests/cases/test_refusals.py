"""What an action refuses by itself, whatever a form let through: things of elsewhere, and days that nobody can count."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests import factories

from heed.audit.refusals import Refused
from heed.cases.actions import investigate, remedy, talk, triage
from heed.cases.models import Case, Contact, Evidence, Remedy
from heed.correspondence.models import Message

pytestmark = pytest.mark.django_db
LATER = factories.NOW + timedelta(days=2)


@pytest.fixture
def case() -> Case:
    of = factories.organisation()
    return factories.investigated(of, factories.person(of, "handler"), factories.person(of, "investigator"))


def frame(case: Case, **more: Any) -> dict[str, Any]:
    by = factories.actor(case.handler, case.organisation)
    return {"by": by, "at": LATER, "version": factories.fresh(case).version, **more}


def test_somebody_of_elsewhere_is_not_complained_about_by_number(case: Case) -> None:
    stranger = factories.person(factories.organisation(), "handler")
    with pytest.raises(Refused, match="belongs to this organisation"):
        triage.record_against(case_id=case.pk, against=[triage.Against(person_id=stranger.pk)], **frame(case))
    assert not case.complained_about.exists()


def test_an_issue_is_about_no_service_of_elsewhere(case: Case) -> None:
    service_id = factories.organisation().services.get().pk
    words: dict[str, Any] = {"summary": "Nobody came", "subject": "other", "service_id": service_id}
    with pytest.raises(Refused, match="organisation's services"):
        triage.add_issue(case_id=case.pk, **words, **frame(case))
    with pytest.raises(Refused, match="organisation's services"):
        triage.change_issue(issue_id=case.issues.get().pk, **words, **frame(case))


def test_remedies_evidence_and_findings_stand_on_issues_of_their_own_case(case: Case) -> None:
    other = factories.investigated(case.organisation, case.handler, case.investigator).issues.get()
    apology: dict[str, Any] = {"kind": "apology", "description": "We say sorry", "due_on": date(2026, 6, 1)}
    with pytest.raises(Refused, match="issues of this case"):
        remedy.agree_remedy(case_id=case.pk, issue_id=other.pk, **apology, **frame(case))
    with pytest.raises(Refused, match="issues of this case"):
        investigate.add_evidence(case_id=case.pk, kind="statement", title="Rota", issue_id=other.pk, **frame(case))


def test_a_remedy_in_a_year_that_cannot_be_counted_is_refused_and_shuts_no_page(case: Case) -> None:
    with pytest.raises(Refused, match="no later year can be counted"):
        remedy.agree_remedy(
            case_id=case.pk, kind="apology", description="We say sorry", due_on=date(2100, 1, 1), **frame(case)
        )
    assert not Remedy.objects.exists()


def test_findings_are_not_for_every_manager_of_the_service_complained_about(case: Case) -> None:
    manager = factories.person(case.organisation, "service_manager", service=case.service)
    found = investigate.FindingGiven(outcome="not_upheld", what_happened="Nothing", reasoning="We say so")
    by = factories.actor(manager, case.organisation)
    with pytest.raises(Refused, match="asked to look into the case"):
        investigate.find(issue_id=case.issues.get().pk, given=found, **frame(case, by=by))


def test_what_is_sent_twice_is_kept_once(case: Case) -> None:
    contact = investigate.ContactGiven(LATER, "phone", "out", "Ms Whittaker", "She is content")
    letters = Message.objects.filter(channel="email").count()
    for _ in range(2):
        again = frame(case, version=None)
        talk.message_to_person(case_id=case.pk, body="We asked the ward", is_update=False, **again)
        investigate.log_contact(case_id=case.pk, given=contact, **again)
        investigate.add_evidence(case_id=case.pk, kind="statement", title="The rota", **again)
    assert Message.objects.filter(channel="portal").count() == 1
    assert Message.objects.filter(channel="email").count() == letters + 1
    assert (Contact.objects.count(), Evidence.objects.count()) == (1, 1)
    talk.message_to_person(case_id=case.pk, body="We asked the ward again", is_update=False, **frame(case))
    assert Message.objects.filter(channel="portal").count() == 2
