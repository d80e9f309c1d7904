"""The withdrawn story: somebody offers theirs on their page, staff make it safe and use it, everybody reads it; the person
takes it back, and it is gone from every page, feed and briefing, while who used it is told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.journeys.staff import be_signed_in, fill_day

from heed.accounts.models import User
from heed.correspondence.models import Message
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
TOLD = "I rang the bell for an hour. It is written over the bed now."


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    return factories.organisation(code="riverside-nhs", name="Riverside NHS Trust")


@pytest.fixture
def writer(body: Organisation) -> User:
    return factories.person(body, "complaints_manager", name="Morag Ellis")


@pytest.fixture
def reader(body: Organisation) -> User:
    return factories.person(body, "responsible_person", name="Ruth Castellanos")


def test_a_story_is_offered_told_and_taken_back(
    new_page: Callable[..., Page],
    check_accessible: Check,
    screenshot: Any,
    body: Organisation,
    writer: User,
    reader: User,
) -> None:
    person, staff, other, visitor = new_page(width=375), new_page(), new_page(), new_page(javascript=False)
    be_signed_in(staff, writer)
    be_signed_in(other, reader)
    offer(person, factories.received(body), check_accessible, screenshot)
    make_safe(staff, check_accessible)
    approve(other)
    use_and_brief(staff, other, check_accessible, screenshot)
    visitor.goto("/riverside-nhs/what-changed/")
    visitor.get_by_role("link", name="Nobody came").click()
    expect(visitor.get_by_text(TOLD)).to_be_visible()
    check_accessible(visitor)
    public = visitor.url
    take_back(person, check_accessible, screenshot)
    answer = visitor.goto(public)
    assert answer
    assert answer.status == 404
    for page in ("/riverside-nhs/what-changed/", "/riverside-nhs/what-changed/feed/"):
        found = visitor.request.get(page)
        assert found.ok
        assert "Nobody came" not in found.text()
    gone_from_the_briefing(staff, check_accessible)
    assert Message.objects.get(letter="story_withdrawn").to_address == writer.email


def offer(person: Page, received: Any, check_accessible: Check, screenshot: Any) -> None:
    person.goto("/riverside-nhs/follow/")
    person.get_by_label("Reference").fill(received.feedback.reference)
    person.get_by_label("Secret code").fill(received.code)
    person.get_by_role("button", name="Open my page").click()
    person.get_by_role("button", name="Tell me if something changes").click()
    expect(person.get_by_text("You asked to hear.")).to_be_visible()
    screenshot(person, "telling-follow")
    check_accessible(person)
    person.get_by_role("link", name="Tell your story so that others learn from it").click()
    check_accessible(person)
    person.get_by_label("Your story").fill("I am Sarah Whittaker. I rang the bell for an hour.")
    person.get_by_role("button", name="Give us this story").click()
    expect(person.get_by_role("link", name="Choose at least one thing that we may use it for")).to_be_visible()
    check_accessible(person)
    for use in ("Training and meetings of our staff", "Our public page"):
        person.get_by_label(use).check()
    person.get_by_role("button", name="Give us this story").click()
    expect(person.get_by_text("We are making a version without names first")).to_be_visible()


def make_safe(staff: Page, check_accessible: Check) -> None:
    staff.goto("/riverside-nhs/staff/learning/stories/")
    check_accessible(staff)
    staff.get_by_role("link", name="I am Sarah Whittaker").click()
    expect(staff.locator("mark").filter(has_text="Sarah Whittaker")).to_be_visible()
    check_accessible(staff)
    staff.get_by_role("button", name="Write it anew").click()
    staff.get_by_label("Title").fill("Nobody came")
    staff.get_by_label("The story").fill(TOLD)
    staff.get_by_role("button", name="Save it and check it").click()
    staff.get_by_role("button", name="Ask for approval").click()


def approve(other: Page) -> None:
    other.goto("/riverside-nhs/staff/learning/stories/?state=waiting")
    other.get_by_role("link", name="Nobody came").click()
    other.get_by_label("I have read it as a stranger would").check()
    other.get_by_role("button", name="Approve it").click()
    expect(other.get_by_text("It can be told, for what its person agreed to.")).to_be_visible()


def use_and_brief(staff: Page, other: Page, check_accessible: Check, screenshot: Any) -> None:
    staff.reload()
    staff.get_by_role("button", name="I used it").click()
    staff.get_by_label("Training and meetings of our staff").check()
    fill_day(staff, "on", timezone.localdate())
    staff.get_by_label("Where?").fill("Ward managers’ meeting")
    check_accessible(staff)
    staff.get_by_role("button", name="Keep this").click()
    staff.goto("/riverside-nhs/staff/learning/briefings/new/")
    for label, words in {
        "Title": "Bells at night", "What happened": "A bell was not answered.", "What we learned": "Nobody owned the call.",
        "The standard that we hold to": "Every call is named.", "Questions to discuss": "Could it happen here?",
    }.items():  # fmt: skip
        staff.get_by_label(label).fill(words)
    staff.get_by_label("A story that goes with it").select_option(label="Nobody came")
    check_accessible(staff)
    staff.get_by_role("button", name="Save it and check it").click()
    staff.get_by_role("button", name="Ask for approval").click()
    other.goto(staff.url)
    other.get_by_label("I have read it as a stranger would").check()
    other.get_by_role("button", name="Approve it").click()
    staff.reload()
    staff.get_by_role("button", name="Read and print it").click()
    expect(staff.get_by_text(TOLD)).to_be_visible()
    screenshot(staff, "telling-briefing")
    check_accessible(staff)


def take_back(person: Page, check_accessible: Check, screenshot: Any) -> None:
    person.reload()
    expect(person.get_by_text("Ward managers’ meeting")).to_be_visible()
    person.get_by_role("link", name="Take my story back").click()
    screenshot(person, "telling-take-back")
    check_accessible(person)
    person.get_by_role("button", name="Take my story back").click()
    expect(person.get_by_text("Your story is taken back.")).to_be_visible()
    check_accessible(person)


def gone_from_the_briefing(staff: Page, check_accessible: Check) -> None:
    staff.reload()
    expect(staff.get_by_role("heading", name="Bells at night")).to_be_visible()
    expect(staff.get_by_text(TOLD)).to_have_count(0)
    for shape in ("pdf", "docx"):
        assert staff.request.get(staff.url.replace("print/", f"briefing.{shape}")).ok
    staff.get_by_role("link", name="Back", exact=True).click()
    expect(staff.get_by_text("Something that it tells of has changed")).to_be_visible()
    check_accessible(staff)
