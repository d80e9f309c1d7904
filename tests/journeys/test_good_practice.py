"""Good practice beside each other, what handling cost, and a handler's own figures."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.insight.facts import invent
from tests.journeys.staff import be_signed_in

from heed.organisations.models import Organisation

Check = Callable[[Page], None]
BOTH = pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    made = factories.organisation("lgsco-2024", code="fenwick-council", name="Fenwick Council")
    for code in ("libraries", "parks"):
        factories.service(made, code)
    return made


@BOTH
def test_every_part_stands_beside_the_others(
    new_page: Callable[..., Page],
    check_accessible: Check,
    screenshot: Any,
    body: Organisation,
    javascript: bool,
    width: int,
) -> None:
    invent(body.code, ["first", "libraries", "parks"], cases=400, today=timezone.localdate())
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, factories.person(body, "handler"))
    page.goto("/fenwick-council/staff/insight/")
    page.get_by_role("link", name="Good practice").click()
    expect(page.get_by_text("This is no ranking and there are no targets")).to_be_visible()
    page.get_by_text("Where this comes from").first.click()
    expect(page.get_by_text("LGSCO Complaint Handling Code (2024), 3 (FOUND)")).to_be_visible()
    screenshot(page, "practice")
    check_accessible(page)
    page.get_by_role("link", name="Acknowledged in time").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acknowledged in time")
    overseer = new_page(javascript=javascript, width=width)
    be_signed_in(overseer, factories.person(body, "overseer"))
    overseer.goto("/fenwick-council/staff/insight/practice/")
    expect(overseer.get_by_text("You see no cases here")).to_be_visible()
    check_accessible(overseer)


@BOTH
def test_what_handling_cost_once_it_is_said(
    new_page: Callable[..., Page],
    check_accessible: Check,
    screenshot: Any,
    body: Organisation,
    javascript: bool,
    width: int,
) -> None:
    people = [factories.person(body, role) for role in ("handler", "investigator", "responsible_person")]
    case = factories.answered(body, *people, at=timezone.now() - timedelta(days=70))
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, people[0])
    page.goto("/fenwick-council/staff/insight/cost/")
    expect(page.get_by_text("No cost is worked out")).to_be_visible()
    check_accessible(page)
    admin = new_page(javascript=javascript, width=width)
    be_signed_in(admin, factories.person(body, "administrator", name="Asha Lane"))
    admin.goto("/fenwick-council/staff/settings/costs/")
    admin.get_by_role("button", name="Keep it").click()
    expect(admin.get_by_role("alert")).to_contain_text("Choose the step")
    check_accessible(admin)
    admin.get_by_label("Step", exact=True).select_option("Agreeing or changing the plan")
    admin.get_by_label("Minutes that it takes").fill("45")
    admin.get_by_label("What an hour of it costs").fill("24.60")
    admin.get_by_label("Pay band").fill("Band 6")
    admin.get_by_label("From", exact=True).select_option(index=24)
    admin.get_by_label("Where the figures come from").fill("Time study of two weeks, March")
    admin.get_by_role("button", name="Keep it").click()
    expect(admin.get_by_role("cell", name="£24.60")).to_be_visible()
    screenshot(admin, "cost-settings")
    check_accessible(admin)
    page.reload()
    expect(page.get_by_text("£18").first).to_be_visible()
    expect(page.get_by_text("never a target")).to_be_visible()
    screenshot(page, "cost")
    check_accessible(page)
    page.goto(f"/fenwick-council/staff/cases/{case.reference}/history/")
    page.get_by_role("link", name="What handling this case cost").click()
    expect(page.get_by_role("cell", name="£18.45").first).to_be_visible()
    screenshot(page, "cost-case")
    check_accessible(page)


@BOTH
def test_a_handler_looks_back_on_their_own_work(
    new_page: Callable[..., Page],
    check_accessible: Check,
    screenshot: Any,
    body: Organisation,
    javascript: bool,
    width: int,
) -> None:
    handler, *others = [factories.person(body, role) for role in ("handler", "investigator", "responsible_person")]
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, handler)
    page.goto("/fenwick-council/staff/my-figures/")
    expect(page.get_by_text("No case is with you yet")).to_be_visible()
    check_accessible(page)
    for days in (60, 80, 100, 300, 340):
        factories.answered(body, handler, *others, at=timezone.now() - timedelta(days=days))
    page.goto("/fenwick-council/staff/")
    page.get_by_role("link", name="My figures").click()
    expect(page.get_by_text("Nobody else can open this page")).to_be_visible()
    expect(page.get_by_role("row", name="Acknowledged in time")).to_contain_text("3 of 3")
    page.get_by_text("What each of them counts").click()
    screenshot(page, "my-figures")
    check_accessible(page)
