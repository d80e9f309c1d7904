"""The figures: three sentences first, sixteen rows, a chart and a table each, every definition one click away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.insight.facts import invent
from tests.journeys.staff import be_signed_in

from heed.accounts.models import User
from heed.insight.measures import ROWS
from heed.organisations.models import Organisation

Check = Callable[[Page], None]


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    made = factories.organisation("lgsco-2024", code="fenwick-council", name="Fenwick Council")
    for code in ("housing", "libraries", "parks"):
        factories.service(made, code)
    invent(made.code, ["first", "housing", "libraries", "parks"], cases=600, today=timezone.localdate())
    return made


@pytest.fixture
def handler(body: Organisation) -> User:
    return factories.person(body, "handler")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_from_the_sentences_to_a_definition(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, handler: User, javascript: bool, width: int
) -> None:
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, handler)
    page.goto("/fenwick-council/staff/insight/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What people tell us, and what comes of it")
    assert page.get_by_role("link", name="See the chart").count() >= 3
    for row in ROWS:
        expect(page.get_by_role("heading", name=row.name, exact=True)).to_be_visible()
    assert page.locator("svg:visible").count() >= 11
    screenshot(page, "insight")
    check_accessible(page)
    page.get_by_text("By month, all of this row").first.click()
    table = page.get_by_role("region", name="Received, by type, service, channel and subject, by month")
    expect(table.get_by_role("row")).to_have_count(14)
    if width < 800:
        page.get_by_text("Period and service").click()
    page.get_by_role("link", name="Parks").click()
    expect(page.get_by_text("For Parks,")).to_be_visible()
    page.get_by_role("link", name="Acknowledged in time", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acknowledged in time")
    expect(page.get_by_text("Those acknowledged on the day they were due or before.")).to_be_visible()
    screenshot(page, "insight-measure")
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Figures as CSV").click()
    assert download.value.suggested_filename == "fenwick-council-acknowledged_in_time.csv"


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_a_manager_reads_two_figures_together_keeps_them_and_begins_limits_anew(
    new_page: Callable[..., Page],
    check_accessible: Check,
    screenshot: Any,
    body: Organisation,
    javascript: bool,
    width: int,
) -> None:
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, factories.person(body, "complaints_manager"))
    page.goto("/fenwick-council/staff/insight/")
    page.get_by_role("link", name="Read two figures together").click()
    page.get_by_label("First").select_option(label="Answered within the time told at the start")
    page.get_by_label("Second").select_option(label="Reopened")
    page.get_by_role("button", name="Read them together").click()
    expect(page.get_by_role("heading", name="What they say, all of Fenwick Council")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Reopened: ").first).to_be_visible()
    screenshot(page, "insight-together")
    check_accessible(page)
    page.get_by_role("link", name="Kept figures").click()
    page.get_by_role("button", name="Keep the figures").click()
    expect(page.get_by_text("Enter what they are kept for").first).to_be_visible()
    check_accessible(page)
    page.get_by_label("What are they kept for?").fill("Board, November")
    page.get_by_role("button", name="Keep the figures").click()
    expect(page.get_by_text("Every figure is the same now.")).to_be_visible()
    screenshot(page, "insight-kept")
    check_accessible(page)
    begin_limits_anew(page, check_accessible)


def begin_limits_anew(page: Page, check_accessible: Check) -> None:
    page.goto("/fenwick-council/staff/insight/measures/received_complaints/?months=24&by=channel")
    check_accessible(page)
    page.get_by_role("link", name="See them").nth(3).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What was counted in")
    check_accessible(page)
    page.go_back()
    page.get_by_role("link", name="the limits can begin anew with it").click()
    page.get_by_role("button", name="Begin the limits anew").click()
    expect(page.get_by_text("Enter what changed").first).to_be_visible()
    check_accessible(page)
    page.get_by_label("With which month").select_option(index=6)
    page.get_by_label("What changed?").fill("Complaints are taken at the front desk too.")
    page.get_by_role("button", name="Begin the limits anew").click()
    expect(page.get_by_text("Complaints are taken at the front desk too.")).to_be_visible()
    page.get_by_role("link", name="the limits can begin anew with it").click()
    page.get_by_role("link", name="Take it back").click()
    check_accessible(page)
    page.get_by_label("Why is it taken back?").fill("It was another service.")
    page.get_by_role("button", name="Take them back").click()
    expect(page.get_by_text("The limits run on as before.")).to_be_visible()


def test_somebody_who_sees_no_case_sees_hidden_small_numbers(
    page: Page, check_accessible: Check, screenshot: Any, body: Organisation
) -> None:
    be_signed_in(page, factories.person(body, "overseer"))
    page.goto("/fenwick-council/staff/insight/measures/received/")
    expect(page.get_by_text("Numbers from 1 to 4 are hidden")).to_be_visible()
    expect(page.get_by_role("cell", name="hidden").first).to_be_visible()
    screenshot(page, "insight-overseer")
    check_accessible(page)
    page.goto("/fenwick-council/staff/insight/measures/received_rate/")
    expect(page.get_by_text("No denominator").first).to_be_visible()
    check_accessible(page)


def test_nothing_yet_is_said_kindly(page: Page, check_accessible: Check, transactional_db: None) -> None:
    empty = factories.organisation(code="new-body", name="New Body")
    be_signed_in(page, factories.person(empty, "handler"))
    page.goto("/new-body/staff/insight/")
    expect(page.get_by_text("No figures yet")).to_be_visible()
    check_accessible(page)
