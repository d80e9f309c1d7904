"""The plan, its dates, and everything that is said with the person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from heed.accounts.permissions import Permission
from heed.cases import projections
from heed.cases.actions import plan as actions
from heed.cases.queries import detail, planning, work
from heed.correspondence import queries as correspondence
from heed.staff.case_page import get_case, show
from heed.staff.forms.contact import UNTOLD, MessageForm
from heed.staff.forms.plan import ExtendForm, PauseForm, PlanForm, ResumeForm
from heed.staff.scope import StaffRequest, member

SEES = (Permission.SEE_ALL_CASES, Permission.SEE_SERVICE_CASES, Permission.SEE_ASSIGNED_CASES)


@member(*SEES)
def plan_and_contact(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """The plan as it stands with its earlier versions, the dates, the messages and the contacts."""
    case = get_case(request, reference)
    plans = work.plans(case)
    thread = case.feedback.thread_id
    return show(
        request, "staff/plan/plan.html", case, "case_plan",
        plan=plans[0] if plans else None, earlier=plans[1:], extensions=work.extensions(case),
        times=work.times(case), paused=work.is_paused(case), contacts=work.contacts(case),
        letters=correspondence.messages(thread) if thread else [],
        message_form=MessageForm(case=case, email=detail.email_of(case)), may_handle=request.viewer.may(Permission.HANDLE),
        may_write=request.viewer.may(Permission.INVESTIGATE),
    )  # fmt: skip


@member(Permission.HANDLE)
def agree(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Agree the plan, or a new version of it, which starts from the one that stands."""
    case = get_case(request, reference)
    standing = next(iter(work.plans(case)), None)
    names = ("will_do", "at_once", "outcomes_wanted", "not_possible", "how_updated", "update_every_days", "support")
    initial = {name: getattr(standing, name) for name in names} if standing else planning.known(case)
    form = PlanForm.of(request, case=case, times=work.times(case), changing=standing is not None, initial=initial)
    if form.apply(actions.agree_plan):
        untold = "" if detail.email_of(case) else f" {UNTOLD}"
        messages.success(request, f"The plan is kept, and waits on their page.{untold}")
        return redirect("case_plan", org, reference)
    title = "Change the plan" if standing else "Agree the plan"
    return show(request, "staff/plan/agree.html", case, "case_plan", form=form, page_title=title, standing=standing)


@member(Permission.HANDLE)
def extend(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Tell a later date."""
    case = get_case(request, reference)
    times = work.times(case)
    form = ExtendForm.of(request, case=case, times=times)
    if form.apply(actions.extend):
        if form.result.counted:
            messages.success(request, "The later date stands, and they are told.")
        else:
            messages.warning(request, "It is recorded. The date that was told before still stands; the page says why.")
        return redirect("case_plan", org, reference)
    due = projections.due(case)
    return show(
        request, "staff/plan/extend.html", case, "case_plan", form=form, page_title="Tell a later date", times=times,
        derivation=due.derivation_of["respond_by" if case.stage == 1 else "stage_2_respond_by"],
    )  # fmt: skip


@member(Permission.HANDLE)
def pause(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Stop the clock while we wait for the person."""
    case = get_case(request, reference)
    form = PauseForm.of(request, case=case)
    if form.apply(actions.pause):
        messages.success(request, "The clock stands. Start it again as soon as you have what you waited for.")
        return redirect("case_plan", org, reference)
    return show(request, "staff/plan/pause.html", case, "case_plan", form=form, page_title="Stop the clock")


@member(Permission.HANDLE)
def resume(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Start the clock again."""
    case = get_case(request, reference)
    form = ResumeForm.of(request, case=case)
    if form.apply(actions.resume):
        messages.success(request, "The clock runs again.")
        return redirect("case_plan", org, reference)
    return show(request, "staff/plan/resume.html", case, "case_plan", form=form, page_title="Start the clock again")
