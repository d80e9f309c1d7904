"""Suggestions on the page of issues: offered, never applied; learned from the organisation's own coding; measured."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import factories
from tests.insight.themes.texts import invent
from tests.staff.conftest import Desk, words

from heed.audit.actor import system
from heed.audit.refusals import Refused
from heed.cases.actions import triage
from heed.cases.models import Case, ComplainedAbout, Issue
from heed.facts.models import CaseFact
from heed.insight.actions import subjects
from heed.insight.models import SubjectModel, Suggestion
from heed.insight.queries import suggesting
from heed.insight.queries.coded import coded_texts
from heed.insight.queries.suggested import quality
from heed.insight.tasks import learn_subjects
from heed.insight.themes.learn import learn
from heed.insight.themes.scoring import from_bytes
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
CODES = {"food": "patient_care", "parking": "facilities", "waiting": "waiting_times"}
WORKER = system("worker")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def code(of: Organisation, handler: Any, many: int, seed: int = 1) -> None:
    """So many cases with one coded issue each; everybody is called Zebedee Quagmire and says so."""
    by = factories.actor(handler, of)
    for number, (text, about) in enumerate(invent(many, seed)):
        at = factories.NOW + timedelta(minutes=number)
        person = factories.PersonGiven(name="Zebedee Quagmire")
        case = factories.case(of, at=at, text=f"{text}. Zebedee Quagmire", complainant=person)
        triage.add_issue(case_id=case.pk, summary=text, subject=CODES[min(about)], by=by, at=at, version=case.version)


def learned_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a process of its own, and from few."""
    monkeypatch.setattr(subjects, "learn_apart", learn)
    monkeypatch.setattr(subjects, "ENOUGH", 30)


def add(desk: Desk, case: Case, **data: Any) -> Any:
    return desk.send_case(case, "issues/add/", summary="The queue was long", **data)


def test_before_anything_is_learned_the_words_that_ship_suggest_and_say_so(desk: Desk) -> None:
    case = factories.registered(desk.of, desk.handler, text="The nurse was rude and we waited for hours.")
    told = words(desk.get(desk.of_case(case, "issues/")))
    assert "Values and behaviours Possible, because of \u201crude\u201d" in told
    assert "Heed has not learned from your own coding yet" in told
    assert not Issue.objects.filter(case=case).exists()
    assert 'name="suggested" checked' not in desk.get(desk.of_case(case, "issues/")).content.decode()


def test_one_tick_gives_the_subject_and_what_was_offered_is_remembered(desk: Desk) -> None:
    case = factories.registered(desk.of, desk.handler, text="The nurse was rude and we waited for hours.")
    assert add(desk, case, suggested="waiting_times", suggested_by="0").status_code == 302
    assert Issue.objects.get(case=case).subject == "waiting_times"
    kept = Suggestion.objects.get()
    assert (kept.case_id, kept.version) == (str(case.pk), 0)
    assert dict(kept.offered) == {"waiting_times": None, "values_and_behaviours": None}
    told = words(desk.get(desk.of_case(case, "issues/")))
    assert "Values and behaviours Possible" in told
    assert "Waiting times Possible" not in told  # it is on the list


def test_another_subject_may_be_chosen_but_not_both_and_not_none(desk: Desk) -> None:
    case = factories.registered(desk.of, desk.handler, text="The nurse was rude.")
    both = add(desk, case, suggested="values_and_behaviours", subject="transport", suggested_by="0")
    assert "Choose one subject: one of those above, or another here" in words(both)
    assert "Choose subject" in words(add(desk, case, suggested_by="0"))
    assert not Suggestion.objects.exists()
    add(desk, case, subject="transport", suggested_by="0")
    assert Issue.objects.get(case=case).subject == "transport"
    assert Suggestion.objects.get().offered == [["values_and_behaviours", None]]


def test_where_no_word_fits_nothing_is_offered_and_the_page_says_so(desk: Desk) -> None:
    case = factories.registered(desk.of, desk.handler, text="Xyz.")
    told = words(desk.get(desk.of_case(case, "issues/")))
    assert "no subject is likely enough" in told
    assert "Does one of these subjects fit?" not in told


def test_what_was_shown_by_another_version_is_not_kept(desk: Desk) -> None:
    case = factories.registered(desk.of, desk.handler, text="The nurse was rude.")
    add(desk, case, subject="transport", suggested_by="7")
    add(desk, case, subject="transport", suggested_by="x")
    assert not Suggestion.objects.exists()


def test_heed_learns_from_the_organisations_own_coding_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    learned_here(monkeypatch)
    other = Desk()
    code(desk.of, desk.handler, 60)
    code(other.of, other.handler, 5)
    made = subjects.learn_subjects(organisation=desk.of, by=WORKER, at=factories.NOW)
    assert (made.number, made.complaints, made.texts) == (1, 60, 120)
    assert {text.case_id for text in coded_texts(desk.of)} <= set(
        map(str, Case.objects.filter(organisation=desk.of).values_list("pk", flat=True))
    )
    with pytest.raises(Refused, match="Only 5 complaints are coded"):
        subjects.learn_subjects(organisation=other.of, by=WORKER, at=factories.NOW)
    with pytest.raises(Refused, match="Nothing was coded since"):
        subjects.learn_subjects(organisation=desk.of, by=WORKER, at=factories.NOW)
    told = suggesting.suggest(desk.of, "no space in the car park and the ticket machine was broken")
    assert told.version == 1
    assert told.offers[0].code == "facilities"
    assert told.offers[0].why.startswith(("Likely: ", "Possible: "))
    assert told.offers[0].behind
    assert suggesting.suggest(other.of, "the car park").version == 0


def test_no_name_is_in_a_model_however_often_it_was_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    learned_here(monkeypatch)
    code(desk.of, desk.handler, 40)
    case = Case.objects.filter(organisation=desk.of).first()
    assert case is not None
    ComplainedAbout.objects.create(case=case, name="Ottoline Grimsby")
    Issue.objects.filter(case=case).update(summary="Ottoline Grimsby was late")
    made = subjects.learn_subjects(organisation=desk.of, by=WORKER, at=factories.NOW)
    names = from_bytes(bytes(made.content)).places
    assert names
    assert not [name for name in names if any(part in name for part in ("zebe", "quag", "ottol", "grims"))]


def test_older_models_keep_their_figures_and_lose_what_they_learned(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned_here(monkeypatch)
    code(desk.of, desk.handler, 40)
    for number in range(3):
        subjects.learn_subjects(organisation=desk.of, by=WORKER, at=factories.NOW + timedelta(days=number))
        code(desk.of, desk.handler, 1, seed=number + 5)
    kept = SubjectModel.objects.filter(organisation=desk.of).order_by("number")
    assert [bool(model.content) for model in kept] == [False, True, True]
    assert all(model.measured["n_test"] for model in kept)


def test_the_worker_learns_in_a_process_of_its_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subjects, "ENOUGH", 30)
    code(desk.of, desk.handler, 40)
    assert learn_subjects.func() == 1
    assert learn_subjects.func() == 0
    assert SubjectModel.objects.get().measured["hit_at_3"] is not None


def test_how_good_the_suggestions_were_is_worked_out_from_what_was_coded(desk: Desk) -> None:
    now = timezone.now()
    CaseFact.objects.bulk_create(
        CaseFact(case_id=f"{n}", feedback_id=f"{n}", organisation=desk.of.code, kind="complaint", channel="web",
                 subject="facilities", subjects="transport facilities" if n < 30 else "facilities",
                 procedure="nhs-2009", received_on=now.date())
        for n in range(40)
    )  # fmt: skip
    Suggestion.objects.bulk_create(
        Suggestion(organisation=desk.of, case_id=f"{n}", version=1, made_at=now,
                   offered=[["transport", 0.8], ["appointments", 0.3]])
        for n in range(45)
    )  # fmt: skip
    found = quality(desk.of, at=now)
    assert found.all.texts == 40  # five were not coded
    assert (found.all.hits, found.all.right) == (0.75, 0.75)
    assert found.all.error == pytest.approx(0.05)
    assert [(line.label, line.texts, line.recall) for line in found.labels] == [
        ("Facilities services", 40, 0), ("Transport", 30, 1),
    ]  # fmt: skip
    told = words(desk.get("insight/themes/suggestions/"))
    assert "40 texts had suggestions and were then coded. For 75%, one of the subjects chosen" in told
    assert "Nothing learned yet" in told


def test_a_few_texts_are_called_too_few(desk: Desk) -> None:
    case = factories.registered(desk.of, desk.handler, text="The nurse was rude.")
    add(desk, case, suggested="values_and_behaviours", suggested_by="0")
    assert "1 text had suggestions and were then coded. That is too few" in words(
        desk.get("insight/themes/suggestions/")
    )
