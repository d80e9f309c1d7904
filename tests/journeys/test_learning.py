"""A manager records what was learned and promises an action; its owner does it; everybody can read what changed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.journeys.staff import be_signed_in, fill_day

from heed.accounts.models import User
from heed.cases.models import Case
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
STEP = "The nurse in charge takes over open calls at every change of shift."
ANSWERS = {
    "What exactly will be done?": STEP,
    "Which standard does it meet?": "The trust’s handover policy, section 4",
    "How is the person involved?": "She reads the new sheet first and says whether it would have helped.",
    "How will you check that it was done, and that it worked?": "Watch three handovers",
    "How will you find out whether it changed things for people?": "Count the calls that are answered late",
}
DAYS = {"start_on": 0, "finish_on": 30}


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    return factories.organisation(code="riverside-nhs", name="Riverside NHS Trust")


@pytest.fixture
def manager(body: Organisation) -> User:
    return factories.person(body, "complaints_manager", name="Morag Ellis")


@pytest.fixture
def owner(body: Organisation) -> User:
    return factories.person(body, "action_owner", name="Owen Price")


@pytest.fixture
def chief(body: Organisation) -> User:
    return factories.person(body, "responsible_person", name="Ruth Castellanos")


@pytest.fixture
def case(body: Organisation, manager: User) -> Case:
    return factories.registered(body, manager)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_from_what_was_learned_to_what_everybody_reads(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, case: Case, manager: User, owner: User, chief: User,
    javascript: bool, width: int, tmp_path: Path,
) -> None:  # fmt: skip
    if not javascript:
        screenshot = lambda *_: None  # noqa: E731 (the same pages, pictured once)
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, manager)
    learn(page, case, check_accessible, screenshot)
    promise(page, check_accessible, screenshot)
    carry_out(new_page(javascript=javascript, width=width), owner, check_accessible, screenshot, tmp_path)
    look(page, check_accessible, screenshot)
    reader = new_page(javascript=javascript, width=width)
    be_signed_in(reader, chief)
    publish(page, reader, check_accessible, screenshot)


def learn(page: Page, case: Case, check_accessible: Check, screenshot: Any) -> None:
    page.goto(f"/riverside-nhs/staff/cases/{case.reference}/learning/")
    expect(page.get_by_text("Nothing recorded yet")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Record what was learned").click()
    page.get_by_label("What was learned?").fill("Nobody owns a call for help after the shift changes.")
    page.get_by_role("button", name="Record what was learned").click()
    expect(page.get_by_role("link", name="Choose who should learn from it")).to_be_visible()
    check_accessible(page)
    page.get_by_label("For the organisation and beyond").check()
    page.get_by_role("button", name="Record what was learned").click()
    expect(page.get_by_text("Nobody owns a call for help").first).to_be_visible()
    screenshot(page, "learning-case")
    check_accessible(page)


def promise(page: Page, check_accessible: Check, screenshot: Any) -> None:
    page.get_by_role("link", name="Promise an action").click()
    screenshot(page, "learning-promise")
    for label, words in ANSWERS.items():
        page.get_by_label(label).fill(words)
    page.get_by_label("Who owns it?").select_option(label="Owen Price")
    for name, after in DAYS.items():
        fill_day(page, name, timezone.localdate() + timedelta(days=after))
    page.get_by_text("Days of the checks, who helps and what it needs").click()
    fill_day(page, "impact_check_on", timezone.localdate())
    page.get_by_label("What exactly will be done?").fill("Staff will be reminded of open calls.")
    page.get_by_role("button", name="Promise the action").click()
    expect(page.get_by_text("A reminder fades within weeks")).to_be_visible()
    screenshot(page, "learning-smart")
    check_accessible(page)
    page.get_by_label("What exactly will be done?").fill(STEP)
    page.get_by_role("button", name="Promise the action").click()
    expect(page.get_by_role("link", name="What it changed can be measured only after the finish.")).to_be_visible()
    expect(page.get_by_label("What exactly will be done?")).to_have_value(STEP)
    check_accessible(page)
    fill_day(page, "impact_check_on", timezone.localdate() + timedelta(days=90))
    page.get_by_role("button", name="Promise the action").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(STEP)
    expect(page.get_by_text("The person is told.")).to_be_visible()
    screenshot(page, "learning-action")
    check_accessible(page)


def carry_out(page: Page, owner: User, check_accessible: Check, screenshot: Any, tmp_path: Path) -> None:
    be_signed_in(page, owner)
    page.goto("/riverside-nhs/staff/actions/")
    screenshot(page, "learning-actions")
    check_accessible(page)
    page.get_by_role("link", name="Start").click()
    page.get_by_role("button", name="Start it").click()
    expect(page.get_by_role("button", name="It has started")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="It has started").click()
    expect(page.get_by_text("Owen Price started the action")).to_be_visible()
    page.get_by_role("button", name="Show that it is done").click()
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_role("link", name="Show that it was done")).to_be_visible()
    screenshot(page, "learning-complete")
    check_accessible(page)
    minutes = tmp_path / "minutes.txt"
    minutes.write_text("The ward agreed on the new sheet.")
    page.get_by_label("Files").set_input_files(minutes)
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("It is shown to be done.")).to_be_visible()
    expect(page.get_by_text("so somebody else checks it")).to_be_visible()
    expect(page.get_by_role("link", name="minutes.txt")).to_be_visible()
    check_accessible(page)


def look(page: Page, check_accessible: Check, screenshot: Any) -> None:
    page.reload()
    page.get_by_role("button", name="Check that it was done").click()
    screenshot(page, "learning-check")
    check_accessible(page)
    page.get_by_label("What did you look at, and what did you find?").fill("I watched three handovers.")
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Record the check").click()
    expect(page.get_by_text("What the check found is recorded. The person is told.")).to_be_visible()
    check_accessible(page)


def publish(page: Page, reader: Page, check_accessible: Check, screenshot: Any) -> None:
    """One writes the line and decides on what was marked; another approves it; everybody reads it."""
    page.reload()
    page.get_by_role("link", name="Write a line for the public page").click()
    expect(page.get_by_label("We did")).to_have_value(STEP)
    page.get_by_label("You said").fill("Sarah waited hours for somebody to come, and she was 93.")
    page.get_by_label("We did").fill("Open calls are handed over at every change of shift.")
    check_accessible(page)
    page.get_by_role("button", name="Save it and check it").click()
    expect(page.get_by_role("heading", name="Could somebody be recognised?")).to_be_visible()
    expect(page.locator("mark").filter(has_text="Sarah")).to_be_visible()
    screenshot(page, "telling-marks")
    check_accessible(page)
    page.get_by_role("group", name="“Sarah”").get_by_label("Take it out").check()
    page.get_by_role("group", name="“was 93”").get_by_label("I have looked").check()
    page.get_by_role("button", name="Keep these decisions").click()
    expect(page.get_by_text("Somebody waited hours for somebody to come, and she was 93")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.get_by_text("so somebody else approves it")).to_be_visible()
    reader.goto(page.url)
    reader.get_by_role("button", name="Approve it").click()
    expect(reader.get_by_role("link", name="Read it as a stranger would")).to_be_visible()
    reader.get_by_label("I have read it as a stranger would").check()
    screenshot(reader, "telling-approve")
    check_accessible(reader)
    reader.get_by_role("button", name="Approve it").click()
    reader.get_by_role("link", name="The line as everybody sees it").click()
    expect(reader.get_by_text("Open calls are handed over at every change of shift.")).to_be_visible()
    check_accessible(reader)
    reader.goto("/riverside-nhs/")
    expect(reader.get_by_text("Open calls are handed over at every change of shift.")).to_be_visible()
