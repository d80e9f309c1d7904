"""Check the answers, send them once, and say what happens next."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heed.audit.refusals import Refused
from heed.cases.actions.drafts import send_feedback
from heed.cases.queries import public
from heed.feedback import queries
from heed.organisations import queries as organisations
from heed.portal import drafts
from heed.portal.access import PortalRequest, at_organisation, member_of_the_public, private
from heed.portal.checking import parts
from heed.portal.giving import given
from heed.portal.steps import CHECK, Journey
from heed.portal.support import advice_of
from heed.portal.views.way import address, files_of

SEND = {
    "complaint": "Send my complaint",
    "concern": "Send my concern",
    "comment": "Send my comment",
    "compliment": "Send my thanks",
}
SHOWN = timedelta(hours=1)


@private
@require_http_methods(["GET", "HEAD", "POST"])
@at_organisation
def check(request: PortalRequest) -> HttpResponse:
    """All that was said, with a way to change each of it, and the button that sends it."""
    draft = drafts.current(request)
    if draft is not None and queries.was_sent(draft):
        return redirect("tell_us_sent", organisation=request.organisation.code)
    journey = drafts.journey(request, draft)
    if draft is None or journey.first_open():
        return redirect(address(request, journey.first_open() or "kind"))
    refusal = _send(request, draft.pk, journey) if request.method == "POST" else ""
    if request.method == "POST" and not refusal:
        return redirect("tell_us_sent", organisation=request.organisation.code)
    context = {
        "parts": parts(journey, files_of(draft), lambda step: f"{address(request, step)}?change=1"),
        "back": address(request, journey.before(CHECK) or "kind"),
        "send_label": SEND[journey.known["kind"]["kind"]],
        "refusal": refusal,
    }
    return render(request, "portal/tell_us/check.html", context)


def _send(request: PortalRequest, draft_id: int, journey: Journey) -> str:
    """Send it; a sentence when it was refused. A second click adds nothing and is led to the same answer."""
    try:
        send_feedback(draft_id=draft_id, given=given(journey), by=member_of_the_public(request), at=timezone.now())
    except Refused as refusal:
        return str(refusal)
    return ""


@private
@require_http_methods(["GET", "HEAD"])
@at_organisation
def sent(request: PortalRequest) -> HttpResponse:
    """We have it: reference and code, what happens next and by when, who to call, where to get help.

    Shown again for an hour to the browser that sent it, then no more: a shared computer tells nobody the code."""
    found = just_sent(request)
    if found is None:
        messages.info(request, "We no longer show that page, to keep your code safe. Use your reference and code here.")
        return redirect("follow", organisation=request.organisation.code)
    person = public.writer(found.feedback)
    context = {
        "sent": found,
        "advice": advice_of(found.feedback, found.case),
        "emailed": bool(person and person.email),
        "emailed_code": bool(person and person.email and person.email_is_private and found.case),
        "about_you": found.case and organisations.asks_about_groups(request.organisation.pk),
    }
    return render(request, "portal/tell_us/sent.html", context)


def just_sent(request: PortalRequest) -> Any:
    """What this browser sent within the last hour, None when it did not."""
    draft = drafts.current(request)
    at = queries.sent_at(draft) if draft else None
    return public.sent_by(draft.submission_key) if draft and at and timezone.now() - at < SHOWN else None
