"""A member of the public says what happened, with and without JavaScript, at a desk and on a phone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests import factories

from heed.feedback.models import Feedback

Check = Callable[[Page], None]
REFERENCE = re.compile(r"^RV-[2-9B-Z]{4}-[2-9B-Z]{4}$")
CODE = re.compile(r"^[2-9B-Z]{5}-[2-9B-Z]{5}-[2-9B-Z]{5}$")


@pytest.fixture
def _riverside(transactional_db: None) -> None:
    made = factories.organisation(
        code="riverside-nhs",
        name="Riverside NHS Trust",
        reference_prefix="RV",
        colour="#1d5a96",
        uses_nhs_number=True,
        local_identifier_name="Hospital number",
        other_services="Urgent medical help: call 999, or 111 when it is not an emergency.",
    )
    factories.service(made, "emergency", name="Emergency department", group="Hospital")


def go_on(page: Page, *, check: Check) -> None:
    """Continue to the next question, which must be accessible."""
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    check(page)


def tell_what_happened_to_mum(page: Page, check: Check) -> None:
    page.goto("/riverside-nhs/")
    check(page)
    page.get_by_role("main").get_by_text("Tell us", exact=True).click()
    check(page)
    page.get_by_label("I am unhappy about something, and I want an answer").check()
    go_on(page, check=check)
    page.get_by_label("It happened to somebody else").check()
    go_on(page, check=check)
    expect(page.get_by_text("Question 3 of 9")).to_be_visible()
    page.get_by_label("What happened?").fill("Mum waited nine hours on a trolley.\n\nNobody told us why.")
    go_on(page, check=check)
    page.get_by_label("Which service is this about?").select_option(label="Emergency department")
    page.get_by_label("Or tell us when in your own words").fill("The night of the storm")
    page.get_by_label("The NHS organisation that pays for the care").check()
    go_on(page, check=check)
    page.get_by_label("Their full name").fill("Joan Ahmed")
    page.get_by_label("Their NHS number").fill("943 476 5919")
    go_on(page, check=check)
    page.get_by_label("An explanation of what happened").check()
    go_on(page, check=check)
    page.get_by_label("Your full name").fill("Amina Ahmed")
    page.get_by_label("How should we address you?").fill("Mrs Ahmed")
    page.get_by_label("Email", exact=True).check()
    page.get_by_label("Email address").fill("amina@post.example")
    page.get_by_label("Only I read this email").check()
    go_on(page, check=check)
    page.get_by_label("How you write to me").check()
    page.get_by_label("Large print").check()
    go_on(page, check=check)


def add_a_letter_and_a_program(page: Page, check: Check, files: list[Path]) -> None:
    """The program is refused with a sentence; the letter stays."""
    expect(page.get_by_text("If you have nothing to add, continue.")).to_be_visible()
    page.get_by_label("Choose a file, or several at once").set_input_files(files)
    page.get_by_role("button", name="Add to my files").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("We cannot take “photo.jpg”")
    expect(page.get_by_text("1 file so far")).to_be_visible()
    check(page)
    go_on(page, check=check)


def check_the_answers(page: Page) -> None:
    answers = shown_answers(page)
    assert answers["This is"] == "A complaint"
    assert answers["In your words"] == "Mum waited nine hours on a trolley.\n\nNobody told us why."
    assert answers["When it happened"] == "The night of the storm"
    assert answers["Who looks into it"] == "The NHS organisation that pays for the care (the commissioner)"
    assert answers["Their NHS number"] == "943 476 5919"
    assert answers["Files"] == "letter.txt"


def shown_answers(page: Page) -> dict[str, str]:
    keys = [key.strip() for key in page.locator(".govuk-summary-list__key").all_inner_texts()]
    values = [value.strip() for value in page.locator(".govuk-summary-list__value").all_inner_texts()]
    return dict(zip(keys, values, strict=True))


@pytest.mark.usefixtures("_riverside")
@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 375)])
def test_a_daughter_complains_for_her_mother(
    new_page: Callable[..., Page],
    check_accessible: Check,
    screenshot: Any,
    tmp_path: Path,
    javascript: bool,
    width: int,
) -> None:
    page = new_page(javascript=javascript, width=width)
    letter, program = tmp_path / "letter.txt", tmp_path / "photo.jpg"
    letter.write_text("Dear Mrs Ahmed, we are sorry for the wait.")
    program.write_bytes(b"MZ\x90\x00" + b"\0" * 512)

    tell_what_happened_to_mum(page, check_accessible)
    add_a_letter_and_a_program(page, check_accessible, [letter, program])
    check_the_answers(page)

    page.get_by_role("link", name="Change in your words").click()
    page.get_by_label("What happened?").fill("Mum waited eleven hours on a trolley.")
    go_on(page, check=check_accessible)
    assert shown_answers(page)["In your words"] == "Mum waited eleven hours on a trolley."

    page.get_by_role("button", name="Send my complaint").click()
    expect(page.get_by_role("heading", name="We have it. Thank you")).to_be_visible()
    check_accessible(page)
    screenshot(page, f"told-{'with' if javascript else 'without'}-javascript")
    reference = page.locator(".govuk-panel .heed-code").inner_text()
    assert REFERENCE.match(reference)
    assert CODE.match(page.locator(".heed-code--large").inner_text())
    expect(page.get_by_role("heading", name="Who to call")).to_be_visible()

    page.reload()
    expect(page.get_by_text(reference)).to_be_visible()
    assert_it_is_kept(reference)


def assert_it_is_kept(reference: str) -> None:
    feedback = Feedback.objects.get()
    assert feedback.reference == reference
    assert (feedback.complainant.name, feedback.person_affected.name) == ("Amina Ahmed", "Joan Ahmed")
    assert feedback.chosen_body == "commissioner"
    assert feedback.narrative.text == "Mum waited eleven hours on a trolley."


@pytest.mark.usefixtures("_riverside")
def test_back_always_works_and_a_second_send_shows_the_same(page: Page, check_accessible: Check) -> None:
    tell_what_happened_to_mum(page, check_accessible)
    for _ in range(9):
        page.get_by_role("link", name="Back", exact=True).click()
    expect(
        page.get_by_role("link", name="Tell us", exact=True).or_(page.get_by_role("button", name="Tell us"))
    ).to_be_visible()
    page.goto("/riverside-nhs/tell-us/")
    expect(page.get_by_text("You have begun already")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Carry on where you were").click()
    check_accessible(page)
    page.get_by_role("button", name="Send my complaint").click()
    reference = page.locator(".govuk-panel .heed-code").inner_text()
    page.go_back()
    page.goto("/riverside-nhs/tell-us/check/")
    expect(page.get_by_text(reference)).to_be_visible()
    assert Feedback.objects.count() == 1


@pytest.mark.usefixtures("_riverside")
def test_a_double_click_sends_once(plain_page: Page) -> None:
    plain_page.goto("/riverside-nhs/tell-us/")
    plain_page.get_by_label("I want to say thank you").check()
    plain_page.get_by_role("button", name="Continue", exact=True).click()
    plain_page.get_by_label("What went well?").fill("The porter sang to me 🎵")
    plain_page.get_by_role("button", name="Continue", exact=True).click()
    plain_page.get_by_role("button", name="Continue", exact=True).click()
    plain_page.get_by_role("button", name="Send my thanks").dblclick()
    expect(plain_page.get_by_role("heading", name="We have it. Thank you")).to_be_visible()
    assert Feedback.objects.get().narrative.text == "The porter sang to me 🎵"


@pytest.mark.usefixtures("_riverside")
def test_somebody_who_needs_something_else_is_shown_where_and_not_sent_away(
    page: Page, check_accessible: Check
) -> None:
    page.goto("/riverside-nhs/tell-us/")
    page.get_by_label("I need something else").check()
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_text("Urgent medical help")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Tell us all the same").click()
    expect(page.get_by_role("heading", name="What would you like to tell us?")).to_be_visible()


@pytest.mark.usefixtures("_riverside")
def test_a_wrong_answer_is_explained_and_kept(page: Page, check_accessible: Check) -> None:
    tell_what_happened_to_mum(page, check_accessible)
    page.goto("/riverside-nhs/tell-us/affected/")
    page.get_by_label("Their NHS number").fill("943 476 5918")
    page.get_by_role("button", name="Continue", exact=True).click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("is not a real NHS number")
    assert page.title().startswith("Error: ")
    check_accessible(page)
    summary.get_by_role("link").click()
    expect(page.get_by_label("Their NHS number")).to_be_focused()
    expect(page.get_by_label("Their NHS number")).to_have_value("943 476 5918")
    page.goto("/riverside-nhs/tell-us/check/")
    expect(page).to_have_url(re.compile("/tell-us/affected/$"))


@pytest.mark.usefixtures("_riverside")
def test_whoever_must_wait_sends_the_same_words_again(
    page: Page, plain_page: Page, check_accessible: Check, screenshot: Any, settings: Any
) -> None:
    settings.FORMS_AN_HOUR = 1
    for visitor in (page, plain_page):
        visitor.goto("/riverside-nhs/tell-us/")
        visitor.get_by_label("I am worried about something").check()
        visitor.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("heading", name="Who are you worried about?")).to_be_visible()
    expect(plain_page.get_by_role("heading", name="Please wait 60 minutes, then try again")).to_be_visible()
    check_accessible(plain_page)
    screenshot(plain_page, "wait")
    settings.FORMS_AN_HOUR = 2
    plain_page.get_by_role("button", name="Try again").click()
    expect(plain_page.get_by_role("heading", name="Who are you worried about?")).to_be_visible()


@pytest.mark.usefixtures("_riverside")
def test_what_would_help_is_reached_by_keyboard_alone(page: Page, check_accessible: Check) -> None:
    page.goto("/riverside-nhs/tell-us/")
    for step, answer in (("", {"kind": "complaint"}), ("who/", {"who": "myself"}), ("words/", {})):
        for name, value in answer.items():
            page.locator(f"input[name={name}][value={value}]").check()
        if step == "words/":
            page.get_by_label("What happened?").fill("Nobody came.")
        page.get_by_role("button", name="Continue", exact=True).press("Enter")
    page.goto("/riverside-nhs/tell-us/support/")
    expect(page.get_by_label("Large print")).to_be_hidden()
    page.get_by_label("How you write to me").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Large print")).to_be_focused()
    page.keyboard.press("Space")
    check_accessible(page)
    page.get_by_role("button", name="Continue", exact=True).press("Enter")
    page.goto("/riverside-nhs/tell-us/check/")
    assert shown_answers(page)["How to write to you"] == "Large print"
