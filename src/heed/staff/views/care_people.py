"""For those who look after people: workload, skills, who has supervision, and how it goes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission
from heed.care import rules
from heed.care.actions import people, talks
from heed.care.queries import asking, training, workload
from heed.care.queries import talks as talk_queries
from heed.design.components import Link
from heed.learning import queries as learning
from heed.learning.promises import WORKLOAD
from heed.organisations import code_lists
from heed.staff.forms.care import CapacityForm, SkillsForm, SupervisionForm
from heed.staff.scope import StaffRequest, member
from heed.staff.trying import tried

LOOKS = Permission.LOOK_AFTER_PEOPLE


@member(LOOKS)
@require_safe
def care_workload(request: StaffRequest, org: str) -> HttpResponse:
    """What each handler carries against what was agreed, and who is good at what; by name."""
    loads = workload.loads(request.organisation, timezone.localdate())
    skills, listed = workload.skills(request.organisation.pk), code_lists.load("skills")
    held = {code for kept in skills.values() for code in kept}
    asked = request.GET.get("skill", "")
    asked = asked if asked in held else ""
    named = accounts.names(skills)
    context = {
        "loads": loads,
        "sentences": rules.sentences(loads),
        "ahead": rules.PROMISES_AHEAD,
        "skilled": sorted((named[pk], pk, workload.named_skills(kept)) for pk, kept in skills.items()
                          if pk in named and (not asked or asked in kept)),
        "asked": asked,
        "filters": [Link("All", "?#skills", current=not asked)]
        + [Link(label, f"?skill={code}#skills", current=code == asked) for code, label in listed.choices() if code in held],
        "others": accounts.members(request.organisation.pk),
        "lessons": learning.arising_from(request.viewer, WORKLOAD, request.organisation.pk),
        "may_learn": request.viewer.may(Permission.RECORD_LEARNING),
    }  # fmt: skip
    return render(request, "staff/care/workload.html", context)


@member(LOOKS)
def care_person(request: StaffRequest, org: str, person_id: int) -> HttpResponse:
    """What was agreed with somebody, and what they are good at."""
    person = _person(request, person_id)
    load = _load(request, person_id)
    given = {"hours_a_week": load.hours, "most_cases": load.most} if load else {}
    form = CapacityForm.of(request, organisation=request.organisation, initial=given)
    if load and form.apply(people.propose_capacity, person_id=person_id):
        messages.success(request, f"The proposal is kept. It counts once {person.name} agrees.")
        return redirect("care_person", org, person_id)
    context = {
        "person": person,
        "load": load,
        "proposal": workload.proposal(request.organisation.pk, person_id),
        "skills": workload.named_skills(_skills(request, person_id)),
        "form": form if load else None,
        "is_me": person_id == request.viewer.person_id,
    }
    return render(request, "staff/care/person.html", context)


def _person(request: StaffRequest, person_id: int) -> Any:
    found = accounts.members(request.organisation.pk).filter(pk=person_id).first()
    if found is None:
        raise Http404
    return found


def _load(request: StaffRequest, person_id: int) -> Any:
    return next(iter(workload.loads(request.organisation, timezone.localdate(), person_id)), None)


def _skills(request: StaffRequest, person_id: int) -> dict[str, str]:
    return workload.skills(request.organisation.pk, person_id).get(person_id, {})


@member(LOOKS)
def person_skills(request: StaffRequest, org: str, person_id: int) -> HttpResponse:
    """Keep what somebody can be asked for, with them."""
    person = _person(request, person_id)
    form = SkillsForm.of(request, organisation=request.organisation, kept=_skills(request, person_id))
    if form.apply(people.set_skills, person_id=person_id):
        messages.success(request, f"The skills of {person.name} are kept.")
        return redirect("care_person", org, person_id)
    return render(request, "staff/care/skills.html", {"form": form, "person": person})


@member(LOOKS)
@require_POST
def agree_capacity(request: StaffRequest, org: str, person_id: int) -> HttpResponse:
    """Agree with what somebody proposed for themselves."""
    _person(request, person_id)
    tried(request, people.agree_capacity, "It is agreed, and counts from now on.", person_id=person_id)
    return redirect("care_person", org, person_id)


@member(LOOKS)
def supervision(request: StaffRequest, org: str) -> HttpResponse:
    """That and when supervision takes place; agree on it. Nothing of what is said."""
    form = SupervisionForm.of(request, organisation=request.organisation, viewer=request.viewer)
    if form.apply(talks.agree_supervision):
        messages.success(request, "It is agreed. Both see it under “Talks and reflection”.")
        return redirect("supervision", org)
    handlers = accounts.people_who_may(Permission.HANDLE, request.organisation.pk)
    context = {
        "pairs": talk_queries.dates(request.organisation.pk, timezone.localdate()),
        "without": talk_queries.without(request.organisation.pk, handlers),
        "form": form,
    }
    return render(request, "staff/care/supervision.html", context)


@member(LOOKS)
@require_POST
def end_supervision(request: StaffRequest, org: str, supervision_id: int) -> HttpResponse:
    """The two do not talk regularly any more."""
    tried(request, talks.end_supervision, "It has ended. What they kept stays theirs.", supervision_id=supervision_id)
    return redirect("supervision", org)


@member(LOOKS, Permission.SIGN)
@require_safe
def care_figures(request: StaffRequest, org: str) -> HttpResponse:
    """For the board: how often somebody asked and was answered soon, and what is due; numbers without people."""
    today = timezone.localdate()
    lines = [line for line in training.lines(request.organisation.pk, today) if line.needed]
    pairs = talk_queries.dates(request.organisation.pk, today)
    context = {
        "quarters": asking.quarters(request.organisation.pk, today),
        "needed": len(lines),
        "in_date": sum(line.state in ("had", "soon") for line in lines),
        "pairs": len(pairs),
        "on_time": sum(not pair.late for pair in pairs),
    }
    return render(request, "staff/care/figures.html", context)
