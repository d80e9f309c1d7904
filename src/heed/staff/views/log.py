"""Taking down what somebody said by phone, in person or by letter."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from heed.accounts.permissions import Permission
from heed.cases.actions.receive import receive
from heed.cases.queries import detail
from heed.feedback import queries as feedback
from heed.feedback.rules import ORAL_CHANNELS
from heed.organisations import procedures
from heed.organisations import queries as organisations
from heed.staff.case_page import get_case
from heed.staff.forms.log import LogForm
from heed.staff.scope import StaffRequest, member

COPY_OF_ORAL = "copy_of_oral_complaint"


@member(Permission.LOG_FEEDBACK)
def log_feedback(request: StaffRequest, org: str) -> HttpResponse:
    """Eight questions. What comes back holds the reference and the code, to be read out: sending the same form again
    shows the same, so that neither a double click nor going back makes two of it."""
    form = LogForm.of(request, organisation=request.organisation, now=timezone.now())
    if form.apply(receive):
        return render(request, "staff/log/logged.html", told(form.result, request))
    return render(request, "staff/log/log.html", {"form": form})


def told(received: Any, request: StaffRequest) -> dict[str, Any]:
    """What to read out and to tell the person."""
    case = received.case
    return {
        "feedback": received.feedback,
        "case": case,
        "code": received.code,
        "in_writing": received.feedback.channel in ("letter", "email"),
        "copy_owed": case is not None and owes_copy(case),
        "may_handle": request.viewer.may(Permission.HANDLE),
        "sees_it": sees(request, received),
        "about_you": case is not None and organisations.asks_about_groups(request.organisation.pk),
        "follow_address": request.build_absolute_uri(f"/{request.organisation.code}/"),
    }


def sees(request: StaffRequest, received: Any) -> bool:
    """Whether the person may look at it again: not every role that may take something down may also read it later."""
    if received.case is not None:
        return detail.visible_case(request.viewer, received.case.reference) is not None
    return feedback.visible_item(request.viewer, received.feedback.reference) is not None


def owes_copy(case: Any) -> bool:
    """Whether the law gives the person a copy of what was written down, because they said it in conversation."""
    duties = procedures.load(case.procedure).letters.acknowledgement
    return case.feedback.channel in ORAL_CHANNELS and any(duty.code == COPY_OF_ORAL for duty in duties)


@member(Permission.LOG_FEEDBACK, Permission.HANDLE)
def written_record(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """The written record of a complaint made in conversation, to print and give or send to the person."""
    case = get_case(request, reference)
    if case.feedback.channel not in ORAL_CHANNELS:
        raise Http404
    return render(request, "staff/log/record.html", {"case": case, "feedback": case.feedback})
