"""Why it happened: deciding, drawing on cases, the six groups, who is asked, and what is concluded."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests import factories
from tests.learning.scene import AT
from tests.learning.why import QUESTION, Why, begun

from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.audit.models import Entry
from heed.audit.refusals import Refused, Stale
from heed.cases.actions import triage
from heed.cases.models import Case
from heed.correspondence.models import Message, OneTimeLink
from heed.learning import analysis_checks, proportion
from heed.learning.accountability import Questioned
from heed.learning.actions import analyse, contribute, learn_from_analysis, promise_action
from heed.learning.models import Analysis, AnalysisDecision, AnalysisEvent, Contribution
from heed.learning.queries import analyses
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def analysis(case: Case, body: Organisation, manager: User) -> Analysis:
    return begun(case, body, manager)


@pytest.fixture
def why(analysis: Analysis, body: Organisation, manager: User) -> Why:
    return Why(analysis, body, manager)


def test_the_decision_is_kept_with_its_ground_and_changes_only_with_a_reason(
    case: Case, body: Organisation, manager: User
) -> None:
    by = factories.actor(manager, body)
    with pytest.raises(Refused, match="proportionate"):
        analyse.decide_on_analysis(case_id=case.pk, wanted=True, reason="It was bad.", by=by, at=AT)
    with pytest.raises(Refused, match="in a sentence why"):
        analyse.decide_on_analysis(case_id=case.pk, wanted=False, reason=" ", by=by, at=AT)
    first = analyse.decide_on_analysis(
        case_id=case.pk, wanted=False, ground="person", reason="One late letter, put right.", by=by, at=AT
    )
    assert first.ground == ""
    with pytest.raises(Stale):
        analyse.decide_on_analysis(case_id=case.pk, wanted=True, ground="public", reason="Five more.", by=by, at=AT)
    second = analyse.decide_on_analysis(
        case_id=case.pk, wanted=True, ground="public", reason="Five more came in.", seen_id=first.pk, by=by, at=AT
    )
    found = analyses.deciding(case)
    assert (found.stands, found.earlier) == (second, [first])
    assert [entry.detail["wanted"] for entry in Entry.objects.filter(verb="analysis_decided").order_by("pk")] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, []),
        ({"risk": "moderate", "outcomes": ("upheld",)}, []),
        ({"risk": "extreme"}, ["Its risk was rated extreme."]),
        (
            {"seriousness": "high", "outcomes": ("not_upheld",)},
            ["Its seriousness was rated high.", "Nothing was upheld"],
        ),
        ({"impact_on_person": "high", "outcomes": ("upheld",)}, ["effect on the person", "Something was upheld."]),
        ({"flags": ("publicity",)}, []),
        ({"flags": ("death", "publicity")}, ["It carries a flag"]),
    ],
)
def test_heed_says_what_speaks_for_an_analysis_and_decides_nothing(known: Any, said: list[str]) -> None:
    found = proportion.suggestions(proportion.Known(**known))
    assert len(found) == len(said)
    assert all(part in sentence for part, sentence in zip(said, found, strict=True))


def test_what_is_rated_high_is_suggested(case: Case, body: Organisation, manager: User) -> None:
    triage.rate(
        case_id=case.pk, seriousness="high", likelihood="possible", impact_on_person="high",
        by=factories.actor(manager, body), at=AT, version=case.version,
    )  # fmt: skip
    assert len(analyses.deciding(factories.fresh(case)).suggestions) == 3
    assert not AnalysisDecision.objects.exists()


def test_an_analysis_needs_the_decision_and_a_question(case: Case, body: Organisation, manager: User) -> None:
    by = factories.actor(manager, body)
    with pytest.raises(Refused, match="Decide first"):
        analyse.begin_analysis(case_ids=[case.pk], question=QUESTION, by=by, at=AT)
    analysis = begun(case, body, manager)
    assert analyse.begin_analysis(case_ids=[case.pk], question=QUESTION, by=by, at=AT) == analysis
    with pytest.raises(Refused, match="what the analysis asks"):
        analyse.begin_analysis(case_ids=[case.pk], question=" ", by=by, at=AT)


def test_one_analysis_draws_on_many_cases_and_never_on_none(
    why: Why, case: Case, body: Organisation, manager: User
) -> None:
    other, elsewhere = factories.registered(body, manager), factories.case(factories.organisation())
    why(analyse.add_case, case_id=other.pk)
    for wrong, words in ((other, "already"), (elsewhere, "one organisation")):
        with pytest.raises(Refused, match=words):
            why(analyse.add_case, case_id=wrong.pk)
    assert [one.cases for one in analyses.analyses_of(factories.viewer(manager, body), case.pk)] == [2]
    why(analyse.remove_case, case_id=case.pk)
    with pytest.raises(Refused, match="at least one case"):
        why(analyse.remove_case, case_id=other.pk)
    assert [lines for _, lines in analysis_checks.problems() if lines] == []


def test_a_name_of_a_member_of_staff_is_asked_about_and_stays_when_it_is_none(
    why: Why, body: Organisation, owner: User
) -> None:
    factories.person(body, "handler", name="Will Ward")
    for text in (
        "Owen forgot to ring.",
        "It was Owen Price’s turn.",
        "Nurse Jones was off sick.",
        "Ask Ward about it.",
    ):
        with pytest.raises(Questioned, match="may be the name") as asked:
            why(analyse.compare_work, prescribed=text, done="")
        assert asked.value.field == "prescribed"
        why(analyse.compare_work, prescribed=text, done="", names_nobody=True)
        assert why.fresh().prescribed == text
    for text in ("Ward 7 had no list.", "Will the list be kept? The nurse in charge says so.", "A price was named."):
        why(analyse.compare_work, prescribed=text, done="")


def test_who_is_complained_about_without_an_account_is_asked_about_too(
    why: Why, case: Case, body: Organisation, manager: User
) -> None:
    case.complained_about.create(name="Dilys Vaughan-Rees")
    with pytest.raises(Questioned, match="Dilys"):
        why(analyse.find_factor, factor="organisational", contributed="yes", found="Dilys had no rota.")


def test_a_group_of_factors_says_whether_it_contributed_and_what_was_found(why: Why) -> None:
    with pytest.raises(Refused, match="what was found"):
        why(analyse.find_factor, factor="job_tasks", contributed="yes", found=" ")
    with pytest.raises(Refused, match="one of the six"):
        why(analyse.find_factor, factor="laziness", contributed="yes", found="?")
    row = why(analyse.find_factor, factor="job_tasks", contributed="yes", found="Two for thirty beds.", workload=True)
    assert row.workload
    elsewhere = why(analyse.find_factor, factor="organisational", contributed="yes", found="None", workload=True)
    assert not elsewhere.workload
    again = why(analyse.find_factor, factor="job_tasks", contributed="unknown", workload=True)
    assert (again.pk, again.workload) == (row.pk, False)


def test_too_much_work_waits_for_an_action(
    why: Why, body: Organisation, manager: User, owner: User, promised: Any
) -> None:
    why(analyse.find_factor, factor="job_tasks", contributed="yes", found="Two for thirty beds.", workload=True)
    viewer = factories.viewer(manager, body)
    assert analyses.listed_analyses(viewer).get().waits_for_action
    point = learn_from_analysis(
        analysis_id=why.pk, text="Nobody can be called away twice.", level="service", factors=["job_tasks", "luck"],
        by=why.by, at=AT,
    )  # fmt: skip
    assert [row.factor for row in point.factors.all()] == ["job_tasks"]
    promise_action(learning_point_id=point.pk, promised=promised, by=why.by, at=AT)
    assert not analyses.listed_analyses(viewer).get().waits_for_action


def test_conclusions_come_after_all_groups_and_after_those_who_know_were_asked(why: Why, body: Organisation) -> None:
    with pytest.raises(Refused, match="Technology and tools"):
        why.conclude()
    why.look_at_all(job_tasks="yes")
    for more, words in (
        ({"not_asked_reason": " "}, "nobody asked the person who complained or front-line staff"),
        ({"extent": ""}, "one-off"), ({"extent_reason": ""}, "what shows that"), ({"conclusions": " "}, "likely"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            why.conclude(**more)
    assert why.conclude().state == "concluded"
    with pytest.raises(Refused, match="Reopen it"):
        why(analyse.compare_work, prescribed="x", done="y")
    with pytest.raises(Refused, match="why it is looked at again"):
        why(analyse.reopen, reason="")
    assert why(analyse.reopen, reason="Another case shows more.").state == "begun"
    assert [lines for _, lines in analysis_checks.problems() if lines] == []


def test_somebody_else_s_change_is_not_written_over(why: Why) -> None:
    version = why.fresh().version
    why(analyse.compare_work, prescribed="One", done="Two")
    with pytest.raises(Stale, match="compared the work"):
        why(analyse.compare_work, prescribed="Three", done="Four", version=version)


def test_both_voices_are_asked_by_link_and_answer_in_their_own_words(why: Why, case: Case, owner: User) -> None:
    asked = why(contribute.ask_staff, name="Jo Reed", email="jo@agency.example", question="What is a night like?",
                extract="A call went unanswered.")  # fmt: skip
    person = why(contribute.ask_person, case_id=case.pk, question="What would have helped you?")
    assert OneTimeLink.objects.filter(purpose="contribution").count() == 2
    letters = Message.objects.filter(letter="contribution_asked")
    assert {letter.thread.correspondent.email for letter in letters} == {"jo@agency.example", "sarah@post.example"}
    assert not any("A call went" in letter.body or "night" in letter.body for letter in letters)
    with pytest.raises(Refused, match="asked already"):
        why(contribute.ask_person, case_id=case.pk, question="And now?")
    link = OneTimeLink.objects.get(object_id=str(asked.pk))
    by = Actor("public", f"link-{link.pk}", why.by.organisation)
    with pytest.raises(Refused, match="first"):
        contribute.contribute(contribution_id=asked.pk, words=" ", way="link", by=by, at=AT)
    contribute.contribute(contribution_id=asked.pk, words="Two of us for thirty.", way="link", by=by, at=AT)
    link.refresh_from_db()
    assert link.ended_why == "answered"
    with pytest.raises(Refused, match="closed"):
        contribute.contribute(contribution_id=asked.pk, words="More.", way="link", by=by, at=AT)
    why.look_at_all()
    why.conclude(not_asked_reason="")
    person.refresh_from_db()
    assert person.state == "withdrawn"
    history = [entry.sentence for entry in analyses.analysis_history(why.fresh())]
    assert "Jo Reed said what made it likely." in history
    assert [lines for _, lines in analysis_checks.problems() if lines] == []


def test_words_can_be_erased_and_stand_in_no_log(why: Why) -> None:
    asked = why(contribute.ask_staff, name="Jo Reed", email="jo@agency.example", question="What is a night like?")
    by = Actor("public", "link-1", why.by.organisation)
    contribute.contribute(contribution_id=asked.pk, words="Unmistakable words.", way="link", by=by, at=AT)
    contribute.erase_contribution(contribution_id=asked.pk, by=why.by, at=AT)
    kept = Contribution.objects.get()
    assert (kept.words, kept.name, kept.state) == ("", "", "erased")
    assert kept.answered_at == AT
    assert "One of the staff said what made it likely." in [
        entry.sentence for entry in analyses.analysis_history(why.fresh())
    ]
    assert not any("Jo" in str(event.data) or "words." in str(event.data) for event in AnalysisEvent.objects.all())
    assert [lines for _, lines in analysis_checks.problems() if lines] == []


def test_somebody_with_an_account_finds_what_they_are_asked(why: Why, body: Organisation) -> None:
    nurse = factories.person(body, "front_line", name="Ana Silva")
    asked = why(contribute.ask_staff, person_id=nurse.pk, question="What is a night like?")
    mine, other = factories.viewer(nurse, body), factories.viewer(factories.person(body, "front_line"), body)
    assert [row.pk for row in analyses.asked_of(mine)] == [asked.pk]
    assert analyses.asked_of(other) == []
    assert analyses.asked_of_person(other, asked.pk) is None
    assert not analyses.visible_analyses(mine).exists()
    contribute.contribute(contribution_id=asked.pk, words="Busy.", way="account", by=mine.actor, at=AT)
    assert analyses.asked_of(mine) == []
    with pytest.raises(Refused, match="of this organisation"):
        why(contribute.ask_staff, person_id=factories.person(factories.organisation(), "handler").pk, question="What?")


def test_who_is_complained_about_in_one_of_its_cases_neither_sees_nor_changes_it(
    why: Why, analysis: Analysis, body: Organisation, manager: User
) -> None:
    other = factories.registered(body, factories.person(body, "handler"))
    second = factories.person(body, "complaints_manager")
    assert analyses.visible_analyses(factories.viewer(second, body)).get() == analysis
    other.complained_about.create(person=second)
    why(analyse.add_case, case_id=other.pk)
    assert not analyses.visible_analyses(factories.viewer(second, body)).exists()
    with pytest.raises(Refused, match="complained about"):
        Why(analysis, body, second)(analyse.compare_work, prescribed="a", done="b")


def test_the_log_only_grows_and_an_impossible_state_is_refused_by_the_database(analysis: Analysis) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        AnalysisEvent.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Analysis.objects.update(state="concluded")


def test_a_log_that_was_tampered_with_is_told(why: Why, case: Case, body: Organisation, manager: User) -> None:
    other = factories.registered(body, manager)
    Analysis.objects.update(state="concluded", extent="one_off", concluded_at=AT + timedelta(1))
    why.fresh().drawn_on.create(case=other, by=manager, at=AT)
    lines = [line for _, found in analysis_checks.problems() for line in found]
    assert any("its events lead to begun" in line for line in lines)
    assert any("draws on other cases" in line for line in lines)
