"""From a suggestion of subject to the tab of themes, by keyboard or touch, with and without JavaScript."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.journeys.staff import be_signed_in

from heed.accounts.models import User
from heed.cases.models import Case
from heed.insight.models import NewTheme
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
NOW = timezone.now()


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    return factories.organisation(code="riverside", name="Riverside")


@pytest.fixture
def handler(body: Organisation) -> User:
    return factories.person(body, "handler")


@pytest.fixture
def case(body: Organisation, handler: User) -> Case:
    return factories.registered(body, handler, text="The nurse was rude, and we waited for hours.")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_a_subject_is_ticked_and_a_theme_is_named(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, handler: User, case: Case, javascript: bool,
    width: int,
) -> None:  # fmt: skip
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, handler)
    page.goto(f"/riverside/staff/cases/{case.reference}/issues/")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_label("What they complain about").fill("We waited four hours.")
    page.get_by_role("radio", name="Waiting times").check()
    screenshot(page, "suggestions")
    check_accessible(page)
    page.get_by_role("button", name="Add the issue").click()
    expect(page.get_by_role("heading", name="Issue 1: Waiting times")).to_be_visible()
    NewTheme.objects.create(
        organisation=case.organisation, number=1, words=["booking app", "froze"], case_ids=[str(case.pk)] * 5, people=4,
        copies=1, sizes=[["2026-11-16", 5]], first_seen_at=NOW - timedelta(days=7), last_seen_at=NOW,
    )  # fmt: skip
    page.goto("/riverside/staff/insight/themes/")
    screenshot(page, "themes")
    check_accessible(page)
    page.get_by_role("link", name="Theme 1").click()
    expect(page.get_by_text("The nurse was rude")).to_be_visible()
    page.get_by_role("radio", name="Name it").check()
    page.get_by_label("Its name, if you name it").fill("The booking app")
    check_accessible(page)
    page.get_by_role("button", name="Keep this decision").click()
    expect(page.get_by_role("link", name="Theme 1: The booking app")).to_be_visible()
    page.get_by_role("link", name="How good the suggestions of subject are").click()
    expect(page.get_by_text("1 text had suggestions")).to_be_visible()
    check_accessible(page)
