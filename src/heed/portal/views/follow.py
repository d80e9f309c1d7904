"""Follow a case: let in by reference and code, read all that is fit for the person, leave."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heed.cases.queries import public
from heed.documents.serving import attachment_response
from heed.feedback import codes, queries
from heed.feedback.actions import draft as drafts_actions
from heed.feedback.queries import surveys
from heed.learning import queries as learning
from heed.learning.queries import analyses, told
from heed.organisations import queries as organisations
from heed.portal import grants, kept_words, telling
from heed.portal.access import PortalRequest, at_organisation, network_address, private
from heed.portal.following import following
from heed.portal.forms.follow import FollowForm
from heed.portal.forms.part import as_they_say
from heed.portal.support import advice_of
from heed.portal.views.sent import SHOWN

NO_MATCH = "That reference and code do not go together. Check each letter and number of both, and try again"


@private
@require_http_methods(["GET", "HEAD", "POST"])
@at_organisation
def enter(request: PortalRequest) -> HttpResponse:
    """Reference and code, always by POST. What does not match is answered alike, whatever was wrong with it."""
    form = FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = _match(request, form, timezone.now())
        if found is not None:
            word = grants.give(request, found.pk, request.organisation.code, timezone.now())
            return redirect(kept_words.put_back(request, word), organisation=request.organisation.code, grant=word)
    return render(request, "portal/follow/enter.html", {"form": form, "kept": kept_words.sent_with(request)})


def _match(request: PortalRequest, form: FollowForm, at: datetime) -> Any:
    """The item, or None with the reason in the form. Guessing is slowed by reference and by network address."""
    reference, code = form.cleaned_data["reference"], form.cleaned_data["code"]
    keys = [
        queries.attempt_key(f"reference:{codes.reference_plain(reference)}"),
        queries.attempt_key(f"address:{network_address(request)}"),
    ]
    if wait := queries.seconds_to_wait(keys, at):
        form.add_error(None, f"There were several tries that did not match. Wait {wait} seconds, then try again")
        return None
    found = queries.matching(request.organisation.pk, reference, code)
    if found is None:
        drafts_actions.note_attempt(keys=keys, at=at)
        form.add_error(None, NO_MATCH)
    return found


@private
@require_safe
@following
def page(request: PortalRequest, feedback: Any, grant: str) -> HttpResponse:
    """Where it stands, what has happened, what happens next and by when, and all that was written."""
    seen = public.for_person(feedback)
    case = seen.case
    changes = learning.for_person(case.pk) if case else []
    taken = learning.part_of(case.pk) if case and changes else None
    context = {
        "grant": grant,
        "seen": seen,
        "standing": telling.standing(seen, timezone.localdate()),
        "promises": telling.promises(seen, timezone.localdate()),
        "history": telling.history(seen),
        "remedies": telling.remedies(seen),
        "changes": changes,
        "asked": analyses.asked_on_page(case.pk) if case else None,
        "taken": taken,
        "taking_part": [as_they_say(one) for one in taken.standing] if taken else [],
        "advice": (advice := advice_of(feedback, case)),
        "stories": told.stories_of(feedback),
        "about_you": case and organisations.asks_about_groups(request.organisation.pk),
        "survey": surveys.standing(feedback, timezone.localdate()) if case else "",
        "next_stage": telling.may_ask_for_next_stage(case, advice.procedure.stages_count),
    }
    return render(request, "portal/follow/page.html" if case else "portal/follow/thanks.html", context)


@private
@require_safe
@following
def answer(request: PortalRequest, feedback: Any, grant: str, number: int) -> HttpResponse:
    """One of our answers in full, to read or print."""
    case = public.case_of(feedback)
    found = public.answer(case, number) if case else None
    if found is None:
        raise Http404("There is no such answer.")
    return render(request, "portal/follow/answer.html", {"grant": grant, "case": case, "answer": found})


@private
@require_safe
@following
def file(request: PortalRequest, feedback: Any, grant: str, token: str) -> HttpResponseBase:
    """A file of theirs, or one that we sent them."""
    attachment = public.file_of(feedback, token)
    if attachment is None:
        raise Http404("There is no such file.")
    return attachment_response(attachment)


@require_POST
@at_organisation
def leave(request: PortalRequest, grant: str) -> HttpResponse:
    """Close the page to whoever uses this computer next, and with it the one that showed the code after sending."""
    now = timezone.now()
    if item := grants.feedback_id(request, grant, request.organisation.code, now):
        drafts_actions.forget_sent(feedback_id=item, since=now - SHOWN)
        grants.take_all(request, item)
    kept_words.done(request)
    messages.success(
        request, "You have left your page. Nobody can open it on this device without your reference and code."
    )
    return redirect("organisation", organisation=request.organisation.code)
