"""`heed import`: every row goes in, is there already, or is listed with its reason."""

import csv
import gzip
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests import factories

from heed.cases import checks as case_checks
from heed.cases.models import Case
from heed.config.cli import main
from heed.correspondence.models import Message
from heed.feedback import checks as feedback_checks
from heed.feedback.importing.rows import parse_day
from heed.feedback.models import Batch, Feedback
from heed.search.queries import search


@pytest.fixture
def of(db: None) -> Any:
    with time_machine.travel(factories.NOW, tick=False):
        yield factories.organisation(code="riverside")


def run(capsys: Any, path: Path, *more: str, kind: str = "comment", mapping: tuple[str, ...] = ("text=text",)) -> Any:
    code = main(["import", str(path), "--organisation", "riverside", "--as", kind, "--map", *mapping, *more])
    out, err = capsys.readouterr()
    return code, out.strip().splitlines()[-1] if out.strip() else "", err


def differences() -> list[str]:
    """What `heed check` would find among feedback and cases."""
    return [line for checks in (feedback_checks, case_checks) for _, lines in checks.problems() for line in lines]


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_rows_go_in_once_however_often_they_are_read(of: Any, tmp_path: Path, capsys: Any) -> None:
    path = written(tmp_path / "a.csv", "text,when\nKind nurse,2026-03-01\nKind nurse,2026-03-01\n\nCold food,\n")
    mapping = ("text=text", "received_on=when")
    assert run(capsys, path, mapping=mapping)[:2] == (0, "3 in, 0 already there, 0 rejected")
    assert run(capsys, path, mapping=mapping)[:2] == (0, "0 in, 3 already there, 0 rejected")
    items = Feedback.objects.order_by("pk")
    assert [item.received_on_assumed for item in items] == [False, False, True]
    assert not Message.objects.exists()


def test_the_id_alone_says_that_a_row_is_the_same(of: Any, tmp_path: Path, capsys: Any) -> None:
    first = written(tmp_path / "a.csv", "id,text\n7,Kind nurse\n7,Other words\n8,Cold food\n")
    mapping = ("id=id", "text=text")
    assert run(capsys, first, mapping=mapping)[1] == "2 in, 1 already there, 0 rejected"
    again = written(tmp_path / "b.csv", "id,text\n8,Cold food indeed\n9,New\n")
    assert run(capsys, again, mapping=mapping)[1] == "1 in, 1 already there, 0 rejected"


def test_what_is_rejected_is_listed_with_its_reason(of: Any, tmp_path: Path, capsys: Any) -> None:
    rows = [
        "Kind,2026-03-01,a@b.example",
        ",2026-03-01,",
        "Old,1066-10-14,",
        "Soon,2027-01-01,",
        "Odd,soon,",
        "=cmd|calc,31/12/2025,",
        "Mail,2026-03-01,nonsense",
        'Extra,2026-03-01,,"more"',
    ]
    path = written(tmp_path / "a.csv", "text,when,mail\n" + "\n".join(rows) + "\n")
    report = tmp_path / "report.csv"
    mapping = ("text=text", "received_on=when", "email=mail")
    result = run(capsys, path, "--report", str(report), mapping=mapping)
    assert result[:2] == (0, "1 in, 0 already there, 7 rejected")
    with report.open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["row"] for line in lines] == ["3", "4", "5", "6", "7", "8", "9"]
    assert "no text" in lines[0]["reason"]
    assert "before 1900" in lines[1]["reason"]
    assert "in the future" in lines[2]["reason"]
    assert "year-month-day" in lines[3]["reason"]
    assert lines[4]["text"] == "'=cmd|calc", "no spreadsheet runs it"
    assert "not an email address" in lines[5]["reason"]
    assert "header has 3" in lines[6]["reason"]


def test_old_rows_start_no_clock_unless_told_to(of: Any, tmp_path: Path, capsys: Any) -> None:
    path = written(tmp_path / "a.csv", "text,when\nOld,2026-01-05\nNew,2026-03-30\n")
    mapping = ("text=text", "received_on=when")
    run(capsys, path, kind="complaint", mapping=mapping)
    assert Case.objects.count() == 1
    live = written(tmp_path / "b.csv", "text,when\nAnother old,2026-01-05\n")
    run(capsys, live, "--live", kind="complaint", mapping=mapping)
    case = Case.objects.order_by("pk").last()
    assert case is not None
    assert case.acknowledge_by == date(2026, 1, 8)
    assert not Message.objects.exists()


def test_a_row_of_thirty_days_ago_still_starts_its_clock(of: Any, tmp_path: Path, capsys: Any) -> None:
    path = written(tmp_path / "a.csv", "text,when\nThirty days,2026-03-03\nThirty-one,2026-03-02\n")
    run(capsys, path, kind="complaint", mapping=("text=text", "received_on=when"))
    assert Case.objects.get().received_at.date() == date(2026, 3, 3)


def test_what_opens_no_case_is_found_by_its_words(of: Any, tmp_path: Path, capsys: Any) -> None:
    path = written(tmp_path / "a.csv", "text,when\nOld marmalade,2020-01-05\nNew marmalade,2026-03-30\n")
    run(capsys, path, kind="complaint", mapping=("text=text", "received_on=when"))
    old = Feedback.objects.get(case=None)
    found = search(query="marmalade", kind="feedback", visible=Feedback.objects.values("pk"))
    assert found.ids == (old.pk,)
    assert search(query="marmalade", kind="case", visible=Case.objects.values("pk")).ids
    assert not differences()


def test_a_dry_run_says_what_the_real_one_does_and_keeps_nothing(of: Any, tmp_path: Path, capsys: Any) -> None:
    rows = ["1,Kind,2026-03-01", "1,Kind again,2026-03-01", '2,"",2026-03-01', "3,Too early to count,1995-03-01"]
    path = written(tmp_path / "a.csv", "id,text,when\n" + "\n".join(rows) + "\n")
    mapping = ("id=id", "text=text", "received_on=when")
    dry = run(capsys, path, "--dry-run", "--live", kind="complaint", mapping=mapping)
    assert not Feedback.objects.exists()
    assert not Batch.objects.exists()
    real = run(capsys, path, "--live", kind="complaint", mapping=mapping)
    assert dry[1] == real[1] == "1 in, 1 already there, 2 rejected"
    assert "1 March 1995 is outside the calendar" in real[2]
    assert Batch.objects.get().finished_at is not None


def test_a_refusal_costs_only_its_own_row_and_figures_outlast_a_part(
    of: Any, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heed.cases.actions.bring_in.COMMIT", 3)
    rows = ["1,A,2026-03-30", "2,B,1995-03-30", "2,B,2026-03-30", "3,C,2026-03-30", "1,A,2026-03-30"]
    path = written(tmp_path / "a.csv", "id,text,when\n" + "\n".join(rows) + "\n")
    mapping = ("id=id", "text=text", "received_on=when")
    expected = "3 in, 1 already there, 1 rejected"
    assert run(capsys, path, "--dry-run", "--live", kind="complaint", mapping=mapping)[1] == expected
    assert run(capsys, path, "--live", kind="complaint", mapping=mapping)[1] == expected
    assert Case.objects.count() == 3
    assert not differences()


def test_few_queries_a_row_however_many_rows(
    of: Any, tmp_path: Path, capsys: Any, django_assert_max_num_queries: Any
) -> None:
    rows = "".join(f"Words {number},2026-03-30\n" for number in range(100))
    path = written(tmp_path / "a.csv", "text,when\n" + rows)
    with django_assert_max_num_queries(12 * 100):
        run(capsys, path, kind="complaint", mapping=("text=text", "received_on=when"))
    assert Case.objects.count() == 100


@pytest.mark.parametrize(
    "words",
    [
        ["FILE", "--map", "text=words", "--as", "comment"],
        ["--as", "comment", "--map", "text=words", "FILE"],
        ["--map", "text=words", "--as", "comment", "FILE"],
        ["--map", "text=words", "id=the = number", "FILE", "--as", "comment"],
        ["--map", "text=words", "--map", "id=the = number", "FILE", "--as", "comment"],
        ["--map=text=words", "id=the = number", "FILE", "--as", "comment"],
        ["--as=comment", "FILE", "--map", "id=the = number", "text=words", "--dates", "dmy"],
    ],
)
def test_the_words_of_the_command_may_stand_in_any_order(
    of: Any, tmp_path: Path, capsys: Any, words: list[str]
) -> None:
    path = written(tmp_path / "text=1.csv", "words,the = number\nKind,7\n")
    words = [str(path) if word == "FILE" else word for word in words]
    assert main(["import", "--organisation", "riverside", *words]) == 0
    assert capsys.readouterr().out == "1 in, 0 already there, 0 rejected\n"


def test_one_column_may_serve_two_fields(of: Any, tmp_path: Path, capsys: Any) -> None:
    path = written(tmp_path / "a.csv", f"words\nWaiting times\n{'long ' * 41}\n")
    code, last, err = run(capsys, path, mapping=("text=words", "subject=words"))
    assert (code, last) == (0, "1 in, 0 already there, 1 rejected")
    assert "its subject is longer than 200 characters" in err
    assert Feedback.objects.get().subject == "waiting_times"


def test_mappings_that_make_no_sense_are_refused(of: Any, tmp_path: Path, capsys: Any) -> None:
    path = written(tmp_path / "a.csv", "words,more\nKind,x\n")
    for mapping, reason in [
        (["text=words", "text=more"], "mapped twice"),
        (["id=more"], "--map text=COLUMN"),
    ]:
        code, _, err = run(capsys, path, mapping=tuple(mapping))
        assert (code, reason in err) == (2, True)
    for wrong in ["colour=more", "text="]:
        with pytest.raises(SystemExit) as stopped:
            run(capsys, path, mapping=("text=words", wrong))
        assert stopped.value.code == 2
        assert "is not FIELD=COLUMN" in capsys.readouterr().err


def test_the_report_must_be_another_file_that_can_be_written(of: Any, tmp_path: Path, capsys: Any) -> None:
    path = written(tmp_path / "a.csv", "text\nKind\n")
    assert run(capsys, path, "--report", str(path))[0] == 2
    assert path.read_text() == "text\nKind\n"
    assert run(capsys, path, "--report", str(tmp_path / "nowhere" / "b.csv"))[0] == 2
    assert not Feedback.objects.exists()


def test_a_day_is_the_same_however_it_is_written(of: Any, tmp_path: Path, capsys: Any) -> None:
    mapping = ("text=text", "received_on=when")
    run(capsys, written(tmp_path / "a.csv", "text,when\nKind,2026-03-02\n"), mapping=mapping)
    book = Workbook()
    book.active.append(["text", "when"])
    book.active.append(["Kind", date(2026, 3, 2)])
    book.save(tmp_path / "named-wrongly.csv")
    again = run(capsys, tmp_path / "named-wrongly.csv", mapping=mapping)
    assert again[1] == "0 in, 1 already there, 0 rejected"


def test_services_subjects_and_channels_are_matched_or_kept_as_they_stand(of: Any, tmp_path: Path, capsys: Any) -> None:
    path = written(tmp_path / "a.csv", "text,s,t,c\nKind,FIRST,waiting times,Phone\nCold,Ward 9,Soup,Pigeon\n")
    mapping = ("text=text", "service=s", "subject=t", "channel=c")
    _, _, err = run(capsys, path, mapping=mapping)
    known, unknown = Feedback.objects.select_related("narrative").order_by("pk")
    assert (known.service.code, known.subject, known.channel) == ("first", "waiting_times", "phone")
    assert unknown.service is None
    kept = unknown.narrative
    assert (kept.service_at_source, kept.subject_at_source, kept.channel_at_source) == ("Ward 9", "Soup", "Pigeon")
    assert "'Ward 9'" in err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(of: Any, tmp_path: Path, capsys: Any, encoding: str) -> None:
    path = written(tmp_path / "a.csv", "text\nCafé cost £3\n", encoding)
    assert run(capsys, path)[0] == 0
    assert Feedback.objects.get().narrative.text == "Café cost £3"


def test_gzip_and_spreadsheets(of: Any, tmp_path: Path, capsys: Any) -> None:
    packed = tmp_path / "named-wrongly.csv"
    packed.write_bytes(gzip.compress(b"text\nFrom gzip\n"))
    assert run(capsys, packed)[1] == "1 in, 0 already there, 0 rejected"
    book = Workbook()
    book.active.append(["text", "when"])
    book.active.append(["From a sheet", date(2026, 3, 2)])
    book.save(tmp_path / "a.xlsx")
    mapping = ("text=text", "received_on=when")
    assert run(capsys, tmp_path / "a.xlsx", mapping=mapping)[1] == "1 in, 0 already there, 0 rejected"
    assert Feedback.objects.order_by("pk").last().received_at.date() == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"PK\x03\x04rubbish", "spreadsheet"), (b"\x1f\x8brubbish", "damaged"), (b"\n\n", "no rows")],
)
def test_a_file_that_cannot_be_read_is_refused(
    of: Any, tmp_path: Path, capsys: Any, content: bytes, words: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    code, last, err = run(capsys, path)
    assert (code, last) == (2, "0 in, 0 already there, 0 rejected")
    assert words in err


def test_a_file_that_breaks_off_keeps_what_came_before(of: Any, tmp_path: Path, capsys: Any) -> None:
    whole = gzip.compress(b"text\n" + b"".join(b"Row %d of many words\n" % number for number in range(3000)), mtime=0)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(whole[:-30])
    code, last, _ = run(capsys, path)
    assert code == 2
    assert last.endswith("rejected")


def test_wrong_names_are_answered_with_the_right_ones(of: Any, tmp_path: Path, capsys: Any) -> None:
    path = written(tmp_path / "a.csv", "words\nKind\n")
    code, _, err = run(capsys, path)
    assert code == 2
    assert "'words'" in err
    code = main(["import", str(path), "--organisation", "nowhere", "--as", "comment", "--map", "text=words"])
    assert code == 2
    assert "riverside" in capsys.readouterr().err


def test_nul_surrogates_and_scripts_are_kept_as_words(of: Any, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('text\n"a\x00b <script>alert(1)</script> \'; DROP TABLE x; 😀 שלום"\n'.encode())
    assert run(capsys, path)[0] == 0
    text = Feedback.objects.get().narrative.text
    assert text.startswith("a\ufffdb <script>")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_days_are_read_as_they_are_written(day: date) -> None:
    assert parse_day(day.isoformat(), "iso") == day
    assert parse_day(f"{day.isoformat()}T10:00:00", "iso") == day
    assert parse_day(f"{day.day}/{day.month}/{day.year}", "dmy") == day
    assert parse_day(f"{day.month}/{day.day}/{day.year}", "mdy") == day
    assert parse_day(f"{day:%d-%b-%Y}", "dmy") == day
    assert parse_day(f"{day.day}/{day.month}/{day.year % 100:02}", "dmy") is None
