"""How was it for you? By a link, on the page of a case, and open to anybody: what is said, what is kept, what is not shown."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.portal import spoken
from tests.portal.visitor import Visitor

from heed.audit.actor import system
from heed.correspondence.models import Message
from heed.feedback import surveys
from heed.feedback.actions import asking, campaigns
from heed.feedback.models import Campaign, Feedback, SurveyReply, SurveyRequest, SurveyWords
from heed.feedback.queries import surveys as queries
from heed.feedback.surveys import loading

WORDS = "Nobody rang me back."
SENTENCES = surveys.words_of_page().sentences


def ask(visitor: Visitor, way: str = "email", audience: str = "complainant", occasion: str = "making") -> SurveyRequest:
    feedback = visitor.feedback()
    made = asking.ask(
        organisation=visitor.of, audience=audience, occasion=occasion, way=way, feedback=feedback,
        correspondent=queries.correspondent(feedback, audience), by=system("worker"), at=timezone.now(),
    )  # fmt: skip
    assert made is not None
    return made


@pytest.fixture
def asked(visitor: Visitor) -> SurveyRequest:
    visitor.send(you={"name": "Amina Ahmed", "ways": ["email"], "email": "amina@post.example"})
    return ask(visitor)


def opened(client: Client) -> str:
    """The address of the form, opened from the newest e-mail as somebody else would on another device."""
    letter = Message.objects.filter(letter__startswith="survey").latest("pk")
    found = re.search(r"https?://[^/]+(/\S+)", letter.sealed_body)
    assert found
    assert "Nothing about you" not in client.get(found[1]).content.decode()
    return str(client.post(found[1]).url)


def shown(answer: Any) -> str:
    return str(answer.content.decode().replace("&#x27;", "'"))


def test_the_link_opens_an_empty_form_that_says_what_has_to_be_said(asked: SurveyRequest, visitor: Visitor) -> None:
    client = Client()
    page = shown(client.get(opened(client)))
    for name in ("voluntary", "no_effect", "apart", "who_reads", "not_urgent", "complain", "share"):
        assert SENTENCES[name] in page, name
    assert "I felt that making my complaint was simple." in page
    assert "I felt that my complaint made a difference." not in page  # of a later stage
    for secret in ("Amina", visitor.reference, visitor.code, "Nobody came"):
        assert secret not in page


def test_answers_are_kept_once_and_the_link_ends(asked: SurveyRequest) -> None:
    client = Client()
    address = opened(client)
    done = client.post(address, {"said_simple": "agree", "text": WORDS})
    assert done.url.endswith("/how-was-it/thanks/")
    assert "complain about anything" in shown(client.get(done.url))
    assert SurveyReply.objects.get().answers == {"simple": "agree"}
    assert SurveyReply.objects.get().shared_with is None
    assert SurveyWords.objects.get().text == WORDS
    assert client.get(address).status_code == 404
    assert client.post(address, {"said_simple": "disagree"}).status_code == 404
    assert SurveyReply.objects.count() == 1


def test_who_wants_it_shares_the_answers_with_their_case(asked: SurveyRequest) -> None:
    client = Client()
    client.post(opened(client), {"said_simple": "agree", "share": "on"})
    assert SurveyReply.objects.get().shared_with_id == asked.feedback_id


def test_nothing_at_all_is_no_answer_and_what_was_typed_stays(asked: SurveyRequest) -> None:
    client = Client()
    address = opened(client)
    assert "Answer at least one question" in shown(client.post(address, {}))
    page = shown(client.post(address, {"said_simple": "perhaps", "text": WORDS}))
    assert WORDS in page
    assert not SurveyReply.objects.exists()


def test_not_again_means_not_again(asked: SurveyRequest, visitor: Visitor) -> None:
    client = Client()
    done = client.post(opened(client), {"refuse": "yes"})
    assert "We will not ask you again" in shown(client.get(done.url))
    assert queries.is_refused(asked)
    assert SurveyRequest.objects.get().state == "refused"


def test_this_is_a_complaint_carries_the_words_and_keeps_no_answer(asked: SurveyRequest, visitor: Visitor) -> None:
    client = Client()
    page = shown(client.post(opened(client), {"said_simple": "agree", "text": WORDS, "complain": "yes"}))
    assert WORDS in page
    assert not SurveyReply.objects.exists()
    taken = client.post(visitor.at("tell-us/words/"), {"text": WORDS})
    assert taken.url == visitor.at("tell-us/")
    client.post(visitor.at("tell-us/"), {"kind": "complaint"})
    client.post(visitor.at("tell-us/who/"), {"who": "myself"})
    assert WORDS in shown(client.get(visitor.at("tell-us/words/")))


def test_the_page_of_the_case_asks_too_and_lets_answers_be_withdrawn(asked: SurveyRequest, visitor: Visitor) -> None:
    address = visitor.follow_address()
    assert "Answer a few questions" in shown(visitor.client.get(address))
    visitor.client.post(f"{address}how-was-it/", {"said_simple": "agree", "text": WORDS})
    assert "Withdraw the answers" in shown(visitor.client.get(address))
    page = shown(visitor.client.get(f"{address}how-was-it/"))
    assert WORDS not in page
    visitor.client.post(f"{address}how-was-it/", {"withdraw": "yes"})
    assert not SurveyReply.objects.exists()
    assert not SurveyWords.objects.exists()


def test_where_nothing_is_asked_there_is_no_page(visitor: Visitor) -> None:
    visitor.send()
    address = visitor.follow_address()
    assert "How was it for you" not in shown(visitor.client.get(address))
    assert visitor.client.get(f"{address}how-was-it/").status_code == 404


def test_staff_read_that_nothing_follows_and_are_not_asked_to_share(visitor: Visitor) -> None:
    visitor.send(you={"name": "Amina Ahmed"})
    nurse = factories.person(visitor.of, "front_line", name="Nia Price")
    asking.ask(organisation=visitor.of, audience="staff-involved", occasion="outcome", way="email", person=nurse,
               feedback=visitor.feedback(), by=system("worker"), at=timezone.now())  # fmt: skip
    client = Client()
    page = shown(client.get(opened(client)))
    assert SENTENCES["staff_no_effect"] in page
    assert SENTENCES["share"] not in page
    for secret in ("Nia", "Amina", visitor.reference):
        assert secret not in page


@pytest.fixture
def campaign(visitor: Visitor) -> Campaign:
    manager = factories.person(visitor.of, "complaints_manager")
    today = timezone.localdate()
    planned = campaigns.Planned("The new desk", "Since May it is new.", today, today + timedelta(days=30))
    return campaigns.open_campaign(
        organisation=visitor.of, planned=planned, by=factories.actor(manager, visitor.of), at=timezone.now()
    )


def test_a_campaign_is_found_and_answered_by_anybody(visitor: Visitor, campaign: Campaign) -> None:
    assert "The new desk" in shown(visitor.get())
    page = shown(visitor.get(f"listening/{campaign.code}/"))
    assert "Since May it is new." in page
    assert SENTENCES["complain"] in page
    assert SENTENCES["refuse"] not in page
    visitor.post(f"listening/{campaign.code}/", {"said_respect": "agree", "text": WORDS})
    reply = SurveyReply.objects.get()
    assert (reply.campaign, reply.answers) == (True, {"respect": "agree"})
    assert SurveyWords.objects.get().text == WORDS
    assert not Feedback.objects.exists()


def test_their_words_become_a_comment_only_if_they_say_so_and_then_stand_there_alone(
    visitor: Visitor, campaign: Campaign
) -> None:
    address = f"listening/{campaign.code}/"
    assert "Write what you want us to take" in shown(
        visitor.post(address, {"said_respect": "agree", "as_comment": "on"})
    )
    visitor.post(address, {"said_respect": "agree", "text": WORDS, "as_comment": "on"})
    item = Feedback.objects.get()
    assert (item.kind, item.channel, item.complainant, item.narrative.text) == ("comment", "survey", None, WORDS)
    assert not SurveyWords.objects.exists()
    assert SurveyReply.objects.count() == 1


def test_a_campaign_that_is_over_or_elsewhere_takes_nothing(visitor: Visitor, campaign: Campaign, council: Any) -> None:
    assert Client().get(f"/{council.code}/listening/{campaign.code}/").status_code == 404
    campaigns.end_campaign(organisation=visitor.of, campaign_id=campaign.pk,
                           by=factories.actor(campaign.made_by, visitor.of), at=timezone.now())  # fmt: skip
    page = shown(visitor.post(f"listening/{campaign.code}/", {"said_respect": "agree"}))
    assert "tell us what you think, or complain" in page
    assert not SurveyReply.objects.exists()


def test_one_place_cannot_flood_a_campaign(visitor: Visitor, campaign: Campaign, settings: Any) -> None:
    settings.FORMS_AN_HOUR = 2
    address = f"listening/{campaign.code}/"
    statuses = [visitor.post(address, {"said_respect": "agree"}).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]
    assert SurveyReply.objects.count() == 2


def test_a_language_that_is_there_is_offered_and_the_answers_are_the_same(
    visitor: Visitor, campaign: Campaign, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    address = f"listening/{campaign.code}/"
    assert "?language=xx" not in shown(visitor.get(address))
    (tmp_path / "xx").mkdir()
    for key in ("anybody", "page"):
        texts = "\n".join(f"{name} = '''{text.upper()}'''" for name, text in loading._texts(key, "1").items())
        head = f'key = "{key}"\nversion = "1"\nlanguage = "xx"\nname = "Test"\nstatus = "INFERRED"\nsource = "a test"\n'
        (tmp_path / "xx" / f"{key}.toml").write_text(f"{head}[texts]\n{texts}", encoding="utf-8")
    monkeypatch.setattr(loading, "LANGUAGES", tmp_path)
    surveys.translations.cache_clear()
    try:
        page = shown(visitor.get(f"{address}?language=xx"))
        assert "I AM TREATED WITH RESPECT." in page
        assert 'lang="xx"' in page
        unknown = shown(visitor.get(f"{address}?language=zz"))
        assert "I am treated with respect." in unknown
        assert 'lang="zz"' not in unknown
        visitor.post(f"{address}?language=xx", {"said_respect": "agree"})
    finally:
        surveys.translations.cache_clear()
    assert SurveyReply.objects.get().answers == {"respect": "agree"}


def test_the_questions_in_welsh_are_marked_as_welsh_and_the_frame_as_english(asked: SurveyRequest) -> None:
    client = Client()
    address = opened(client)
    assert spoken.languages(shown(client.get(address)))["Cymraeg"] == "cy"
    said = spoken.languages(shown(client.get(f"{address}?language=cy")))
    welsh = surveys.in_language(queries.questionnaire_of(asked), "cy")
    words = surveys.words_of_page(language="cy")
    texts = [welsh.title, welsh.open_question.text, *words.scale.values()]
    texts += [text for stage in welsh.stages for text in (stage.title, *(one.text for one in stage.questions))]
    texts += [
        words.sentences[name] for name in ("not_urgent", "complain_link", "send", "share", "share_hint", "refuse")
    ]
    assert {said[text] for text in texts} == {"cy"}
    frame = ("Skip to main content", "English", "Privacy and cookies", "You can enter up to 5,000 characters")
    assert {said[text] for text in frame} == {"en-GB", "en"}
    assert "I felt that making my complaint was simple." not in said


def test_an_error_on_the_page_in_welsh_is_english_and_keeps_what_was_ticked(asked: SurveyRequest) -> None:
    client = Client()
    address = f"{opened(client)}?language=cy"
    page = shown(client.post(address, {"said_simple": "agree", "text": "a" * 5_001}))
    said = spoken.languages(page)
    assert {lang for text, lang in said.items() if "must be 5,000 characters" in text} == {"en-GB"}
    assert said["Cytuno"] == "cy"
    assert re.search(r'name="said_simple" type="radio" value="agree" checked', page)
    done = client.post(address, {"said_simple": "agree", "text": WORDS})
    assert "Thank you for telling us how it was" in spoken.languages(shown(client.get(done.url)))
    assert SurveyReply.objects.get().answers == {"simple": "agree"}


def test_a_campaign_in_welsh_keeps_its_own_words_in_english(visitor: Visitor, campaign: Campaign) -> None:
    said = spoken.languages(shown(visitor.get(f"listening/{campaign.code}/?language=cy")))
    assert said["The new desk"] == said["Since May it is new."] == "en-GB"
    assert said["Hoffem glywed gennych"] == "cy"
    assert said[surveys.words_of_page(language="cy").sentences["as_comment"]] == "cy"


def test_staff_are_asked_in_one_language_and_never_in_two_at_once(visitor: Visitor) -> None:
    visitor.send(you={"name": "Amina Ahmed"})
    nurse = factories.person(visitor.of, "front_line", name="Nia Price")
    asking.ask(organisation=visitor.of, audience="staff-involved", occasion="outcome", way="email", person=nurse,
               feedback=visitor.feedback(), by=system("worker"), at=timezone.now())  # fmt: skip
    client = Client()
    page = shown(client.get(f"{opened(client)}?language=cy"))
    assert "Strongly agree" in page
    assert "Cymraeg" not in page
    assert 'lang="cy"' not in page


def test_no_page_asks_the_database_much(
    asked: SurveyRequest, campaign: Campaign, visitor: Visitor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    address = opened(client)
    with django_assert_num_queries(8):
        client.get(address)
    with django_assert_num_queries(2):
        visitor.get(f"listening/{campaign.code}/")
