"""Every piece that pages are made of, as readers meet it: narrow, zoomed, printed, by keyboard, without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from heed.design.gallery import PAGES

ADDRESSES = [f"/design/{page}/" if page else "/design/" for page in PAGES]
LONG_NAME = "?name=Bwrdd+Iechyd+Betsi+Cadwaladr,+Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
ZOOMED = 320  # a window of 1280 at 400%
HIDDEN_IN_PRINT = ".heed-navigation, .heed-footer, .govuk-button, .govuk-back-link, .heed-tabs, .heed-filters"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    settings.DEMO = True


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [ZOOMED, 375, 768, 1280])
def test_each_page_fits_and_is_accessible(
    new_page: Callable[..., Page], check_accessible: Callable[[Page], None], width: int
) -> None:
    page = new_page(width=width)
    for address in ADDRESSES:
        page.goto(address + LONG_NAME)
        assert overflow(page) == 0, address
        check_accessible(page)


def test_errors_move_the_focus_lead_to_the_question_and_keep_what_was_typed(
    page: Page, check_accessible: Callable[[Page], None]
) -> None:
    page.goto("/design/form/")
    page.get_by_label("Full name").fill("Ann <b>O’Neill</b>")
    page.get_by_label("Day").first.fill("40")
    page.get_by_label("By phone").check()
    page.get_by_role("button", name="Check your answers").click()
    expect(page).to_have_title("Error: Form – Riverside NHS Foundation Trust")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    check_accessible(page)
    page.get_by_role("link", name="Enter your phone number").click()
    expect(page.get_by_label("Phone number")).to_be_focused()
    expect(page.get_by_label("Full name")).to_have_value("Ann <b>O’Neill</b>")
    expect(page.get_by_label("Day").first).to_have_value("40")


def test_a_choice_reveals_its_question_without_a_script(plain_page: Page) -> None:
    plain_page.goto("/design/form/")
    expect(plain_page.get_by_label("Phone number")).to_be_hidden()
    plain_page.get_by_label("By phone").check()
    expect(plain_page.get_by_label("Phone number")).to_be_visible()


def test_the_characters_left_are_counted(page: Page) -> None:
    page.goto("/design/form/")
    page.get_by_label("What happened?").fill("x" * 501)
    expect(page.get_by_text("You have 1 character too many").first).to_be_visible()
    assert len(page.get_by_label("What happened?").input_value()) == 501


def test_an_answer_that_goes_with_no_other_takes_the_others_away(page: Page) -> None:
    page.goto("/design/form/")
    page.get_by_label("Large print").check()
    page.get_by_label("No, I do not need support").check()
    expect(page.get_by_label("Large print")).not_to_be_checked()


def test_the_rail_is_folded_on_a_phone_and_open_at_a_desk(new_page: Callable[..., Page]) -> None:
    for javascript in (True, False):
        phone = new_page(javascript=javascript, width=375)
        phone.goto("/design/case/")
        expect(phone.get_by_text("Do not write to the home address.")).to_be_hidden()
        phone.get_by_text("The person and the promises").click()
        expect(phone.get_by_text("Do not write to the home address.")).to_be_visible()
        desk = new_page(javascript=javascript, width=1280)
        desk.goto("/design/case/")
        expect(desk.get_by_text("Do not write to the home address.")).to_be_visible()
        expect(desk.get_by_text("The person and the promises")).to_be_hidden()


def test_a_page_prints_its_content_its_address_and_its_date_alone(page: Page) -> None:
    for address in ("/design/case/", "/design/worklist/", "/design/form/"):
        page.goto(address)
        expect(page.locator(".heed-printed")).to_be_hidden()
        page.emulate_media(media="print")
        expect(page.locator(".heed-printed")).to_contain_text(address)
        expect(page.locator(".heed-printed")).to_contain_text("Printed on")
        for piece in page.locator(HIDDEN_IN_PRINT).all():
            expect(piece).to_be_hidden()
        ground = page.evaluate("getComputedStyle(document.querySelector('.heed-header')).backgroundColor")
        assert ground == "rgba(0, 0, 0, 0)"
        page.emulate_media(media="screen")


def test_the_list_is_worked_by_keyboard_and_the_keys_can_be_turned_off(page: Page) -> None:
    page.goto("/design/worklist/")
    focused = "document.activeElement.textContent.trim()"
    for key, where in (("j", "Acknowledge"), ("j", "Call back"), ("k", "Acknowledge"), ("k", "Acknowledge")):
        page.keyboard.press(key)
        assert page.evaluate(focused) == where
    page.keyboard.press("/")
    search = page.get_by_label("Search by name, reference or words")
    expect(search).to_be_focused()
    page.keyboard.type("jk/?")
    expect(search).to_have_value("jk/?")
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    page.get_by_role("button", name="Turn the keys off").click()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")


def test_the_keyboard_opens_the_case(page: Page) -> None:
    page.goto("/design/worklist/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/design/case/")


def test_the_letters_are_ours_and_the_colour_is_the_organisations(page: Page) -> None:
    page.goto("/design/?colour=7a1f5c")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Atkinson Hyperlegible Next\"'))")
    ground = page.evaluate("getComputedStyle(document.querySelector('.heed-header')).backgroundColor")
    assert ground == "rgb(122, 31, 92)"
    link = page.evaluate("getComputedStyle(document.querySelector('main .govuk-link')).color")
    assert link == "rgb(122, 31, 92)"


def test_the_shape_of_a_page_is_told_also_where_colours_are_forced(new_page: Callable[..., Page]) -> None:
    page = new_page(forced_colors="active")
    page.goto("/design/case/")
    for piece in (".heed-rail", ".govuk-button", ".heed-risk"):
        border = page.evaluate(f"getComputedStyle(document.querySelector('{piece}')).borderBottomStyle")
        assert border == "solid", piece
