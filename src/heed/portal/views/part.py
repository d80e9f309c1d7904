"""The part that a person takes in what changes because of them: chosen, changed and taken back on their own page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heed.cases.queries import public
from heed.learning import actions, queries
from heed.portal.access import PortalRequest, member_of_the_public, private
from heed.portal.following import following
from heed.portal.forms.part import PartForm, SatisfiedForm, as_they_say
from heed.portal.pace import another_message, unhurried


@private
@require_http_methods(["GET", "HEAD", "POST"])
@following
@unhurried
def choose(request: PortalRequest, feedback: Any, grant: str) -> HttpResponse:
    """How they wish to hear of it, and what they would like to take part in."""
    case = _case(feedback)
    taken = queries.part_of(case.pk)
    form = PartForm(
        request.POST or None, initial={"wish": taken.wish, "options": [one.option for one in taken.standing]}
    )
    if request.method == "POST" and form.is_valid():
        by = member_of_the_public(request, feedback.pk)
        another_message(feedback.pk, timezone.now())
        actions.choose_part(case_id=case.pk, how="page", by=by, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "We have noted it. You can change it here at any time.")
        return redirect("follow_page", organisation=request.organisation.code, grant=grant)
    before = [(as_they_say(one), one) for one in taken.agreed]
    return render(request, "portal/follow/part.html", {"form": form, "grant": grant, "before": before})


@private
@require_http_methods(["GET", "HEAD", "POST"])
@following
@unhurried
def satisfied(request: PortalRequest, feedback: Any, grant: str) -> HttpResponse:
    """Whether they think that it will not happen again."""
    case = _case(feedback)
    taken = queries.part_of(case.pk)
    form = SatisfiedForm(request.POST or None, initial={"answer": taken.satisfied, "words": taken.satisfied_words})
    if request.method == "POST" and form.is_valid():
        by = member_of_the_public(request, feedback.pk)
        another_message(feedback.pk, timezone.now())
        actions.say_satisfied(case_id=case.pk, how="page", by=by, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Thank you. We have noted it, and those who make the change can read it.")
        return redirect("follow_page", organisation=request.organisation.code, grant=grant)
    changes = queries.for_person(case.pk)
    return render(request, "portal/follow/satisfied.html", {"form": form, "grant": grant, "changes": changes})


def _case(feedback: Any) -> Any:
    case = public.case_of(feedback)
    if case is None or not queries.for_person(case.pk):
        raise Http404("Nothing has been promised yet.")
    return case
