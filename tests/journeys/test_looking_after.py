"""A hard contact is followed by an hour that somebody gives; two people talk, and nobody else reads what was said."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests import factories
from tests.journeys.staff import be_signed_in

from heed.accounts.models import User
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
CARE = "/riverside/staff/care/"


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    return factories.organisation(code="riverside", name="Riverside")


@pytest.fixture
def manager(body: Organisation) -> User:
    return factories.person(body, "complaints_manager", name="Tom Okafor")


@pytest.fixture
def handler(body: Organisation) -> User:
    return factories.person(body, "handler", name="Priya Shah")


def test_after_a_hard_contact(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, body: Organisation, manager: User,
    handler: User,
) -> None:  # fmt: skip
    """The handler on a phone without JavaScript, the manager at a desk."""
    case = factories.registered(body, handler)
    page = new_page(javascript=False, width=375)
    be_signed_in(page, handler)
    page.goto(f"/riverside/staff/cases/{case.reference}/contact/")
    page.get_by_role("link", name="Ask for time or a talk", exact=True).click()
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Choose what would help").first).to_be_visible()
    page.get_by_label("Some time off the phone").check()
    page.get_by_label("Tom Okafor").check()
    page.get_by_label("Anything that you would like to add").fill("He cried, and then he shouted.")
    check_accessible(page)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", name="You asked Tom Okafor")).to_be_visible()
    screenshot(page, "asked")

    desk = new_page()
    be_signed_in(desk, manager)
    desk.goto(CARE)
    check_accessible(desk)
    desk.get_by_role("link", name="Priya Shah asked you").click()
    expect(desk.get_by_text("He cried, and then he shouted.")).to_be_visible()
    desk.get_by_label("What can you do, and when?").fill("Take the afternoon. I have your phone.")
    check_accessible(desk)
    desk.get_by_role("button", name="Answer").click()
    page.goto(CARE)
    page.get_by_role("link", name="You asked Tom Okafor").click()
    expect(page.get_by_text("Take the afternoon. I have your phone.")).to_be_visible()
    check_accessible(page)


def test_the_pages_of_whoever_looks_after_people(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, manager: User, handler: User
) -> None:
    page = new_page()
    be_signed_in(page, manager)
    page.goto(f"{CARE}register/")
    page.get_by_role("link", name="Begin with the courses").click()
    page.get_by_label("Data protection").check()
    check_accessible(page)
    page.get_by_role("button", name="Add these").click()
    expect(page.get_by_text("1 course added")).to_be_visible()
    page.goto(f"{CARE}workload/")
    check_accessible(page)
    page.get_by_role("link", name="Priya Shah").first.click()
    page.get_by_label("Hours a week for complaints").fill("30")
    page.get_by_label("Most open cases at a time").fill("15")
    page.get_by_role("button", name="Propose this").click()
    expect(page.get_by_text("It counts once the other agrees.")).to_be_visible()
    page.get_by_role("link", name="Change the skills of Priya Shah").click()
    page.get_by_label("British Sign Language").check()
    page.get_by_label("Say which level").fill("level 3")
    screenshot(page, "skills")
    check_accessible(page)
    page.get_by_role("button", name="Keep these skills").click()
    expect(page.get_by_text("British Sign Language (level 3)")).to_be_visible()
    for part in ("register/", "supervision/", "support/", "network/", "network/write/", "figures/", "talks/",
                 "talks/reflect/", "register/record/", "register/courses/add/", "training/"):  # fmt: skip
        page.goto(f"{CARE}{part}")
        check_accessible(page)
