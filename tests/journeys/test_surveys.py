"""How was it for you? Somebody answers from an e-mail; a campaign is answered; a manager reads what came of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.insight import experience_facts
from tests.journeys.staff import be_signed_in, fill_day
from tests.portal.visitor import Visitor

from heed.audit.actor import system
from heed.correspondence.models import Message
from heed.feedback.actions import asking
from heed.feedback.given import PersonGiven
from heed.feedback.models import SurveyReply, SurveyWords
from heed.feedback.queries import surveys as queries
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
WIDTHS = pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    return factories.organisation("lgsco-2024", code="fenwick-council", name="Fenwick Council", colour="#6b3f73")


def link_in_email(visitor: Visitor) -> str:
    feedback = visitor.feedback()
    asking.ask(
        organisation=visitor.of, audience="complainant", occasion="making", way="email", feedback=feedback,
        correspondent=queries.correspondent(feedback, "complainant"), by=system("worker"), at=timezone.now(),
    )  # fmt: skip
    found = re.search(r"https?://[^/]+(/\S+)", Message.objects.get(letter="survey").sealed_body)
    assert found
    return found[1]


@WIDTHS
def test_somebody_answers_from_an_email(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, body: Organisation, javascript: bool,
    width: int,
) -> None:  # fmt: skip
    visitor = Visitor(body)
    visitor.send(you={"name": "Amina Ahmed", "ways": ["email"], "email": "amina@post.example"})
    page = new_page(javascript=javascript, width=width)
    page.goto(link_in_email(visitor))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How was it for you?")
    expect(page.get_by_text("You do not have to answer.")).to_be_visible()
    address = page.url
    screenshot(page, "how-was-it")
    check_accessible(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("Answer at least one question")).to_be_visible()
    simple = page.get_by_role("group", name="I felt that making my complaint was simple.")
    simple.get_by_label("Agree", exact=True).check()
    page.get_by_label("What should we know about how it was for you?").fill("Somebody rang me back at once.")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for telling us how it was")
    check_accessible(page)
    assert SurveyReply.objects.get().answers == {"simple": "agree"}
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")


def test_somebody_answers_in_welsh(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, body: Organisation
) -> None:
    visitor = Visitor(body)
    visitor.send(you={"name": "Nia Price", "ways": ["email"], "email": "nia@post.example"})
    page = new_page(javascript=True, width=375)
    page.goto(link_in_email(visitor))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sut brofiad gawsoch chi?")
    page.get_by_role("button", name="Anfon fy atebion").click()
    expect(page.get_by_text("Answer at least one question")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sut brofiad gawsoch chi?")
    screenshot(page, "how-was-it-welsh")
    check_accessible(page)
    simple = page.get_by_role("group", name="Roeddwn yn teimlo bod gwneud fy nghwyn yn syml.")
    simple.get_by_label("Cytuno", exact=True).check()
    page.get_by_role("button", name="Anfon fy atebion").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for telling us how it was")
    assert SurveyReply.objects.get().answers == {"simple": "agree"}


def test_a_complaint_is_taken_along_from_the_questions(page: Page, check_accessible: Check, body: Organisation) -> None:
    visitor = Visitor(body)
    visitor.send(you={"name": "Amina Ahmed", "ways": ["email"], "email": "amina@post.example"})
    page.goto(link_in_email(visitor))
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What should we know about how it was for you?").fill("They shouted at me.")
    page.get_by_role("button", name="This is a complaint").click()
    check_accessible(page)
    page.get_by_role("button", name="Take my words with me").click()
    page.get_by_label("I am unhappy about something, and I want an answer").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("It happened to me").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("What happened?")).to_have_value("They shouted at me.")
    assert not SurveyReply.objects.exists()


def test_a_manager_opens_a_campaign_and_reads_how_it_was(
    page: Page, check_accessible: Check, screenshot: Any, new_page: Callable[..., Page], body: Organisation
) -> None:
    manager = factories.person(body, "complaints_manager", name="Gareth Lowe")
    month = experience_facts.quarter_before(timezone.localdate())
    experience_facts.answer(body, month, yes=14, no=9)
    be_signed_in(page, manager)
    page.goto("/fenwick-council/staff/insight/experience/")
    expect(page.get_by_text("61% of 23 agreed: “I felt that making my complaint was simple.”")).to_be_visible()
    screenshot(page, "how-it-was-for-people")
    check_accessible(page)
    page.get_by_role("link", name="Ask people: by post, by phone, in a campaign").click()
    page.get_by_role("button", name="Begin to ask").click()
    expect(page.get_by_text("People have been asked since")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Open a campaign").click()
    page.get_by_label("What is it called?").fill("The new desk")
    page.get_by_label("Why do you ask?").fill("It is new. Tell us how it is.")
    fill_day(page, "opens_on", timezone.localdate())
    fill_day(page, "closes_on", timezone.localdate())
    check_accessible(page)
    page.get_by_role("button", name="Open the campaign").click()
    anybody = new_page(width=375)
    anybody.goto("/fenwick-council/")
    anybody.get_by_role("link", name="The new desk").click()
    check_accessible(anybody)
    anybody.get_by_role("group", name="I am treated with respect.").get_by_label("Disagree", exact=True).check()
    anybody.get_by_label("What should we know?").fill("The queue is long.")
    anybody.get_by_role("button", name="Send my answers").click()
    expect(anybody.get_by_role("heading", level=1)).to_have_text("Thank you for telling us how it was")
    page.goto("/fenwick-council/staff/insight/experience/words/")
    expect(page.get_by_text("The queue is long.")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Read: nothing more to do").click()
    expect(page.get_by_text("From a listening campaign. Read.")).to_be_visible()
    assert SurveyWords.objects.get().read_as == "read"


def test_a_letter_is_printed_and_entered_and_staff_say_how_it_is_for_them(
    page: Page, check_accessible: Check, screenshot: Any, body: Organisation
) -> None:
    manager = factories.person(body, "complaints_manager", name="Gareth Lowe")
    case = factories.case(body, complainant=PersonGiven(name="Ada Lowe", postal_address="1 High Street, Fenwick"))
    frame: dict[str, Any] = {"organisation": body, "by": system("worker"), "at": timezone.now()}
    asking.ask(audience="complainant", occasion="making", way="post", feedback=case.feedback, **frame)
    asking.ask(audience="handler", occasion="half_year", way="email", person=manager, **frame)
    be_signed_in(page, manager)
    page.goto("/fenwick-council/staff/insight/experience/asking/")
    check_accessible(page)
    page.get_by_role("link", name="Print the letter").click()
    screenshot(page, "letter-to-print")
    check_accessible(page)
    page.get_by_role("link", name="say so").click()
    check_accessible(page)
    page.get_by_role("group", name="I was offered support.").get_by_label("Strongly agree").check()
    page.get_by_label("The person who looked after it may see these answers").check()
    screenshot(page, "enter-answers")
    page.get_by_role("button", name="Keep these answers").click()
    expect(page.get_by_text("The answers are kept, apart from the case.")).to_be_visible()
    page.goto(f"/fenwick-council/staff/cases/{case.reference}/")
    expect(page.get_by_role("heading", name="How it was for them")).to_be_visible()
    check_accessible(page)
    page.goto("/fenwick-council/staff/how-is-it/")
    page.get_by_role("link", name="Looking after complaints").click()
    check_accessible(page)
    page.get_by_role("button", name="I would rather not be asked again").click()
    page.goto("/fenwick-council/staff/how-is-it/")
    expect(page.get_by_text("You said that you would rather not be asked.")).to_be_visible()
