"""A briefing for a staff meeting: on the screen to print, as PDF and as DOCX. A story that was taken back is in none."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.design import words
from heed.documents.sheets import docx, pdf
from heed.learning import sheets
from heed.learning.queries import stories
from heed.staff.navigation import SEES_PIECES
from heed.staff.scope import StaffRequest, member
from heed.staff.views.pieces import get_piece

SHAPES = {"pdf": (pdf.of_sheet, "application/pdf"), "docx": (docx.of_sheet, docx.CONTENT_TYPE)}


def shown(piece: Any) -> Any:
    """The wording of a briefing that is approved; 404 while there is none."""
    if piece.kind != "briefing" or piece.state != "published" or piece.shown is None:
        raise Http404
    return piece.shown


def sheet_of(piece: Any, uses: tuple[str, ...], at: datetime) -> Any:
    """The briefing as it may be read now by whoever these uses are for."""
    wording = shown(piece)
    told = wording.story if all(stories.is_told(wording.story, use, at) for use in uses) else None
    return sheets.briefing(wording.words, story=told.shown.words if told else None, **_frame(piece))


def _frame(piece: Any) -> dict[str, str]:
    """Whose it is, and of when."""
    whose, wording = piece.organisation, piece.shown
    version = f"Version {wording.number}, {words.day(wording.approved_at)}"
    foot = f"{whose.name}. {version}. Nobody is named in it, on purpose."
    return {"organisation": whose.name, "colour": whose.colour, "foot": foot}


def as_file(sheet: Any, shape: str, name: str, at: datetime) -> HttpResponse:
    """Made anew each time, so that what was taken back a moment ago is not in it; no browser keeps it."""
    if shape not in SHAPES:
        raise Http404
    make, kind = SHAPES[shape]
    response = HttpResponse(make(sheet, at), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{shape}"'
    return response


@member(*SEES_PIECES)
@require_safe
def printed(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """The briefing on a page that prints on one sheet."""
    at, piece = timezone.now(), get_piece(request, piece_id, "briefing").piece
    context = {
        "piece": piece, "tab": "briefings", "sheet": sheet_of(piece, ("training",), at),
        "bulletin": shown(piece).words["bulletin"], "printed_at": at,
    }  # fmt: skip
    return render(request, "staff/telling/briefing.html", context)


@member(*SEES_PIECES)
@require_safe
def file(request: StaffRequest, org: str, piece_id: int, shape: str) -> HttpResponse:
    """The same to take away."""
    at, piece = timezone.now(), get_piece(request, piece_id, "briefing").piece
    return as_file(sheet_of(piece, ("training",), at), shape, f"briefing-{piece.pk}", at)


@member(*SEES_PIECES)
@require_safe
def bulletin_file(request: StaffRequest, org: str, piece_id: int, shape: str) -> HttpResponse:
    """Its item for the bulletin, to take away."""
    piece = get_piece(request, piece_id, "briefing").piece
    told = shown(piece).words
    if not told.get("bulletin", "").strip():
        raise Http404
    return as_file(sheets.bulletin(told, **_frame(piece)), shape, f"bulletin-{piece.pk}", timezone.now())
