"""Following what was told: in with reference and code, read, write, ask for the next stage, change the contact, leave."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.portal.visitor import Visitor, answer

from heed.cases.models import Case
from heed.correspondence.models import Message

Check = Callable[[Page], None]
YOU = {"name": "Amina Ahmed", "address_as": "Mrs Ahmed", "ways": ["email"], "email": "amina@post.example"}


@pytest.fixture
def fenwick(transactional_db: None) -> Visitor:
    """Somebody who complained to a council, and holds their reference and code."""
    made = factories.organisation("lgsco-2024", code="fenwick-council", name="Fenwick Council", colour="#6b3f73")
    visitor = Visitor(made)
    visitor.send(you=YOU)
    return visitor


def enter(page: Page, visitor: Visitor) -> None:
    page.goto("/fenwick-council/")
    page.get_by_role("link", name="Follow something you told us").click()
    page.get_by_label("Reference").fill(visitor.reference.lower())
    page.get_by_label("Secret code").fill(visitor.code.replace("-", " "))
    page.get_by_role("button", name="Open my page").click()


def write_with_a_file(page: Page, check: Check) -> None:
    page.get_by_role("button", name="Write to us").click()
    check(page)
    page.get_by_label("Your message").fill("Has somebody looked at this?")
    page.get_by_label("Files").set_input_files([{"name": "note.txt", "mimeType": "text/plain", "buffer": b"A note"}])
    page.get_by_role("button", name="Send this message").click()
    expect(page.get_by_text("We have your message.")).to_be_visible()
    expect(page.get_by_text("Has somebody looked at this?")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="note.txt").click()
    assert download.value.suggested_filename == "note.txt"


def read_the_answer(page: Page, check: Check) -> None:
    page.reload()
    check(page)
    page.get_by_role("link", name=re.compile("^Read our answer of")).click()
    expect(page.get_by_role("heading", name="Your right to go to the Ombudsman")).to_be_visible()
    expect(page.get_by_text("Ruth Castellanos")).to_be_visible()
    check(page)


def ask_for_the_next_stage(page: Page, check: Check) -> None:
    page.get_by_role("button", name="Ask for the next stage").click()
    check(page)
    page.get_by_label("What is still wrong?").fill("Nobody asked my sister.")
    page.get_by_role("button", name="Ask for the next stage").click()
    expect(page.get_by_text("You have asked for the next stage.")).to_be_visible()
    check(page)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_from_receipt_to_the_next_stage(
    new_page: Callable[..., Page],
    check_accessible: Check,
    screenshot: Any,
    fenwick: Visitor,
    javascript: bool,
    width: int,
) -> None:
    page = new_page(javascript=javascript, width=width)
    enter(page, fenwick)
    heading = "We have it, and we are finding the right person to look after it."
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert fenwick.reference not in page.url
    page.get_by_text("How we worked out this date").first.click()
    expect(page.get_by_text(re.compile("^Acknowledge by .* the 5th working day after"))).to_be_visible()
    check_accessible(page)
    write_with_a_file(page, check_accessible)

    case = Case.objects.get(reference=fenwick.reference)
    answer(case, timezone.now())
    read_the_answer(page, check_accessible)
    screenshot(page, f"answer-{'with' if javascript else 'without'}-javascript")
    page.get_by_role("link", name="Back", exact=True).click()
    ask_for_the_next_stage(page, check_accessible)
    screenshot(page, f"followed-{'with' if javascript else 'without'}-javascript")
    assert factories.fresh(case).stage == 2


def test_changing_how_to_be_reached(page: Page, check_accessible: Check, fenwick: Visitor) -> None:
    enter(page, fenwick)
    page.get_by_role("link", name="Change how we contact you").click()
    expect(page.get_by_label("Email address")).to_have_value("amina@post.example")
    page.get_by_label("Phone", exact=True).check()
    page.get_by_label("Phone number").fill("07700 900 982")
    page.get_by_label("If you ticked more than one, which is best?").select_option("Phone")
    check_accessible(page)
    page.get_by_role("button", name="Save this").click()
    expect(page.get_by_text("From now on we will reach you as you say here.")).to_be_visible()
    reached = fenwick.feedback().complainant.correspondent
    assert (reached.phone, reached.preferred_channel) == ("07700 900 982", "phone")


def test_leaving_shuts_the_page_and_words_typed_meanwhile_are_kept(
    page: Page, check_accessible: Check, fenwick: Visitor
) -> None:
    enter(page, fenwick)
    address = page.url
    page.get_by_role("button", name="Write to us").click()
    page.get_by_label("Your message").fill("Something that took me an hour to write.")
    other = page.context.new_page()
    other.goto(address)
    other.get_by_role("button", name="Leave this page").click()
    expect(other.get_by_text("You have left your page.")).to_be_visible()
    other.goto(address)
    expect(other.get_by_text("That page is shut")).to_be_visible()
    check_accessible(other)

    page.get_by_role("button", name="Send this message").click()
    expect(page.get_by_text("Nothing is lost.")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Reference").fill(fenwick.reference)
    page.get_by_label("Secret code").fill(fenwick.code)
    page.get_by_role("button", name="Open my page").click()
    expect(page.get_by_label("Your message")).to_have_value("Something that took me an hour to write.")
    page.get_by_role("button", name="Send this message").click()
    expect(page.get_by_text("We have your message.")).to_be_visible()
    assert Message.objects.get(direction="in").body == "Something that took me an hour to write."


def test_what_does_not_match_opens_nothing(page: Page, check_accessible: Check, fenwick: Visitor) -> None:
    fenwick.code = "BCDFG-HJKMN-PQRST"
    enter(page, fenwick)
    expect(page.locator(".govuk-error-summary")).to_contain_text("That reference and code do not go together")
    check_accessible(page)


def test_pages_about_heed_are_accessible(page: Page, check_accessible: Check, fenwick: Visitor) -> None:
    for address in ("/", "/fenwick-council/", "/accessibility/", "/privacy/", "/sign-in/", "/nowhere/"):
        page.goto(address)
        check_accessible(page)
