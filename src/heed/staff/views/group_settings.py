"""What is asked about groups of people, and who the people served are."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from heed.accounts.permissions import Permission
from heed.organisations import actions
from heed.organisations import queries as organisations
from heed.organisations.code_lists import questions
from heed.staff.forms import group_settings as forms
from heed.staff.scope import StaffRequest, member

ADMINISTER = Permission.ADMINISTER


@member(ADMINISTER)
def group_questions(request: StaffRequest, org: str) -> HttpResponse:
    """Which questions are asked, and the questions for which the people served can be entered."""
    organisation = request.organisation
    found = organisations.group_settings(organisation.pk)
    given = {"questions": found.questions, "period": found.period} if found else {"period": "year"}
    form = forms.GroupQuestionsForm.of(request, organisation=organisation, initial=given)
    if form.apply(actions.set_group_questions):
        asked = form.result.questions
        messages.success(request, "From now on these questions are offered." if asked else "Nothing is asked any more.")
        return redirect("settings_groups", org)
    populations = organisations.populations(organisation.pk)
    listed = [(question, populations.get(question.key)) for question in questions.all_of_them()]
    return render(request, "staff/settings/groups.html", {"form": form, "listed": listed, "settings": found})


def _question(key: str) -> Any:
    found = next((question for question in questions.all_of_them() if question.key == key), None)
    if found is None:
        raise Http404
    return found


@member(ADMINISTER)
def population(request: StaffRequest, org: str, question: str) -> HttpResponse:
    """How the people served divide into the groups of one question."""
    about = _question(question)
    found = organisations.populations(request.organisation.pk).get(question)
    given = {**found.shares, "source": found.source, "counted_on": found.counted_on} if found else {}
    form = forms.PopulationForm.of(request, organisation=request.organisation, question=about, initial=given)
    if form.apply(actions.set_population):
        messages.success(request, f"Figures about {about.asked_about} are compared with these from now on.")
        return redirect("settings_groups", org)
    return render(request, "staff/settings/population.html", {"form": form, "question": about, "population": found})


@member(ADMINISTER)
@require_POST
def remove_population(request: StaffRequest, org: str, question: str) -> HttpResponse:
    """No comparison any more."""
    about = _question(question)
    actions.remove_population(
        organisation=request.organisation, question=question, by=request.viewer.actor, at=timezone.now()
    )
    messages.success(request, f"Figures about {about.asked_about} are not compared with anything any more.")
    return redirect("settings_groups", org)
