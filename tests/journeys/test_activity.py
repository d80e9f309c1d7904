"""From a table of how much the services do, to services beside each other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.insight.test_comparison import happen
from tests.journeys.staff import be_signed_in

from heed.insight.periods import whole_months
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
CODES = ("first", "housing", "libraries", "parks", "planning", "roads", "waste")


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    made = factories.organisation("lgsco-2024", code="fenwick-council", name="Fenwick Council")
    for code in CODES[1:]:
        factories.service(made, code)
    for code in CODES:
        happen(made.code, code, 12 if code == "waste" else 3, 1, months=whole_months(24, timezone.localdate()).months)
    return made


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_say_how_much_is_done_and_compare(
    new_page: Callable[..., Page],
    check_accessible: Check,
    screenshot: Any,
    body: Organisation,
    javascript: bool,
    width: int,
) -> None:
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, factories.person(body, "complaints_manager", name="Gareth Lowe"))
    page.goto("/fenwick-council/staff/insight/compare/")
    expect(page.get_by_text("No denominator: nobody has told Heed yet")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Say how much the services do").click()
    page.get_by_role("button", name="Choose what is counted").click()
    check_accessible(page)
    page.get_by_label("Contacts").check()
    page.get_by_role("button", name="Count this").click()
    expect(page.get_by_text("Rates are taken over contacts now.")).to_be_visible()
    page.get_by_role("link", name="Bring in a table").click()
    check_accessible(page)
    months = whole_months(12, timezone.localdate()).months
    rows = [[code, *["1000"] * 12] for code in (*CODES, "nowhere")]
    table = "\n".join("\t".join(row) for row in [["service", *(f"{month:%b %Y}" for month in months)], *rows])
    page.get_by_label("Paste the table").fill(table)
    page.get_by_label("Where the numbers come from").fill("Contact centre")
    page.get_by_role("button", name="Keep the numbers").click()
    expect(page.get_by_role("cell", name="There is no service “nowhere”")).to_be_visible()
    expect(page.get_by_label("Paste the table")).to_have_value(table)
    screenshot(page, "activity-table")
    check_accessible(page)
    page.get_by_role("button", name="Leave these out, and keep the other 84").click()
    expect(page.get_by_text("84 numbers are kept.")).to_be_visible()
    field = page.get_by_label(f"Parks, {months[-1]:%B %Y}")
    field.fill("lots")
    page.get_by_role("button", name="Keep the numbers").click()
    expect(page.get_by_text("must be a whole number, like 12").first).to_be_visible()
    check_accessible(page)
    field.fill("1,100")
    page.get_by_role("button", name="Keep the numbers").click()
    screenshot(page, "activity")
    page.get_by_role("button", name="Take it back").first.click()
    expect(page.get_by_text("1 number is kept as before that change.")).to_be_visible()
    check_accessible(page)
    page.goto("/fenwick-council/staff/insight/compare/")
    expect(
        page.get_by_text("1 of 7 services differs from what is expected by more than chance in complaints")
    ).to_be_visible()
    assert page.locator("svg:visible").count() == 3
    screenshot(page, "compare")
    check_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_download() as download:
        page.get_by_role("link", name="Download these figures").click()
    assert download.value.suggested_filename == "fenwick-council-compare-services.csv"


def test_a_year_and_a_comparison_print_in_ink(page: Page, body: Organisation) -> None:
    be_signed_in(page, factories.person(body, "handler"))
    page.goto("/fenwick-council/staff/insight/compare/")
    page.emulate_media(media="print")
    expect(page.get_by_role("table", name="Share found well-founded, by service")).to_be_visible()
    expect(page.get_by_role("link", name="The last 24 months")).to_be_hidden()
    assert page.locator("svg:visible").count() == 1
