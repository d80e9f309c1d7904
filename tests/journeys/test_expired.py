"""A page that was open too long: every word is still there, and one press sends it."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.urls(__name__)


def ask(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return HttpResponse(f"<p>Received: {request.POST['words']}</p>")
    return render(request, "journeys/ask.html")


ask.__module__ = "heed.portal.views.pretend"
urlpatterns = [path("ask/", ask)]
WORDS = "Nobody rang us back, though we asked three times in one week. We are worn out."


@pytest.fixture(autouse=True)
def _a_page_with_a_form(tmp_path, settings):
    template = '{% extends "heed/page.html" %}{% block content %}<h1>Ask</h1><form method="post">{% csrf_token %}'
    template += (
        '<label for="w">What happened?</label><textarea id="w" name="words"></textarea><button>Send</button></form>'
    )
    (tmp_path / "journeys").mkdir()
    (tmp_path / "journeys" / "ask.html").write_text(template + "{% endblock %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_form_is_taken_though_pages_tell_no_referrer(new_page: Callable[..., Page], javascript):
    page = new_page(javascript=javascript)
    page.goto("/ask/")
    page.get_by_label("What happened?").fill(WORDS)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(f"Received: {WORDS}")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_form_open_too_long_loses_no_word(new_page: Callable[..., Page], check_accessible, javascript):
    page = new_page(javascript=javascript)
    page.goto("/ask/")
    page.get_by_label("What happened?").fill(WORDS)
    page.context.clear_cookies()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Please send that once more")).to_be_visible()
    assert page.get_by_label("Words").input_value() == WORDS
    check_accessible(page)
    page.get_by_role("button", name="Send what I typed").click()
    expect(page.get_by_text(f"Received: {WORDS}")).to_be_visible()
