"""What the person may say on their page about being told, and about their story: yes, no, and no longer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from heed.audit.refusals import Refused
from heed.feedback.actions.hear import hear_of_changes
from heed.learning.actions.stories import tell_story, withdraw_consent
from heed.learning.queries import told
from heed.portal import kept_words
from heed.portal.access import PortalRequest, member_of_the_public, private
from heed.portal.following import following, following_with_words
from heed.portal.forms.story import StoryForm
from heed.portal.pace import another_message, unhurried


@private
@require_POST
@following
def hear(request: PortalRequest, feedback: Any, grant: str) -> HttpResponse:
    """Whether they want to hear what changes because of it."""
    agrees = request.POST.get("agrees") == "yes"
    by = member_of_the_public(request, feedback.pk)
    hear_of_changes(feedback_id=feedback.pk, agrees=agrees, by=by, at=timezone.now())
    done = (
        "If something changes because of this, we tell you here."
        if agrees
        else "We will not write to you about changes."
    )
    messages.success(request, done)
    return redirect("follow_page", organisation=request.organisation.code, grant=grant)


@private
@require_http_methods(["GET", "HEAD", "POST"])
@following_with_words("text")
@unhurried
def tell(request: PortalRequest, feedback: Any, grant: str, kept: str = "") -> HttpResponse:
    """Their story in their own words, and what it may be used for."""
    form = StoryForm(request.POST if request.method == "POST" else None, initial={"text": kept})
    if request.method == "POST" and form.is_valid():
        by, now = member_of_the_public(request, feedback.pk), timezone.now()
        another_message(feedback.pk, now)
        try:
            tell_story(feedback_id=feedback.pk, by=by, at=now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            kept_words.done(request)
            messages.success(request, "Thank you. We have your story. You can take it back on this page at any moment.")
            return redirect("follow_page", organisation=request.organisation.code, grant=grant)
    return render(request, "portal/follow/story.html", {"form": form, "grant": grant})


@private
@require_http_methods(["GET", "HEAD", "POST"])
@following
def withdraw(request: PortalRequest, feedback: Any, grant: str, piece_id: int) -> HttpResponse:
    """Take their story back. Nobody asks why."""
    story = next((one for one in told.stories_of(feedback) if one.pk == piece_id and not one.is_withdrawn), None)
    if story is None:
        raise Http404("There is no such story.")
    if request.method != "POST":
        return render(request, "portal/follow/take_back.html", {"story": story, "grant": grant})
    withdraw_consent(piece_id=piece_id, by=member_of_the_public(request, feedback.pk), at=timezone.now())
    messages.success(request, "Your story is taken back. It is shown nowhere any more, and its words are deleted.")
    return redirect("follow_page", organisation=request.organisation.code, grant=grant)
