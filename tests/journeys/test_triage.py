"""A complaint came in. From the worklist it is registered, acknowledged, listed, rated, and given an approach."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests import factories
from tests.journeys.staff import sign_in

from heed.accounts.models import User
from heed.cases.models import Case
from heed.organisations.models import Organisation

Check = Callable[[Page], None]


@pytest.fixture
def trust(transactional_db: None) -> Organisation:
    return factories.organisation(code="riverside-nhs", name="Riverside NHS Trust", short_name="Riverside")


@pytest.fixture
def priya(trust: Organisation) -> User:
    return factories.person(trust, "handler", name="Priya Shah")


@pytest.fixture
def case(trust: Organisation) -> Case:
    return factories.case(
        trust,
        text="Nobody answered the bell, and the doctor never came. " * 4,
        desired_outcomes=("apology",),
        chosen_body="commissioner",
    )


def register(page: Page, check: Check) -> None:
    page.get_by_role("link", name=re.compile("^Register.*Sarah Whittaker")).click()
    page.get_by_role("button", name="Register it").click()
    check(page)
    page.get_by_label("Others who are complained about").fill("The night sister")
    page.get_by_role("button", name="Register it").click()
    expect(page.get_by_text("is registered.")).to_be_visible()
    check(page)


def acknowledge(page: Page, check: Check) -> None:
    page.get_by_role("button", name="Acknowledge it to Ms Whittaker").click()
    page.get_by_role("button", name="Acknowledge it to Ms Whittaker").click()
    expect(page.get_by_role("link", name="Choose how you acknowledge it")).to_be_visible()
    check(page)
    expect(page.get_by_text("Subject: We would like to talk with you")).to_be_visible()
    page.get_by_label("I have told them myself").check()
    expect(page.get_by_label("How you told them")).to_be_visible()
    page.get_by_label("Send the email below").check()
    page.get_by_role("button", name="Acknowledge it to Ms Whittaker").click()
    expect(page.get_by_text("The email to Ms Whittaker is on its way.")).to_be_visible()


def rate(page: Page, check: Check) -> None:
    page.get_by_role("button", name="Rate the risk").click()
    page.get_by_text("How the risk follows, with examples").click()
    check(page)
    page.get_by_role("group", name="How serious it is").get_by_label("Medium").check()
    page.get_by_role("group", name="How likely it is to happen again").get_by_label("Possible").check()
    page.get_by_label("Risk to the safety of others").check()
    page.get_by_role("button", name="Rate the risk").click()
    expect(page.get_by_text("The risk is rated high.")).to_be_visible()


def list_issues(page: Page, check: Check) -> None:
    page.get_by_role("button", name="List the issues").click()
    page.get_by_role("button", name="Add the issue").click()
    expect(page.get_by_role("link", name="Choose subject")).to_be_visible()
    check(page)
    for number, text in enumerate(["Nobody answered the bell", "The doctor never came"], start=1):
        page.get_by_label("What they complain about").fill(text)
        page.get_by_label("Subject").select_option("other")
        page.get_by_role("button", name="Add the issue").click()
        expect(page.get_by_role("heading", name=f"Issue {number}")).to_be_visible()
    page.get_by_role("link", name="Change issue 2").click()
    page.get_by_label("What they complain about").fill("The doctor came too late")
    page.get_by_role("button", name="Change the issue").click()
    check(page)


def choose(page: Page, check: Check) -> None:
    page.get_by_role("button", name="Choose the approach").click()
    check(page)
    page.get_by_label("Early resolution").check()
    page.get_by_role("button", name="Choose this").click()
    expect(page.get_by_role("link", name="The risk is high.")).to_be_visible()
    page.get_by_label("A closer look").check()
    page.get_by_role("button", name="Choose this").click()
    expect(page.get_by_text("The case gets a closer look.")).to_be_visible()


def read_history(page: Page, check: Check) -> None:
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text("Priya Shah chose a closer look.")).to_be_visible()
    page.get_by_text("What changed").click()
    check(page)
    page.get_by_role("link", name="Decisions").click()
    expect(page.get_by_text("Priya Shah rated the risk: high.")).to_be_visible()
    check(page)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_from_the_worklist_to_an_approach(
    new_page: Callable[..., Page],
    case: Case,
    priya: User,
    check_accessible: Check,
    screenshot: Callable[[Page, str], list[Path]],
    javascript: bool,
    width: int,
) -> None:
    page = new_page(javascript=javascript, width=width)
    sign_in(page, priya)
    page.goto("/riverside-nhs/staff/")
    check_accessible(page)
    screenshot(page, "worklist")
    for step in (register, acknowledge, rate, list_issues, choose, read_history):
        step(page, check_accessible)
    screenshot(page, "history")
    page.get_by_role("link", name="Summary").click()
    screenshot(page, "summary")
    done = factories.fresh(case)
    assert (done.status, done.risk, done.approach, done.next_step) == ("registered", "high", "closer", "plan")
    assert done.issues.count() == 2


def test_the_worklist_by_keyboard(page: Page, trust: Organisation, priya: User, check_accessible: Check) -> None:
    cases = [
        factories.case(trust, complainant=factories.PersonGiven(name=name)) for name in ("Ann Lee", "Bo Diaz", "Cy Fox")
    ]
    sign_in(page, priya)
    page.goto("/riverside-nhs/staff/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bo Diaz")).to_be_visible()
    page.go_back()
    page.keyboard.press("?")
    check_accessible(page)
    page.keyboard.press("/")
    page.keyboard.type("Cy Fox")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=cases[2].reference)).to_be_visible()
    check_accessible(page)


def test_somebody_else_was_faster(
    page: Page, trust: Organisation, priya: User, case: Case, check_accessible: Check
) -> None:
    sign_in(page, priya)
    page.goto(f"/riverside-nhs/staff/cases/{case.reference}/register/")
    page.get_by_label("Others who are complained about").fill("The night sister")
    tom = factories.person(trust, "handler", name="Tom Okafor")
    factories.triage.register(
        case_id=case.pk, kind="concern", service_id=case.service_id, handler_id=tom.pk, by=factories.actor(tom, trust),
        at=factories.NOW, version=case.version,
    )  # fmt: skip
    page.get_by_role("button", name="Register it").click()
    expect(page.get_by_role("alert")).to_contain_text("Tom Okafor changed this while you were working")
    expect(page.get_by_label("Others who are complained about")).to_have_value("The night sister")
    check_accessible(page)


SETTINGS = ("", "people/", "services/", "closures/", "risk/", "look/", "contact/")


def test_settings_and_lists_can_be_used_by_anybody(
    new_page: Callable[..., Page], trust: Organisation, case: Case, check_accessible: Check
) -> None:
    """Each page as it answers to its form sent empty, or as it is where it has none."""
    boss = factories.person(trust, "administrator", "complaints_manager", name="Tom Okafor")
    comment = factories.received(trust, kind="comment", text="The chairs are hard.").feedback
    page = new_page(width=375)
    sign_in(page, boss)
    of_case = ["people/complainant/reach/", "people/representative/", "received/", "complained-about/", "handler/"]
    pages = ["cases/", "feedback/", f"feedback/{comment.reference}/", f"feedback/{comment.reference}/complaint/"]
    pages += [f"settings/{name}" for name in SETTINGS] + [f"settings/people/{boss.pk}/"]
    pages += [f"cases/{case.reference}/{name}" for name in of_case]
    for address in pages:
        page.goto(f"/riverside-nhs/staff/{address}")
        if page.locator("main form button[type=submit]").count():
            page.locator("main form button[type=submit]").last.click()
        check_accessible(page)
