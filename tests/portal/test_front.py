"""The front page, an organisation's page, signing in and out, and the demonstration that live installations lack."""

import importlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches, reverse
from tests import factories
from tests.portal.visitor import NOW

import heed.config.urls
import heed.portal.urls
from heed.accounts.models import DemoMarker
from heed.correspondence.models import MailboxItem
from heed.learning import queries as learning
from heed.organisations.models import Organisation

WRONG = "That email address and password do not go together"


def test_the_front_page_says_what_this_is(of: Organisation, client: Client) -> None:
    page = client.get("/").content.decode()
    for words in ("Listen", "Respond", "Improve", "Riverside NHS Trust", "Staff sign in"):
        assert words in page
    assert "Step in" not in page


def test_the_front_page_without_organisations(db: None, client: Client) -> None:
    assert "There is no organisation here yet" in client.get("/").content.decode()


def test_the_organisations_page_welcomes_every_kind(of: Organisation, client: Client, monkeypatch: Any) -> None:
    lines = [
        learning.Published(
            "0" * 16, "Calls went unanswered", "<b>A second nurse</b> at night", "Emergency department", NOW, NOW
        )
    ]
    monkeypatch.setattr(learning, "published", lambda organisation_id, limit: lines)
    page = client.get("/riverside-nhs/").content.decode()
    for words in (
        "A complaint, a worry, an idea or a thank you: all of it is welcome", "Calls went unanswered",
        "&lt;b&gt;A second nurse&lt;/b&gt; at night", "Emergency department, April 2026", "01632 960 100",
        "Mill Lane, Riverside", "Within 3 working days", "We agree with you by when", "Independent NHS complaints advocacy",
        "Parliamentary and Health Service Ombudsman", "You can go to them yourself", "within 12 months",
        "You have the right to complain", "Urgent help", "An advocate is on your side",
    ):  # fmt: skip
        assert words in page, words
    assert "target" not in page.lower()


def test_a_council_tells_of_its_two_stages_and_its_ombudsman(council: Organisation, client: Client) -> None:
    factories.service(council, "care", name="Adult social care", procedure="nhs-2009")
    page = client.get("/fenwick-council/").content.decode()
    assert "Within 10 working days after that you have our answer" in page
    assert "They answer within 20 working days" in page
    assert "For Adult social care" in page
    assert "Local Government and Social Care Ombudsman" in page
    assert "Nothing yet" in page


def test_a_department_is_reached_through_an_mp(db: None, client: Client) -> None:
    made = factories.organisation("ukcg")
    page = client.get(f"/{made.code}/").content.decode()
    assert "A Member of Parliament has to pass your complaint to them" in page


def test_an_unknown_organisation_is_not_found(client: Client, db: None) -> None:
    for page in ("/nowhere/", "/nowhere/tell-us/", "/nowhere/follow/"):
        answer = client.get(page)
        assert answer.status_code == 404
        assert "Page not found" in answer.content.decode()


def test_a_missing_page_keeps_the_organisations_look(of: Organisation, client: Client) -> None:
    page = client.get("/riverside-nhs/tell-us/nonsense/").content.decode()
    assert "Riverside NHS Trust" in page


@pytest.mark.parametrize(
    ("page", "words"), [("/accessibility/", "four times as large"), ("/privacy/", "Finds what you were writing")]
)
def test_pages_about_heed(client: Client, db: None, page: str, words: str) -> None:
    answer = client.get(page)
    assert words in answer.content.decode()
    assert "heed" not in client.cookies, "reading them sets no cookie"


def test_the_cookies_are_those_that_the_page_tells_of(of: Organisation, client: Client) -> None:
    client.get("/riverside-nhs/")
    assert list(client.cookies) == []
    client.get("/riverside-nhs/tell-us/")
    assert list(client.cookies) == ["heed-form"]
    client.post("/riverside-nhs/tell-us/", {"kind": "comment"})
    assert set(client.cookies) == {"heed-form", "heed-draft"}
    assert client.cookies["heed-draft"]["max-age"] == 7 * 24 * 60 * 60


def test_signing_in_leads_to_ones_work(of: Organisation, client: Client) -> None:
    person = factories.person(of, "handler")
    answer = client.post("/sign-in/", {"email": person.email.upper(), "password": "right-horse"})
    assert answer.url == "/riverside-nhs/staff/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_who_works_in_two_places_chooses(of: Organisation, council: Organisation, client: Client) -> None:
    person = factories.person(of, "handler")
    person.memberships.create(organisation=council, role="overseer")
    answer = client.post("/sign-in/", {"email": person.email, "password": "right-horse"})
    assert answer.url == "/"
    page = client.get("/").content.decode()
    assert "Your work" in page
    assert "/fenwick-council/staff/" in page


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/riverside-nhs/staff/cases/", "/riverside-nhs/staff/cases/"),
        ("https://elsewhere.example/", "/riverside-nhs/staff/"),
        ("//elsewhere.example/", "/riverside-nhs/staff/"),
        ("javascript:alert(1)", "/riverside-nhs/staff/"),
    ],
)
def test_signing_in_leads_only_to_our_own_pages(of: Organisation, client: Client, wanted: str, led_to: str) -> None:
    person = factories.person(of, "handler")
    data = {"email": person.email, "password": "right-horse", "next": wanted}
    assert client.post("/sign-in/", data).url == led_to


def test_a_wrong_address_and_a_wrong_password_are_answered_alike(of: Organisation, client: Client) -> None:
    person = factories.person(of, "handler")
    for email, password in ((person.email, "wrong"), ("nobody@body.example", "right-horse")):
        page = client.post("/sign-in/", {"email": email, "password": password}).content.decode()
        assert WRONG in page
        assert password not in page


def test_somebody_who_left_cannot_sign_in(of: Organisation, client: Client) -> None:
    person = factories.person(of, "handler")
    person.is_active = False
    person.save()
    assert WRONG in client.post("/sign-in/", {"email": person.email, "password": "right-horse"}).content.decode()


def test_guessing_passwords_is_slowed_and_never_locked(of: Organisation, client: Client, clock: Any) -> None:
    person = factories.person(of, "handler")
    for _ in range(5):
        client.post("/sign-in/", {"email": person.email, "password": "wrong"})
    right = {"email": person.email, "password": "right-horse"}
    assert "Wait 2 seconds" in client.post("/sign-in/", right).content.decode()
    clock.shift(timedelta(seconds=2))
    assert client.post("/sign-in/", right).status_code == 302


def test_signing_out_ends_it_all(of: Organisation, client: Client) -> None:
    client.force_login(factories.person(of, "handler"))
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").url == "/"
    assert "_auth_user_id" not in client.session


@pytest.fixture
def demonstration(settings: Any) -> Iterator[None]:
    """The addresses as they are with HEED_DEMO=1."""
    settings.DEMO = True
    _load_addresses()
    yield
    settings.DEMO = False
    _load_addresses()


def _load_addresses() -> None:
    for module in (heed.portal.urls, heed.config.urls):
        importlib.reload(module)
    clear_url_caches()


def test_outside_the_demonstration_its_routes_are_absent(of: Organisation, client: Client) -> None:
    DemoMarker.objects.create(made_at=NOW)
    person = factories.person(of, "handler")
    assert client.post("/demo/step-in/", {"person": person.pk, "organisation": of.code}).status_code in (404, 405)
    assert client.get("/mailbox/").status_code == 404
    assert "_auth_user_id" not in client.session
    assert "Step in" not in client.get("/").content.decode()


def test_without_the_marker_nobody_steps_in(of: Organisation, client: Client, demonstration: None) -> None:
    person = factories.person(of, "handler")
    answer = client.post(reverse("demo_step_in"), {"person": person.pk, "organisation": of.code})
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("mailbox")).status_code == 404
    assert f"Step in as {person.name}" not in client.get("/").content.decode()


def test_stepping_in_as_one_of_the_cast(of: Organisation, client: Client, demonstration: None) -> None:
    DemoMarker.objects.create(made_at=NOW)
    person = factories.person(of, "handler", "administrator", name="Priya Shah")
    page = client.get("/").content.decode()
    assert "Step in as Priya Shah" in page
    assert "Case handler, Administrator" in page
    assert "Looks after cases from receipt to close" in page
    assert client.get(reverse("demo_step_in")).status_code == 405
    answer = client.post(reverse("demo_step_in"), {"person": person.pk, "organisation": of.code})
    assert answer.url == "/riverside-nhs/staff/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_cast_is_folded_by_organisation_with_one_to_begin_with(
    of: Organisation, council: Organisation, client: Client, demonstration: None
) -> None:
    DemoMarker.objects.create(made_at=NOW)
    for place, name in ((of, "Priya Shah"), (of, "Tom Okafor"), (council, "Gareth Lowe")):
        factories.person(place, "handler", name=name)
    page = client.get("/").content.decode()
    before, _, folded = page.partition("<details")
    assert "Step in as Priya Shah" in before
    assert "Step in as Tom Okafor" not in before
    assert "Riverside NHS Trust, 2 people" in folded
    assert "Fenwick Council, 1 person<" in folded
    for name in ("Priya Shah", "Tom Okafor", "Gareth Lowe"):
        assert f"Step in as {name}" in folded
    assert page.index('href="/riverside-nhs/"') < page.index("Step in as Priya Shah") < page.index("What it does")


@pytest.mark.parametrize("person", ["", "x", "0", "9" * 30, "١"])
def test_nobody_outside_the_cast_can_be_stepped_in_as(
    of: Organisation, client: Client, demonstration: None, person: str
) -> None:
    DemoMarker.objects.create(made_at=NOW)
    assert client.post(reverse("demo_step_in"), {"person": person, "organisation": of.code}).status_code == 404


def test_the_mailbox_shows_what_would_have_gone_out(of: Organisation, client: Client, demonstration: None) -> None:
    DemoMarker.objects.create(made_at=NOW)
    assert "No email yet" in client.get(reverse("mailbox")).content.decode()
    item = MailboxItem.objects.create(
        message_id="<1@heed>", to_address="amina@post.example", from_line="heed@localhost", subject="We have it",
        body="Dear <Amina>,\n\nSee http://127.0.0.1:8000/riverside-nhs/", arrived_at=NOW,
    )  # fmt: skip
    assert "We have it" in client.get(reverse("mailbox")).content.decode()
    page = client.get(reverse("mailbox_item", args=[item.pk])).content.decode()
    assert "Dear &lt;Amina&gt;" in page
    assert 'href="http://127.0.0.1:8000/riverside-nhs/"' in page
    assert client.get(reverse("mailbox_item", args=[item.pk + 1])).status_code == 404
