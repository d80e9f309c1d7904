"""The case's summary, its history and its files."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.cases.queries import detail, history
from heed.design.components import Link
from heed.documents.serving import attachment_response
from heed.feedback.queries import surveys
from heed.feedback.rules import ORAL_CHANNELS
from heed.insight.queries import cost
from heed.staff.case_page import get_case, show
from heed.staff.differences import word_difference
from heed.staff.lessons import with_lessons
from heed.staff.navigation import SEES_CASES, SEES_WORK, address, may_any
from heed.staff.scope import StaffRequest, member


@member(*SEES_CASES)
@require_safe
def case(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Their words, the people, the issues in short, and the dates with how each was worked out."""
    found = get_case(request, reference)
    context = {
        "files": detail.files(found),
        "issues": detail.issues(found),
        "may_handle": request.viewer.may(Permission.HANDLE),
        "may_choose_body": detail.may_choose_commissioner(found),
        "is_oral": found.feedback.channel in ORAL_CHANNELS,
        "told_how": surveys.shared(found.feedback_id) if may_any(request.viewer, SEES_WORK) else [],
    }
    return show(request, "staff/case/summary.html", found, "case", **context)


@member(*SEES_WORK)
@require_safe
def case_history(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """What happened, in sentences, newest first."""
    found = get_case(request, reference)
    kind = request.GET.get("kind", "")
    kind = kind if kind in history.KINDS else ""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 9 else None
    page = history.history(found, kind, before)
    entries = with_lessons(found, page.entries, kind=kind, before=before, older=page.older)
    place = address("case_history", org, reference)
    context = {
        "entries": [(entry, word_difference(*entry.changed) if entry.changed else []) for entry in entries],
        "kinds": _kind_links(place, kind),
        "older": _page_link(place, kind, page.older),
        "newer": _page_link(place, kind, page.newer),
        "is_costed": cost.is_set(found.organisation_id),
    }
    return show(request, "staff/case/history.html", found, "case_history", **context)


def _kind_links(place: str, chosen: str) -> list[Link]:
    choices = [("", "Everything"), *history.LABELS.items()]
    return [Link(label, f"{place}?kind={kind}" if kind else place, current=kind == chosen) for kind, label in choices]


def _page_link(place: str, kind: str, before: int | None) -> str:
    return f"{place}?kind={kind}&before={before}" if before else ""


@member(*SEES_CASES)
@require_safe
def case_file(request: StaffRequest, org: str, reference: str, token: str) -> HttpResponseBase:
    """A file of the case: what came with it for whoever may see the case, the rest for those who work on it."""
    case = get_case(request, reference)
    attachment = detail.file(case, token, of_the_work=may_any(request.viewer, SEES_WORK))
    if attachment is None:
        raise Http404
    return attachment_response(attachment)
