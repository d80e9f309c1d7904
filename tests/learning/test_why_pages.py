"""The pages of why it happened and of the library: what they show, keep, refuse and ask of the database."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests import factories
from tests.learning.scene import AT
from tests.learning.why import QUESTION, Why, begun

from heed.accounts.models import User
from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.learning import actions
from heed.learning.actions import analyse, contribute
from heed.learning.models import Analysis, AnalysisDecision, Contribution, LearningPoint, Recurrence
from heed.learning.queries import library
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
WORDS = "Calls for help are lost when the shift changes."


class Visit:
    """`visit("analyses/")`, and with data what is sent; as one person of the organisation."""

    def __init__(self, person: User, body: Organisation):
        self.client, self.base = Client(), f"/{body.code}/staff/"
        self.client.force_login(person)

    def __call__(self, page: str, **data: Any) -> str:
        self.answer = (
            self.client.post(self.base + page, data, follow=True) if data else self.client.get(self.base + page)
        )
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.answer.content.decode())).split())


@pytest.fixture
def visit(manager: User, body: Organisation) -> Visit:
    return Visit(manager, body)


@pytest.fixture
def analysis(case: Case, body: Organisation, manager: User) -> Analysis:
    return begun(case, body, manager)


@pytest.mark.parametrize("number", ["9" * 5000, "\N{SUPERSCRIPT TWO}", "-1"])
def test_a_number_that_is_none_is_no_fault_of_the_program(visit: Visit, case: Case, number: str) -> None:
    place = f"cases/{case.reference}/learning/"
    visit(f"{place}add/", text="Bells break.", level="service", use=number)
    assert visit.answer.status_code == 200
    visit(f"{place}decide/", wanted="no", reason="It is small.", seen=number)
    assert visit.answer.status_code == 200


def test_from_the_decision_to_the_conclusion(visit: Visit, case: Case, body: Organisation, manager: User) -> None:
    place = f"cases/{case.reference}/learning/"
    assert "Most cases need no detailed analysis" in visit(place)
    assert "Nothing that is recorded in the case speaks for it" in visit(f"{place}decide/")
    assert "Decide first whether" in visit(f"{place}analysis/")
    refused = visit(f"{place}decide/", wanted="yes", reason="Hours without an answer.")
    assert "Choose what makes it so serious" in refused
    assert "Hours without an answer." in refused
    visit(f"{place}decide/", wanted="yes", ground="failing", reason="Hours without an answer.")
    assert AnalysisDecision.objects.get().ground == "failing"
    assert "You see no case with the reference XX-1" in visit(f"{place}analysis/", question=QUESTION, others="XX-1")
    other = factories.registered(body, manager)
    shown = visit(f"{place}analysis/", question=QUESTION, others=other.reference)
    analysis = Analysis.objects.get()
    assert "Say whether each of these contributed: technology and tools , external influences ," in shown
    assert "Conclude the analysis" not in shown
    assert analysis.drawn_on.count() == 2
    why = Why(analysis, body, manager)
    why.look_at_all(job_tasks="yes")
    one = f"analyses/{analysis.pk}/"
    shown = visit(one)
    assert "Ask the person who complained and front-line staff , or say why not when you conclude." in shown
    assert "Conclude the analysis" in shown
    data = {
        "version": why.fresh().version,
        "conclusions": "No list.",
        "extent": "systemic",
        "extent_reason": "Three wards.",
    }
    assert "Say why nobody asked" in visit(f"{one}conclude/", **data)
    shown = visit(f"{one}conclude/", **data, not_asked_reason="The ward is closed.")
    assert "Concluded on" in shown
    assert "Part of how things are done" in shown
    assert "Promise an action" not in shown
    visit(f"{one}learning/", text="A call that is told from memory is lost.", level="service")
    point = LearningPoint.objects.get()
    visit(one)
    assert f'library/{point.pk}/action/" role="button"' in visit.answer.content.decode()
    assert "reopen" in visit(f"{one}work/", version=why.fresh().version, prescribed="x", done="y").lower()


def test_a_name_is_asked_about_once_and_nothing_typed_is_lost(visit: Visit, analysis: Analysis, owner: User) -> None:
    place = f"analyses/{analysis.pk}/factors/job_tasks/"
    data = {"version": analysis.version, "contributed": "yes", "found": "Owen had three wards.", "workload": "on"}
    asked = visit(place, **data)
    assert "“Owen” in it, which may be the name" in asked
    assert "nobody who works here is named" in asked
    assert "Owen had three wards." in visit.answer.content.decode()
    assert not analysis.factors.exists()
    assert "“Owen”" in visit(place, **data, names_asked="1")
    shown = visit(place, **data, names_asked="1", names_nobody="on")
    assert "Too much work was a cause. That is a cause in the system" in shown
    assert analysis.factors.get().workload


def test_a_page_that_is_out_of_date_keeps_the_words(
    visit: Visit, analysis: Analysis, body: Organisation, manager: User
) -> None:
    Why(analysis, body, manager)(analyse.compare_work, prescribed="One", done="Two")
    shown = visit(f"analyses/{analysis.pk}/work/", version=analysis.version, prescribed="Mine", done="")
    assert "Nothing of yours is lost" in shown
    assert "Mine" in shown


def test_those_who_know_are_asked_and_their_words_stand_apart(visit: Visit, analysis: Analysis, case: Case) -> None:
    one = f"analyses/{analysis.pk}/"
    assert "It has no effect" in visit(f"{one}ask-staff/") or "no effect on how the complaint" in visit(
        f"{one}ask-staff/"
    )
    assert "Their email address (optional)" not in visit(f"{one}ask-staff/"), "one of the two ways is needed"
    refused = visit(f"{one}ask-staff/", version=analysis.version, question="What is it like?", name="Jo Reed")
    assert "Enter the email address" in refused
    assert not Contribution.objects.exists()
    shown = visit(f"{one}ask-person/", version=analysis.version, case_id=case.pk, question="What would have helped?")
    assert "A link is on its way to them" in shown
    assert "not read yet" in shown
    assert "1 person who was asked has not answered yet." in shown
    asked = Contribution.objects.get()
    visit(f"{one}asked/{asked.pk}/words/", words="She says a list would have helped.")
    assert "She says a list would have helped." in visit(one)
    assert "cannot be brought back" in visit(f"{one}asked/{asked.pk}/erase/")
    visit(f"{one}asked/{asked.pk}/erase/", sure="yes")
    assert "a list would have helped" not in visit(one)
    assert "the words were erased" in visit(one)


def test_who_is_asked_answers_signed_in_and_sees_nothing_else(
    analysis: Analysis, body: Organisation, manager: User
) -> None:
    nurse = factories.person(body, "front_line", name="Ana Silva")
    asked = Why(analysis, body, manager)(
        contribute.ask_staff, person_id=nurse.pk, question="What is a night like?", extract="A call went unanswered."
    )
    hers, others = Visit(nurse, body), Visit(factories.person(body, "front_line"), body)
    assert "asks what you think" in hers("")
    assert "What is a night like?" in hers("questions/")
    assert "A call went unanswered." in hers(f"questions/{asked.pk}/")
    assert "Nothing at the moment" in others("questions/")
    others(f"questions/{asked.pk}/")
    hers(f"analyses/{analysis.pk}/")
    assert (others.answer.status_code, hers.answer.status_code) == (404, 404)
    assert "Write what you would like" in hers(f"questions/{asked.pk}/", words=" ") or hers.answer.status_code == 200
    assert "Whoever asked you reads it now" in hers(f"questions/{asked.pk}/", words="Two of us for thirty.")
    asked.refresh_from_db()
    assert (asked.way, asked.words, asked.opened_at is not None) == ("account", "Two of us for thirty.", True)
    assert "Two of us for thirty." in hers(f"questions/{asked.pk}/")


def test_what_was_learned_before_is_shown_before_it_is_written_again(
    visit: Visit, case: Case, body: Organisation, manager: User
) -> None:
    first = actions.record_learning(
        case_id=case.pk, text=WORDS, level="service", by=factories.actor(manager, body), at=AT
    )
    other = factories.registered(body, manager)
    place = f"cases/{other.reference}/learning/add/"
    data = {"text": "When the shift changes, calls for help are lost.", "level": "service", "source": "complaint"}
    shown = visit(place, **data)
    assert "Was this learned before?" in shown
    assert WORDS in shown
    assert data["text"] in shown
    assert LearningPoint.objects.count() == 1
    buttons = re.findall(r"<button[^>]*>", visit.answer.content.decode().partition("<main")[2])
    assert 'name="use"' not in buttons[0], "Enter keeps what was written, and chooses nothing else"
    compared = re.search(r'name="compared" value="(\w+)"', visit.answer.content.decode())
    assert compared
    assert "Was this learned before?" in visit(
        place, **{**data, "text": f"{data['text']} Often."}, compared=compared[1]
    )
    visit(place, **data, use=str(first.pk))
    assert Recurrence.objects.get().case == other
    assert "This case also shows" in visit(f"cases/{other.reference}/learning/")
    visit(place, **data, compared=compared[1])
    assert LearningPoint.objects.count() == 2
    assert "2 cases show it" in visit(f"library/{first.pk}/")
    assert "learned from this case already" in visit(f"cases/{case.reference}/learning/add/", **data, use=str(first.pk))


def test_the_library_is_searched_filtered_and_taken_up(
    visit: Visit, case: Case, body: Organisation, manager: User
) -> None:
    assert "Nothing learned yet" in visit("library/")
    by = factories.actor(manager, body)
    point = actions.record_learning(case_id=case.pk, text=WORDS, level="service", factors=["job_tasks"], by=by, at=AT)
    assert WORDS in visit("library/")
    assert "Likely because of job tasks" in visit("library/?q=shift&factor=job_tasks&action=without")
    assert "Filtered by words: “shift”; what made it likely: Job tasks (1)" in visit(
        "library/?q=shift&factor=job_tasks"
    )
    assert "Nothing like this was recorded" in visit("library/?q=parking")
    assert "Nothing like this was recorded" in visit("library/?level=organisation")
    assert WORDS in visit("library/?level=nonsense&service=x&source=%27--&page=-3")
    assert WORDS in visit(f"library/add/?from={point.pk}")
    shown = visit("library/add/", source="ombudsman", text="Letters name a day.", level="organisation")
    assert "Enter which one it was" in shown
    visit("library/add/", source="ombudsman", sentence="24 001 234", text="Letters name a day.", level="organisation",
          taken=str(point.pk))  # fmt: skip
    taken = LearningPoint.objects.get(source="ombudsman")
    assert (taken.taken_from, taken.origin_sentence) == (point, "24 001 234")
    assert "Taken up from" in visit(f"library/{taken.pk}/")
    visit(f"library/{taken.pk}/again/", reference=case.reference)
    assert "1 case shows it" in visit(f"library/{taken.pk}/")
    visit(f"library/{taken.pk}/link/", version=taken.version, kind="policy", name="Letters", change="Name a day.")
    assert "Name a day." in visit(f"library/{taken.pk}/")


def test_the_library_offers_what_can_be_found_and_how_often(
    visit: Visit, case: Case, body: Organisation, manager: User, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "<select" not in (visit("library/"), visit.answer.content.decode())[1]
    by = factories.actor(manager, body)
    point = actions.record_learning(case_id=case.pk, text=WORDS, level="service", factors=["job_tasks"], by=by, at=AT)
    actions.record_learning(case_id=case.pk, text="She is rung first.", level="person", by=by, at=AT)
    shown = visit("library/")
    for offered in ("For this person (1)", "For the service (1)", "Job tasks (1)", "What a complaint was about (2)",
                    "Without an action (2)"):  # fmt: skip
        assert offered in shown
    for empty in ("Technology and tools", "With an action", "For the organisation", "A policy"):
        assert empty not in shown
    assert "Technology and tools (0)" in visit("library/?factor=technology_and_tools"), "what is chosen stays"
    assert "For this person" not in Visit(owner, body)("library/"), "nothing is told of what one may not read"
    monkeypatch.setattr(library, "MOST_COUNTED", 1)
    assert "Technology and tools" in visit("library/"), "of very many, all codes are offered without counting"
    assert "Job tasks (" not in visit(f"library/?service={point.service_id}")


def test_a_compliment_teaches_from_its_own_page(visit: Visit, body: Organisation) -> None:
    item = factories.received(body, kind="compliment", text="They rang first.").feedback
    assert "What goes well is worth learning from too" in visit(f"feedback/{item.reference}/")
    visit(f"feedback/{item.reference}/learning/", text="Ringing first saves a call.", level="service")
    assert "Ringing first saves a call." in visit(f"feedback/{item.reference}/")
    assert LearningPoint.objects.get().source == "compliment"


def test_a_case_leads_only_those_to_it_who_see_it(
    visit: Visit, case: Case, body: Organisation, manager: User, owner: User
) -> None:
    point = actions.record_learning(
        case_id=case.pk, text=WORDS, level="service", by=factories.actor(manager, body), at=AT
    )
    assert case.reference in visit(f"library/{point.pk}/")
    other = Visit(owner, body)
    shown = other(f"library/{point.pk}/")
    assert WORDS in shown
    assert case.reference not in other.answer.content.decode()
    assert "You see none of them" in shown


def test_the_page_of_an_analysis_asks_no_more_for_many(
    visit: Visit, analysis: Analysis, body: Organisation, manager: User, django_assert_max_num_queries: Any
) -> None:
    why = Why(analysis, body, manager)
    why(contribute.ask_staff, name="Jo", email="jo@agency.example", question="What is it like?")
    place = f"analyses/{analysis.pk}/"
    visit(place)
    with django_assert_max_num_queries(45) as few:
        visit(place)
    for number in range(4):
        why(analyse.add_case, case_id=factories.registered(body, manager).pk)
        why(contribute.ask_staff, name=f"Jo {number}", email=f"jo{number}@agency.example", question="What is it like?")
    with django_assert_max_num_queries(len(few)):
        visit(place)


def test_the_library_asks_no_more_for_many(
    visit: Visit, case: Case, body: Organisation, manager: User, django_assert_max_num_queries: Any
) -> None:
    by = factories.actor(manager, body)
    actions.record_learning(case_id=case.pk, text=WORDS, level="service", by=by, at=AT)
    visit("library/")
    with django_assert_max_num_queries(22) as few:
        visit("library/")
    with django_assert_max_num_queries(24) as found:
        visit("library/?q=shift")
    for number in range(60):
        actions.record_learning(
            case_id=case.pk, text=f"{WORDS} Case {number}.", level="service", factors=["job_tasks"], by=by, at=AT
        )
    with django_assert_max_num_queries(len(few)):
        assert "Older" in visit("library/")
    with django_assert_max_num_queries(len(found)):
        assert "Older" in visit("library/?q=shift")


def test_no_email_holds_a_word_of_it(visit: Visit, analysis: Analysis, case: Case) -> None:
    visit(
        f"analyses/{analysis.pk}/ask-person/", version=analysis.version, case_id=case.pk, question="Unmistakable words?"
    )
    letter = Message.objects.get(letter="contribution_asked")
    assert "Unmistakable" not in letter.body + letter.sealed_body + letter.subject
