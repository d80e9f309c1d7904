"""Why it happened: decide whether to look closer, look, ask those who know, and conclude."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.design.components import Link
from heed.learning import proportion
from heed.learning.actions import analyse, learn_from_analysis
from heed.learning.queries import analyses as queries
from heed.staff import learning_page, paging
from heed.staff.case_page import get_case, show
from heed.staff.forms import analyses as forms
from heed.staff.forms.lessons import LessonForm, SharedLessonForm
from heed.staff.scope import StaffRequest, member

LEARNS = Permission.RECORD_LEARNING


@member(LEARNS)
def decide(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Whether a case deserves a detailed analysis."""
    case = get_case(request, reference)
    deciding = queries.deciding(case)
    form = forms.DecideForm.of(request, case=case, stands=deciding.stands)
    if form.apply(analyse.decide_on_analysis):
        messages.success(request, "The decision is kept, with your name and the reason.")
        return redirect("begin_analysis" if form.result.wanted else "case_learning", org, reference)
    context = {"form": form, "deciding": deciding, "page_title": "Decide whether to look closer"}
    return show(request, "staff/why/decide.html", case, "case_learning", **context)


@member(LEARNS)
def begin(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Begin an analysis of why it happened."""
    case = get_case(request, reference)
    form = forms.BeginForm.of(request, case=case, viewer=request.viewer)
    if form.apply(analyse.begin_analysis):
        messages.success(request, "The analysis is begun. Ask those who know first: they need time to answer.")
        return redirect("analysis", org, form.result.pk)
    context = {"form": form, "deciding": queries.deciding(case), "page_title": "Begin an analysis of why it happened"}
    return show(request, "staff/why/begin.html", case, "case_learning", **context)


@member(LEARNS)
@require_safe
def analyses(request: StaffRequest, org: str) -> HttpResponse:
    """Every analysis that the person may see, newest first."""
    state = request.GET.get("state", "")
    state = state if state in proportion.STATES else ""
    counts = queries.analysis_states(request.viewer)
    states = [Link("All", "?", current=not state, count=sum(counts.values()))]
    states += [
        Link(label, f"?state={code}", current=code == state, count=counts[code])
        for code, label in proportion.STATES.items()
    ]
    found = queries.listed_analyses(request.viewer, state)
    page = paging.page(found, "at", request.GET, newest_first=True)
    return render(request, "staff/why/list.html", {"page": page, "states": states, "state": state})


def get_analysis(request: StaffRequest, analysis_id: int) -> Any:
    """The analysis, if the person may see it; else 404, as if it were not there."""
    found = queries.analysis(request.viewer, analysis_id)
    if found is None:
        raise Http404
    return found


@member(LEARNS)
@require_safe
def analysis(request: StaffRequest, org: str, analysis_id: int) -> HttpResponse:
    """One analysis: what it asks, what was found, who was asked, what is concluded and what came of it."""
    found = get_analysis(request, analysis_id)
    lines, asked = queries.factor_lines(found), queries.asked_in(found)
    points = queries.points_of_analysis(request.viewer, found)
    cases = [row.case_id for row in found.drawn_on.all()]
    context = {
        "analysis": found,
        "lines": lines,
        "asked": asked,
        "missing": queries.still_missing(found, lines, asked) if found.state == "begun" else None,
        "waiting": [one for one in asked if one.contribution.state == "asked"],
        "points": points,
        "workload": any(line.found and line.found.workload for line in lines),
        "promised": any(point.actions.all() for point in points),
        "unpromised": [point for point in points if not point.actions.all() and point.case_id in {None, *cases}],
        "history": queries.analysis_history(found),
    }
    return render(request, "staff/why/analysis.html", context)


def _step(request: StaffRequest, found: Any, form: Any, action: Any, done: str, **page: Any) -> HttpResponse:
    """Draw a form of an analysis, or do what it asks and go back to the analysis."""
    if form.apply(action, **page.pop("more", {})):
        messages.success(request, done)
        return redirect("analysis", found.organisation.code, found.pk)
    return render(request, "staff/why/step.html", {"analysis": found, "form": form, **page})


@member(LEARNS)
def question(request: StaffRequest, org: str, analysis_id: int) -> HttpResponse:
    """Say better what it asks."""
    found = get_analysis(request, analysis_id)
    form = forms.QuestionForm.of(request, of=found, initial={"question": found.question})
    done, title = "The question is changed.", "Change what it asks"
    return _step(request, found, form, analyse.ask_another_question, done, title=title, button="Change the question")


@member(LEARNS)
def add_case(request: StaffRequest, org: str, analysis_id: int) -> HttpResponse:
    """Draw on another case."""
    found = get_analysis(request, analysis_id)
    form = forms.AddCaseForm.of(request, of=found, viewer=request.viewer)
    done, title = "The analysis draws on this case too.", "Draw on another case"
    return _step(request, found, form, analyse.add_case, done, title=title, button="Draw on this case")


@member(LEARNS)
def remove_case(request: StaffRequest, org: str, analysis_id: int, case_id: int) -> HttpResponse:
    """Draw on a case no more."""
    found = get_analysis(request, analysis_id)
    row = next((row for row in found.drawn_on.all() if row.case_id == case_id), None)
    if row is None:
        raise Http404
    form = forms.RemoveCaseForm.of(request, of=found)
    done, title = "The analysis draws on this case no more.", f"Take {row.case.reference} away"
    more = {"case_id": case_id}
    return _step(request, found, form, analyse.remove_case, done, title=title, button="Take it away", more=more)


@member(LEARNS)
def work(request: StaffRequest, org: str, analysis_id: int) -> HttpResponse:
    """The work as it should be done, and as it is."""
    found = get_analysis(request, analysis_id)
    form = forms.WorkForm.of(request, of=found, initial={"prescribed": found.prescribed, "done": found.done})
    done, title = "The work as it should be, and as it is, is kept.", "The work as it should be, and as it is"
    return _step(request, found, form, analyse.compare_work, done, title=title, button="Keep this")


@member(LEARNS)
def factor(request: StaffRequest, org: str, analysis_id: int, factor: str) -> HttpResponse:
    """What was found of one of the six groups."""
    found = get_analysis(request, analysis_id)
    line = next((line for line in queries.factor_lines(found) if line.code == factor), None)
    if line is None:
        raise Http404
    was = line.found
    initial = {"contributed": was.contributed, "found": was.found, "workload": was.workload} if was else {}
    form = forms.FactorForm.of(request, of=found, factor=factor, initial=initial)
    page = {"title": line.label, "prompts": line.prompts, "button": "Keep this", "more": {"factor": factor}}
    return _step(request, found, form, analyse.find_factor, f"{line.label}: it is kept.", **page)


@member(LEARNS)
def conclude(request: StaffRequest, org: str, analysis_id: int) -> HttpResponse:
    """What made it likely."""
    found = get_analysis(request, analysis_id)
    lines, asked = queries.factor_lines(found), queries.asked_in(found)
    form = forms.ConcludeForm.of(request, of=found, everybody_asked=not queries.voices_left(asked))
    page = {
        "title": "Conclude the analysis", "button": "Conclude it",
        "missing": queries.still_missing(found, lines, asked),
        "waiting": [one for one in asked if one.contribution.state == "asked"],
    }  # fmt: skip
    done = "The analysis is concluded. Record what was learned, so that something changes."
    return _step(request, found, form, analyse.conclude, done, **page)


@member(LEARNS)
def reopen(request: StaffRequest, org: str, analysis_id: int) -> HttpResponse:
    """Look at it again."""
    found = get_analysis(request, analysis_id)
    form = forms.ReopenForm.of(request, of=found)
    done, title = "The analysis is open again.", "Look at it again"
    return _step(request, found, form, analyse.reopen, done, title=title, button="Reopen the analysis")


@member(LEARNS)
def learn(request: StaffRequest, org: str, analysis_id: int) -> HttpResponse:
    """Record what the analysis taught, with the factors that it found."""
    found = get_analysis(request, analysis_id)
    factors = [line.code for line in queries.factor_lines(found) if line.found and line.found.contributed == "yes"]
    form_of = LessonForm if len(found.drawn_on.all()) == 1 else SharedLessonForm
    form = form_of.of(request, initial={"factors": factors, **learning_page.beginning(request)})
    again = {"analysis_id": found.pk}
    if learning_page.keep(request, form, learn_from_analysis, again=again, analysis_id=found.pk):
        return learning_page.after(request, form, "analysis", org, analysis_id)
    context = {"analysis": found, "form": form, "title": "Record what was learned"}
    return render(request, "staff/why/learn.html", context)
