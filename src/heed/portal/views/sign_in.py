"""Signing in by e-mail and password, and out again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from heed.accounts import queries as accounts
from heed.feedback import queries
from heed.feedback.actions import draft as drafts
from heed.portal.access import network_address, private
from heed.portal.forms.sign_in import SignInForm


@private
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for both. A wrong address and a wrong password are answered alike; guessing is slowed, never locked out."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (person := _person(request, form)):
        login(request, person)
        return redirect(_onward(request, person))
    return render(request, "portal/sign_in.html", {"form": form, "next": _wanted(request)})


def _person(request: HttpRequest, form: SignInForm) -> Any:
    """Who they are, or None with the reason in the form."""
    now, email = timezone.now(), form.cleaned_data["email"].lower()
    keys = [queries.attempt_key(f"sign-in:{email}"), queries.attempt_key(f"address:{network_address(request)}")]
    if wait := queries.seconds_to_wait(keys, now):
        form.add_error(None, f"There were several tries that did not match. Wait {wait} seconds, then try again")
        return None
    person = authenticate(request, username=email, password=form.cleaned_data["password"])
    if person is None:
        drafts.note_attempt(keys=keys, at=now)
        form.add_error(None, "That email address and password do not go together. Check both, and try again")
    return person


def _wanted(request: HttpRequest) -> str:
    """Where they were going, if that is a page of ours: never another site, and never the name of a view."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else ""


def _onward(request: HttpRequest, person: Any) -> str:
    """Where they were going, else their work, else the front page to choose from."""
    places = list(accounts.organisations_of(person)[:2])
    return _wanted(request) or (f"/{places[0].code}/staff/" if len(places) == 1 else "/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and all that was open in it."""
    logout(request)
    messages.success(request, "You have signed out.")
    return redirect("front")
