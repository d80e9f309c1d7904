"""A sheet is the same in every shape: opened and read back."""

import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from defusedxml.ElementTree import fromstring

from heed.documents.sheets import Block, Poster, Said, Sheet, docx, pdf

AT = datetime(2026, 6, 30, 11, 0, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = Sheet(
    "Calls for help & the “handover”", "Ysbyty Ŵyr <NHS> Trust", "#0b5c5c",
    (
        Block("heading", "What happened"), Block("text", "People waited.\nNobody came."), Block("heading", "A story"),
        Block("quote", "I rang for hours."), Block("heading", "Questions"), Block("list", lines=("Why?", "Here too?")),
    ),
    "Version 1",
)  # fmt: skip


def opened(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def read(made: bytes) -> list[tuple[str, str]]:
    """(style, text) of each paragraph."""
    document = fromstring(opened(made)["word/document.xml"])
    found = []
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        words = "".join(run.text or "" for run in paragraph.iter(f"{W}t"))
        found.append((style.get(f"{W}val") if style is not None else "", words))
    return found


def test_a_word_document_has_real_headings_a_list_and_every_word() -> None:
    assert read(docx.of_sheet(SHEET, AT)) == [
        ("Organisation", "Ysbyty Ŵyr <NHS> Trust"), ("Heading1", "Calls for help & the “handover”"),
        ("Heading2", "What happened"), ("", "People waited."), ("", "Nobody came."), ("Heading2", "A story"),
        ("Quote", "I rang for hours."), ("Heading2", "Questions"), ("ListBullet", "Why?"), ("ListBullet", "Here too?"),
    ]  # fmt: skip


def test_a_word_document_says_its_language_title_and_size() -> None:
    parts = opened(docx.of_sheet(SHEET, AT))
    styles = fromstring(parts["word/styles.xml"])
    assert {one.get(f"{W}val") for one in styles.iter(f"{W}lang")} == {"en-GB"}
    named = {one.get(f"{W}styleId"): one.find(f"{W}name").get(f"{W}val") for one in styles.iter(f"{W}style")}
    assert (named["Heading1"], named["Heading2"]) == ("heading 1", "heading 2"), "by these a reader finds headings"
    used = {style for style, _ in read(docx.of_sheet(SHEET, AT)) if style}
    assert used <= named.keys()
    assert "<dc:title>Calls for help &amp; the" in parts["docProps/core.xml"].decode()
    assert b'w:w="11906" w:h="16838"' in parts["word/document.xml"]
    targets = re.findall(r'Target="([^"]+)"', parts["word/_rels/document.xml.rels"].decode())
    assert all(f"word/{target}" in parts for target in targets)
    declared = set(re.findall(r'PartName="/([^"]+)"', parts["[Content_Types].xml"].decode()))
    assert declared <= parts.keys()


def test_the_same_values_make_the_same_file() -> None:
    assert docx.of_sheet(SHEET, AT) == docx.of_sheet(SHEET, AT)
    assert pdf.of_sheet(SHEET, AT) == pdf.of_sheet(SHEET, AT)


def test_a_pdf_is_tagged_titled_and_in_english() -> None:
    made = pdf.of_sheet(SHEET, AT)
    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in made
    assert "Calls for help &amp; the “handover”".encode() in made
    assert b"/Lang (en-GB)" in made or b"en-GB" in made
    fonts = set(re.findall(rb"/FontName ?/[A-Z]+\+([\w-]+)", made))
    assert fonts == {b"AtkinsonHyperlegibleNext-Regular", b"AtkinsonHyperlegibleNext-Bold"}, (
        "ŵ in the same typeface too"
    )


def test_a_poster_is_one_page_with_the_largest_words_that_fit() -> None:
    short, long = (
        Said("It took weeks.", "It takes days.", "June 2026"),
        Said("It took weeks. " * 20, "It takes days. " * 20),
    )
    for lines in ((short,), (short,) * 3, (long,) * 3):
        made = pdf.of_poster(Poster("You said, we did", "Body", "#0b5c5c", lines, "Tell us"), AT)
        assert pages(made) == 1


def test_a_long_name_makes_the_words_of_a_poster_smaller_and_is_not_cut_off() -> None:
    place = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    short, long = (
        Poster("You said, we did", "Body", "#0b5c5c", (Said("People waited.", f"We open at {where}."),), "Tell us")
        for where in ("nine", place)
    )
    assert pdf.fits(short, 26)
    assert not pdf.fits(long, 26)
    assert pdf.fits(long, 14)


def pages(made: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b(?!s)", made))


def test_a_letter_that_our_fonts_do_not_have_leaves_the_page_there() -> None:
    said = Said("Nobody rang \N{GRINNING FACE}.", "We ring \N{TAMIL LETTER KA}.")
    made = pdf.of_poster(Poster("You said, we did", "Body", "#0b5c5c", (said,), "Tell us"), AT)
    assert made.startswith(b"%PDF")
    assert pages(made) == 1
    assert pdf.of_sheet(replace(SHEET, title="\N{GRINNING FACE}"), AT).startswith(b"%PDF")
