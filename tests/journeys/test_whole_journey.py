"""One complaint from the first word to the lesson, through the hands of everybody whom it needs.

Joan's daughter tells the trust. Priya takes it on, Samuel finds out, Ruth signs, Priya sends. The daughter reads the
answer. Morag learns from it, Owen changes something, everybody can read what changed, and the figures show it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.journeys.staff import be_signed_in, fill_day

from heed.accounts.models import User
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
STORY = "Mum waited nine hours on a trolley, and nobody told us why."
STEP = "The nurse in charge speaks to everybody who has waited two hours."


@dataclass
class Cast:
    """Who takes part, each with a browser of their own, and what the daughter holds."""

    trust: Organisation
    new_page: Callable[..., Page]
    check: Check
    pages: dict[str, Page] = field(default_factory=dict)
    reference: str = ""
    code: str = ""

    def page_of(self, person: User) -> Page:
        """The person's page, signed in."""
        if person.name not in self.pages:
            page = self.new_page()
            be_signed_in(page, person)
            self.pages[person.name] = page
        return self.pages[person.name]

    def at_case(self, person: User, tab: str = "") -> Page:
        page = self.page_of(person)
        page.goto(f"/riverside-nhs/staff/cases/{self.reference}/{tab}")
        return page


@pytest.fixture
def cast(transactional_db: None, new_page: Callable[..., Page], check_accessible: Check) -> Cast:
    trust = factories.organisation(code="riverside-nhs", name="Riverside NHS Trust", reference_prefix="RV")
    factories.service(trust, "emergency", name="Emergency department")
    return Cast(trust, new_page, check_accessible)


@pytest.mark.on_both
def test_from_the_first_word_to_the_lesson(
    cast: Cast, tmp_path: Path, screenshot: Callable[[Page, str], list[Path]]
) -> None:
    priya = factories.person(cast.trust, "handler", name="Priya Shah")
    samuel = factories.person(cast.trust, "investigator", name="Samuel Adeyemi")
    ruth = factories.person(cast.trust, "responsible_person", name="Ruth Castellanos")
    morag = factories.person(cast.trust, "complaints_manager", name="Morag Ellis")
    owen = factories.person(cast.trust, "action_owner", name="Owen Price")

    the_daughter_tells_us(cast, tmp_path)
    a_handler_takes_it_on(cast, priya)
    they_agree_how_it_is_looked_into(cast, priya)
    somebody_independent_finds_out(cast, samuel)
    it_is_put_right_and_answered(cast, priya)
    the_responsible_person_signs(cast, ruth)
    it_is_sent_and_closed(cast, priya)
    the_daughter_reads_the_answer(cast, screenshot)
    a_manager_learns_and_promises(cast, morag)
    the_owner_keeps_the_promise(cast, owen)
    everybody_reads_what_changed(cast, morag, ruth)
    the_figures_show_it(cast, morag)


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def the_daughter_tells_us(cast: Cast, tmp_path: Path) -> None:
    page = cast.pages["the daughter"] = cast.new_page(width=375)
    letter = tmp_path / "discharge.txt"
    letter.write_text("Discharged at 4am.")
    page.goto("/riverside-nhs/")
    page.get_by_role("main").get_by_text("Tell us", exact=True).click()
    page.get_by_label("I am unhappy about something, and I want an answer").check()
    go_on(page)
    page.get_by_label("It happened to somebody else").check()
    go_on(page)
    page.get_by_label("What happened?").fill(STORY)
    go_on(page)
    page.get_by_label("Which service is this about?").select_option(label="Emergency department")
    page.get_by_label("Or tell us when in your own words").fill("The night of the storm")
    go_on(page)
    page.get_by_label("Their full name").fill("Joan Ahmed")
    go_on(page)
    page.get_by_label("An explanation of what happened").check()
    go_on(page)
    page.get_by_label("Your full name").fill("Amina Ahmed")
    page.get_by_label("How should we address you?").fill("Mrs Ahmed")
    page.get_by_label("Email", exact=True).check()
    page.get_by_label("Email address").fill("amina@post.example")
    go_on(page)
    go_on(page)
    page.get_by_label("Choose a file, or several at once").set_input_files(letter)
    go_on(page)
    page.get_by_role("button", name=re.compile("^Send")).click()
    cast.reference = page.get_by_text(re.compile(r"^RV-[2-9B-Z]{4}-[2-9B-Z]{4}$")).first.inner_text()
    cast.code = page.get_by_text(re.compile(r"^[2-9B-Z]{5}-[2-9B-Z]{5}-[2-9B-Z]{5}$")).first.inner_text()


def a_handler_takes_it_on(cast: Cast, priya: User) -> None:
    page = cast.page_of(priya)
    page.goto("/riverside-nhs/staff/")
    page.get_by_role("link", name=re.compile("^Register.*Amina Ahmed")).click()
    expect(page.get_by_role("link", name="discharge.txt")).to_be_visible()
    page.get_by_role("button", name="Register it").click()
    expect(page.get_by_role("heading", name="Register it")).to_be_visible()
    page.get_by_role("button", name="Register it").click()
    expect(page.get_by_text(f"{cast.reference} is registered.")).to_be_visible()
    page.get_by_role("button", name="Acknowledge it to Mrs Ahmed").click()
    page.get_by_label("Send the email below").check()
    page.get_by_role("button", name="Acknowledge it to Mrs Ahmed").click()
    expect(page.get_by_text("The email to Mrs Ahmed is on its way.")).to_be_visible()
    page.get_by_role("button", name="Rate the risk").click()
    page.get_by_role("group", name="How serious it is").get_by_label("Medium").check()
    page.get_by_role("group", name="How likely it is to happen again").get_by_label("Possible").check()
    page.get_by_role("button", name="Rate the risk").click()
    page.get_by_role("button", name="List the issues").click()
    for number, text in enumerate(["The wait was nine hours", "Nobody told us why"], start=1):
        page.get_by_label("What they complain about").fill(text)
        page.get_by_label("Subject").select_option("other")
        page.get_by_role("button", name="Add the issue").click()
        expect(page.get_by_role("heading", name=f"Issue {number}")).to_be_visible()
    page.get_by_role("button", name="Choose the approach").click()
    page.get_by_label("A closer look").check()
    page.get_by_role("button", name="Choose this").click()


def they_agree_how_it_is_looked_into(cast: Cast, priya: User) -> None:
    page = cast.page_of(priya)
    page.get_by_role("button", name="Agree the plan with Mrs Ahmed").click()
    cast.check(page)
    page.get_by_label("What will we do?").fill("Ask the night team what happened, and answer both things.")
    fill_day(page, "respond_by", in_days(30))
    page.get_by_label("How will we keep them informed?").fill("By email")
    page.get_by_label("Yes, they agreed").check()
    fill_day(page, "agreed_on", in_days(0))
    page.get_by_role("button", name="Keep this plan, and show it to them").click()
    expect(page.get_by_text("The plan is kept, and waits on their page.")).to_be_visible()
    page.get_by_role("button", name="Assign an investigator").click()
    cast.check(page)
    page.get_by_label("Who will look into it?").select_option(label="Samuel Adeyemi")
    page.locator("main form button").last.click()
    expect(page.get_by_text("They are asked to look into it.")).to_be_visible()


def somebody_independent_finds_out(cast: Cast, samuel: User) -> None:
    page = cast.at_case(samuel, "evidence/")
    page.get_by_role("button", name="Add evidence").or_(page.get_by_role("link", name="Add evidence")).first.click()
    page.get_by_label("What kind of evidence is it?").select_option("records")
    page.get_by_label("What is it?").fill("The night's board")
    cast.check(page)
    page.locator("main form button").last.click()
    expect(page.get_by_text("The evidence is kept.")).to_be_visible()
    for number, outcome in ((1, "Partly upheld"), (2, "Upheld")):
        page.get_by_role("link", name="Issues and findings").click()
        page.get_by_role("link", name="Record a finding").first.click()
        page.get_by_label("What happened?").fill("All beds were taken; nobody was asked to speak to the family.")
        page.get_by_label(outcome, exact=True).check()
        page.get_by_label("How did you reach this?").fill("The board of that night shows it.")
        if number == 1:
            cast.check(page)
        page.get_by_role("button", name="Keep this finding").click()
        expect(page.get_by_text(f"The finding on issue {number} is kept.")).to_be_visible()
    cast.check(page)


def it_is_put_right_and_answered(cast: Cast, priya: User) -> None:
    page = cast.at_case(priya, "learning/")
    page.get_by_role("button", name="Promise a remedy").click()
    page.get_by_label("What kind of remedy is it?").select_option("symbolic_payment")
    page.get_by_label("What will be done?").fill("For the night that you both spent in a corridor.")
    page.get_by_label("Amount").fill("150")
    fill_day(page, "due_on", in_days(40))
    cast.check(page)
    page.locator("main form button").last.click()
    page.get_by_role("button", name="Write the response").click()
    expect(page.get_by_label("How we will put it right")).to_have_value(re.compile("Symbolic payment, £150: For the"))
    page.get_by_label("What should happen").fill("Nobody should wait longer than four hours.")
    page.get_by_label("What happens next").fill("We tell you when the night team works in another way.")
    page.get_by_role("button", name="Keep this draft").click()
    cast.check(page)
    page.get_by_role("button", name="Ask for the signature").click()
    expect(page.get_by_text("The response is with the person who signs.")).to_be_visible()


def the_responsible_person_signs(cast: Cast, ruth: User) -> None:
    page = cast.at_case(ruth)
    page.get_by_role("button", name="Sign the response").click()
    cast.check(page)
    page.get_by_label("In what capacity do you sign?").fill("Chief executive")
    page.get_by_role("button", name="Sign the response").click()
    expect(page.get_by_text("The response is signed.")).to_be_visible()


def it_is_sent_and_closed(cast: Cast, priya: User) -> None:
    page = cast.at_case(priya)
    page.get_by_role("button", name="Send the response to Mrs Ahmed").click()
    page.get_by_label("On their page, with an email that tells them so").check()
    cast.check(page)
    page.get_by_role("button", name="Send the response").click()
    page.get_by_role("link", name="See it as a letter to print").click()
    expect(page.get_by_text("Ruth Castellanos")).to_be_visible()
    cast.check(page)
    page.get_by_role("link", name="Back to the response").click()
    page.get_by_role("button", name="Close the case").click()
    cast.check(page)
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_text("The case is closed.")).to_be_visible()


def the_daughter_reads_the_answer(cast: Cast, screenshot: Callable[[Page, str], list[Path]]) -> None:
    page = cast.pages["the daughter"]
    page.goto("/riverside-nhs/")
    page.get_by_role("link", name="Follow something you told us").click()
    page.get_by_label("Reference").fill(cast.reference)
    page.get_by_label("Secret code").fill(cast.code)
    page.get_by_role("button", name="Open my page").click()
    expect(page.get_by_text("£150")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Read our answer of")).click()
    expect(page.get_by_text("The board of that night shows it.").first).to_be_visible()
    expect(page.get_by_text("Ruth Castellanos")).to_be_visible()
    expect(page.get_by_role("heading", name="Your right to go to the Ombudsman")).to_be_visible()
    screenshot(page, "whole-answer")


def a_manager_learns_and_promises(cast: Cast, morag: User) -> None:
    page = cast.at_case(morag, "learning/")
    page.get_by_role("button", name="Record what was learned").click()
    page.get_by_label("What was learned?").fill("Nobody owns the waiting room at night.")
    page.get_by_label("For the service").check()
    page.get_by_role("button", name="Record what was learned").click()
    page.get_by_role("link", name="Promise an action").click()
    page.get_by_label("What exactly will be done?").fill(STEP)
    page.get_by_label("Who owns it?").select_option(label="Owen Price")
    for label in ("Which standard does it meet?", "How is the person involved?"):
        page.get_by_label(label).fill("She reads the new sheet first.")
    for label in ("How will you check that it was done, and that it worked?",
                  "How will you find out whether it changed things for people?"):  # fmt: skip
        page.get_by_label(label).fill("Ask ten people who waited.")
    days = {"start_on": 0, "finish_on": 30}
    for name, after in days.items():
        fill_day(page, name, in_days(after))
    page.get_by_role("button", name="Promise the action").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(STEP)


def the_owner_keeps_the_promise(cast: Cast, owen: User) -> None:
    page = cast.page_of(owen)
    page.goto("/riverside-nhs/staff/actions/")
    page.get_by_role("link", name="Start").click()
    page.get_by_role("button", name="Show that it is done").click()
    fill_day(page, "done_on", in_days(0))
    page.get_by_label("What shows that it was done?").fill("The rota of this month, on the wall.")
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("It is shown to be done.")).to_be_visible()


def everybody_reads_what_changed(cast: Cast, morag: User, ruth: User) -> None:
    page = cast.page_of(morag)
    page.reload()
    page.get_by_role("button", name="Check that it was done").click()
    page.get_by_label("What did you look at, and what did you find?").fill("I asked ten people who waited.")
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Record the check").click()
    page.get_by_role("link", name="Write a line for the public page").click()
    page.get_by_label("You said").fill("People waited for hours and nobody told them why.")
    page.get_by_label("We did").fill("A nurse speaks to everybody who has waited two hours.")
    page.get_by_role("button", name="Save it and check it").click()
    page.get_by_role("button", name="Ask for approval").click()
    reader = cast.page_of(ruth)
    reader.goto(page.url)
    reader.get_by_role("button", name="Approve it").click()
    reader.get_by_label("I have read it as a stranger would").check()
    reader.get_by_role("button", name="Approve it").click()
    visitor = cast.new_page(width=375)
    visitor.goto("/riverside-nhs/")
    expect(visitor.get_by_text("A nurse speaks to everybody who has waited two hours.")).to_be_visible()
    hers = cast.pages["the daughter"]
    hers.get_by_role("link", name="Back", exact=True).click()
    expect(hers.get_by_text(STEP).first).to_be_visible()


def the_figures_show_it(cast: Cast, morag: User) -> None:
    """A month is shown once it is over."""
    cast.pages.clear()
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        page = cast.page_of(morag)
        page.goto("/riverside-nhs/staff/insight/")
        for sentence in (
            "1 item of feedback was received",
            "1 of 1 case closed was answered within the time told at the start",
            "1 of 1 case decided was well-founded",
            "1 of 1 well-founded case closed was followed by an improvement action",
        ):
            expect(page.get_by_text(sentence).first).to_be_visible()
