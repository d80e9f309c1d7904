"""The owner without an account, the action that slipped, and the person who is kept informed, each in a browser."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.journeys.staff import be_signed_in, fill_day
from tests.portal.visitor import Visitor

from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.cases.actions import triage
from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.learning import actions
from heed.learning.models import Action, LearningPoint
from heed.learning.rules import Promised, suggested
from heed.organisations.models import Organisation

Check = Callable[[Page], None]
YOU = {"name": "Amina Ahmed", "address_as": "Mrs Ahmed", "ways": ["email"], "email": "amina@post.example"}
STEP = "The clerk rings each family before a move at night."


@pytest.fixture
def visitor(transactional_db: None) -> Visitor:
    made = factories.organisation("lgsco-2024", code="fenwick-council", name="Fenwick Council")
    visitor = Visitor(made)
    visitor.send(you=YOU)
    return visitor


@pytest.fixture
def body(visitor: Visitor) -> Organisation:
    return Organisation.objects.get(code="fenwick-council")


@pytest.fixture
def manager(body: Organisation) -> User:
    return factories.person(body, "complaints_manager", name="Morag Ellis")


def promise(body: Organisation, manager: User, visitor: Visitor, **owner: Any) -> Action:
    case, at = Case.objects.get(feedback__reference=visitor.reference), timezone.now()
    by = factories.actor(manager, body)
    triage.register(case_id=case.pk, kind="complaint", service_id=body.services.first().pk, handler_id=manager.pk,
                    against=[], by=by, at=at, version=case.version)  # fmt: skip
    point = actions.record_learning(case_id=case.pk, text="Families are not rung.", level="service", by=by, at=at)
    return promise_of(point, by, **owner)


def promise_of(point: LearningPoint, by: Actor, step: str = STEP, **owner: Any) -> Action:
    at, today = timezone.now(), timezone.localdate()
    finish = today + timedelta(days=20)
    said = {f"{kind}_check": "Look at ten moves" for kind in ("progress", "completion", "maintenance", "impact")}
    promised = Promised(
        step=step, owner_id=owner.pop("owner_id", None), start_on=today, finish_on=finish, standard_met="The policy",
        involvement="She reads the form.", **said, **suggested(today, finish), **owner,
    )  # fmt: skip
    return actions.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=at)


def sealed(letter: str, pattern: str) -> str:
    """What a letter carries once and is kept nowhere."""
    mail = Message.objects.filter(letter=letter).latest("pk")
    found = re.search(pattern, mail.sealed_body)
    assert found is not None
    return found.group()


def test_the_owner_without_an_account(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, body: Organisation, manager: User,
    visitor: Visitor,
) -> None:  # fmt: skip
    by = factories.actor(manager, body)
    action = promise(body, manager, visitor, outside_name="Kit Rowe", outside_email="kit@care.example")
    first = promise_of(action.learning_point, by, "The form gets a line for the call.", owner_id=manager.pk)
    actions.wait_for(action_id=action.pk, waits_for=first.pk, by=by, at=timezone.now(), version=action.version)
    page = new_page(javascript=False, width=375)
    page.goto(re.sub(r"^https?://[^/]+", "", sealed("action_owned", r"https?://\S+/link/\S+")))
    expect(page.get_by_text(STEP)).not_to_be_visible()
    page.get_by_role("button", name="Send me the code").click()
    page.get_by_label("Code").fill(sealed("link_code", r"\b[0-9]{6}\b"))
    page.get_by_role("button").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(STEP)
    expect(page.get_by_text("Amina")).to_have_count(0)
    expect(page.get_by_text("It waits until something else is done.")).to_be_visible()
    expect(page.get_by_text("The form gets a line for the call.")).to_have_count(0)
    screenshot(page, "owner-without-account")
    check_accessible(page)
    page.get_by_label("It is done").check()
    page.get_by_label("Files that show it").set_input_files(
        [{"name": "rota.txt", "mimeType": "text/plain", "buffer": b"A rota"}]
    )
    fill_day(page, "on", timezone.localdate() + timedelta(days=3))
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("rota.txt")).to_be_visible()
    fill_day(page, "on", timezone.localdate())
    page.get_by_label("In your words").fill("The rota names who rings.")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    action.refresh_from_db()
    assert (action.state, action.files.count()) == ("done", 1)
    staff = new_page(javascript=True, width=1280)
    be_signed_in(staff, manager)
    staff.goto(f"/fenwick-council/staff/actions/{action.pk}/")
    expect(staff.get_by_text("Kit Rowe showed that it was done")).to_be_visible()
    screenshot(staff, "owner-answered")
    check_accessible(staff)


def test_the_action_that_slipped(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, body: Organisation, manager: User,
    visitor: Visitor,
) -> None:  # fmt: skip
    owner = factories.person(body, "action_owner", name="Owen Price")
    action = promise(body, manager, visitor, owner_id=owner.pk)
    today, at = timezone.localdate(), timezone.now()
    actions.show_done(action_id=action.pk, done_on=today, evidence="The rota", by=factories.actor(owner, body), at=at,
                      version=action.version)  # fmt: skip
    page = new_page(javascript=True, width=1280)
    be_signed_in(page, manager)
    page.goto(f"/fenwick-council/staff/actions/{action.pk}/")
    page.get_by_role("button", name="Check that it was done").click()
    page.get_by_label("What did you look at, and what did you find?").fill("Ten of ten moves.")
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Record the check").click()
    expect(page.get_by_text("checked by somebody else.")).to_be_visible()
    page.get_by_role("link", name="Record a check of maintenance").click()
    page.get_by_label("What did you look at, and what did you find?").fill("Four of ten moves.")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Record the check").click()
    expect(page.get_by_role("link", name="Say by what day it will be put right")).to_be_visible()
    fill_day(page, "again_on", today + timedelta(days=30))
    page.get_by_role("button", name="Record the check").click()
    expect(page.get_by_text("It was completed once and did not last")).to_be_visible()
    expect(page.get_by_text("found that it did not last: it begins again")).to_be_visible()
    screenshot(page, "action-slipped")
    check_accessible(page)


@pytest.mark.parametrize(("javascript", "width"), [(False, 375)])
def test_the_person_who_is_kept_informed(
    new_page: Callable[..., Page], check_accessible: Check, screenshot: Any, body: Organisation, manager: User,
    visitor: Visitor, javascript: bool, width: int,
) -> None:  # fmt: skip
    owner = factories.person(body, "action_owner", name="Owen Price")
    action = promise(body, manager, visitor, owner_id=owner.pk)
    page = new_page(javascript=javascript, width=width)
    page.goto("/fenwick-council/follow/")
    page.get_by_label("Reference").fill(visitor.reference)
    page.get_by_label("Secret code").fill(visitor.code)
    page.get_by_role("button", name="Open my page").click()
    page.get_by_role("link", name="Choose your part").click()
    screenshot(page, "choose-your-part")
    check_accessible(page)
    page.get_by_label("Yes, at each step").check()
    page.get_by_label("Visit and see what has changed").check()
    page.get_by_role("button", name="Save my choice").click()
    expect(page.get_by_text("You asked to hear of each step. You agreed to:")).to_be_visible()
    action.refresh_from_db()
    actions.start(action_id=action.pk, started_on=timezone.localdate(), by=factories.actor(owner, body), at=timezone.now(),
                  version=action.version)  # fmt: skip
    page.reload()
    expect(page.get_by_text("What we promised you has begun")).to_be_visible()
    page.get_by_role("link", name="Change how you hear of it and take part").click()
    page.get_by_label("No, please do not tell me").check()
    page.get_by_label("Visit and see what has changed").uncheck()
    page.get_by_role("button", name="Save my choice").click()
    expect(page.get_by_text("You asked us not to tell you about it.")).to_be_visible()
    page.get_by_role("link", name="Tell us whether you think that it is enough").click()
    check_accessible(page)
    page.get_by_label("Partly").check()
    page.get_by_label("What is missing, or what was right?").fill("Nights, too.")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("whether it is enough: partly")).to_be_visible()
    screenshot(page, "kept-informed")
    check_accessible(page)
