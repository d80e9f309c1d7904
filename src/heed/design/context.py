"""What every page knows: its address and date for print, whose colours it wears, whether it is the demonstration."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from heed.design import colour


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Returns page_address, printed_at, demo, organisation (or None) and theme_address (or "").

    `organisation` is what the view put into `request.organisation`: anything with .name, .code and .colour.
    """
    organisation = getattr(request, "organisation", None)
    return {
        "page_address": _address(request),
        "printed_at": timezone.localtime(),
        "demo": getattr(settings, "DEMO", False),
        "organisation": organisation,
        "theme_address": theme_address(getattr(organisation, "colour", "")),
    }


def _address(request: HttpRequest) -> str:
    """The page's whole address; under a name that is not ours, where an error is all that is shown, its path."""
    try:
        return request.build_absolute_uri(request.path)
    except DisallowedHost:
        return request.path


def theme_address(accent: str) -> str:
    """Where the stylesheet of an accent lies; "" for Heed's own colour or one that cannot be used."""
    if not accent or colour.why_not_accent(accent):
        return ""
    name = colour.theme(accent).name
    if f"#{name}" == colour.HEED_ACCENT:
        return ""
    try:
        return reverse("design:theme", kwargs={"name": name})
    except NoReverseMatch:  # A page that stands alone, as in a test of one app, wears Heed's own colour.
        return ""
