"""Lines, stories and briefings: the lists, writing one, and its page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.design.components import Link
from heed.learning import pieces
from heed.learning.actions.write import reword, write
from heed.learning.queries import pieces as queries
from heed.learning.queries import stories
from heed.staff import paging
from heed.staff.forms.pieces import LookForm, WriteForm
from heed.staff.navigation import SEES_PIECES, WRITES_PIECES
from heed.staff.scope import StaffRequest, member

WORDS = {
    "line": ("You said, we did", "Write a line", "a line"),
    "story": ("Stories", "Add a story", "a story"),
    "briefing": ("Briefings", "Write a briefing", "a briefing"),
}
TABS = {"line": "lines", "story": "stories", "briefing": "briefings"}  # the list that a piece belongs to


@member(*SEES_PIECES)
@require_safe
def begin(request: StaffRequest, org: str) -> HttpResponse:
    """Learning begins with what is to do."""
    return redirect("actions", org)


@member(*SEES_PIECES)
@require_safe
def listed(request: StaffRequest, org: str, kind: str) -> HttpResponse:
    """The pieces of one kind, newest first, by state."""
    state = request.GET.get("state", "")
    state = state if state in pieces.STATES else ""
    page = paging.page(queries.listed(request.viewer, kind, state), "at", request.GET, newest_first=True)
    counts = queries.counts(request.viewer, kind)
    titles = queries.titles(request.viewer, page.rows)
    context = {
        "kind": kind, "title": WORDS[kind][0], "add": WORDS[kind][1], "page": page, "state": state,
        "rows": [(row, titles.get(row.pk) or "(its words are deleted)") for row in page.rows],
        "may_write": _may_write(request),
        "states": [Link("All", "?", current=not state), *(
            Link(label, f"?state={code}", current=code == state, count=counts[code]) for code, label in pieces.STATES.items()
        )],
    }  # fmt: skip
    return render(request, "staff/telling/list.html", context)


def _may_write(request: StaffRequest) -> bool:
    return any(request.viewer.may(permission) for permission in WRITES_PIECES)


@member(*WRITES_PIECES)
def new(request: StaffRequest, org: str, kind: str) -> HttpResponse:
    """Begin one. `?action=` names the actions that it comes of, from which its words are drafted."""
    ids = [int(text) for text in request.GET.getlist("action") if text.isascii() and text.isdigit() and len(text) < 10]
    initial = {**queries.drafted(request.viewer, kind, ids), "action_ids": [str(pk) for pk in ids],
               "case": request.GET.get("case", "")[:20]}  # fmt: skip
    form = WriteForm.of(request, kind=kind, viewer=request.viewer, at=timezone.now(), initial=initial)
    if form.apply(write):
        messages.success(request, "It is kept. Nobody outside sees it before it is approved.")
        return redirect("piece", org, form.result.pk)
    return _form(request, form, kind, WORDS[kind][1])


def _form(request: StaffRequest, form: Any, kind: str, title: str, **more: Any) -> HttpResponse:
    context = {"form": form, "kind": kind, "tab": TABS[kind], "title": title, "kind_word": WORDS[kind][2], **more}
    return render(request, "staff/telling/write.html", context)


def get_piece(request: StaffRequest, piece_id: int, *kinds: str) -> queries.Detail:
    """The piece, if the person may see it; else 404, as if it were not there."""
    found = queries.detail(request.viewer, piece_id)
    if found is None or (kinds and found.piece.kind not in kinds):
        raise Http404
    return found


def to_change(request: StaffRequest, piece_id: int, *kinds: str) -> queries.Detail:
    """The piece, if the person may write it anew: their own, and any for who publishes."""
    found = get_piece(request, piece_id, *kinds)
    if not may_change(request, found.piece):
        raise Http404
    return found


def may_change(request: StaffRequest, piece: Any) -> bool:
    return request.viewer.may(Permission.PUBLISH) or (piece.by_id == request.viewer.person_id and _may_write(request))


@member(*SEES_PIECES)
@require_safe
def piece(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """One piece: what it says, what is marked in it, where it stands, what happened."""
    return show(request, get_piece(request, piece_id))


def show(request: StaffRequest, found: queries.Detail, form: Any = None) -> HttpResponse:
    """The page of a piece; `form`: one of its forms, to be put right."""
    at, one, viewer = timezone.now(), found.piece, request.viewer
    may = may_change(request, one)
    marks = found.open_marks
    wrote = viewer.person_id in (found.latest.by_id, *(one["by"] for one in found.latest.looked))
    context = {
        "found": found, "piece": one, "tab": TABS[one.kind], "form": form,
        "kind_word": WORDS[one.kind][2], "list_title": WORDS[one.kind][0],
        "may_change": (may and one.state != "withdrawn") or (may and one.kind != "story"),
        "may_publish": viewer.may(Permission.PUBLISH),
        "look": LookForm(piece=one, marks=marks) if may and marks and found.is_new and not found.waits else None,
        "may_approve": viewer.may(Permission.PUBLISH) and found.waits and not wrote, "wrote": wrote,
        "consent": stories.consent_of(one), "not_told": stories.why_not_told(one, at) if one.kind == "story" else None,
        "used": list(one.used.select_related("by")) if one.kind == "story" else [],
        "told": one.told.count() if one.kind == "line" else 0, "state_word": pieces.STATES[one.state],
        "reach_word": pieces.REACHES[one.shared], "story": found.latest.story,
        "story_told": stories.is_told(found.latest.story, "training", at),
    }  # fmt: skip
    return render(request, "staff/telling/piece.html", context)


@member(*WRITES_PIECES)
def reworded(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """Write it anew. What is shown stays until the new words are approved."""
    found = to_change(request, piece_id)
    one, latest = found.piece, found.latest
    if one.kind == "story" and one.state == "withdrawn":
        raise Http404
    initial = {**latest.words, "service_id": one.service_id or "", "story_id": latest.story_id or ""}
    form = WriteForm.of(request, kind=one.kind, viewer=request.viewer, piece=one, at=timezone.now(), initial=initial)
    if form.apply(reword):
        messages.success(request, "The new words are kept. They are shown nowhere before they are approved.")
        return redirect("piece", org, one.pk)
    return _form(request, form, one.kind, "Write it anew", piece=one)
