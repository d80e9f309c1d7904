"""Words that somebody was writing when their page shut: carried through the question for reference and code.

They travel in the page itself and, once the code was right, lie in the session until they are sent."""

from dataclasses import dataclass

from django.http import HttpRequest

from heed.design.text import clean_text

KEY = "follow-words"
# The form's field, and the page it stands on.
PAGES = {
    "body": "follow_message", "reason": "follow_next_stage", "words": "follow_contribution", "text": "follow_story",
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    field: str
    words: str


def typed(request: HttpRequest, field: str) -> Kept | None:
    """What was typed into a form that could not be taken; None where it was nothing."""
    words = clean_text(request.POST.get(field, ""))
    return Kept(field, words) if words.strip() else None


def sent_with(request: HttpRequest) -> Kept | None:
    """The words that came along with the reference and code."""
    field = request.POST.get("kept_field", "")
    words = clean_text(request.POST.get("kept_words", ""))
    return Kept(field, words) if field in PAGES and words.strip() else None


def put_back(request: HttpRequest, grant: str) -> str:
    """Lay the words that came along under the new grant. Returns the name of the page to go to."""
    kept = sent_with(request)
    if kept is None:
        return "follow_page"
    request.session[KEY] = {"grant": grant, "field": kept.field, "words": kept.words}
    return PAGES[kept.field]


def of(request: HttpRequest, grant: str, field: str) -> str:
    """The words that wait under a grant for this field, or "": what was meant for one page stands on no other."""
    waiting = request.session.get(KEY) or {}
    return str(waiting.get("words", "")) if (waiting.get("grant"), waiting.get("field")) == (grant, field) else ""


def done(request: HttpRequest) -> None:
    """They were sent."""
    if KEY in request.session:
        del request.session[KEY]
