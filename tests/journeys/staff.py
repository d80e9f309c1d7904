"""What the journeys of staff share."""

from datetime import date

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from heed.accounts.models import User


def sign_in(page: Page, person: User) -> None:
    """Through the page, with the password that the factories give."""
    page.goto("/sign-in/")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password").fill("right-horse")
    page.get_by_role("button", name="Sign in").click()


def be_signed_in(page: Page, person: User) -> None:
    """As if they had signed in; signing in itself is another journey."""
    client = Client()
    client.force_login(person)
    page.goto("/")
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": page.url}])


def fill_day(page: Page, name: str, on: date) -> None:
    """The three boxes of a date."""
    for part, value in (("day", on.day), ("month", on.month), ("year", on.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))
