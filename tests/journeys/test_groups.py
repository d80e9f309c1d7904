"""Groups of people: somebody says a little about themselves and takes it back; an administrator decides what is asked; the
figures are read."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.insight.groups_facts import ADMIN, ask, invent
from tests.journeys.staff import be_signed_in, fill_day
from tests.portal.visitor import Visitor

from heed.feedback.models import AboutYouAnswer
from heed.insight.actions.groups import count_groups
from heed.organisations import actions
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
WIDTHS = pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
SHORT = ("age", "disability", "ethnic-group", "sex")
ANSWERS = {
    "age": {"18_to_24": 12, "25_to_34": 15, "35_to_44": 20, "45_to_54": 20, "65_to_74": 20, "75_to_84": 13},
    "disability": {"a_lot": 15, "a_little": 25, "no": 60},
    "ethnic-group": {"british": 80, "irish": 3, "indian": 8, "african": 9},
    "sex": {"female": 60, "male": 40},
}


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    return factories.organisation("lgsco-2024", code="fenwick-council", name="Fenwick Council", colour="#6b3f73")


@WIDTHS
def test_somebody_says_a_little_about_themselves_and_takes_it_back(
    new_page: Callable[..., Page],
    check_accessible: Check,
    screenshot: Any,
    body: Organisation,
    javascript: bool,
    width: int,
) -> None:
    ask(body, *SHORT, since=timezone.now())
    visitor = Visitor(body)
    visitor.send()
    page = new_page(javascript=javascript, width=width)
    page.goto("/fenwick-council/follow/")
    page.get_by_label("Reference").fill(visitor.reference)
    page.get_by_label("Secret code").fill(visitor.code)
    page.get_by_role("button", name="Open my page").click()
    page.get_by_role("link", name="Tell us a little about yourself").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About you, if you like")
    screenshot(page, "about-you")
    check_accessible(page)
    page.get_by_text("More about your answers").click()
    expect(page.get_by_text("also if you act for somebody else")).to_be_visible()
    page.get_by_label("How old are you?").select_option("75 to 84")
    page.get_by_label("What is your ethnic group?").select_option("Irish")
    page.get_by_role("group", name="What is your sex?").get_by_label("Prefer not to say").check()
    check_accessible(page)
    page.get_by_role("button", name="Send these answers").click()
    expect(page.get_by_text("Your answers are kept apart from what you told us.")).to_be_visible()
    assert AboutYouAnswer.objects.count() == 2
    check_accessible(page)
    page.get_by_role("link", name="Tell us a little about yourself").click()
    expect(page.get_by_label("How old are you?")).to_have_value("")
    page.get_by_role("button", name="Withdraw my answers").click()
    expect(page.get_by_text("Your answers are withdrawn.")).to_be_visible()
    assert not AboutYouAnswer.objects.exists()


@pytest.fixture
def counted(body: Organisation) -> Organisation:
    """A year of figures, and the people served for three of four questions."""
    ask(body, *SHORT, since=timezone.make_aware(datetime(2025, 4, 1)))
    invent(body, date(2025, 4, 1), date(2026, 3, 31), cases=420, answers=ANSWERS)
    served = {
        "age": {"under_25": 240, "from_25_to_64": 560, "from_65": 200},
        "disability": {"yes": 190, "no": 810},
        "ethnic-group": {"white": 680, "other_than_white": 320},
    }
    for question, shares in served.items():
        actions.set_population(
            organisation=body, question=question, shares=shares, source="Census 2021, Fenwick",
            counted_on=date(2021, 3, 21), by=ADMIN, at=timezone.now(),
        )  # fmt: skip
    count_groups(organisation_id=body.pk, by=ADMIN, at=timezone.make_aware(datetime(2026, 7, 1)))
    return body


@WIDTHS
@pytest.mark.parametrize("role", ["complaints_manager", "overseer"])
def test_the_figures_are_read(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, counted: Organisation, role: str,
    javascript: bool, width: int,
) -> None:  # fmt: skip
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, factories.person(counted, role))
    page.goto("/fenwick-council/staff/insight/")
    page.get_by_role("link", name="Groups of people").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Groups of people")
    expect(page.get_by_text("April 2025 to March 2026.")).to_be_visible()
    expect(page.get_by_text("it is 24%: ask whether young people can find the way to complain")).to_be_visible()
    expect(page.get_by_text("Census 2021, Fenwick").first).to_be_visible()
    expect(page.get_by_text("No comparison yet").first).to_be_visible()
    assert not page.get_by_role("main").locator("a[href*=cases]").count()
    screenshot(page, f"groups-{role}")
    check_accessible(page)
    page.get_by_text("What the figures mean, and what is hidden").click()
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download what is shown").click()
    assert download.value.suggested_filename == "fenwick-council-groups-of-people-2025-04-01.csv"


@WIDTHS
def test_an_administrator_decides_what_is_asked(
    new_page: Callable[..., Page],
    check_accessible: Check,
    screenshot: Any,
    body: Organisation,
    javascript: bool,
    width: int,
) -> None:
    page = new_page(javascript=javascript, width=width)
    be_signed_in(page, factories.person(body, "administrator", "complaints_manager"))
    page.goto("/fenwick-council/staff/insight/groups/")
    expect(page.get_by_text("Nobody is asked yet.")).to_be_visible()
    check_accessible(page)
    page.goto("/fenwick-council/staff/settings/groups/")
    check_accessible(page)
    page.get_by_label("Age group").check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert").get_by_text("Tick that it was agreed")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Our data protection officer agreed").check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("From now on these questions are offered.")).to_be_visible()
    screenshot(page, "groups-settings")
    page.get_by_role("link", name="Change Age group").click()
    page.get_by_label("Under 25", exact=True).fill("24")
    page.get_by_label("25 to 64", exact=True).fill("90")
    page.get_by_label("Where are the figures from?").fill("Census 2021")
    fill_day(page, "counted_on", date(2021, 3, 21))
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("add up to more than the whole").first).to_be_visible()
    check_accessible(page)
    page.get_by_label("25 to 64", exact=True).fill("56")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Census 2021, of 21 March 2021")).to_be_visible()
    check_accessible(page)
    page.goto("/fenwick-council/staff/insight/groups/")
    expect(page.get_by_text("Nobody can see how many have answered before that.")).to_be_visible()
