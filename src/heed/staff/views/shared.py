"""What other organisations share here: the library, one piece, and learning from it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.design.components import Link
from heed.learning import pieces
from heed.learning.actions import Origin, learn_from
from heed.learning.queries import shared as queries
from heed.staff import paging
from heed.staff.forms.pieces import TakeForm
from heed.staff.navigation import SEES_PIECES
from heed.staff.scope import StaffRequest, member
from heed.staff.views.briefing import sheet_of


@member(*SEES_PIECES)
@require_safe
def library(request: StaffRequest, org: str) -> HttpResponse:
    """Lines, briefings and stories of others, newest first."""
    asked = {name: request.GET.get(name, "")[:200] for name in ("words", "kind", "sector")}
    asked["kind"] = asked["kind"] if asked["kind"] in pieces.KINDS else ""
    asked["sector"] = asked["sector"] if asked["sector"] in queries.SECTORS else ""
    rows = queries.library(request.organisation.pk, timezone.now(), **asked)
    context = {
        "page": paging.page(rows, "shared_at", request.GET, newest_first=True), "asked": asked,
        "kinds": _links(asked, "kind", [("", "All"), *pieces.KINDS.items()]),
        "sectors": _links(asked, "sector", [("", "All"), *queries.SECTORS.items()]),
    }  # fmt: skip
    return render(request, "staff/telling/shared.html", context)


def _links(asked: dict[str, str], name: str, choices: list[tuple[str, str]]) -> list[Link]:
    return [Link(label, f"?{urlencode({**asked, name: code})}", current=asked[name] == code) for code, label in choices]


def _one(request: StaffRequest, token: str) -> Any:
    found = queries.one(request.organisation.pk, token, timezone.now())
    if found is None:
        raise Http404
    return found


@member(*SEES_PIECES)
@require_safe
def one(request: StaffRequest, org: str, shared_token: str) -> HttpResponse:
    """One piece of another organisation. A story in a briefing only if its person agreed to that too."""
    piece, at = _one(request, shared_token), timezone.now()
    context = {
        "piece": piece, "words": piece.shown.words, "taken": queries.taken_from(request.organisation.pk, piece.token),
        "sheet": sheet_of(piece, ("training", "elsewhere"), at) if piece.kind == "briefing" else None,
        "may_learn": request.viewer.may(Permission.RECORD_LEARNING),
    }  # fmt: skip
    return render(request, "staff/telling/shared_piece.html", context)


@member(Permission.RECORD_LEARNING)
def learn(request: StaffRequest, org: str, shared_token: str) -> HttpResponse:
    """Take it as the start of our own learning."""
    piece = _one(request, shared_token)
    said = piece.shown.words
    initial = {"text": said.get("learned") or said.get("we_did") or ""}
    form = TakeForm.of(request, organisation_id=request.organisation.pk, initial=initial)
    if form.apply(learn_from, origin=Origin(queries.ORIGIN, piece.token, _origin(piece))):
        messages.success(request, "It is kept as something that your organisation learned.")
        return redirect("shared_piece", org, piece.token)
    return render(request, "staff/telling/learn.html", {"form": form, "piece": piece, "words": said})


def _origin(piece: Any) -> str:
    """What is kept for good of where it was learned: of a story none of its words, because its person may take them back."""
    said, where = piece.shown.words, f"{pieces.KINDS[piece.kind]}, shared by {piece.organisation.name}"
    return where if piece.kind == "story" else f"{where}: {said.get('title') or said.get('you_said')}"
