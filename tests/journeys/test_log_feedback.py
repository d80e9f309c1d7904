"""Somebody rings. By keyboard alone it is written down, while they are on the line, in a minute."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests import factories
from tests.journeys.staff import sign_in

from heed.accounts.models import User
from heed.cases.models import Case
from heed.organisations.models import Organisation

WORDS = (
    "I rang the clinic three times about my mother's letter and nobody could tell me when she will be seen. They promised "
    "to call back on Monday and did not. She is in pain and cannot sleep well at night."
)
# Card, Moran and Newell's keystroke-level model (1980): an average typist takes 0.2 seconds for a key.
SECONDS_A_KEY, MOST_SECONDS = 0.2, 60


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.pressed += times


@pytest.fixture
def clinic(transactional_db: None) -> Organisation:
    of = factories.organisation(code="riverside-nhs", name="Riverside NHS Trust", short_name="Riverside")
    factories.service(of, "outpatients", name="Outpatients")
    return of


@pytest.fixture
def receptionist(clinic: Organisation) -> User:
    return factories.person(clinic, "front_line", name="Megan Rhys-Llewellyn")


def test_forty_words_by_keyboard_in_a_minute(
    page: Page, clinic: Organisation, receptionist: User, check_accessible: Callable[[Page], None]
) -> None:
    assert len(WORDS.split()) == 40
    sign_in(page, receptionist)
    page.goto("/riverside-nhs/staff/log/")
    check_accessible(page)
    keys = Keys(page)
    keys.type(WORDS)  # the page begins in the box for their words
    keys.press("Tab")
    keys.type("Nasreen Begum")
    keys.press("Tab")
    keys.type("07700 900 789")
    keys.press("Tab")
    keys.type("Out")  # a list of services goes to what is typed
    keys.press("Tab", 4)  # a complaint, by phone, just now: as it stands
    keys.press("ArrowDown")  # a call-back, by five today or on the next working day
    keys.press("Tab")
    keys.press("Space")  # they want to hear what changes
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="It is logged")).to_be_visible()
    case = Case.objects.get()
    assert (case.complainant_name, case.service.name, case.feedback.channel) == (
        "Nasreen Begum",
        "Outpatients",
        "phone",
    )
    assert case.feedback.narrative.text == WORDS
    assert case.feedback.call_back_by is not None
    assert case.feedback.hear_of_changes_at is not None
    assert keys.pressed * SECONDS_A_KEY <= MOST_SECONDS, f"{keys.pressed} keys"
    expect(page.get_by_text(case.reference).first).to_be_visible()
    check_accessible(page)


def test_it_shows_eight_questions_and_a_tick_and_more_only_when_asked(page: Page, receptionist: User) -> None:
    sign_in(page, receptionist)
    page.goto("/riverside-nhs/staff/log/")
    fields = "main form input:visible, main form select:visible, main form textarea:visible"
    names = {field.get_attribute("name") for field in page.locator(fields).all()}
    assert len(names - {"hear"}) == 8, names
    assert "hear" in names
    page.get_by_label("Earlier").check()
    expect(page.get_by_label("Day", exact=True)).to_be_visible()


def test_what_is_wrong_is_said_and_the_same_form_sent_again_makes_one(
    new_page: Callable[..., Page],
    clinic: Organisation,
    receptionist: User,
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[Page, str], list[Path]],
) -> None:
    page = new_page(javascript=False, width=375)
    sign_in(page, receptionist)
    page.goto("/riverside-nhs/staff/log/")
    page.get_by_label("Their name").fill("Nasreen Begum")
    page.get_by_label("How to reach them").fill("nasreen@post")
    page.get_by_role("button", name="Log it").click()
    check_accessible(page)
    screenshot(page, "log-errors")
    expect(page.get_by_role("link", name="Enter what they said")).to_be_visible()
    expect(page.get_by_label("How to reach them")).to_have_value("nasreen@post")
    page.get_by_label("How to reach them").fill("nasreen@post.example")
    page.get_by_label("What they said").fill("The letter never came.")
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_role("heading", name="It is logged")).to_be_visible()
    screenshot(page, "logged")
    page.reload()  # the browser sends the same form again
    expect(page.get_by_role("heading", name="It is logged")).to_be_visible()
    assert Case.objects.count() == 1
    page.get_by_role("link", name="print the written record").click()
    check_accessible(page)
    page.get_by_role("link", name="Back to the case").click()
    check_accessible(page)
    expect(page.get_by_role("heading", name="What they told us")).to_be_visible()
