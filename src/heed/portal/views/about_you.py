"""A few questions about the person, after they told us something: never before, and none has to be answered.

The page can be written to and not read from: it shows no answer that was given before."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heed.audit.refusals import Refused
from heed.cases.queries import public
from heed.feedback.actions import about_you
from heed.organisations import queries as organisations
from heed.portal.access import PortalRequest, at_organisation, member_of_the_public, private
from heed.portal.following import following
from heed.portal.forms.about_you import AboutYouForm
from heed.portal.views.sent import just_sent

THANKS = "Thank you. Your answers are kept apart from what you told us."
NOTHING = "You left everything out, and that is fine. Nothing was changed."
TAKEN_BACK = "Your answers are withdrawn. None of them is kept."


def asked_of(organisation: Any, case: Any) -> Sequence[Any]:
    """The questions that are asked after a complaint or concern; none after a comment or compliment, because nothing is
    counted of the people behind those, and what is not needed is not asked."""
    return organisations.questions_asked(organisation.pk, timezone.localdate()) if case is not None else []


@private
@require_http_methods(["GET", "HEAD", "POST"])
@at_organisation
def after_sending(request: PortalRequest) -> HttpResponse:
    """From the confirmation, for as long as that is shown."""
    found = just_sent(request)
    if found is None:
        return redirect("follow", organisation=request.organisation.code)
    return _page(request, found.feedback, reverse("tell_us_sent", args=[request.organisation.code]))


@private
@require_http_methods(["GET", "HEAD", "POST"])
@following
def of_case(request: PortalRequest, feedback: Any, grant: str) -> HttpResponse:
    """From the page where the person follows what they told us."""
    return _page(request, feedback, reverse("follow_page", args=[request.organisation.code, grant]), grant)


def _page(request: PortalRequest, feedback: Any, back: str, grant: str = "") -> HttpResponse:
    asked = asked_of(request.organisation, public.case_of(feedback))
    if not asked:
        raise Http404("Nothing is asked here.")
    form = AboutYouForm(
        request.POST if request.method == "POST" and "withdraw" not in request.POST else None, asked=asked
    )
    if request.method == "POST" and _done(request, form, feedback.pk):
        return redirect(back)
    context = {"form": form, "back": back, "grant": grant, "asked": asked}
    return render(request, "portal/about_you.html", context)


def _done(request: PortalRequest, form: AboutYouForm, feedback_id: int) -> bool:
    """Take the answers, or take them back; False with the reason in the form."""
    by = member_of_the_public(request, feedback_id)
    if "withdraw" in request.POST:
        about_you.take_back(feedback_id=feedback_id, by=by)
        messages.success(request, TAKEN_BACK)
        return True
    if not form.is_valid():
        return False
    try:
        about_you.tell(feedback_id=feedback_id, answers=form.answers(), by=by, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, THANKS if any(form.answers().values()) else NOTHING)
    return True
