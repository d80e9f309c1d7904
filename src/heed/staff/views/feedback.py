"""Comments and compliments, and whatever else has no case: read, pass on, or take for the complaint that it is."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.cases.actions.receive import open_from_feedback
from heed.design.components import Link
from heed.documents.serving import attachment_response
from heed.feedback import queries
from heed.feedback.actions.pass_on import pass_on
from heed.feedback.rules import KINDS
from heed.learning.queries import library
from heed.staff import paging
from heed.staff.forms.feedback import OpenForm, PassOnForm
from heed.staff.navigation import SEES_FEEDBACK
from heed.staff.scope import StaffRequest, member


@member(*SEES_FEEDBACK)
@require_safe
def feedback_list(request: StaffRequest, org: str) -> HttpResponse:
    """What has no case, newest first."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in dict(KINDS) else ""
    items = queries.listed(request.viewer, kind)
    choices = [("", "All"), *KINDS]
    context = {
        "page": paging.page(items, "received_at", request.GET, newest_first=True),
        "kinds": [Link(label, f"?kind={code}" if code else "?", current=code == kind) for code, label in choices],
        "kind": kind,
    }
    return render(request, "staff/feedback/list.html", context)


@member(*SEES_FEEDBACK)
@require_safe
def feedback(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """One of them, with the way to pass it on."""
    item = _item(request, reference)
    return _show(request, item, PassOnForm(feedback=item))


@member(Permission.HANDLE)
def pass_on_feedback(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Pass it on to the service that it is about; the form stands under the words."""
    item = _item(request, reference)
    form = PassOnForm.of(request, feedback=item)
    if form.apply(pass_on):
        messages.success(request, f"Passed on to {form.result.service}.")
        return redirect("feedback", org, reference)
    return _show(request, item, form)


def _show(request: StaffRequest, item: Any, form: PassOnForm) -> HttpResponse:
    may_handle = request.viewer.may(Permission.HANDLE)
    context = {
        "item": item, "files": queries.files(item), "may_handle": may_handle, "form": form,
        "may_learn": request.viewer.may(Permission.RECORD_LEARNING),
        "lessons": library.from_feedback(request.viewer, item.pk),
    }  # fmt: skip
    return render(request, "staff/feedback/feedback.html", context)


@member(Permission.HANDLE)
def take_for_complaint(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """It may be a complaint: it becomes a case, received when it truly was."""
    item = _item(request, reference)
    form = OpenForm.of(request, feedback=item)
    if form.apply(open_from_feedback):
        messages.success(request, f"{item.reference} is a case now. Register it next.")
        return redirect("case", org, item.reference)
    return render(request, "staff/feedback/take_for_complaint.html", {"item": item, "form": form})


@member(*SEES_FEEDBACK)
@require_safe
def feedback_file(request: StaffRequest, org: str, reference: str, token: str) -> HttpResponseBase:
    """A file that came with it, for whoever may see it."""
    for attachment in queries.files(_item(request, reference)):
        if attachment.token == token:
            return attachment_response(attachment)
    raise Http404


def _item(request: StaffRequest, reference: str) -> Any:
    item = queries.visible_item(request.viewer, reference)
    if item is None:
        raise Http404
    return item
