"""The frame of a page: whose it is, what it says of itself, and where the gallery is shown."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings

from heed.design import context, gallery

ERRORS = ("400", "403", "404", "413", "500", "expired")


def request_of(colour: str | None) -> object:
    request = RequestFactory().get("/riverside-nhs/", {"secret": "x"})
    request.user = AnonymousUser()
    if colour is not None:
        request.organisation = SimpleNamespace(name="Riverside <NHS>", code="riverside-nhs", colour=colour)
    return request


def test_a_page_wears_the_organisations_name_and_colour() -> None:
    html = render_to_string("heed/page.html", request=request_of("#004F8A"))
    assert "Riverside &lt;NHS&gt;</a>" in html
    assert 'href="/riverside-nhs/"' in html
    assert '<link rel="stylesheet" href="/theme/004f8a.css">' in html
    assert "Riverside &lt;NHS&gt;, with Heed" in html


@pytest.mark.parametrize("colour", ["", "#ffff00", "nonsense", "#0b5c5c", None])
def test_without_a_colour_that_can_be_read_it_wears_heeds_own(colour: str | None) -> None:
    html = render_to_string("heed/page.html", request=request_of(colour))
    assert "/theme/" not in html


def test_without_an_organisation_a_page_is_heeds_own() -> None:
    html = render_to_string("heed/page.html", request=request_of(None))
    assert '<a class="heed-header__link heed-header__name" href="/">Heed</a>' in html
    assert "with Heed" not in html


def test_the_printed_address_leaves_out_what_was_asked() -> None:
    page = context.page(request_of(None))  # type: ignore[arg-type]
    assert page["page_address"] == "http://testserver/riverside-nhs/"


@pytest.mark.parametrize(
    "template", ["heed/page.html", "heed/staff.html", "heed/staff_filters.html", "heed/staff_case.html"]
)
def test_a_page_stands_without_a_request_too(template: str) -> None:
    """As Django shows a page of error 500."""
    html = render_to_string(template)
    assert '<main class="govuk-main-wrapper" id="main-content" tabindex="-1">' in html
    assert 'style="' not in html
    assert "<script>" not in html


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_says_what_happened_and_what_to_do(name: str) -> None:
    html = render_to_string(f"heed/errors/{name}.html")
    assert html.count("<h1") == 1
    assert html.count("<p") >= 2


def test_a_colour_is_served_as_a_stylesheet(client: Client) -> None:
    response = client.get("/theme/004f8a.css")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert b"--heed-accent:#004f8a" in response.content
    assert "max-age=86400" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["ffff00", "x", "004f8a;}", "004f8a004f8a"])
def test_what_is_no_accent_is_not_served(client: Client, name: str) -> None:
    assert client.get(f"/theme/{name}.css").status_code == 404


@pytest.mark.django_db
def test_the_gallery_is_shown_in_the_demonstration_only(client: Client) -> None:
    for page in gallery.PAGES:
        address = f"/design/{page}/" if page else "/design/"
        with override_settings(DEMO=False):
            assert client.get(address).status_code == 404
        with override_settings(DEMO=True):
            assert client.get(address).status_code == 200
    with override_settings(DEMO=True):
        assert client.get("/design/nowhere/").status_code == 404
