"""What every request passes through before and after its page, beyond what Django brings."""

import logging
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from heed.config.errors import page_not_understood, too_large
from heed.config.kept_forms import keep, show_again

Handler = Callable[[HttpRequest], HttpResponse]
access_log = logging.getLogger("heed.access")


def referrer_policy(get_response: Handler) -> Handler:
    """Pages of the portal never tell another site, nor another page, where somebody came from."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if match is None or match.func.__module__.startswith("heed.portal."):
            response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response

    return middleware


def read_to_the_end(get_response: Handler) -> Handler:
    """What was sent and not looked at is read and thrown away: a browser that is cut off while it sends shows an error
    of its own in place of our answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if 0 < content_length(request) <= settings.LARGEST_REQUEST:
            with suppress(OSError):  # the browser went away
                while request.read(2**16):
                    pass
        return response

    return middleware


def content_length(request: HttpRequest) -> int:
    """Bytes that the browser says it sends; 0 where it says nothing that makes sense, as Django reads it."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def refuse_bad_requests(get_response: Handler) -> Handler:
    """What no browser sends is not understood, and a request of more than a gibibyte is not even read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not makes_sense(request):
            return page_not_understood(request)
        if content_length(request) > settings.LARGEST_REQUEST:
            return too_large(request)
        return get_response(request)

    return middleware


def makes_sense(request: HttpRequest) -> bool:
    """A NUL in the address or a cookie fits no page and no database. A form is in UTF-8, as our pages are: among Python's
    other encodings there are some that are none of text. A length is a number."""
    texts = [request.path_info, *request.COOKIES.values()]
    texts += [word for name, words in request.GET.lists() for word in (name, *words)]
    charset = (request.content_params or {}).get("charset", "utf-8")
    length = request.META.get("CONTENT_LENGTH") or "0"
    return "\0" not in "".join(texts) and charset.lower() in ("utf-8", "utf8") and length.isdecimal()


def vouch_for_origin(get_response: Handler) -> Handler:
    """Under `Referrer-Policy: no-referrer` a browser sends `Origin: null` with a form, also to the page's own site.

    Django would refuse it. `Sec-Fetch-Site: same-origin`, which no page can forge, says that the form is ours. A phone
    too old to send it is not locked out: its form stands or falls by the token, which is checked in either case."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.META.get("HTTP_ORIGIN") == "null" and request.META.get("HTTP_SEC_FETCH_SITE") in (
            None,
            "same-origin",
        ):
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        return get_response(request)

    return middleware


def keep_words_of_the_signed_out(get_response: Handler) -> Handler:
    """Whoever sends a form after their sign-in ran out is led to sign in, and must find their words again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and response.status_code == 302 and not request.user.is_authenticated:
            address = response.headers["Location"]
            if address.partition("?")[0] == resolve_url(settings.LOGIN_URL) and keep(request):
                return show_again(request, sign_in_address=resolve_url(settings.LOGIN_URL))
        return response

    return middleware


def log_refusals(get_response: Handler) -> Handler:
    """A line for every page that somebody who is signed in was not shown: route, number of the person, answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in (403, 404) and request.resolver_match and request.user.is_authenticated:
            access_log.warning(
                "refused route=%s person=%s answer=%s",
                request.resolver_match.view_name,
                request.user.pk,
                response.status_code,
            )
        return response

    return middleware
