"""Ask for the next stage. No reason need be given."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heed.audit.refusals import Refused
from heed.cases.actions.close import escalate
from heed.cases.queries import public
from heed.portal import kept_words, telling
from heed.portal.access import PortalRequest, member_of_the_public, private
from heed.portal.following import following_with_words
from heed.portal.forms.message import NextStageForm
from heed.portal.support import advice_of


@private
@require_http_methods(["GET", "HEAD", "POST"])
@following_with_words("reason")
def ask(request: PortalRequest, feedback: Any, grant: str, kept: str = "") -> HttpResponse:
    """The page that explains the next stage and asks for it. Asked twice, it is asked once."""
    case = public.case_of(feedback)
    advice = advice_of(feedback, case)
    if case is None or not telling.may_ask_for_next_stage(case, advice.procedure.stages_count):
        return redirect("follow_page", organisation=request.organisation.code, grant=grant)
    form = NextStageForm(request.POST or None, initial={"reason": kept})
    if request.method == "POST" and form.is_valid() and _asked(request, form, case.pk, feedback.pk):
        kept_words.done(request)
        messages.success(request, "You have asked for the next stage. Below you see what happens now, and by when.")
        return redirect("follow_page", organisation=request.organisation.code, grant=grant)
    return render(request, "portal/follow/next_stage.html", {"form": form, "grant": grant, "advice": advice})


def _asked(request: PortalRequest, form: NextStageForm, case_id: int, feedback_id: int) -> bool:
    by = member_of_the_public(request, feedback_id)
    try:
        escalate(case_id=case_id, reason=form.cleaned_data["reason"], by=by, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors
