"""What was learned from a case, and what is promised because of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.cases.queries import work
from heed.learning import actions, queries
from heed.learning.queries import analyses, library
from heed.staff import learning_page
from heed.staff.case_page import get_case, show
from heed.staff.forms.contact import UNTOLD
from heed.staff.forms.learning import PartForm
from heed.staff.forms.lessons import CaseLessonForm
from heed.staff.forms.promise import ActionForm
from heed.staff.navigation import SEES_WORK
from heed.staff.scope import StaffRequest, member


@member(*SEES_WORK)
@require_safe
def case_learning(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """The remedies, what was learned, and the actions that came of it."""
    case = get_case(request, reference)
    viewer = request.viewer
    points, through = queries.for_case(case.pk), library.shown_by_case(viewer, case.pk)
    context = {
        "remedies": work.remedies(case),
        "points": points,
        "through": through,
        "has_actions": any(point.actions.all() for point in (*points, *through)),
        "deciding": analyses.deciding(case),
        "analyses": analyses.analyses_of(viewer, case.pk),
        "taken": queries.part_of(case.pk),
        "may_handle": viewer.may(Permission.HANDLE) or viewer.may(Permission.INVESTIGATE),
        "may_learn": viewer.may(Permission.RECORD_LEARNING),
    }
    return show(request, "staff/learning/case.html", case, "case_learning", **context)


@member(Permission.RECORD_LEARNING)
def record(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Record what was learned."""
    case = get_case(request, reference)
    decision = learning_page.decision_of(case)
    begin = {"source": "ombudsman", "decision": decision} if decision else {}
    begin |= learning_page.beginning(request)
    form = CaseLessonForm.of(request, case=case, issues=work.issues(case), initial=begin)
    if learning_page.keep(request, form, actions.record_learning, again={"case_id": case.pk}):
        return learning_page.after(request, form, "case_learning", org, reference)
    title = "Record what was learned"
    return show(request, "staff/learning/record.html", case, "case_learning", form=form, page_title=title)


@member(Permission.RECORD_LEARNING)
def promise(request: StaffRequest, org: str, reference: str, point_id: int) -> HttpResponse:
    """Promise an action because of what was learned."""
    case = get_case(request, reference)
    point = next((point for point in queries.for_case(case.pk) if point.pk == point_id), None)
    if point is None:
        raise Http404
    owners = queries.possible_owners(case.organisation_id, point.service_id, point.case_ids)
    begin = {"tell_person": True, "start_on": timezone.localdate()}
    form = ActionForm.of(request, owners=owners, learned=point.text, initial=begin)
    if form.apply(actions.promise_action, learning_point_id=point.pk):
        messages.success(request, f"The action is promised. {_told(form.result)} {learning_page.AIM_NEXT}")
        return redirect("action", org, form.result.pk)
    context = {"form": form, "point": point, "page_title": "Promise an action"}
    return show(request, "staff/learning/promise.html", case, "case_learning", **context)


def _told(action: Any) -> str:
    """Whether the person knows of the promise, and if not, what is still to be done."""
    if action.told_at:
        return "The person is told."
    return "The person is not told by message." if action.not_told_reason else f"It stands on their page. {UNTOLD}"


@member(Permission.RECORD_LEARNING)
def part(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """What the person told somebody of the part that they wish to take."""
    case = get_case(request, reference)
    taken = queries.part_of(case.pk)
    begin = {"wish": taken.wish, "options": [one.option for one in taken.standing]}
    form = PartForm.of(request, initial=begin)
    if form.apply(actions.choose_part, case_id=case.pk):
        messages.success(request, "What they wish is noted. What they are told follows it from now on.")
        return redirect("case_learning", org, reference)
    title = "The person’s part in what changes"
    return show(request, "staff/learning/part.html", case, "case_learning", form=form, page_title=title)
