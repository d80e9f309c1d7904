"""A manager says what an action should change, and reads later whether it worked, beside what, and how sure that is."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.insight.proofs import Scene, completed, kept_answer, scene
from tests.journeys.staff import be_signed_in

Check = Callable[[Page], None]


@pytest.fixture
def told(transactional_db: None) -> Scene:
    made = scene(code="riverside-nhs", name="Riverside NHS Trust")
    kept_answer(completed(made.body, made.manager, made.owner, step="The screen tells the true wait."))
    return made


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_from_what_it_should_change_to_whether_it_did(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, told: Scene, javascript: bool, width: int
) -> None:
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, told.manager)
    page.goto(f"/riverside-nhs/staff/actions/{told.action.pk}/")
    expect(page.get_by_text("It has started, and nobody has named the figure that it should move.")).to_be_visible()
    page.get_by_role("button", name="Say what it should change").click()
    expect(page.get_by_label("In which service?")).to_have_value("first")
    page.get_by_label("Which figure should move?").select_option(label="Well-founded: upheld or partly upheld")
    page.get_by_label("It should fall").check()
    page.get_by_label("Where is nothing done, so that the two can be compared?").select_option(label="Second")
    page.get_by_role("button", name="Keep what it should change").click()
    expect(page.get_by_role("link", name="Enter why it is chosen only now")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Why is it chosen only now?").fill("Nobody had asked for it before.")
    page.get_by_role("button", name="Keep what it should change").click()
    expect(page.get_by_text("The share of cases decided in First that were well-founded").first).to_be_visible()
    expect(page.get_by_text("Chosen after the start.")).to_be_visible()
    check_accessible(page)
    read(page, check_accessible, screenshot)


def read(page: Page, check_accessible: Check, screenshot: Any) -> None:
    page.goto("/riverside-nhs/staff/actions/")
    page.get_by_role("link", name="What worked").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What worked")
    screenshot(page, "what-worked")
    check_accessible(page)
    page.get_by_role("link", name="The screen tells the true wait.").click()
    expect(page.get_by_text("Real fall.", exact=True)).to_be_visible()
    expect(page.get_by_text("Fewer complaints are never a success by themselves")).to_be_visible()
    assert page.locator("svg:visible").count() >= 1
    page.get_by_text("The numbers").first.click()
    expect(page.get_by_role("cell", name="Left out: it was being brought in")).to_be_visible()
    screenshot(page, "did-it-work")
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="What it rests on as CSV").click()
    assert download.value.suggested_filename.endswith("-1.csv")
