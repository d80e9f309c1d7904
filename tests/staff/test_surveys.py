"""Staff pages of asking people how it was: figures, words, what is done by hand, campaigns, and one's own answers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests import factories

from heed.audit.actor import system
from heed.audit.models import Entry
from heed.cases.actions import triage
from heed.cases.models import Case
from heed.feedback import surveys
from heed.feedback.actions import answering, asking
from heed.feedback.actions.answering import Told
from heed.feedback.given import PersonGiven
from heed.feedback.models import Campaign, SurveyReply, SurveyRequest, SurveyWords
from heed.feedback.queries import surveys as queries
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
WORKER = system("worker")
WORDS = "Nobody rang me back."
ADA = PersonGiven(name="Ada Lowe", postal_address="1 High Street", post_is_safe=True)


@pytest.fixture
def org() -> Organisation:
    return factories.organisation()


@pytest.fixture
def case(org: Organisation) -> Case:
    return factories.case(org, complainant=ADA)


def signed_in(org: Organisation, role: str) -> Client:
    client = Client()
    client.force_login(factories.person(org, role))
    return client


def ask(case: Case, way: str = "post", **more: Any) -> SurveyRequest:
    made = asking.ask(
        organisation=case.organisation, audience="complainant", occasion="making", way=way, feedback=case.feedback,
        by=WORKER, at=timezone.now(), **more,
    )  # fmt: skip
    assert made is not None
    return made


def page(client: Client, org: Organisation, path: str) -> str:
    return str(client.get(f"/{org.code}/staff/{path}").content.decode())


def send(client: Client, org: Organisation, path: str, **data: str) -> Any:
    return client.post(f"/{org.code}/staff/{path}", data)


ASKING = "insight/experience/asking/"


def test_asking_is_begun_and_stopped(org: Organisation) -> None:
    manager = signed_in(org, "complaints_manager")
    assert "Nobody is asked." in page(manager, org, ASKING)
    send(manager, org, f"{ASKING}begin/", asks="yes")
    assert "People have been asked since" in page(manager, org, ASKING)
    send(manager, org, f"{ASKING}begin/", asks="no")
    settings = queries.settings_of(org.pk)
    assert settings is not None
    assert not settings.asks


def test_paper_is_spoken_of_only_where_there_is_some(org: Organisation, case: Case) -> None:
    manager, by_phone = signed_in(org, "complaints_manager"), ask(factories.case(org, complainant=ADA), way="phone")
    assert "destroy the paper" in page(manager, org, f"{ASKING}{ask(case).pk}/enter/")
    rung = page(manager, org, f"{ASKING}{by_phone.pk}/enter/")
    assert "do not talk about the answers" in rung
    assert "destroy the paper" not in rung


def test_what_somebody_answered_is_deleted_when_they_ask(org: Organisation, case: Case) -> None:
    request, manager = ask(case), signed_in(org, "complaints_manager")
    answering.answer(
        request_id=request.pk, told=Told({"simple": "agree"}, WORDS), by=factories.PUBLIC, at=timezone.now()
    )
    assert "delete what somebody answered" in page(manager, org, ASKING)
    wrong = send(manager, org, f"{ASKING}delete/", reference="XX-2222-2222").content.decode()
    assert "There is no such case that you may see" in wrong
    assert "Choose who asks for it" in wrong
    assert 'value="XX-2222-2222"' in wrong
    done = send(manager, org, f"{ASKING}delete/", reference=case.reference.lower(), audience="complainant")
    assert done.status_code == 302
    assert not SurveyWords.objects.exists()
    assert SurveyReply.objects.count() == 1
    deleted = Entry.objects.get(verb="survey_erased")
    assert (deleted.object_id, deleted.detail) == (str(case.feedback_id), {"audience": "complainant"})
    assert signed_in(org, "handler").get(f"/{org.code}/staff/{ASKING}delete/").status_code == 404


def test_a_letter_is_printed_posted_and_its_answers_are_entered(org: Organisation, case: Case) -> None:
    request, manager = ask(case), signed_in(org, "complaints_manager")
    assert case.reference in page(manager, org, ASKING)
    letter = page(manager, org, f"{ASKING}{request.pk}/letter/")
    for text in ("1 High Street", "I felt that making my complaint was simple.", "You do not have to answer",
                 "If you want to complain", "Please send it back by"):  # fmt: skip
        assert text in letter
    assert case.reference not in letter  # nothing on the paper leads to what they told us
    send(manager, org, f"{ASKING}{request.pk}/enter/", posted="yes")
    assert "sent or tried" in page(manager, org, ASKING)
    send(manager, org, f"{ASKING}{request.pk}/enter/", said_simple="disagree", text=WORDS)
    assert SurveyReply.objects.get().answers == {"simple": "disagree"}
    assert "Nobody waits." in page(manager, org, ASKING)


def test_who_says_on_the_phone_not_again_is_not_asked_again(org: Organisation, case: Case) -> None:
    request, manager = ask(case, "phone"), signed_in(org, "complaints_manager")
    assert "nobody has to answer" in page(manager, org, f"{ASKING}{request.pk}/enter/")
    send(manager, org, f"{ASKING}{request.pk}/enter/", refuse="yes")
    assert queries.is_refused(request)


def test_who_is_complained_about_enters_nothing_and_sees_nobody(org: Organisation, case: Case) -> None:
    request = ask(case)
    manager = factories.person(org, "complaints_manager")
    handler = factories.actor(factories.person(org, "handler"), org)
    triage.record_against(case_id=case.pk, against=[triage.Against(person_id=manager.pk)], by=handler,
                          at=factories.NOW, version=case.version)  # fmt: skip
    client = Client()
    client.force_login(manager)
    assert case.reference not in page(client, org, ASKING)
    for path in ("letter", "enter"):
        assert client.get(f"/{org.code}/staff/{ASKING}{request.pk}/{path}/").status_code == 404


def test_a_person_decides_about_a_case_that_calls_for_care(org: Organisation) -> None:
    manager, handler = signed_in(org, "complaints_manager"), factories.person(org, "handler")
    now = timezone.now()
    asking.set_asking(organisation=org, asks=True, by=WORKER, at=now - timedelta(days=30))
    made = factories.registered(org, handler, at=now - timedelta(days=10))
    made = triage.acknowledge(
        case_id=made.pk, channel="phone", acknowledged_at=now - timedelta(days=9), discussion_offered=True,
        discussion_result="declined", by=factories.actor(handler, org), at=now - timedelta(days=9), version=made.version,
    )  # fmt: skip
    Case.objects.filter(pk=made.pk).update(flags="safeguarding")
    assert "marked as one to be careful with" in page(manager, org, ASKING)
    done = send(manager, org, f"{ASKING}cases/{made.reference}/", audience="complainant")
    assert done.status_code == 302
    assert SurveyRequest.objects.get().way == "email"
    assert "Nothing waits for you" in page(manager, org, ASKING)


def test_words_stand_without_who_wrote_them_and_are_read(org: Organisation, case: Case) -> None:
    answering.answer(request_id=ask(case).pk, told=Told({"simple": "agree"}, WORDS), by=WORKER, at=timezone.now())
    manager = signed_in(org, "complaints_manager")
    listed = page(manager, org, "insight/experience/words/")
    assert WORDS in listed
    for secret in ("Ada", case.reference, "Agree"):
        assert secret not in listed
    words = SurveyWords.objects.get()
    send(manager, org, "insight/experience/words/", words_id=str(words.pk), read_as="risk")
    words.refresh_from_db()
    assert words.read_as == "risk"
    assert WORDS in page(manager, org, "insight/experience/words/?show=risk")
    assert WORDS not in page(manager, org, "insight/experience/words/?show=unread")
    assert send(manager, org, "insight/experience/words/", words_id="none", read_as="risk").status_code == 200


@pytest.mark.parametrize("role", ["handler", "service_manager", "investigator", "overseer", "administrator"])
def test_words_are_for_few(org: Organisation, role: str) -> None:
    assert signed_in(org, role).get(f"/{org.code}/staff/insight/experience/words/").status_code == 404


def test_a_case_shows_answers_only_where_the_person_wants_it(org: Organisation, case: Case) -> None:
    handler = signed_in(org, "handler")
    answering.answer(request_id=ask(case).pk, told=Told({"simple": "agree"}, WORDS), by=WORKER, at=timezone.now())
    assert WORDS not in page(handler, org, f"cases/{case.reference}/")
    other = factories.case(org, complainant=ADA)
    told = Told({"simple": "strongly_disagree"}, "It took weeks.", share=True)
    answering.answer(request_id=ask(other).pk, told=told, by=WORKER, at=timezone.now())
    shown = page(handler, org, f"cases/{other.reference}/")
    assert "Strongly disagree" in shown
    assert "It took weeks." in shown


def test_a_campaign_is_opened_and_closed(org: Organisation) -> None:
    manager, today = signed_in(org, "complaints_manager"), timezone.localdate()
    days = {
        f"{name}_{part}": str(getattr(on, part))
        for name, on in (("opens_on", today), ("closes_on", today + timedelta(days=9)))
        for part in ("day", "month", "year")
    }
    wrong = send(manager, org, "insight/experience/campaigns/new/", title="The desk", about="", **days)
    assert "why you ask" in wrong.content.decode()
    send(manager, org, "insight/experience/campaigns/new/", title="The desk", about="It is new.", **days)
    made = Campaign.objects.get()
    assert made.service is None
    assert "The desk" in page(manager, org, ASKING)
    send(manager, org, f"insight/experience/campaigns/{made.pk}/end/")
    assert not queries.open_campaigns(org.pk, today)
    assert send(signed_in(factories.organisation(), "complaints_manager"), org, ASKING).status_code == 404


def test_staff_read_whether_the_welsh_awaits_somebody_who_speaks_it(org: Organisation) -> None:
    manager = signed_in(org, "complaints_manager")
    overview = str(manager.get(reverse("survey_asking", args=[org.code])).content.decode())
    campaign = str(manager.get(reverse("new_campaign", args=[org.code])).content.decode())
    (welsh,) = surveys.other_languages()
    for shown in (overview, campaign):
        assert '<span lang="cy">Cymraeg</span>' in shown
        assert ("Nobody who speaks it has read this translation yet" in shown) == welsh.awaits_reading
        assert all(shown.count(source) == 1 for source in welsh.sources)


def test_somebody_of_the_staff_answers_for_themselves_alone(org: Organisation) -> None:
    handler = factories.person(org, "handler")
    asked = asking.ask(organisation=org, audience="handler", occasion="half_year", way="email", person=handler,
                       by=WORKER, at=timezone.now())  # fmt: skip
    assert asked is not None
    client, other = Client(), signed_in(org, "complaints_manager")
    client.force_login(handler)
    assert "Looking after complaints" in page(client, org, "how-is-it/")
    assert other.get(f"/{org.code}/staff/how-is-it/{asked.pk}/").status_code == 404
    assert "one of them may be your own manager" in page(client, org, f"how-is-it/{asked.pk}/")
    send(client, org, f"how-is-it/{asked.pk}/", said_supported="disagree")
    assert SurveyReply.objects.get().answers == {"supported": "disagree"}
    assert "Nothing is asked of you now" in page(client, org, "how-is-it/")


def test_who_does_not_want_to_be_asked_may_change_their_mind(org: Organisation) -> None:
    handler = factories.person(org, "handler")
    asked = asking.ask(organisation=org, audience="handler", occasion="half_year", way="email", person=handler,
                       by=WORKER, at=timezone.now())  # fmt: skip
    assert asked is not None
    client = Client()
    client.force_login(handler)
    send(client, org, f"how-is-it/{asked.pk}/", refuse="yes")
    assert "you would rather not be asked" in page(client, org, "how-is-it/")
    send(client, org, "how-is-it/", allow="yes")
    assert not queries.refusals(org.pk)


def test_the_figures_are_the_same_for_everybody_who_sees_figures(org: Organisation) -> None:
    pages = []
    for role in ("handler", "overseer", "service_manager"):
        shown = page(signed_in(org, role), org, "insight/experience/?who=handler")
        main = re.sub(r"<nav.*?</nav>|(Worked out on|at) [^<]*", "", shown.split("<main")[1], flags=re.DOTALL)
        pages.append(main)
    assert pages[0] == pages[1] == pages[2]
    assert "Nobody is asked yet" in pages[0]
    file = signed_in(org, "overseer").get(f"/{org.code}/staff/insight/experience/how-it-was.csv")
    assert "text/csv" in file["Content-Type"]


def test_no_page_asks_the_database_more_for_more(org: Organisation) -> None:
    counts: dict[str, int] = {}
    manager = signed_in(org, "complaints_manager")
    asking.set_asking(organisation=org, asks=True, by=WORKER, at=timezone.now())
    for _ in range(2):
        for number in range(3):
            request = ask(factories.case(org, complainant=ADA))
            if number:
                told = Told({"simple": "agree"}, WORDS)
                answering.answer(request_id=request.pk, told=told, by=WORKER, at=timezone.now())
        for path in (ASKING, "insight/experience/", "insight/experience/words/"):
            with CaptureQueriesContext(connection) as asked:
                manager.get(f"/{org.code}/staff/{path}")
            assert counts.setdefault(path, len(asked)) == len(asked) <= 12
