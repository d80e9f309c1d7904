"""The quality of records: two people code the same texts, and a month is checked against the papers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.journeys.staff import be_signed_in

from heed.accounts.models import User
from heed.facts.models import CaseFact
from heed.insight.actions import coding
from heed.insight.models import CodingRound
from heed.insight.queries.recheck import last_month
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
QUALITY = "/riverside/staff/insight/quality/"


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    return factories.organisation(code="riverside", name="Riverside NHS Trust")


@pytest.fixture
def manager(body: Organisation) -> User:
    return factories.person(body, "complaints_manager", name="Mona Vale")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_two_people_code_the_same_texts(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, body: Organisation, manager: User,
    javascript: bool, width: int,
) -> None:  # fmt: skip
    now = timezone.now()
    ann = factories.person(body, "handler", name="Ann Hart")
    for number in range(32):
        factories.case(body, at=now - timedelta(days=number + 1), text=f"Nobody came for {number + 1} hours.")
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, manager)
    page.goto(QUALITY)
    expect(page.get_by_text("No round yet")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Start a round").click()
    page.get_by_role("button", name="Draw the texts").click()
    expect(page.get_by_role("alert")).to_contain_text("The round cannot be started yet")
    check_accessible(page)
    page.get_by_label("The first who codes").select_option("Ann Hart")
    page.get_by_label("The second who codes").select_option("Mona Vale")
    page.get_by_label("Open and closed cases").check()
    screenshot(page, "quality-start")
    page.get_by_role("button", name="Draw the texts").click()
    expect(page.get_by_text("Ann Hart: 0 of 32")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Begin to code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Text 1 of 32")
    page.get_by_role("button", name="Keep it and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a risk, or that you cannot tell")
    screenshot(page, "quality-text")
    check_accessible(page)
    page.get_by_label("Moderate").check()
    page.get_by_label("What is it mainly about?").select_option("Waiting times")
    page.get_by_role("button", name="Keep it and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Text 2 of 32")
    page.get_by_role("link", name="Leave it for now").click()
    expect(page.get_by_text("You have coded 1 of 32.")).to_be_visible()
    of = CodingRound.objects.get()
    for number in range(1, 33):
        for person in (ann, manager):
            if (person, number) != (manager, 32):
                risk = "high" if person == ann and number < 6 else "moderate" if number < 20 else "low"
                coding.code_text(round_id=of.pk, number=number, risk=risk, subject="waiting_times",
                                 by=factories.actor(person, body), at=now)  # fmt: skip
    page.goto(QUALITY)
    page.get_by_role("link", name="Go on coding the texts of round 1").click()
    page.get_by_label("Low").check()
    page.get_by_label("What is it mainly about?").select_option("Communications")
    page.get_by_role("button", name="Keep it and go on").click()
    expect(page.get_by_text("They gave the same risk to 27 of 32 texts (84%).")).to_be_visible()
    expect(page.get_by_text("Moderate and High: 5 texts")).to_be_visible()
    page.get_by_text("Agreement on each code").first.click()
    screenshot(page, "quality-round")
    check_accessible(page)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_a_month_is_checked_against_the_papers(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, body: Organisation, manager: User,
    javascript: bool, width: int,
) -> None:  # fmt: skip
    handler, month = factories.person(body, "handler"), last_month(timezone.localdate())
    for days in range(3):
        case = factories.registered(body, handler, at=timezone.now() - timedelta(days=90))
        on = month + timedelta(days=days)
        CaseFact.objects.filter(case_id=str(case.pk)).update(
            closed_on=on, first_closed_on=on, outcome="upheld", risk="low"
        )
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, manager)
    page.goto(QUALITY)
    expect(page.get_by_text("Nothing checked yet")).to_be_visible()
    page.get_by_role("button", name="Draw them now").click()
    expect(page.get_by_text("3 cases closed; 0 checked")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Check TB").first.click()
    page.get_by_role("button", name="Keep what I found").click()
    expect(page.get_by_role("alert")).to_contain_text("Say of each whether it is right")
    check_accessible(page)
    for name in ("received_on", "acknowledged_on", "responded_on", "subject"):
        page.locator(f"[name={name}][value=right]").check()
    page.locator("[name=outcome][value=cannot_tell]").check()
    page.locator("[name=risk][value=wrong]").check()
    page.locator("[name=risk_should]").select_option("High")
    screenshot(page, "quality-check")
    page.get_by_role("button", name="Keep what I found").click()
    expect(page.get_by_role("cell", name="1 of 1 (100%)")).to_be_visible()
    expect(page.get_by_role("link", name="Put it right")).to_be_visible()
    screenshot(page, "quality-sample")
    check_accessible(page)
    page.get_by_role("link", name="Data quality").first.click()
    expect(page.get_by_role("link", name="Check 2 cases against the papers")).to_be_visible()
    expect(page.get_by_text("3 of 3 cases have no subject.")).to_be_visible()
    screenshot(page, "quality")
    check_accessible(page)
