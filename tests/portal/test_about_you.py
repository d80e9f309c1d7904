"""A page about the person: only after they told us something, only where something is asked, and never a page to read."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.insight.groups_facts import ask
from tests.portal.visitor import NOW, Visitor

from heed.audit.actor import system
from heed.feedback.models import AboutYouAnswer
from heed.organisations import actions
from heed.organisations.models import Organisation

LINK = "Tell us a little about yourself"


@pytest.fixture
def asking(of: Organisation) -> Organisation:
    ask(of, "age", "disability", "religion", since=NOW)
    return of


def kept() -> dict[str, str]:
    return dict(AboutYouAnswer.objects.values_list("question", "answer"))


def test_it_is_offered_after_sending_and_where_the_case_is_followed(asking: Organisation, visitor: Visitor) -> None:
    before = [visitor.get(), visitor.get("tell-us/")]
    visitor.answer_all()
    before.append(visitor.get("tell-us/check/"))
    assert not any(LINK in page.content.decode() for page in before)
    assert visitor.get("tell-us/about-you/").status_code == 302
    assert LINK in visitor.send().content.decode()
    assert LINK in visitor.client.get(visitor.follow_address()).content.decode()


def test_it_is_not_there_where_nothing_is_asked(visitor: Visitor) -> None:
    assert LINK not in visitor.send().content.decode()
    assert visitor.get("tell-us/about-you/").status_code == 404
    address = visitor.follow_address()
    assert LINK not in visitor.client.get(address).content.decode()
    assert visitor.client.get(f"{address}about-you/").status_code == 404


def test_it_is_not_asked_of_who_sends_thanks(asking: Organisation, visitor: Visitor) -> None:
    assert LINK not in visitor.send(kind={"kind": "compliment"}).content.decode()
    assert visitor.get("tell-us/about-you/").status_code == 404
    assert visitor.client.get(f"{visitor.follow_address()}about-you/").status_code == 404


def test_answers_are_kept_and_no_page_shows_them_again(asking: Organisation, visitor: Visitor) -> None:
    visitor.send()
    sent = visitor.post("tell-us/about-you/", {"age": "75_to_84", "religion": "sikh", "disability": ""})
    assert sent.url == visitor.at("tell-us/sent/")
    assert kept() == {"age": "75_to_84", "religion": "sikh"}
    assert "kept apart" in visitor.client.get(sent.url).content.decode()
    address = visitor.follow_address()
    for page in (visitor.get("tell-us/about-you/"), visitor.client.get(f"{address}about-you/")):
        text = page.content.decode()
        assert " selected" not in text.replace('value="" selected', "")
        assert " checked" not in text
        assert page["Cache-Control"].startswith("no-store")


def test_nothing_has_to_be_answered(asking: Organisation, visitor: Visitor) -> None:
    visitor.send()
    sent = visitor.post("tell-us/about-you/", {"age": "", "religion": "prefer_not_to_say"})
    assert sent.status_code == 302
    assert kept() == {}
    left_out = visitor.client.get(visitor.post("tell-us/about-you/", {}).url)
    assert "that is fine" in left_out.content.decode()


def test_every_question_can_be_left_out_or_declined(asking: Organisation, visitor: Visitor) -> None:
    visitor.send()
    form = visitor.get("tell-us/about-you/").context["form"]
    assert list(form.fields) == ["age", "disability", "religion"]
    for field in form.fields.values():
        assert not field.required
        assert field.choices[-1] == ("prefer_not_to_say", "Prefer not to say")
        assert field.initial is None


def test_it_is_taken_back_with_the_code(asking: Organisation, visitor: Visitor) -> None:
    visitor.send()
    visitor.post("tell-us/about-you/", {"age": "75_to_84"})
    page = Client()
    address = page.post(visitor.at("follow/"), {"reference": visitor.reference, "code": visitor.code}).url
    done = page.post(f"{address}about-you/", {"withdraw": "yes", "age": "18_to_24"})
    assert done.url == address
    assert kept() == {}
    assert "withdrawn" in page.get(address).content.decode()


def test_what_is_not_an_answer_is_said_and_nothing_is_kept(asking: Organisation, visitor: Visitor) -> None:
    visitor.send()
    wrong = visitor.post("tell-us/about-you/", {"age": "forty", "religion": "sikh"})
    assert wrong.status_code == 200
    assert "Choose one of the answers shown" in wrong.content.decode()
    assert kept() == {}


def test_a_question_that_is_not_asked_any_more_keeps_nothing(asking: Organisation, visitor: Visitor) -> None:
    visitor.send()
    actions.set_group_questions(organisation=asking, questions=["age"], period="year", by=system("test"), at=NOW)
    visitor.post("tell-us/about-you/", {"religion": "sikh"})
    assert kept() == {}


def test_how_many_questions_the_page_asks(
    asking: Organisation, visitor: Visitor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor.send()
    with django_assert_num_queries(4):  # organisation, draft, what was sent, what is asked
        assert visitor.get("tell-us/about-you/").status_code == 200
    address = f"{visitor.follow_address()}about-you/"
    with django_assert_num_queries(4):  # session, organisation, feedback, what is asked
        assert visitor.client.get(address).status_code == 200
