"""Sheets and posters as PDF, made by Typst to the rules of PDF/UA-1 and PDF/A-2a: tagged, with a title and a language. Typst
refuses what breaks the rules that it knows, which is no certificate; what it refuses is made without them."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from heed.design.pictures import FONTS
from heed.documents.sheets.sheet import Poster, Sheet

FOLDER = Path(__file__).parent
STANDARDS: Any = ["ua-1", "a-2a"]
SIZES = (26, 23, 20, 17, 14, 11)  # points: the largest that fits on one page is taken
COLUMN = 474  # points of width that a word of a poster has: A4 without the margins and the inset of poster.typ


def of_sheet(sheet: Sheet, at: datetime) -> bytes:
    """The same values at the same moment give the same bytes."""
    return _compiled("sheet.typ", {"sheet": json.dumps(asdict(sheet))}, at)


def of_poster(poster: Poster, at: datetime) -> bytes:
    """One page of A4 with the largest words that fit on it, and in its width; more pages only where the smallest do not
    fit on one."""
    size = next((size for size in SIZES if fits(poster, size)), SIZES[-1])
    return _compiled("poster.typ", _given(poster, size), at)


def _given(poster: Poster, size: int) -> dict[str, str]:
    return {"poster": json.dumps(asdict(poster)), "size": str(size)}


def fits(poster: Poster, size: int) -> bool:
    """Whether it stands on one page with words of so many points, and each word in the width that there is."""
    import typst  # as below

    pages, widest = json.loads(
        typst.query(
            FOLDER / "poster.typ", "<takes>", field="value", one=True, root=FOLDER,
            sys_inputs=_given(poster, size), font_paths=[FONTS], ignore_system_fonts=True,
        )
    )  # fmt: skip
    return pages == 1 and widest <= COLUMN


def _compiled(name: str, given: dict[str, str], at: datetime) -> bytes:
    """Kept to the rules where it can be. Of a letter that our fonts do not have, such as a face, the rules would have no PDF
    at all made: it is left as an empty box then, and the page is there."""
    import typst  # heavy, and needed by few requests

    how: dict[str, Any] = {
        "root": FOLDER, "sys_inputs": given, "font_paths": [FONTS], "ignore_system_fonts": True,
        "timestamp": int(at.timestamp()),
    }  # fmt: skip
    try:
        made = typst.compile(FOLDER / name, pdf_standards=STANDARDS, **how)
    except typst.TypstError:
        made = typst.compile(FOLDER / name, **how)
    return bytes(made)
