"""Finding out what happened."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from heed.accounts.permissions import Permission
from heed.cases.actions import investigate as actions
from heed.cases.queries import work
from heed.staff.case_page import get_case, show
from heed.staff.forms.investigate import EvidenceForm, FindingForm, InvestigatorForm
from heed.staff.scope import StaffRequest, member
from heed.staff.views.plan import SEES


@member(*SEES)
def evidence(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Who looks into it, and what was gathered."""
    case = get_case(request, reference)
    return show(
        request, "staff/investigate/evidence.html", case, "case_evidence", evidence=work.evidence(case),
        may_handle=request.viewer.may(Permission.HANDLE), may_add=request.viewer.may(Permission.INVESTIGATE),
    )  # fmt: skip


@member(Permission.INVESTIGATE)
def add_evidence(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Keep a piece of evidence."""
    case = get_case(request, reference)
    form = EvidenceForm.of(request, case=case, issues=work.issues(case))
    if form.apply(actions.add_evidence):
        messages.success(request, "The evidence is kept.")
        return redirect("case_evidence", org, reference)
    return show(request, "staff/investigate/add.html", case, "case_evidence", form=form, page_title="Add evidence")


@member(Permission.HANDLE)
def assign(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Give the case to somebody independent, or to the service with the reason."""
    case = get_case(request, reference)
    initial = {"investigator_id": str(case.investigator_id or "")}
    form = InvestigatorForm.of(request, case=case, candidates=work.candidates(case), initial=initial)
    if form.apply(actions.assign_investigator):
        messages.success(request, "They are asked to look into it.")
        return redirect("case_evidence", org, reference)
    return show(
        request, "staff/investigate/assign.html", case, "case_evidence", form=form, page_title="Assign an investigator"
    )


@member(Permission.INVESTIGATE)
def find(request: StaffRequest, org: str, reference: str, number: int) -> HttpResponse:
    """Record the finding on one issue; a changed finding starts from the one that stands."""
    case = get_case(request, reference)
    issue = work.issue_of(case, number)
    if issue is None:
        raise Http404
    names = ("outcome", "what_happened", "what_should_have", "reasoning", "effect_on_person")
    initial = {name: getattr(issue.current, name) for name in names} if issue.current else {}
    form = FindingForm.of(request, case=case, target={"issue_id": issue.pk}, initial=initial)
    if form.apply(actions.find):
        messages.success(request, f"The finding on issue {number} is kept.")
        return redirect("case_issues", org, reference)
    title = f"{'Change the finding on' if issue.current else 'Finding on'} issue {number}"
    return show(
        request, "staff/investigate/find.html", case, "case_issues", form=form, page_title=title, issue=issue,
        evidence=[row for row in work.evidence(case) if row.issue_id in (None, issue.pk)],
    )  # fmt: skip
