"""From what an advocate passes on to the line of a theme, with and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests import factories
from tests.journeys.staff import be_signed_in

from heed.organisations.models import Organisation

Check = Callable[[Page], None]


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    return factories.organisation(code="riverside", name="Riverside")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_what_an_advocate_hears_stands_beside_complaints(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, body: Organisation, javascript: bool,
    width: int,
) -> None:  # fmt: skip
    factories.received(body, kind="comment", text="The board in the waiting room is wrong.")
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, factories.person(body, "handler"))
    page.goto("/riverside/staff/insight/everything/voices/record/")
    page.get_by_label("Where was it heard?").select_option("advocacy")
    for part, value in (("Day", "1"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(part).first.fill(value)
    page.get_by_label("How many?").fill("4")
    page.get_by_label("What was said").fill("Mrs Ahmed and others wait for hours.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("tick the box if you are sure").first).to_be_visible()
    check_accessible(page)
    page.get_by_label("What was said").fill("They wait for hours.")
    page.get_by_label("What is it about?").select_option("waiting_times")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("They wait for hours.")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Say what comments are about").click()
    expect(page.get_by_text("The board in the waiting room is wrong.").first).to_be_visible()
    check_accessible(page)
    page.get_by_role("combobox").first.select_option("waiting_times")
    page.get_by_role("button", name="Keep what I have said").click()
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    page.goto("/riverside/staff/insight/everything/")
    expect(page.get_by_role("row", name="Waiting times")).to_contain_text("4")
    screenshot(page, "everything")
    check_accessible(page)
