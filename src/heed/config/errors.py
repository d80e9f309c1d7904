"""The pages for when something went wrong: what happened, that nothing was lost or what was, and what to do."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from heed.config.kept_forms import show_again


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return page_not_understood(request)


def page_not_understood(request: HttpRequest) -> HttpResponse:
    """What was asked for makes no sense as an address or a form."""
    return render(request, "400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """More was sent than Heed reads."""
    return render(request, "413.html", status=413)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """Django's CSRF_FAILURE_VIEW: the form's token is missing or of an earlier sign-in."""
    return show_again(request)
