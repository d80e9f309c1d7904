"""Say what made it likely: by a one-time link, or on the page where the person follows what they told us."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heed.audit.refusals import Refused
from heed.learning.actions import contribute
from heed.learning.queries import analyses
from heed.portal import kept_words
from heed.portal.access import PortalRequest, member_of_the_public, private
from heed.portal.asked import AskedRequest, asked, over
from heed.portal.following import following_with_words
from heed.portal.forms.contribution import ContributionForm
from heed.portal.pace import unhurried


@require_http_methods(["GET", "HEAD", "POST"])
@asked("contribution")
def by_link(request: AskedRequest, word: str) -> HttpResponse:
    """The question, what they need to read, and what happens with their words."""
    found = analyses.open_contribution(request.link.object_id)
    if found is None:
        return over(request)
    form = ContributionForm(request.POST or None)
    if _kept(request, form, found, "link", request.actor):
        return redirect("asked_thanks", organisation=request.organisation.code)
    return _page(request, form, found, "portal/contribution/by_link.html")


@private
@require_http_methods(["GET", "HEAD", "POST"])
@following_with_words("words")
@unhurried
def on_page(request: PortalRequest, feedback: Any, grant: str, kept: str = "") -> HttpResponse:
    """The same for the person who complained, signed in by their reference and code."""
    found = analyses.asked_on_page(feedback.case.pk) if hasattr(feedback, "case") else None
    if found is None:
        raise Http404("Nothing is asked.")
    form = ContributionForm(request.POST or None, initial={"words": kept})
    if _kept(request, form, found, "page", member_of_the_public(request, feedback.pk)):
        kept_words.done(request)
        messages.success(request, "Thank you. Those who look into it read what you wrote.")
        return redirect("follow_page", organisation=request.organisation.code, grant=grant)
    return _page(request, form, found, "portal/contribution/on_page.html", grant=grant)


def _kept(request: PortalRequest, form: ContributionForm, found: Any, way: str, by: Any) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    words, at = form.cleaned_data["words"], timezone.now()
    try:
        contribute.contribute(contribution_id=found.pk, words=words, way=way, by=by, at=at)
    except Refused as refused:
        form.add_error("words", str(refused))
    return not form.errors


def _page(request: PortalRequest, form: ContributionForm, found: Any, template: str, **more: Any) -> HttpResponse:
    """Every look is a look: the first is kept with the question, so that who asked knows that it was read."""
    if request.method == "GET":
        contribute.note_opened(contribution_id=found.pk, at=timezone.now())
    return render(request, template, {"form": form, "asked": found, "promise": contribute.PROMISE, **more})
