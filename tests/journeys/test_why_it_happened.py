"""Why it happened: a handler decides to look closer and asks those who know; a nurse and the person who complained answer
by link, in their own words; a name is questioned, the conclusion is about the system, and an action comes of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.journeys.staff import be_signed_in, fill_day
from tests.portal.visitor import Visitor

from heed.accounts.models import User
from heed.cases.actions import triage
from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
YOU = {"name": "Amina Ahmed", "address_as": "Mrs Ahmed", "ways": ["email"], "email": "amina@post.example"}
QUESTION = "What made it likely that calls for help went unanswered at night?"
NURSE, PERSON = "There are two of us for thirty beds.", "Somebody could have told me how long it would be."
LESSON = "With two people for thirty beds at night, calls for help are left for long."
STEP = "From ten at night the site team answers calls for help on wards with two staff."
GROUPS = (
    "Technology and tools", "External influences", "Organisational factors", "Person factors", "Physical environment",
)  # fmt: skip
PROMISE = {
    "What exactly will be done?": STEP,
    "Which standard does it meet?": "The ward standard: calls for help are answered in five minutes",
    "How is the person involved?": "She reads the new sheet first and says whether it would have helped.",
    "How will you check that it was done, and that it worked?": "Watch ten nights on three wards",
    "How will you find out whether it changed things for people?": "Count the calls for help that wait ten minutes",
}


@pytest.fixture
def visitor(transactional_db: None) -> Visitor:
    visitor = Visitor(factories.organisation(code="riverside-nhs", name="Riverside NHS Trust"))
    visitor.send(you=YOU)
    return visitor


@pytest.fixture
def body(visitor: Visitor) -> Organisation:
    return visitor.of


@pytest.fixture
def handler(body: Organisation) -> User:
    return factories.person(body, "handler", name="Priya Shah")


@pytest.fixture
def case(visitor: Visitor, body: Organisation, handler: User) -> Case:
    """Registered, and with a service where somebody can own an action."""
    factories.person(body, "action_owner", name="Owen Price")
    case = Case.objects.get(feedback__reference=visitor.reference)
    return triage.register(
        case_id=case.pk, kind="complaint", service_id=body.services.get(code="first").pk, handler_id=handler.pk, against=[],
        by=factories.actor(handler, body), at=timezone.now(), version=case.version,
    )  # fmt: skip


def test_from_a_serious_failing_to_an_action_that_mends_its_cause(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, case: Case, handler: User
) -> None:
    staff = new_page()
    be_signed_in(staff, handler)
    decide(staff, case, check_accessible, screenshot)
    ask_those_who_know(staff, check_accessible)
    answer(new_page(javascript=False, width=375), "Ana Silva", NURSE, check_accessible, screenshot)
    answer(new_page(width=375), "Amina Ahmed", PERSON, check_accessible, screenshot)
    look_at_how_the_work_is_set_up(staff, check_accessible, screenshot)
    conclude(staff, check_accessible, screenshot)
    learn_and_promise(staff, check_accessible, screenshot)


def decide(page: Page, case: Case, check_accessible: Check, screenshot: Any) -> None:
    """Most cases need no analysis; of this one it is decided, with a ground and a reason, and said what it asks."""
    page.goto(f"/riverside-nhs/staff/cases/{case.reference}/learning/")
    expect(page.get_by_text("Most cases need no detailed analysis of why it happened.")).to_be_visible()
    page.get_by_role("link", name="Decide whether to look closer").click()
    page.get_by_label("Yes").check()
    page.get_by_label("Why?").fill("Calls for help went unanswered for hours, on more than one night.")
    page.get_by_role("button", name="Keep the decision").click()
    expect(page.get_by_role("link", name="Choose what makes it so serious")).to_be_visible()
    expect(page.get_by_label("Why?")).to_have_value(re.compile("more than one night"))
    check_accessible(page)
    page.get_by_label("Something failed seriously").check()
    page.get_by_role("button", name="Keep the decision").click()
    page.get_by_label("What does the analysis ask?").fill(QUESTION)
    check_accessible(page)
    page.get_by_role("button", name="Begin the analysis").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    expect(page.get_by_text("Nobody asked yet")).to_be_visible()
    screenshot(page, "why-begun")
    check_accessible(page)


def ask_those_who_know(page: Page, check_accessible: Check) -> None:
    """A nurse without an account, and the person who complained: each sees the question and nothing else of the case."""
    page.get_by_role("button", name="Ask somebody who does the work").click()
    check_accessible(page)
    page.get_by_label("Or somebody without an account: their name").fill("Ana Silva")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_role("link", name="Enter the email address")).to_be_visible()
    page.get_by_label("Their email address").fill("ana@agency.example")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("A link is on its way to them.")).to_be_visible()
    page.get_by_role("button", name="Ask the person who complained").click()
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("2 people who were asked have not answered yet.")).to_be_visible()
    check_accessible(page)


def answer(page: Page, name: str, words: str, check_accessible: Check, screenshot: Any) -> None:
    """By the link and a code that goes to the same address. An answer that says nothing is asked about, kindly."""
    link = sealed("contribution_asked", name, r"https?://\S+/link/\S+")
    page.goto(re.sub(r"^https?://[^/]+", "", link))
    page.get_by_role("button", name="Send me the code").click()
    page.get_by_label("Code").fill(sealed("link_code", name, r"\b[0-9]{6}\b"))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="We would like to hear what you think")).to_be_visible()
    expect(page.get_by_text("not who is to blame")).to_be_visible()
    expect(page.get_by_text("You do not have to answer.")).to_be_visible()
    page.get_by_role("button", name="Send what I wrote").click()
    expect(page.get_by_role("link", name="Write what you would like to say first")).to_be_visible()
    screenshot(page, f"why-answer-{name.split()[0].lower()}")
    check_accessible(page)
    page.get_by_label("What would you like to say?").fill(words)
    page.get_by_role("button", name="Send what I wrote").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    check_accessible(page)


def sealed(letter: str, name: str, pattern: str) -> str:
    """What the newest letter of its kind to somebody carries once and is kept nowhere."""
    mail = Message.objects.filter(letter=letter, thread__correspondent__name=name).latest("pk")
    found = re.search(pattern, mail.sealed_body)
    assert found is not None
    return found.group()


def look_at_how_the_work_is_set_up(page: Page, check_accessible: Check, screenshot: Any) -> None:
    """Both answers stand there; a name is questioned, and what is kept is about the work."""
    page.reload()
    expect(page.get_by_text(NURSE)).to_be_visible()
    expect(page.get_by_text(PERSON)).to_be_visible()
    page.get_by_role("row", name="Job tasks").get_by_role("link").click()
    page.get_by_label("It contributed").check()
    page.get_by_label("What was found?").fill("Owen had thirty beds and one colleague.")
    page.get_by_label("Too much work, or stress, was part of it").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("link", name="This has “Owen” in it")).to_be_visible()
    expect(page.get_by_label("What was found?")).to_have_value("Owen had thirty beds and one colleague.")
    expect(page.get_by_label("Too much work, or stress, was part of it")).to_be_checked()
    screenshot(page, "why-name-questioned")
    check_accessible(page)
    page.get_by_label("What was found?").fill("Two people have thirty beds at night.")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("That is a cause in the system, and no mark against anybody")).to_be_visible()
    for group in GROUPS:
        page.get_by_role("row", name=group).get_by_role("link").click()
        page.get_by_label("It did not contribute").check()
        page.get_by_role("button", name="Keep this").click()
    page.get_by_role("link", name="Write down how the work should be done, and how it is done").click()
    page.get_by_label("How should the work be done?").fill("Each call for help is answered in five minutes.")
    page.get_by_label("How is it done?").fill("Whoever is free goes, and often nobody is.")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Before it can be concluded")).to_have_count(0)
    check_accessible(page)


def conclude(page: Page, check_accessible: Check, screenshot: Any) -> None:
    """As part of how things are done, with what shows that."""
    page.get_by_role("button", name="Conclude the analysis").click()
    page.get_by_label("What made it likely?").fill("At night a ward has two people for thirty beds.")
    page.get_by_label("Part of how things are done").check()
    page.get_by_role("button", name="Conclude it").click()
    expect(page.get_by_role("link", name="Enter what shows that")).to_be_visible()
    check_accessible(page)
    page.get_by_label("What shows that?").fill("Three wards have the same rota.")
    page.get_by_role("button", name="Conclude it").click()
    expect(page.get_by_text("It asks how the work was set up, and judges nobody.")).to_be_visible()
    expect(page.get_by_text("Part of how things are done. Three wards have the same rota.")).to_be_visible()
    screenshot(page, "why-concluded")
    check_accessible(page)


def learn_and_promise(page: Page, check_accessible: Check, screenshot: Any) -> None:
    """What was learned keeps the factor; the next step is a promise, and the next of that what it should change."""
    page.get_by_role("button", name="Record what was learned").click()
    expect(page.get_by_label("Job tasks")).to_be_checked()
    page.get_by_label("What was learned?").fill(LESSON)
    page.get_by_label("For the organisation and beyond").check()
    check_accessible(page)
    page.get_by_role("button", name="Record what was learned").click()
    expect(page.get_by_text("For the organisation and beyond. No action promised yet.")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Promise an action").click()
    for label, words in PROMISE.items():
        page.get_by_label(label).fill(words)
    page.get_by_label("Who owns it?").select_option(label="Owen Price")
    fill_day(page, "finish_on", timezone.localdate() + timedelta(days=60))
    page.get_by_role("button", name="Promise the action").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(STEP)
    expect(page.get_by_text("Next: say what it should change, before it starts.")).to_be_visible()
    expect(page.get_by_role("button", name="Say what it should change").first).to_be_visible()
    expect(page.get_by_text(LESSON)).to_be_visible()
    screenshot(page, "why-action")
    check_accessible(page)
