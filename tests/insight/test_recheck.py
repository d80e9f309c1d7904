"""The monthly re-check: what is drawn, who checks it, and the rates of what is wrong."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests import factories

from heed.accounts.models import User
from heed.audit.refusals import Refused, Stale
from heed.cases.models import Case, CaseEvent, ComplainedAbout
from heed.facts.models import CaseFact
from heed.insight.actions import recheck
from heed.insight.actions.recheck import Verdict
from heed.insight.models import Recheck, RecheckAnswer
from heed.insight.queries import recheck as queries
from heed.insight.tasks import draw_recheck
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
MONTH = date(2026, 4, 1)
IN_MAY = timezone.make_aware(datetime(2026, 5, 1, 0, 5))
ALL_RIGHT = {field: Verdict("right") for field in queries.FIELDS}


class Scene:
    """A body whose April's closed cases are re-checked in May. `checker` had a part in none of them."""

    def __init__(self, cases: int) -> None:
        self.body: Organisation = factories.organisation()
        self.handler = factories.person(self.body, "handler")
        self.checker = factories.person(self.body, "complaints_manager")
        self.cases = [self.closed() for _ in range(cases)]

    def closed(self, on: date = date(2026, 4, 20)) -> Case:
        case = factories.registered(self.body, self.handler)
        CaseFact.objects.filter(case_id=str(case.pk)).update(
            closed_on=on, first_closed_on=on, acknowledged_on=date(2026, 4, 7), risk="low", outcome="upheld"
        )
        return case

    def draw(self, **more: Any) -> Recheck:
        by = factories.actor(self.checker, self.body)
        return recheck.draw(**{"organisation": self.body, "month": MONTH, "by": by, "at": IN_MAY, **more})

    def check(self, of: Recheck, number: int = 1, person: User | None = None, **verdicts: Verdict) -> None:
        by = factories.actor(person or self.checker, self.body)
        case = of.cases.get(number=number).case
        recheck.check(
            recheck_id=of.pk, number=number, verdicts={**ALL_RIGHT, **verdicts}, version=case.version, by=by, at=IN_MAY
        )

    def viewer(self, person: User) -> Any:
        return factories.viewer(person, self.body)

    def look(self, person: User, page: str = "") -> Any:
        client = Client()
        client.force_login(person)
        return client.get(f"/{self.body.code}/staff/insight/quality/{page}")


def test_a_sample_of_the_cases_closed_in_the_month_is_drawn_once() -> None:
    scene = Scene(6)
    scene.closed(date(2026, 3, 31))
    scene.closed(date(2026, 5, 1))
    open_case = factories.registered(scene.body, scene.handler)
    of = scene.draw(size=4, seed=3)
    drawn = {row.case_id for row in of.cases.all()}
    assert len(drawn) == 4
    assert drawn < {case.pk for case in scene.cases}
    assert open_case.pk not in drawn
    assert (of.population, [row.number for row in of.cases.all()]) == (6, [1, 2, 3, 4])
    with pytest.raises(Refused, match="drawn already"):
        scene.draw()
    before = [row.case_id for row in of.cases.all()]
    Recheck.objects.all().delete()
    assert [row.case_id for row in scene.draw(size=4, seed=3).cases.all()] == before


def test_all_are_drawn_where_there_are_fewer() -> None:
    scene = Scene(3)
    assert scene.draw().cases.count() == 3
    assert recheck.SIZE == 20


def test_a_month_that_is_not_over_or_empty_is_refused() -> None:
    scene = Scene(1)
    for month in (date(2026, 5, 1), date(2026, 4, 2)):
        with pytest.raises(Refused, match="month that is over"):
            scene.draw(month=month)
    with pytest.raises(Refused, match="No case was closed"):
        scene.draw(month=date(2026, 2, 1))


def test_the_worker_draws_on_the_first_of_the_month_and_once() -> None:
    scene, other = Scene(2), Scene(0)
    with time_machine.travel(IN_MAY, tick=False):
        assert draw_recheck.call() == 1
        assert draw_recheck.call() == 0
    of = Recheck.objects.get()
    assert (of.organisation, of.month, of.drawn_by) == (scene.body, MONTH, None)
    assert not Recheck.objects.filter(organisation=other.body).exists()


def test_whoever_had_a_part_does_not_check() -> None:
    scene = Scene(2)
    of = scene.draw()
    assert queries.waiting(scene.viewer(scene.handler)).count() == 0
    assert queries.waiting(scene.viewer(scene.checker)).count() == 2
    touched = of.cases.get(number=1).case
    CaseEvent.objects.create(
        case=touched, number=90, kind="evidence_added", at=IN_MAY, recorded_at=IN_MAY, actor_kind="staff",
        actor_id=str(scene.checker.pk), data={},
    )  # fmt: skip
    ComplainedAbout.objects.create(case=of.cases.get(number=2).case, person=factories.person(scene.body, "handler"))
    assert [row.number for row in queries.waiting(scene.viewer(scene.checker))] == [2]
    hidden = User.objects.get(complained_about_in__isnull=False)
    assert [row.number for row in queries.waiting(scene.viewer(hidden))] == [1]
    for person in (factories.person(scene.body, "responsible_person"), factories.person(scene.body, "overseer")):
        assert queries.waiting(scene.viewer(person)).count() == 0
    with pytest.raises(Refused, match="had no part in it"):
        scene.check(of, 1)
    with pytest.raises(Refused, match="had no part in it"):
        scene.check(of, 2, scene.handler)


def test_the_form_shows_what_is_recorded_and_keeps_what_is_found() -> None:
    scene = Scene(1)
    of = scene.draw()
    page = scene.look(scene.checker, f"checks/{of.pk}/1/").content.decode()
    dates = ["Received: 2 April 2026", "Acknowledged: 7 April 2026", "Answered: Nothing on record"]
    assert all(said in page for said in [*dates, "Risk: Low", "Outcome: Upheld"])
    verdicts = {
        "received_on": Verdict("wrong", "2026-03-30"), "acknowledged_on": Verdict("wrong"),
        "risk": Verdict("wrong", "high"), "subject": Verdict("cannot_tell", "transport"),
    }  # fmt: skip
    before = (Case.objects.get().version, CaseEvent.objects.count())
    scene.check(of, **verdicts)
    assert before == (Case.objects.get().version, CaseEvent.objects.count())
    kept = {row.field: (row.recorded, row.verdict, row.should_be) for row in RecheckAnswer.objects.all()}
    assert kept == {
        "received_on": ("2026-04-02", "wrong", "2026-03-30"), "acknowledged_on": ("2026-04-07", "wrong", ""),
        "responded_on": ("", "right", ""), "subject": ("", "cannot_tell", ""), "outcome": ("upheld", "right", ""),
        "risk": ("low", "wrong", "high"),
    }  # fmt: skip
    with pytest.raises(Refused, match="checked this case already"):
        scene.check(of)
    assert scene.look(scene.checker, f"checks/{of.pk}/1/").status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"risk": Verdict("perhaps")}, "risk"),
        ({"risk": Verdict("wrong", "low")}, "risk_should"),
        ({"risk": Verdict("wrong", "huge")}, "risk_should"),
        ({"outcome": Verdict("wrong", "lost")}, "outcome_should"),
        ({"received_on": Verdict("wrong", "soon")}, "received_on_should"),
        ({"responded_on": Verdict("wrong", "")}, "responded_on_should"),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, Verdict], field: str) -> None:
    scene = Scene(1)
    of = scene.draw()
    with pytest.raises(Refused) as refused:
        scene.check(of, **given)
    assert refused.value.field == field
    assert not RecheckAnswer.objects.exists()


def test_a_record_that_changed_meanwhile_is_looked_at_again() -> None:
    scene = Scene(1)
    of = scene.draw()
    by = factories.actor(scene.checker, scene.body)
    with pytest.raises(Stale):
        recheck.check(recheck_id=of.pk, number=1, verdicts=ALL_RIGHT, version=0, by=by, at=IN_MAY)


def test_rates_with_their_limits_and_what_was_put_right() -> None:
    scene = Scene(4)
    of = scene.draw(size=3)
    scene.check(of, 1, risk=Verdict("wrong", "high"), outcome=Verdict("wrong"))
    scene.check(of, 2, risk=Verdict("cannot_tell"))
    sample = queries.sample_of(of)
    assert (sample.cases, sample.checked, sample.sentence) == (3, 2, "3 of 4 cases closed; 2 checked")
    rates = {rate.field: rate for rate in sample.rates}
    assert (rates["risk"].text, rates["risk"].limits, rates["risk"].cannot_tell) == ("1 of 1 (100%)", "3% to 100%", 1)
    assert (rates["outcome"].text, rates["outcome"].limits) == ("1 of 2 (50%)", "1% to 99%")
    assert (rates["received_on"].text, rates["received_on"].limits) == ("0 of 2 (0%)", "0% to 84%")
    case = of.cases.get(number=1).case
    CaseFact.objects.filter(case_id=str(case.pk)).update(risk="high")
    risk, outcome = sorted(queries.wrong(scene.viewer(scene.checker), of), key=lambda one: one.title, reverse=True)
    assert (risk.reference, risk.recorded, risk.should_be, risk.now, risk.corrected) == (
        case.reference,
        "Low",
        "High",
        "High",
        True,
    )
    assert (outcome.should_be, outcome.now, outcome.corrected) == ("Nothing on record", "Upheld", False)
    page = scene.look(scene.checker, f"checks/{of.pk}/").content.decode()
    assert "Put right" in page
    assert f"/cases/{case.reference}/issues/" in page


def test_where_all_cases_were_checked_there_is_no_chance_left() -> None:
    scene = Scene(2)
    of = scene.draw()
    scene.check(of, 1, risk=Verdict("wrong", "high"))
    scene.check(of, 2, subject=Verdict("cannot_tell"))
    rates = {rate.field: rate for rate in queries.sample_of(of).rates}
    assert (rates["risk"].text, rates["risk"].limits) == ("1 of 2 (50%)", "")
    assert rates["subject"].limits == "0% to 98%"
    assert "Every case was checked" in scene.look(scene.checker, f"checks/{of.pk}/").content.decode()


def test_months_are_taken_together() -> None:
    scene = Scene(2)
    scene.closed(date(2026, 3, 20))
    march, april = scene.draw(month=date(2026, 3, 1)), scene.draw()
    scene.check(march, 1, risk=Verdict("wrong", "high"))
    scene.check(april, 1)
    assert queries.waiting_by_month(scene.viewer(scene.checker)) == [(april, 1)]
    samples = queries.samples(scene.body.pk)
    assert [sample.recheck for sample in samples] == [april, march]
    assert queries.together(samples)[-1].text == "1 of 2 (50%)"
    page = scene.look(scene.checker).content.decode()
    assert "March 2026" in page
    assert "1 of 1 (100%)" in page


def test_who_sees_no_case_sees_rates_and_no_case() -> None:
    scene = Scene(2)
    of = scene.draw()
    scene.check(of, 1, risk=Verdict("wrong", "high"))
    overseer = factories.person(scene.body, "overseer")
    page = scene.look(overseer, f"checks/{of.pk}/").content.decode()
    assert "1 of 1 (100%)" in page
    assert "Found wrong" not in page
    assert all(case.reference not in page for case in scene.cases)
    assert scene.look(overseer, f"checks/{of.pk}/2/").status_code == 404


def test_the_page_asks_the_same_however_many_months_there_are(django_assert_max_num_queries: Any) -> None:
    scene = Scene(3)
    scene.draw()
    scene.look(scene.checker)
    client = Client()
    client.force_login(scene.checker)
    address = f"/{scene.body.code}/staff/insight/quality/"
    with django_assert_max_num_queries(40) as asked:
        client.get(address)
    for month in (1, 2, 3):
        scene.closed(date(2026, month, 10))
        scene.check(scene.draw(month=date(2026, month, 1)))
    with django_assert_max_num_queries(len(asked)):
        client.get(address)
