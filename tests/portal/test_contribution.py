"""What made it likely, said by those who know: by a one-time link, and on the person's own page."""

import re
from typing import Any

import pytest
from django.test import Client
from tests import factories
from tests.learning.why import Why, begun
from tests.portal.visitor import Visitor

from heed.cases.models import Case
from heed.correspondence import actions as correspondence
from heed.correspondence.models import Message
from heed.learning.actions import contribute
from heed.learning.models import Contribution
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def asked_by_link(case: Case, org: Organisation) -> Contribution:
    manager = factories.person(org, "complaints_manager")
    asked: Contribution = Why(begun(case, org, manager), org, manager)(
        contribute.ask_staff, name="Jo Reed", email="jo@agency.example", question="What is a night like?",
        extract="A call went unanswered.",
    )  # fmt: skip
    return asked


def opened(client: Client, monkeypatch: Any) -> str:
    """The address behind the link, once the code was entered."""
    monkeypatch.setattr(correspondence.links.rules, "link_holds", lambda link, _: link.ended_at is None)
    letter = Message.objects.get(letter="contribution_asked")
    address = re.search(r"https?://[^/]+(/\S+)", letter.sealed_body)
    assert address
    client.post(address[1])
    code = re.search(r"\d{6}", Message.objects.filter(letter="link_code").latest("pk").sealed_body)
    assert code
    answer = client.post(f"{address[1]}code/", {"code": code[0]})
    return str(answer["Location"])


def test_by_a_link_they_see_the_question_and_no_more_and_answer_once(monkeypatch: Any) -> None:
    org = factories.organisation()
    case, client = factories.case(org, text="Unmistakable words."), Client()
    asked = asked_by_link(case, org)
    place = opened(client, monkeypatch)
    shown = client.get(place).content.decode()
    assert "What is a night like?" in shown
    assert "A call went unanswered." in shown
    assert "You can ask us to delete it at any time." in shown
    assert case.reference not in shown
    assert "Unmistakable" not in shown
    asked.refresh_from_db()
    assert asked.opened_at is not None
    assert "Write what you would like to say first" in client.post(place, {"words": " "}).content.decode()
    done = client.post(place, {"words": "Two of us for thirty beds."})
    assert done["Location"].endswith("/asked/thanks/")
    asked.refresh_from_db()
    assert (asked.words, asked.way, asked.state) == ("Two of us for thirty beds.", "link", "answered")
    assert client.get(place).status_code == 404


def test_on_their_own_page_the_person_finds_the_question_and_answers(visitor: Visitor) -> None:
    visitor.send()
    place = visitor.follow_address()
    case = Case.objects.get(reference=visitor.reference)
    assert "We would like to hear what you think" not in visitor.client.get(place).content.decode()
    manager = factories.person(visitor.of, "complaints_manager")
    why = Why(begun(case, visitor.of, manager), visitor.of, manager)
    asked = why(contribute.ask_person, case_id=case.pk, question="What would have helped you?")
    assert "We would like to hear what you think" in visitor.client.get(place).content.decode()
    page = f"{place}what-you-think/"
    assert "What would have helped you?" in visitor.client.get(page).content.decode()
    answer = visitor.client.post(page, {"words": "A call, at any hour."})
    assert answer["Location"] == place
    asked.refresh_from_db()
    assert (asked.words, asked.way) == ("A call, at any hour.", "page")
    assert visitor.client.get(page).status_code == 404
    assert asked.answered_at is not None
