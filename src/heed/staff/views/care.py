"""One's own page: what one carries, training, skills, talks to come; and asking for time or a talk."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from heed.accounts.permissions import Permission
from heed.care.actions import people
from heed.care.queries import asking as askings
from heed.care.queries import support, talks, training, workload
from heed.staff.forms.care import AnswerForm, AskForm, CapacityForm, SkillsForm
from heed.staff.scope import StaffRequest, member
from heed.staff.trying import tried

OWN = Permission.LOOK_AFTER_SELF


@member(OWN)
@require_safe
def care(request: StaffRequest, org: str) -> HttpResponse:
    """All that concerns oneself, in short."""
    viewer, today = request.viewer, timezone.localdate()
    lines = training.lines(viewer.organisation_id, today, viewer.person_id)
    context = {
        "load": _load(request),
        "proposal": workload.proposal(viewer.organisation_id, viewer.person_id),
        "due": [line for line in lines if line.is_due],
        "has_courses": bool(lines),
        "skills": workload.named_skills(_skills(request)),
        "supervision": talks.my_supervisor(viewer),
        "askings": askings.askings(viewer),
        "support": support.mine(viewer),
        "today": today,
    }
    return render(request, "staff/care/mine.html", context)


def _load(request: StaffRequest) -> Any:
    """What the person carries; None for who handles no cases."""
    found = workload.loads(request.organisation, timezone.localdate(), request.viewer.person_id)
    return found[0] if found else None


def _skills(request: StaffRequest) -> dict[str, str]:
    person = request.viewer.person_id
    return workload.skills(request.viewer.organisation_id, person).get(person, {})


@member(OWN)
@require_safe
def my_training(request: StaffRequest, org: str) -> HttpResponse:
    """What one needs, had, and what is due."""
    viewer = request.viewer
    lines = training.lines(viewer.organisation_id, timezone.localdate(), viewer.person_id)
    return render(request, "staff/care/my_training.html", {"lines": lines})


@member(OWN)
def my_capacity(request: StaffRequest, org: str) -> HttpResponse:
    """Say how much one can carry; it counts once whoever looks after people agrees."""
    load = _load(request)
    if load is None:
        raise Http404
    given = {"hours_a_week": load.hours, "most_cases": load.most}
    form = CapacityForm.of(request, organisation=request.organisation, initial=given)
    if form.apply(people.propose_capacity, person_id=request.viewer.person_id):
        messages.success(request, "Your proposal is kept. It counts once whoever looks after people here agrees.")
        return redirect("care", org)
    return render(request, "staff/care/my_capacity.html", {"form": form, "load": load})


@member(OWN)
@require_POST
def agree_my_capacity(request: StaffRequest, org: str) -> HttpResponse:
    """Agree with what was proposed."""
    done = {"person_id": request.viewer.person_id}
    tried(request, people.agree_capacity, "It is agreed, and counts from now on.", **done)
    return redirect("care", org)


@member(OWN)
def my_skills(request: StaffRequest, org: str) -> HttpResponse:
    """What one can be asked for."""
    form = SkillsForm.of(request, organisation=request.organisation, kept=_skills(request))
    if form.apply(people.set_skills, person_id=request.viewer.person_id):
        messages.success(request, "Your skills are kept.")
        return redirect("care", org)
    return render(request, "staff/care/skills.html", {"form": form})


@member(OWN)
def ask_for_care(request: StaffRequest, org: str) -> HttpResponse:
    """Ask somebody for time or a talk. The address says nothing of where the person came from."""
    form = AskForm.of(request, organisation=request.organisation, person_id=request.viewer.person_id)
    if form.apply(people.ask):
        messages.success(request, f"{form.result.to.name} is told that you asked, by an email without a word of it.")
        return redirect("care_asking", org, form.result.pk)
    return render(request, "staff/care/ask.html", {"form": form})


@member(OWN)
def care_asking(request: StaffRequest, org: str, asking_id: int) -> HttpResponse:
    """What was asked and answered: for the two alone."""
    found = askings.asking(request.viewer, asking_id)
    if found is None:
        raise Http404
    asked_of_me = found.to_id == request.viewer.person_id
    form = AnswerForm.of(request, organisation=request.organisation)
    if asked_of_me and form.apply(people.answer_asking, asking_id=asking_id):
        messages.success(request, f"{found.person.name} is told that you have answered.")
        return redirect("care_asking", org, asking_id)
    may_answer = asked_of_me and found.answered_at is None
    context = {"asking": found, "asked_of_me": asked_of_me, "form": form if may_answer else None}
    return render(request, "staff/care/asking.html", context)
