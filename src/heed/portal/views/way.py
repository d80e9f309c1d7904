"""What the pages of telling us share: their addresses, and how a question is drawn."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.documents import actions as documents
from heed.feedback import queries, rules
from heed.feedback.actions import draft as drafts_actions
from heed.portal import pace
from heed.portal.access import PortalRequest, member_of_the_public
from heed.portal.forms.base import StepForm
from heed.portal.steps import CHECK, FILES, Journey

ROUTES = {"kind": "tell_us", FILES: "tell_us_files", CHECK: "tell_us_check"}
MOST_FILES = 10
WHOLE = "what-i-want-to-say.txt"


def address(request: PortalRequest, step: str) -> str:
    """Where a step's page is."""
    code = request.organisation.code
    return reverse(ROUTES[step], args=[code]) if step in ROUTES else reverse("tell_us_step", args=[code, step])


def back_to(request: PortalRequest, journey: Journey, step: str) -> str:
    """The page before, or the check for who came to change an answer."""
    if "change" in request.GET and journey.first_open() is None:
        return address(request, CHECK)
    before = journey.before(step)
    return address(request, before) if before else reverse("organisation", args=[request.organisation.code])


def page_of(request: PortalRequest, journey: Journey, step: str, form: StepForm, draft: Any) -> HttpResponse:
    """A question's page. The same template for all; a step with more to say has its own."""
    context = {
        "form": form,
        "step": step,
        "back": back_to(request, journey, step),
        "progress": journey.progress(step),
        "begun_at": draft.updated_at if draft and step == "kind" and request.method == "GET" else None,
        "carry_on": address(request, journey.first_open() or CHECK),
        "emergency": step == "kind",
    }
    template = f"portal/tell_us/{step}.html" if step in ("kind", "words", "support") else "portal/tell_us/step.html"
    return render(request, template, context)


def keep_words_as_file(request: PortalRequest, journey: Journey, draft: Any, at: datetime) -> StepForm:
    """Words too long for one piece go into a file of the draft, whole; the box keeps their beginning and says so."""
    form = journey.form("words", request.POST)
    text = form.data.get("text", "")
    refused = keep_files(request, draft, [(BytesIO(text.encode()), WHOLE)], at)
    if refused:
        form.add_error("text", refused[0])
        return form
    short = QueryDict(mutable=True)
    short["text"] = f"{rules.gist(text, 1000)}\n\n(All of what I want to say is in the file “{WHOLE}”.)"
    return journey.form("words", short)


def keep_files(request: PortalRequest, draft: Any, given: Iterable[tuple[Any, str]], at: datetime) -> list[str]:
    """Keep files, as pairs of content and name, with a draft. Returns a sentence for each that was refused."""
    refused, by = [], member_of_the_public(request)
    room = MOST_FILES - len(files_of(draft))
    for content, name in given:
        if room < 1:
            refused.append(f"“{name}” was not kept: {MOST_FILES} files is the most that we can take with one form.")
            continue
        try:
            pace.another_file(request, draft.pk, at)
            _keep_file(draft, content, name, by, at)
        except pace.TooMany as too_many:
            refused.append(
                f"“{name}” was not added: very many files came from you or your network. Wait "
                f"{pace.in_words(too_many.wait)}, then choose it again."
            )
        except Refused as refusal:
            refused.append(str(refusal))
        else:
            room -= 1
    return refused


def _keep_file(draft: Any, content: Any, name: str, by: Actor, at: datetime) -> None:
    incoming = documents.take_in(content=content, filename=name)
    try:
        drafts_actions.add_file(draft_id=draft.pk, incoming=incoming, by=by, at=at)
    finally:
        incoming.discard()


def files_of(draft: Any) -> list[Any]:
    return queries.draft_files(draft.pk) if draft else []


def elsewhere_lines(organisation: Any) -> list[tuple[str, str]]:
    """The organisation's other services, a pair each: what for, and how."""
    lines = [line.strip() for line in organisation.other_services.splitlines() if line.strip()]
    return [(what.strip(), how.strip()) for what, _, how in (line.partition(":") for line in lines)]
