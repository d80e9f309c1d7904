"""Tell those who raised the same thing, and agreed to hear, what changed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from heed.accounts.permissions import Permission
from heed.audit.refusals import Refused
from heed.design import words
from heed.learning.actions.tell_others import tell_others
from heed.learning.queries import hearers
from heed.staff.forms.pieces import SoughtForm
from heed.staff.scope import StaffRequest, member
from heed.staff.views.pieces import get_piece


@member(Permission.PUBLISH)
def others(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """Who raised the same thing: suggested by what the line's actions came of, chosen by the person who sends."""
    piece = get_piece(request, piece_id, "line").piece
    if piece.state != "published" or piece.shown is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            return _send(request, piece)
        except Refused as refused:
            refusal = str(refused)
    sought, form = _sought(request, piece)
    found = hearers.of(request.viewer, piece, sought)
    context = {
        "piece": piece,
        "tab": "lines",
        "form": form,
        "found": found,
        "refusal": refusal,
        "words": piece.shown.words,
    }
    return render(request, "staff/telling/others.html", context)


def _sought(request: StaffRequest, piece: Any) -> tuple[hearers.Sought, SoughtForm]:
    """What was asked for, or what the line itself suggests."""
    suggested = hearers.suggested(piece)
    initial = {"service": suggested.service_id or "", "subject": suggested.subject, "since": suggested.since}
    if "service" not in request.GET:
        return suggested, SoughtForm(None, organisation=request.organisation, initial=initial)
    form = SoughtForm(request.GET, organisation=request.organisation)
    if not form.is_valid():
        return suggested, form
    asked = form.cleaned_data
    service_id = int(asked["service"]) if asked["service"] else None
    return hearers.Sought(service_id, asked["subject"], asked["since"], asked["words"]), form


def _send(request: StaffRequest, piece: Any) -> HttpResponse:
    ids = [
        int(text) for text in request.POST.getlist("feedback") if text.isascii() and text.isdigit() and len(text) < 16
    ]
    address = settings.PUBLIC_ADDRESS + reverse("changed_line", args=[request.organisation.code, piece.token])
    sent = tell_others(
        piece_id=piece.pk, feedback_ids=ids, address=address, viewer=request.viewer, by=request.viewer.actor,
        at=timezone.now(),
    )  # fmt: skip
    passed = words.count(sent.passed_over, "person", "people").capitalize()
    more = f" {passed} of those chosen knew already, or changed their mind." if sent.passed_over else ""
    messages.success(request, f"{words.count(sent.told, 'person', 'people').capitalize()} told.{more}")
    return redirect("piece", request.organisation.code, piece.pk)
