"""Register a complaint, acknowledge it, list its issues, rate the risk, choose the approach."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.care.queries import workload
from heed.cases.actions import receive, triage
from heed.cases.queries import detail, letters
from heed.insight.actions import subjects
from heed.insight.queries.suggesting import suggest_for
from heed.organisations import code_lists
from heed.organisations.risk import matrix_of
from heed.staff.case_page import get_case, show
from heed.staff.forms import triage as forms
from heed.staff.forms.hand_over import HandlerForm
from heed.staff.navigation import SEES_WORK
from heed.staff.scope import StaffRequest, member
from heed.staff.views.log import owes_copy

BEFORE_SIGNING = ("received", "registered", "investigating")


@member(Permission.HANDLE)
def register(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Confirm what it is and where it belongs, and give it a handler."""
    case = get_case(request, reference)
    form = forms.RegisterForm.of(request, case=case, viewer=request.viewer)
    if form.apply(triage.register):
        messages.success(request, f"{case.reference} is registered.")
        return redirect("case", org, reference)
    return show(request, "staff/triage/register.html", case, "case", form=form, page_title="Register it")


@member(Permission.HANDLE)
def acknowledge(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Tell the person that we have it, and offer to talk about how it will be handled."""
    case = get_case(request, reference)
    letter = letters.acknowledgement(case, timezone.now())
    form = forms.AcknowledgeForm.of(request, case=case, letter=letter)
    who = detail.address_of(case)
    if form.apply(triage.acknowledge):
        by_email = form.cleaned_data.get("way") == "email"
        done = f"The email to {who} is on its way." if by_email else f"The acknowledgement to {who} is recorded."
        messages.success(request, done)
        return redirect("case", org, reference)
    context = {"form": form, "letter": letter, "page_title": f"Acknowledge it to {who}", "copy_owed": owes_copy(case)}
    return show(request, "staff/triage/acknowledge.html", case, "case_plan", **context)


@member(*SEES_WORK)
@require_safe
def issues(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """What is complained about, one thing at a time, with what was found on each."""
    case = get_case(request, reference)
    suggested = _suggested(request, case)
    return _show_issues(request, case, forms.IssueForm(case=case, suggested=suggested), suggested=suggested)


@member(Permission.HANDLE)
def add_issue(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Add one thing that is complained about; the form stands under the list."""
    case = get_case(request, reference)
    suggested = _suggested(request, case)
    form = forms.IssueForm.of(request, case=case, suggested=suggested)
    if form.apply(triage.add_issue):
        subjects.keep_suggestion(case=case, version=form.version_shown, at=timezone.now())
        messages.success(request, f"Issue {form.result.number} is on the list.", extra_tags="go-on")
        return redirect(f"{reverse('case_issues', args=[org, reference])}#add")  # several are added in a row
    return _show_issues(request, case, form, suggested=suggested, page_title="Issues and findings")


def _suggested(request: StaffRequest, case: Any) -> Any:
    """Subjects that fit the person's words, for whoever may list the issues while they may be listed."""
    return suggest_for(case) if request.viewer.may(Permission.HANDLE) and case.status in BEFORE_SIGNING else None


def _show_issues(request: StaffRequest, case: Any, form: Any, **more: Any) -> HttpResponse:
    may_handle = request.viewer.may(Permission.HANDLE)
    context = {
        "issues": detail.issues(case),
        "may_handle": may_handle,
        "may_find": detail.may_find(case, request.viewer),
        "form": form if may_handle else None,
        **more,
    }
    return show(request, "staff/triage/issues.html", case, "case_issues", **context)


@member(Permission.HANDLE)
def change_issue(request: StaffRequest, org: str, reference: str, number: int) -> HttpResponse:
    """Word an issue better, or move it."""
    case = get_case(request, reference)
    issue = _issue(case, number)
    given = {"summary": issue.summary, "subject": issue.subject, "service": issue.service_id or ""}
    initial = {**given, "outcome_wanted": issue.outcome_wanted}
    form = forms.IssueForm.of(request, case=case, target={"issue_id": issue.pk}, initial=initial)
    if form.apply(triage.change_issue):
        messages.success(request, f"Issue {number} is changed.")
        return redirect("case_issues", org, reference)
    context = {"form": form, "issue": issue, "page_title": f"Change issue {number}"}
    return show(request, "staff/triage/change_issue.html", case, "case_issues", **context)


@member(Permission.HANDLE)
def remove_issue(request: StaffRequest, org: str, reference: str, number: int) -> HttpResponse:
    """Take an issue off the list."""
    case = get_case(request, reference)
    issue = _issue(case, number)
    form = forms.RemoveIssueForm.of(request, case=case, target={"issue_id": issue.pk})
    if form.apply(triage.remove_issue):
        messages.success(request, f"Issue {number} is off the list. The history keeps it.")
        return redirect("case_issues", org, reference)
    context = {"form": form, "issue": issue, "page_title": f"Take issue {number} off the list"}
    return show(request, "staff/triage/remove_issue.html", case, "case_issues", **context)


def _issue(case: Any, number: int) -> Any:
    issue = detail.issue(case, number)
    if issue is None:
        raise Http404
    return issue


@member(Permission.HANDLE, Permission.INVESTIGATE)
def rate(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Rate seriousness and likelihood; the matrix gives the risk. Also again, after the investigation."""
    case = get_case(request, reference)
    form = forms.RateForm.of(request, case=case)
    if form.apply(triage.rate):
        messages.success(request, f"The risk is rated {form.result.risk}.")
        return redirect("case", org, reference)
    context = {
        "form": form,
        "matrix": matrix_table(case.organisation),
        "own_matrix": bool(case.organisation.risk_matrix),
        "provenance": code_lists.risk_matrix(),
        "risks": code_lists.load("risk").items,
        "ratings": detail.ratings(case),
        "page_title": "Rate the risk again" if case.risk else "Rate the risk",
    }
    return show(request, "staff/triage/rate.html", case, "case_issues", **context)


def matrix_table(organisation: Any) -> dict[str, Any]:
    """The organisation's matrix as a table: the likelihoods as columns, a row per seriousness, labels throughout."""
    matrix = matrix_of(organisation)
    likelihood, seriousness = code_lists.load("likelihood"), code_lists.load("seriousness")
    rows = [(item.label, [matrix[item.code][column.code] for column in likelihood.items]) for item in seriousness.items]
    return {"columns": [item.label for item in likelihood.items], "rows": rows}


@member(Permission.HANDLE)
def approach(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Early resolution or a closer look."""
    case = get_case(request, reference)
    form = forms.ApproachForm.of(request, case=case)
    if form.apply(triage.choose_approach):
        chosen = "early resolution" if form.result.approach == "early" else "a closer look"
        messages.success(request, f"The case gets {chosen}.")
        return redirect("case", org, reference)
    context = {"form": form, "page_title": "Choose the approach"}
    return show(request, "staff/triage/approach.html", case, "case_plan", **context)


@member(Permission.HANDLE)
def against(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """It turned out later who is complained about."""
    case = get_case(request, reference)
    form = forms.AgainstForm.of(request, case=case)
    if form.apply(triage.record_against):
        messages.success(request, "It is recorded who is complained about.")
        return redirect("case", org, reference)
    context = {"form": form, "page_title": "Who is complained about"}
    return show(request, "staff/triage/against.html", case, "case", **context)


@member(Permission.HANDLE)
def handler(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Somebody else looks after the case from now on."""
    case = get_case(request, reference)
    beside = workload.beside_names(case.organisation, timezone.localdate(), detail.asks_for(case))
    form = HandlerForm.of(request, case=case, beside=beside)
    if form.apply(triage.assign_handler):
        messages.success(request, "The case has a new handler.")
        return redirect("case", org, reference)
    context = {"form": form, "page_title": "Give the case to somebody else"}
    return show(request, "staff/triage/handler.html", case, "case", **context)


@member(Permission.HANDLE)
def received(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """The true moment of receipt was another."""
    case = get_case(request, reference)
    form = forms.ReceivedForm.of(request, case=case)
    if form.apply(receive.correct_received):
        messages.success(request, "The date of receipt is corrected, and all dates are counted again.")
        return redirect("case", org, reference)
    context = {"form": form, "page_title": "Correct the date of receipt"}
    return show(request, "staff/triage/received.html", case, "case", **context)
