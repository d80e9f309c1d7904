"""What the journeys of staff share."""

from playwright.sync_api import Page

from heed.accounts.models import User


def sign_in(page: Page, person: User) -> None:
    """Through the page, with the password that the factories give."""
    page.goto("/sign-in/")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password").fill("right-horse")
    page.get_by_role("button", name="Sign in").click()
