"""A manager reads an early warning, looks at what people say, records what was learned, promises an action, and says what
they make of it; somebody else looks again later; whoever sees no case sees no warning."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.insight.rises import TODAY, quiet
from tests.journeys.staff import be_signed_in, fill_day
from tests.journeys.test_learning import ANSWERS, DAYS

from heed.accounts.models import User
from heed.audit.actor import system
from heed.facts.models import CaseFact
from heed.insight.actions.watching import watch
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
TOLD = (
    "The board said forty minutes and it was five hours.",
    "Nobody calls out names any more, and the screen was wrong.",
    "I left without being seen, as the display had not moved.",
    "Seven hours under strip lights with a migraine.",
    "My mother had not eaten, and our ticket had dropped off the list.",
    "They pointed at the screen each time I asked.",
    "It used to be that a nurse told you where you stood.",
    "Midnight on hard chairs, at eighty-four.",
)


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    """A service with two years of a quiet past, and a last whole week that was not."""
    made = factories.organisation(code="riverside-nhs", name="Riverside NHS Trust")
    made.services.update(name="Emergency department")
    quiet(made.code, {("first", "waiting_times"): 0.8, ("first", "communications"): 1.5}, weeks=110)
    now = timezone.now()
    shift = (timezone.localdate(now) - timedelta(days=timezone.localdate(now).weekday())) - TODAY
    rows = list(CaseFact.objects.all())
    for row in rows:
        row.received_on += shift
    CaseFact.objects.bulk_update(rows, ["received_on"])
    for number, text in enumerate(TOLD):
        at = now - timedelta(days=now.weekday() + 4, minutes=number)
        factories.received(made, at=at, text=text, subject="waiting_times",
                           complainant=factories.PersonGiven(name=f"Person {number}"))  # fmt: skip
    watch(organisation=made, on=timezone.localdate(now), by=system("test"), at=now)
    return made


@pytest.fixture
def manager(body: Organisation) -> User:
    return factories.person(body, "complaints_manager", name="Tom Okafor")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_from_a_warning_to_an_action(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, body: Organisation, manager: User,
    javascript: bool, width: int,
) -> None:  # fmt: skip
    factories.person(body, "action_owner", name="Owen Price")
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, manager)
    page.goto("/riverside-nhs/staff/insight/")
    page.get_by_label("Insight").get_by_role("link", name="Early warnings").click()
    expect(page.get_by_text("where none is usual").or_(page.get_by_text("are usual")).first).to_be_visible()
    expect(page.get_by_role("heading", name="How far to trust this")).to_be_visible()
    screenshot(page, "warnings")
    check_accessible(page)
    page.get_by_role("link", name="Waiting times, Emergency department").first.click()
    expect(page.locator("svg:visible").first).to_be_visible()
    expect(page.get_by_text("Midnight on hard chairs")).to_be_visible()
    page.get_by_text("The numbers").first.click()
    screenshot(page, "warning")
    check_accessible(page)
    learn(page, check_accessible)
    say_what_it_is(page, check_accessible)


def learn(page: Page, check_accessible: Check) -> None:
    warning = page.url
    page.get_by_role("button", name="Record what was learned").click()
    page.get_by_role("button", name="Record what was learned").click()
    expect(page.get_by_role("link", name="Enter what was learned")).to_be_visible()
    check_accessible(page)
    page.get_by_label("What was learned?").fill("The board is fed by a list that nobody clears.")
    page.get_by_label("For the service").check()
    page.get_by_role("button", name="Record what was learned").click()
    expect(page.get_by_text("The board is fed by a list")).to_be_visible()
    page.get_by_role("button", name="Promise an action").click()
    for label, words in ANSWERS.items():
        page.get_by_label(label.replace("is the person", "are the people who told us")).fill(words)
    page.get_by_label("Who owns it?").select_option(label="Owen Price")
    for name, after in DAYS.items():
        fill_day(page, name, timezone.localdate() + timedelta(days=after))
    check_accessible(page)
    page.get_by_role("button", name="Promise the action").click()
    expect(page.get_by_text("The action is promised.")).to_be_visible()
    expect(page.get_by_text("From: In the week to")).to_be_visible()
    check_accessible(page)
    page.goto(warning)
    expect(page.get_by_role("link", name=ANSWERS["What exactly will be done?"])).to_be_visible()


def say_what_it_is(page: Page, check_accessible: Check) -> None:
    page.get_by_role("button", name="Look again later").click()
    fill_day(page, "until", timezone.localdate() + timedelta(days=10))
    check_accessible(page)
    page.get_by_role("button", name="Snooze it").click()
    expect(page.get_by_text("Snoozed until").first).to_be_visible()
    page.get_by_role("button", name="Say more about it").click()
    page.get_by_role("button", name="Acknowledge it").click()
    expect(page.get_by_role("link", name="Choose what you make of it")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Something is behind it").check()
    page.get_by_label("What did you look at").fill("The board; it is being mended.")
    page.get_by_role("button", name="Acknowledge it").click()
    expect(page.get_by_text("It is acknowledged.")).to_be_visible()
    expect(page.get_by_text("by Tom Okafor").first).to_be_visible()
    check_accessible(page)
    page.goto("/riverside-nhs/staff/insight/warnings/?state=acknowledged")
    expect(page.get_by_role("heading", name="Waiting times, Emergency department")).to_be_visible()
    check_accessible(page)


def test_the_budget_is_set_by_an_administrator(page: Page, check_accessible: Check, body: Organisation) -> None:
    be_signed_in(page, factories.person(body, "administrator", name="Ada Moss"))
    page.goto("/riverside-nhs/staff/settings/")
    page.get_by_role("link", name="Change early warnings").click()
    check_accessible(page)
    page.get_by_role("radio", name="1 in 500").first.check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("It counts from the next night on.")).to_be_visible()
    expect(page.get_by_text("Ada Moss set it on")).to_be_visible()


def test_who_sees_no_case_sees_no_warning(page: Page, check_accessible: Check, body: Organisation) -> None:
    be_signed_in(page, factories.person(body, "overseer"))
    page.goto("/riverside-nhs/staff/insight/")
    expect(page.get_by_role("link", name="Early warnings")).to_have_count(0)
    page.goto("/riverside-nhs/staff/insight/warnings/")
    expect(page.get_by_role("heading", name="Early warnings")).to_have_count(0)


def test_nothing_looked_at_yet_is_said_kindly(page: Page, check_accessible: Check, transactional_db: None) -> None:
    empty = factories.organisation(code="new-body", name="New Body")
    be_signed_in(page, factories.person(empty, "handler"))
    page.goto("/new-body/staff/insight/warnings/")
    expect(page.get_by_text("Nothing was looked at yet")).to_be_visible()
    check_accessible(page)
    page.goto("/new-body/staff/insight/warnings/?state=past")
    check_accessible(page)
