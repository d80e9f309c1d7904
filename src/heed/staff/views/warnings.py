"""Early warnings: what comes in more often than is usual, for those who see the cases; and what they do about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.design.components import Link
from heed.insight import warning_chart
from heed.insight.actions import warnings as actions
from heed.insight.queries import budget
from heed.insight.queries import warnings as queries
from heed.learning import actions as learning
from heed.learning import queries as lessons
from heed.organisations import queries as organisations
from heed.staff import learning_page
from heed.staff.forms import warnings as forms
from heed.staff.navigation import SEES_WARNINGS
from heed.staff.scope import StaffRequest, member

KIND = "warning"  # of the origin of what is learned


@member(*SEES_WARNINGS)
@require_safe
def warnings(request: StaffRequest, org: str) -> HttpResponse:
    """One list: open, acknowledged, snoozed, past, or what only looked like a rise."""
    state = request.GET.get("state", "open")
    state = state if state in queries.STATES else "open"
    counts = queries.counts(request.viewer)
    context = {
        "state": state,
        "states": [
            Link(label, f"?state={key}", current=key == state, count=counts[key])
            for key, label in queries.STATES.items()
        ],
        "lines": queries.listed(request.viewer, request.organisation, state),
        "promise": budget.promise(request.organisation),
        "most": queries.SHOWN,
    }
    return render(request, "staff/insight/warnings.html", context)


def _found(request: StaffRequest, alarm_id: int) -> Any:
    """The warning with what belongs to it, if the person may see it; else 404, as if it were not there."""
    line = queries.one(request.viewer, request.organisation, alarm_id)
    if line is None:
        raise Http404
    return line


@member(*SEES_WARNINGS)
@require_safe
def warning(request: StaffRequest, org: str, alarm_id: int) -> HttpResponse:
    """One warning: its series, where it comes from, the cases, and what was done."""
    line = _found(request, alarm_id)
    context = {
        "line": line,
        "chart": warning_chart.of(line),
        "whole": queries.whole(request.viewer, request.organisation, line.alarm),
        "cases": queries.cases(request.viewer, line.alarm),
        "steps": queries.steps(line.alarm),
        "lessons": lessons.arising_from(request.viewer, KIND, alarm_id),
        "may_learn": request.viewer.may(Permission.RECORD_LEARNING),
        "most": queries.CASES,
        "today": timezone.localdate(),
    }
    return render(request, "staff/insight/warning.html", context)


def _step(request: StaffRequest, line: Any, form: Any, action: Any, done: str, **page: str) -> HttpResponse:
    """Draw a form of a warning, or do what it asks and go back to the warning."""
    if form.apply(action):
        messages.success(request, done)
        return redirect("warning", request.organisation.code, line.alarm.pk)
    return render(request, "staff/insight/warning_step.html", {"line": line, "form": form, **page})


@member(*SEES_WARNINGS)
def acknowledge(request: StaffRequest, org: str, alarm_id: int) -> HttpResponse:
    """Somebody has seen it."""
    line = _found(request, alarm_id)
    form = forms.AcknowledgeForm.of(request, alarm=line.alarm)
    done = "It is acknowledged. You are told again only if it becomes worse."
    return _step(request, line, form, actions.acknowledge, done, title="Acknowledge it", button="Acknowledge it")


@member(*SEES_WARNINGS)
def snooze(request: StaffRequest, org: str, alarm_id: int) -> HttpResponse:
    """Not now."""
    line = _found(request, alarm_id)
    form = forms.SnoozeForm.of(request, alarm=line.alarm)
    done = "It is back on that day, or before if it becomes worse."
    return _step(request, line, form, actions.snooze, done, title="Look again later", button="Snooze it")


@member(*SEES_WARNINGS)
def new_level(request: StaffRequest, org: str, alarm_id: int) -> HttpResponse:
    """It is here to stay, and why."""
    line = _found(request, alarm_id)
    form = forms.NewLevelForm.of(request, alarm=line.alarm)
    done = "What is usual is learned anew from that day on."
    title = "Learn anew what is usual"
    return _step(request, line, form, actions.begin_anew, done, title=title, button="Learn it anew")


@member(Permission.RECORD_LEARNING)
def learn(request: StaffRequest, org: str, alarm_id: int) -> HttpResponse:
    """Record what was learned from it."""
    line = _found(request, alarm_id)
    service = organisations.services(request.organisation.pk).filter(code=line.alarm.service).first()
    form = forms.LearnForm.of(request, organisation=request.organisation, service=service)
    origin = learning.Origin(KIND, str(alarm_id), line.sentence)
    if learning_page.keep(request, form, learning.learn_from, again={"origin": origin}, origin=origin):
        return redirect("warning", org, alarm_id)
    context = {"line": line, "form": form, "title": "Record what was learned", "button": "Record what was learned"}
    return render(request, "staff/insight/warning_step.html", context)


@member(Permission.RECORD_LEARNING)
def promise(request: StaffRequest, org: str, alarm_id: int, lesson_id: int) -> HttpResponse:
    """Promise an action because of what was learned from it."""
    line = _found(request, alarm_id)
    learned = lessons.arising_from(request.viewer, KIND, alarm_id)
    point = next((point for point in learned if point.pk == lesson_id), None)
    if point is None:
        raise Http404
    owners = lessons.possible_owners(request.organisation.pk, point.service_id, point.case_ids)
    begin = {"start_on": timezone.localdate()}
    form = forms.PromiseForm.of(request, owners=owners, learned=point.text, initial=begin)
    if form.apply(learning.promise_action, learning_point_id=point.pk):
        messages.success(request, f"The action is promised. {learning_page.AIM_NEXT}")
        return redirect("action", org, form.result.pk)
    context = {"line": line, "form": form, "point": point, "title": "Promise an action", "button": "Promise the action"}
    return render(request, "staff/insight/warning_step.html", context)
