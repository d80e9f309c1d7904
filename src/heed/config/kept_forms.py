"""A form that could not be taken because a page was open too long, shown again with every word in it.

Nothing is stored: the words go straight back to the browser that sent them.
"""

import re
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# What a person would not want to see on a page again; such a form is short, and is filled in anew.
SECRET = re.compile("password|code|secret", re.IGNORECASE)
LONG = 60  # characters: what is longer is shown, to be read once more before it is sent


@dataclass(frozen=True)
class Long:
    """A text that is shown. The label is all that we know of the field: its name."""

    name: str
    value: str

    @property
    def label(self) -> str:
        words = re.sub(r"[\W_]+", " ", self.name).strip()
        return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class Files:
    """Files that were sent and have to be chosen again."""

    name: str
    filenames: str


@dataclass(frozen=True)
class KeptForm:
    """What was typed, and where it was going."""

    address: str
    short: list[tuple[str, str]] = field(default_factory=list)
    long: list[Long] = field(default_factory=list)
    files: list[Files] = field(default_factory=list)


def show_again(request: HttpRequest, sign_in_address: str = "") -> HttpResponse:
    """The page that offers what was typed once more; with `sign_in_address`, after signing in."""
    context = {
        "kept": keep(request),
        "must_sign_in": bool(sign_in_address),
        "sign_in_address": sign_in_address,
    }
    return render(request, "expired.html", context, status=403)


def keep(request: HttpRequest) -> KeptForm | None:
    """What was typed; None where there is nothing, or nothing that may be offered again.

    Only a form that the browser says came from our own pages is offered: a stranger's page must not get its words sent
    by one press of a button on ours."""
    if request.method != "POST" or not is_from_our_pages(request):
        return None
    kept = KeptForm(request.get_full_path())
    for name, values in request.POST.lists():
        if SECRET.search(name):
            return None
        if name != "csrfmiddlewaretoken":
            kept.long.extend(Long(name, value) for value in values if len(value) > LONG)
            kept.short.extend((name, value) for value in values if len(value) <= LONG)
    for name, files in request.FILES.lists():
        kept.files.append(Files(name, ", ".join(file.name or "the file" for file in files)))
    return kept if kept.short or kept.long or kept.files else None


def is_from_our_pages(request: HttpRequest) -> bool:
    """Whether the browser vouches for it, by a header that no page can forge."""
    return request.META.get("HTTP_SEC_FETCH_SITE") == "same-origin"
