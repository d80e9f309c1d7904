"""What a file may be called, and the sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.audit.refusals import Refused
from heed.documents import kinds, rules
from heed.documents.inspector.signatures import Found

NAMES = [
    ("photo.jpg", "photo.jpg"),
    ("C:\\Users\\Jo\\photo.JPG", "photo.jpg"),
    ("../../etc/passwd", "passwd"),
    ("a/b/..", "file"),
    ("", "file"),
    ("...", "file"),
    (".htaccess", "htaccess"),
    ("  my   letter .pdf ", "my letter.pdf"),
    ("photo\u202egpj.exe", "photogpj.exe"),
    ("a\u2066b\u2069\u200bc\ufeff.pdf", "abc.pdf"),
    ("line\r\nbreak\t.pdf", "line break.pdf"),
    ("nul\0byte.pdf", "nulbyte.pdf"),
    ("lone\ud800.pdf", "lone_.pdf"),
    ('what?<"*>|:.pdf', "what_______.pdf"),
    ("con.pdf", "file con.pdf"),
    ("LPT1", "file LPT1"),
    ("شكوى.pdf", "شكوى.pdf"),
    ("cafe\u0301.pdf", "café.pdf"),
    ("Letter of 3. May", "Letter of 3. May"),
    ("report 1.2", "report 1.2"),
    ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ("投" * 300 + ".pdf", "投" * 66 + ".pdf"),
]


@pytest.mark.parametrize(("given_name", "kept"), NAMES)
def test_a_name_is_cleaned(given_name: str, kept: str) -> None:
    assert rules.clean_name(given_name) == kept


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_any_name_becomes_one_that_any_computer_takes(name: str) -> None:
    kept = rules.clean_name(name)
    assert kept == rules.clean_name(kept)
    assert 0 < len(kept.encode()) <= 255
    assert len(kept) <= 150
    assert not set(kept) & set('/\\<>:"|?*\0\r\n\u202e')


KEPT = [
    ("png", "scan.png", "scan.png", ""),
    ("jpeg", "scan.JPEG", "scan.jpeg", ""),
    ("png", "scan.pdf", "scan.png", "Its name ended in “.pdf”, but it is a PNG picture. We kept it as “scan.png”."),
    ("jpeg", "photo.jpg.exe", "photo.jpg", "“.exe”"),
    ("png", "invoice.pdf.exe", "invoice.png", "“.exe”"),
    ("pdf", "scan", "scan.pdf", ""),
    ("pdf", "report.v2", "report.v2.pdf", "“.v2”"),
    ("text", "words.csv", "words.csv", ""),
    ("text", "data.xml", "data.txt", "“.xml”"),
    ("text", "photo.jpg", "photo.txt", "“.jpg”"),
    ("mail", "saved.eml", "saved.eml", ""),
    ("mail", "saved.txt", "saved.txt", ""),
    ("mp4", "voice.m4a", "voice.m4a", ""),
    ("docx", "letter.doc", "letter.docx", "“.doc”"),
]


@pytest.mark.parametrize(("kind", "name", "kept", "note"), KEPT)
def test_the_content_decides_and_the_name_follows(kind: str, name: str, kept: str, note: str) -> None:
    accepted = rules.accept(Found(kind), name)
    assert (accepted.kind, accepted.filename) == (kinds.KINDS[kind], kept)
    assert (note in accepted.note) if note else accepted.note == ""
    assert accepted.note == "" or accepted.note.endswith(f"We kept it as “{kept}”.")


REFUSED = [
    (Found(refusal="program"), "setup.exe", "it is a program"),
    (Found("text"), "run.bat", "program written as text"),
    (Found("text"), "page.html", "web page"),
    (Found("mail"), "page.mht", "web page"),
    (Found("text"), "drawing.svg", "SVG drawing"),
    (Found("text", looks="web_page"), "page", "web page"),
    (Found("text", looks="drawing"), "photo.png", "SVG drawing"),
    (Found("text", looks="script"), "run", "program written as text"),
    (Found("docx"), "letter.docm", "macros"),
    (Found(refusal="unknown", hint="SQLite\0 database"), "x.db", "It seems to be: SQLite database."),
]


@pytest.mark.parametrize(("found", "name", "words"), REFUSED)
def test_a_refusal_names_the_file_and_says_what_to_do_instead(found: Found, name: str, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        rules.accept(found, name)
    sentence = str(refusal.value)
    assert f"“{name}”" in sentence
    assert words in sentence
    assert "end" in sentence.partition(":")[2]  # send that, send it again, send a photo


@pytest.mark.parametrize("looks", ["web_page", "drawing", "script", "mail", ""])
def test_any_words_are_kept_as_a_plain_text_file(looks: str) -> None:
    """Nobody's account is refused for what it quotes; under .txt nothing in it is run."""
    assert rules.accept(Found("text", looks=looks), "All that I want to say.txt").note == ""


def test_every_note_and_every_name_fits_its_column() -> None:
    long = "投" * 200 + "." + "a" * rules.ENDING_LENGTH
    for kind in kinds.KINDS:
        accepted = rules.accept(Found(kind), long)
        assert len(accepted.filename) <= 150
        assert len(accepted.note) <= 300


def test_sizes_are_said_as_people_say_them() -> None:
    sizes = {12: "12 bytes", 2048: "2 KB", 1_500_000: "1.4 MB", 25 * 2**20: "25 MB", 20_000_000: "19 MB"}
    assert {size: rules.size_in_words(size) for size in sizes} == sizes
    assert "larger than 25 MB" in rules.too_large("x.mov", 25 * 2**20)
    assert "“x.mov” is empty" in rules.empty("a/x.mov")
