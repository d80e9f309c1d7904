"""Reading files that others made: every row comes out, as it stands or with what is wrong with it."""

import csv
import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from heed.feedback.importing import files, text_files
from heed.feedback.importing.report import Report, guarded
from heed.feedback.importing.rows import Rejected
from heed.feedback.importing.shape import Line, Sheet, Unreadable

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)


def sheet(tmp_path: Path, content: bytes) -> Sheet:
    path = tmp_path / "file"
    path.write_bytes(content)
    return files.read(path)


def cells(tmp_path: Path, content: bytes) -> list[list[object]]:
    return [list(line.cells) for line in sheet(tmp_path, content).lines]


def faults(tmp_path: Path, content: bytes) -> list[tuple[int, str]]:
    return [(line.number, line.fault) for line in sheet(tmp_path, content).lines if line.fault]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8))
def test_what_a_csv_writer_wrote_is_read_as_it_was(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("text", "more"), *rows])
    read = sheet(tmp_path, written.getvalue().encode())
    assert [tuple(line.cells) for line in read.lines] == rows
    assert (read.header, read.note) == (["text", "more"], "")


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.text(st.sampled_from('a",\n\r;'), max_size=80))
def test_whatever_the_quotation_marks_no_word_disappears(tmp_path: Path, content: str) -> None:
    read = sheet(tmp_path, ("text,more\n" + content).encode())
    said = "".join("".join(map(str, line.cells)) for line in read.lines)
    assert said.count("a") == content.count("a")


def test_a_mark_that_is_never_closed_costs_only_its_own_row(tmp_path: Path) -> None:
    content = b'id,text\n1,"never closed\n2,fine\n3,"also, fine"\n4,"the last\n'
    unclosed = "a quotation mark in it is opened and not closed"
    assert faults(tmp_path, content) == [(2, unclosed), (5, unclosed)]
    assert cells(tmp_path, content)[1:3] == [["2", "fine"], ["3", "also, fine"]]


def test_marks_inside_words_are_words(tmp_path: Path) -> None:
    content = b'id,text\n1,He said "no" to me\n2,"5"" pipe"\n3,"She said "yes", twice"\n4,"two\nlines"\n'
    read = cells(tmp_path, content)
    assert read[0] == ["1", 'He said "no" to me']
    assert read[1] == ["2", '5" pipe']
    assert read[3] == ["4", "two\nlines"]
    assert faults(tmp_path, content)[0][0] == 4, "its comma shifts the cells"


def test_cells_too_many_or_too_few_are_told(tmp_path: Path) -> None:
    found = faults(tmp_path, b"id,text,more\n1,broken\nin two,x\n2,a,b,c\n3,a,b,\n4,a,b\n")
    assert [number for number, _ in found] == [2, 3, 4]
    assert "line break" in found[0][1]
    assert "stray comma" in found[2][1]


def test_the_number_is_that_of_the_row_on_the_screen(tmp_path: Path) -> None:
    read = sheet(tmp_path, b"\n\ntext\nfirst\n\nsecond\n")
    assert [line.number for line in read.lines] == [4, 6]


@pytest.mark.parametrize("start", ["\ufeff text ;Wann", " text;Wann ", "\ufeff\ufefftext;Wann;;"])
def test_marks_and_spaces_around_the_names_of_columns_are_left_out(tmp_path: Path, start: str) -> None:
    read = sheet(tmp_path, f"{start}\r\neins, zwei;heute;;\r\n".encode())
    assert read.header == ["text", "Wann"]
    assert files.place_of(" WANN ", read.header) == 1
    assert next(iter(read.lines)).cells[0] == "eins, zwei"


def test_columns_that_are_not_there_or_twice_are_refused() -> None:
    with pytest.raises(Unreadable, match="There are: 'a', 'b'"):
        files.place_of("c", ["a", "b"])
    with pytest.raises(Unreadable, match="2 columns 'a'"):
        files.place_of("a", ["a", "b", "a"])
    assert files.place_of("A", ["a", "A"]) == 1, "as it stands goes before"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    read = sheet(tmp_path, "text\nCafé – £3\n".encode(encoding))
    assert [line.cells for line in read.lines] == [["Café – £3"]]
    assert bool(read.note) == (encoding == "cp1252")


def test_a_few_bytes_of_another_encoding_spoil_only_their_line(tmp_path: Path) -> None:
    content = "text\nCafé 😀\n".encode() + "Café £3\n".encode("cp1252") + b"lone \xed\xa0\x80 half\nend \x81\n"
    assert cells(tmp_path, content) == [["Café 😀"], ["Café £3"], ["lone \ud800 half"], ["end \ufffd"]]
    assert sheet(tmp_path, content).note


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n \n\n", "no rows"),
        (b"PK\x03\x04rubbish", "damaged"),
        (b"\x1f\x8brubbish", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel file"),
        (b"a\x00\x01\x02\x03\n1\n", "first line is not text"),
        (",".join(map(str, range(2001))).encode(), "at most 2000"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        sheet(tmp_path, content)


def test_a_cell_without_end_costs_no_other_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "LONGEST_CELL", 1000)
    endless = b'1,"' + b"many words\n" * 200 + b'"\n'
    found = sheet(tmp_path, b"id,text\n" + endless + b"2,fine\n")
    taken = [line for line in found.lines if not line.fault]
    assert [line.cells for line in taken] == [["2", "fine"]]


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "LONGEST_LINE", 1000)
    with pytest.raises(Unreadable, match="longer than 1,000"):
        list(sheet(tmp_path, b"text\n" + b"x" * 1000).lines)


def test_what_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "MOST_EXPANDED", 2**20)
    with pytest.raises(Unreadable, match="larger than"):
        sheet(tmp_path, gzip.compress(b"text\n" + b"x\n" * 2**20))


def workbook(*rows: list[object]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def saved(book: Workbook, **others: bytes) -> bytes:
    """The file; `others` take the place of parts of it, `sheet1` of the first sheet."""
    plain, changed = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, others.get(Path(name).stem, source.read(name)))
    return changed.getvalue()


def test_a_spreadsheet_gives_values_never_formulas(tmp_path: Path) -> None:
    rows = [["text", "when", "id"], ["=cmd|' /C calc'!A0", None, 7.0], ["Kind", date(2026, 3, 2), True]]
    read = cells(tmp_path, saved(workbook(*rows)))
    assert read[0] == ["", "", "7"], "nobody has calculated it"
    assert read[1][0] == "Kind"
    assert str(read[1][1]).startswith("2026-03-02")


def test_a_spreadsheet_that_claims_to_be_vast_is_read_at_once(tmp_path: Path) -> None:
    book = workbook(["text"], ["Kind"])
    book.active["XFD3"] = "far away"
    content = saved(book)
    read = sheet(tmp_path, content)
    assert [(line.number, line.cells[0], line.fault) for line in read.lines] == [(2, "Kind", ""), (3, "", "")]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""


def test_entities_in_a_spreadsheet_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="damaged, or not one"):
        sheet(tmp_path, saved(workbook(["text"]), sheet1=BOMB))


def test_a_spreadsheet_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heed.feedback.importing.spreadsheets.MOST_UNPACKED", 2**20)
    with pytest.raises(Unreadable, match="larger than"):
        sheet(tmp_path, saved(workbook(["text"]), sheet1=b" " * 2**21))


def test_another_zip_file_is_no_spreadsheet(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    with pytest.raises(Unreadable, match="not an XLSX"):
        sheet(tmp_path, packed.getvalue())


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text())
def test_no_cell_of_the_report_is_a_formula(text: str) -> None:
    safe = guarded(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    written = io.StringIO(newline="")
    csv.writer(written).writerow([safe])
    assert next(csv.reader(io.StringIO(written.getvalue(), newline=""))) == [safe]
    safe.encode()


def test_half_a_report_never_looks_like_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("an older one")
    row = Rejected(Line(["=1+1", date(2026, 3, 1)], "", 7), "it has no text")

    def write(stopped: bool) -> None:
        with Report(path) as report:
            report.begin(["a", "@b"])
            report.add([row])
            if stopped:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(stopped=True)
    assert path.read_text() == "an older one"
    write(stopped=False)
    with path.open(newline="") as file:
        assert list(csv.reader(file)) == [
            ["row", "reason", "a", "'@b"],
            ["7", "it has no text", "'=1+1", "2026-03-01"],
        ]
