"""Blind coding: who draws what, what each of the two sees, and what comes of it."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from django.test import Client
from tests import factories

from heed.accounts.models import User
from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.cases.models import CaseEvent, ComplainedAbout
from heed.facts.models import CaseFact
from heed.insight.actions import coding
from heed.insight.models import Coding, CodingRound
from heed.insight.models.coding import CANNOT_TELL
from heed.insight.queries import coding as queries
from heed.organisations.models import Organisation
from heed.statistics.agreement import of_table

pytestmark = pytest.mark.django_db
LATER = factories.NOW + timedelta(days=1)
SINCE = date(2026, 1, 1)


class Scene:
    """A body with a manager, two who code, and as many received complaints as asked for."""

    def __init__(self, cases: int) -> None:
        self.body: Organisation = factories.organisation()
        self.manager, self.ann, self.ben = (
            factories.person(self.body, "complaints_manager", name="Mona Vale"),
            factories.person(self.body, "handler", name="Ann Hart"),
            factories.person(self.body, "handler", name="Ben Cole"),
        )
        self.cases = [factories.case(self.body, text=f"Words of complaint {number}.") for number in range(cases)]

    def start(self, texts: int = 40, **more: Any) -> CodingRound:
        asked = {"first_id": self.ann.pk, "second_id": self.ben.pk, "which": "both", "since": SINCE, **more}
        by = factories.actor(self.manager, self.body)
        return coding.start_round(organisation=self.body, texts=texts, by=by, at=LATER, **asked)

    def code(self, of: CodingRound, person: User, number: int, risk: str = "low", subject: str = "other") -> None:
        by = factories.actor(person, self.body)
        coding.code_text(round_id=of.pk, number=number, risk=risk, subject=subject, by=by, at=LATER)

    def viewer(self, person: User) -> Any:
        return factories.viewer(person, self.body)

    def look(self, person: User, page: str) -> Any:
        client = Client()
        client.force_login(person)
        return client.get(f"/{self.body.code}/staff/insight/quality/{page}")


def test_the_same_seed_draws_the_same_texts() -> None:
    scene = Scene(12)
    first, second, other = (scene.start(5, seed=seed) for seed in (7, 7, 8))
    drawn = [[text.case_id for text in of.texts.all()] for of in (first, second, other)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert [of.number for of in (first, second, other)] == [1, 2, 3]
    assert [line.round.number for line in queries.lines(scene.body.pk)] == [3, 2, 1]
    assert (first.population, len({*drawn[0]})) == (12, 5)
    entry = Entry.objects.filter(verb="coding_round_started").earliest("pk")
    assert entry.detail == {"texts": 5, "population": 12, "seed": 7}
    assert scene.start().seed != scene.start().seed
    assert scene.start(40).texts.count() == 12


def test_only_what_all_three_may_see_is_drawn() -> None:
    scene = Scene(4)
    hidden, erased, closed, old = scene.cases
    ComplainedAbout.objects.create(case=hidden, person=scene.ben)
    erased.feedback.narrative.text = ""
    erased.feedback.narrative.save()
    type(closed).objects.filter(pk=closed.pk).update(status="closed", closed_at=LATER)
    assert {text.case_id for text in scene.start().texts.all()} == {closed.pk, old.pk}
    assert [text.case_id for text in scene.start(which="closed").texts.all()] == [closed.pk]
    assert [text.case_id for text in scene.start(which="open").texts.all()] == [old.pk]
    with pytest.raises(Refused, match="no case with words"):
        scene.start(since=date(2026, 12, 1))


def test_who_may_be_asked() -> None:
    scene = Scene(1)
    overseer, front = factories.person(scene.body, "overseer"), factories.person(scene.body, "front_line")
    names = [person.name for person in queries.coders(scene.body.pk)]
    assert names == ["Ann Hart", "Ben Cole", "Mona Vale"]
    with pytest.raises(Refused, match="two different people"):
        scene.start(second_id=scene.ann.pk)
    for person in (overseer, front, factories.person(factories.organisation(), "handler")):
        with pytest.raises(Refused, match="somebody who sees cases"):
            scene.start(second_id=person.pk)
    with pytest.raises(Refused, match="between 1 and 200"):
        scene.start(201)


def test_neither_sees_the_other_nor_the_record() -> None:
    scene = Scene(2)
    CaseFact.objects.update(risk="extreme", subject="restraint")
    of = scene.start()
    scene.code(of, scene.ann, 1, "high", "transport")
    for person in (scene.ann, scene.ben):
        page = scene.look(person, f"rounds/{of.pk}/texts/1/").content.decode()
        assert "Words of complaint" in page
        assert f"/cases/{of.texts.get(number=1).case.reference}" not in page
        assert ('value="high" checked' in page) is (person == scene.ann)
        assert "checked" not in scene.look(person, f"rounds/{of.pk}/texts/2/").content.decode()
        told = scene.look(person, f"rounds/{of.pk}/").content.decode()
        assert "Kappa" not in told
        assert "on record" not in told
    assert scene.look(scene.manager, f"rounds/{of.pk}/texts/1/").status_code == 404
    assert queries.text_for(scene.viewer(scene.manager), of.pk, 1) is None
    assert "Ann Hart: 1 of 2" in scene.look(scene.manager, f"rounds/{of.pk}/").content.decode()


def test_coding_may_be_left_changed_and_taken_up_again() -> None:
    scene = Scene(3)
    of = scene.start()
    ask = queries.asked_of(scene.viewer(scene.ann))[0]
    assert (ask.coded, ask.texts, ask.next) == (0, 3, 1)
    scene.code(of, scene.ann, 1)
    scene.code(of, scene.ann, 1, "moderate")
    scene.code(of, scene.ann, 3)
    ask = queries.asked_of(scene.viewer(scene.ann))[0]
    assert (ask.coded, ask.next) == (2, 2)
    assert Coding.objects.get(text__number=1, by=scene.ann).risk == "moderate"
    assert queries.asked_of(scene.viewer(scene.manager)) == []
    scene.code(of, scene.ann, 2)
    assert queries.asked_of(scene.viewer(scene.ann)) == []
    assert CodingRound.objects.get(pk=of.pk).ended_at is None
    for number in (1, 2, 3):
        scene.code(of, scene.ben, number)
    assert CodingRound.objects.get(pk=of.pk).ended_at == LATER
    with pytest.raises(Refused, match="has ended"):
        scene.code(of, scene.ann, 1)


def test_whoever_is_asked_reads_it_on_their_worklist() -> None:
    scene = Scene(1)
    of = scene.start()

    def told(person: User) -> bool:
        client = Client()
        client.force_login(person)
        return "You are asked to code some texts" in client.get(f"/{scene.body.code}/staff/").content.decode()

    assert [told(person) for person in (scene.ann, scene.ben, scene.manager)] == [True, True, False]
    coding.end_round(round_id=of.pk, by=factories.actor(scene.manager, scene.body), at=LATER)
    assert not told(scene.ann)


def test_what_cannot_be_coded_is_refused() -> None:
    scene = Scene(1)
    of = scene.start()
    for changes, said in [
        ({"person": scene.manager}, "Only the two"),
        ({"risk": "huge"}, "Choose a risk"),
        ({"subject": "weather"}, "Choose a subject"),
        ({"number": 9}, "not part of the round"),
    ]:
        with pytest.raises(Refused, match=said):
            scene.code(**{"of": of, "person": scene.ann, "number": 1, **changes})
    assert not Coding.objects.exists()


def test_the_two_are_compared_and_no_case_changes() -> None:
    scene = Scene(32)
    before = (CaseEvent.objects.count(), list(CaseFact.objects.order_by("pk").values()))
    of = scene.start()
    for number in range(1, 33):
        scene.code(of, scene.ann, number, "low" if number <= 16 else "high", "other" if number > 2 else CANNOT_TELL)
        scene.code(of, scene.ben, number, "low" if number <= 12 else "high", "other")
    risk, subject = queries.compared(queries.round_of(scene.viewer(scene.ann), of.pk))
    expected = of_table(np.array([[12.0, 4.0], [0.0, 16.0]]), ["low", "high"])
    assert (risk.plain.kappa, risk.plain.low) == pytest.approx((expected.kappa, expected.low)) == (0.75, expected.low)
    assert [(pair.one, pair.other, pair.times) for pair in risk.differing] == [("Low", "High", 4)]
    assert risk.weighted.kappa == pytest.approx(0.75)
    assert risk.means.startswith(
        "They gave the same risk to 28 of 32 texts (88%). By chance alone it would have been about 50%."
    )
    assert "That is good agreement; with this many texts it could be anything from moderate to very good." in risk.means
    assert (subject.left_out, subject.plain.texts, subject.plain.is_known) == (2, 30, False)
    assert "Both gave one code only" in subject.means
    pairs = queries.pairs(scene.viewer(scene.ann), of, (risk, subject))
    assert [pair.number for pair in pairs] == [1, 2, 13, 14, 15, 16]
    assert pairs[2].fields == (("Risk", "Low", "High", "Nothing yet"),)
    assert before == (CaseEvent.objects.count(), list(CaseFact.objects.order_by("pk").values()))


def test_where_nearly_all_have_one_code_kappa_is_not_read() -> None:
    found = of_table(np.array([[31.0, 1.0], [0.0, 0.0]]), ["low", "high"])
    assert found.kappa == 0
    said = queries.means("risk", found)
    assert "the same risk to 31 of 32 texts (97%)" in said
    assert said.endswith("kappa says little here: look at the codes one by one.")
    assert "poor" not in said


def test_below_thirty_it_says_too_few() -> None:
    scene = Scene(3)
    of = scene.start()
    for number in (1, 2):
        scene.code(of, scene.ann, number)
        scene.code(of, scene.ben, number, "high")
    by = factories.actor(scene.manager, scene.body)
    coding.end_round(round_id=of.pk, by=by, at=LATER)
    with pytest.raises(Refused, match="ended already"):
        coding.end_round(round_id=of.pk, by=by, at=LATER)
    page = scene.look(scene.manager, f"rounds/{of.pk}/").content.decode()
    assert "Both coded 2 texts. That is too few" in page
    assert "Ann Hart low, Ben Cole high; on record: nothing yet" in page
    assert "Kappa <strong>" not in page


def test_texts_are_shown_to_those_only_who_may_see_the_case() -> None:
    scene = Scene(2)
    of = scene.start()
    for number in (1, 2):
        scene.code(of, scene.ann, number)
        scene.code(of, scene.ben, number, "high")
    overseer = factories.person(scene.body, "overseer")
    page = scene.look(overseer, f"rounds/{of.pk}/").content.decode()
    assert "too few" in page
    assert "Words of complaint" not in page
    assert all(case.reference not in page for case in scene.cases)
    ComplainedAbout.objects.create(case=scene.cases[0], person=scene.manager)
    assert len(queries.pairs(scene.viewer(scene.manager), of, queries.compared(of))) == 1
    elsewhere = factories.person(factories.organisation(), "complaints_manager")
    assert scene.look(elsewhere, f"rounds/{of.pk}/").status_code == 404


def test_a_text_that_one_may_no_longer_see_is_left_out() -> None:
    scene = Scene(2)
    of = scene.start()
    ComplainedAbout.objects.create(case=of.texts.get(number=1).case, person=scene.ann)
    assert scene.look(scene.ann, f"rounds/{of.pk}/texts/1/").status_code == 404
    assert queries.asked_of(scene.viewer(scene.ann))[0].next == 2


@pytest.mark.parametrize(
    ("kappa", "name"), [(-0.1, "poor"), (0.3, "weak"), (0.5, "moderate"), (0.79, "good"), (1, "very good")]
)
def test_bands(kappa: float, name: str) -> None:
    assert queries.band(kappa) == name
